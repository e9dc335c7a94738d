"""The ways in which agencies have turned NRR into an IKM, so that a published table can be checked.

Only `EXACT` is the product's result. The regulation prints 0.11 in its body and 0.111 on its processing
form; these two are shown beside the result, labelled as comparators. The others are what spreadsheets do:
they round on the way. Source: PermenPANRB 14/2017 and the published tables in data/published/skm.json.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.rounding import half_up

_SCALE = 25


@dataclass(frozen=True)
class Convention:
    """One way of computing, from the NRR of nine unsur (1-4) to the unrounded IKM (25-100)."""

    key: str
    description: str
    ikm: Callable[[Sequence[Fraction]], Fraction]


def _weighted(weight: Fraction, nrr: Sequence[Fraction]) -> Fraction:
    return _SCALE * weight * sum(nrr, Fraction(0))


def _exact(nrr: Sequence[Fraction]) -> Fraction:
    return _weighted(Fraction(1, len(nrr)), nrr)


def _rounded(values: Sequence[Fraction], places: int) -> list[Fraction]:
    return [Fraction(half_up(v, places)) for v in values]


def _index_first(nrr: Sequence[Fraction], places: int) -> Fraction:
    return _SCALE * _rounded([sum(nrr, Fraction(0)) / len(nrr)], places)[0]


EXACT = Convention("exact", "weight exactly 1/x, rounded once at the end", _exact)
W011 = Convention(
    "0.11", "weight 0.11 (the regulation's body)", lambda nrr: _weighted(Fraction(11, 100), nrr)
)
W0111 = Convention(
    "0.111",
    "weight 0.111 (the regulation's processing form)",
    lambda nrr: _weighted(Fraction(111, 1000), nrr),
)

CONVENTIONS: tuple[Convention, ...] = (
    EXACT,
    W0111,
    W011,
    Convention("nrr-2", "NRR rounded to 2 decimals, then 1/x", lambda nrr: _exact(_rounded(nrr, 2))),
    Convention("nrr-3", "NRR rounded to 3 decimals, then 1/x", lambda nrr: _exact(_rounded(nrr, 3))),
    Convention("index-2", "index rounded to 2 decimals, then x25", lambda nrr: _index_first(nrr, 2)),
    Convention("index-3", "index rounded to 3 decimals, then x25", lambda nrr: _index_first(nrr, 3)),
)


def reproduced_by(
    nrr: Sequence[Fraction], published: Decimal, conventions: Sequence[Convention] = CONVENTIONS
) -> tuple[str, ...]:
    """Keys of the conventions whose value, rounded half up to the printed decimals, is `published`.

    An empty tuple means that no known convention gives the published number: it is shown as such.

    Raises:
        AnalyticsError: `nrr-empty` without any NRR.
    """
    if not nrr:
        raise AnalyticsError("nrr-empty", got=0, expected="the NRR of at least one unsur")
    places = max(0, -int(published.as_tuple().exponent))
    return tuple(c.key for c in conventions if half_up(c.ikm(nrr), places) == published)
