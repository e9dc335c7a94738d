"""The ways in which agencies have turned NRR into an IKM, so that a published table can be checked.

Only `EXACT` is the product's result. The regulation prints 0.11 in its body and 0.111 on its processing
form; these two are shown beside the result, labelled as comparators. The others are what spreadsheets do:
they round on the way, the weight too, to two, three or four decimals of 1/x for x unsur. Source: PermenPANRB
14/2017 and the published tables in data/published/skm.json.

An NRR that is printed has been rounded as well. What the whole numbers behind it can have given is an answer
of its own, `explain_published`, with how easily a number would get it by chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.rounding import half_up

_SCALE = 25
_LOWEST, _HIGHEST = Fraction(1), Fraction(4)


@dataclass(frozen=True)
class Convention:
    """One way of computing, from the NRR of the unsur (1-4) to the unrounded IKM (25-100)."""

    key: str
    ikm: Callable[[Sequence[Fraction]], Fraction]


def _weighted(weight: Fraction, nrr: Sequence[Fraction]) -> Fraction:
    return _SCALE * weight * sum(nrr, Fraction(0))


def _exact(nrr: Sequence[Fraction]) -> Fraction:
    return _weighted(Fraction(1, len(nrr)), nrr)


def _rounded(values: Sequence[Fraction], places: int) -> list[Fraction]:
    return [Fraction(half_up(v, places)) for v in values]


def _index_first(nrr: Sequence[Fraction], places: int) -> Fraction:
    return _SCALE * _rounded([sum(nrr, Fraction(0)) / len(nrr)], places)[0]


#: The weight exactly 1/x, rounded once at the end.
EXACT = Convention("exact", _exact)


def _by_weight(weight: Decimal) -> Convention:
    exact = Fraction(weight)
    return Convention(str(weight), lambda nrr: _weighted(exact, nrr))


#: The regulation's body, and its processing form; both for nine unsur.
W011, W0111 = _by_weight(Decimal("0.11")), _by_weight(Decimal("0.111"))

#: The NRR, or the index, rounded to so many decimals on the way.
_ROUNDED: tuple[Convention, ...] = (
    Convention("nrr-2", lambda nrr: _exact(_rounded(nrr, 2))),
    Convention("nrr-3", lambda nrr: _exact(_rounded(nrr, 3))),
    Convention("index-2", lambda nrr: _index_first(nrr, 2)),
    Convention("index-3", lambda nrr: _index_first(nrr, 3)),
)
#: Decimals to which the weight of an unsur is printed, the most exact first.
_WEIGHT_PLACES = (4, 3, 2)


@lru_cache(maxsize=64)
def weights(elements: int) -> tuple[Convention, ...]:
    """Weighting by 1/x: exact, and rounded half up to four, three and two decimals where that differs.

    0.1111, 0.111 and 0.11 for nine unsur; 0.13 for eight, whose 0.125 is exact; none but the exact for five.

    Raises:
        AnalyticsError: `nrr-empty` for fewer than one.
    """
    if elements < 1:
        raise AnalyticsError("nrr-empty", got=elements, expected="the NRR of at least one unsur")
    exact = Fraction(1, elements)
    rounded = dict.fromkeys(half_up(exact, places).normalize() for places in _WEIGHT_PLACES)
    return (EXACT, *(_by_weight(w) for w in rounded if w and Fraction(w) != exact))


def conventions(elements: int) -> tuple[Convention, ...]:
    """All known ways for a questionnaire of so many unsur; `nrr-empty` for fewer than one."""
    return (*weights(elements), *_ROUNDED)


@dataclass(frozen=True)
class Reach:
    """The printed values, `low` to `high`, that a weight gives from NRR which round to the printed ones."""

    key: str
    low: Decimal
    high: Decimal

    def holds(self, published: Decimal) -> bool:
        """Whether `published` is one of them."""
        return self.low <= published <= self.high


@dataclass(frozen=True)
class Explained:
    """Where a printed IKM can have come from.

    Attributes:
        named: keys of the conventions that give it from the NRR as they are printed.
        within: keys of the weights that do not, but give it from NRR which round to the printed ones.
        reaches: what each weight can give, the exact one first.
        chance_named, chance: how easily chance would do it: the share of all numbers with as many decimals
            within one point of the exact result that some convention names, and that are named or within.
    """

    named: tuple[str, ...]
    within: tuple[str, ...]
    reaches: tuple[Reach, ...]
    chance_named: float
    chance: float


def reproduced_by(nrr: Sequence[Fraction], published: Decimal) -> tuple[str, ...]:
    """Keys of the conventions whose value, rounded half up to the printed decimals, is `published`.

    An empty tuple means that no known convention gives the published number: it is shown as such.

    Args:
        nrr: NRR of each unsur, 1 to 4, as printed.
        published: the IKM as printed, with its decimals.

    Raises:
        AnalyticsError: `nrr-empty` without any NRR; `not-finite`.
    """
    require_finite(nrr=nrr, published=published)
    if not nrr:
        raise AnalyticsError("nrr-empty", got=0, expected="the NRR of at least one unsur")
    places = _places(published)
    return tuple(c.key for c in conventions(len(nrr)) if half_up(c.ikm(nrr), places) == published)


def explain_published(nrr: Sequence[Fraction], published: Decimal, nrr_places: int) -> Explained:
    """Whether a printed IKM follows from printed NRR, or at least from NRR that would be printed like these.

    An NRR v printed with d decimals was in v - 10^-d/2 <= NRR < v + 10^-d/2 and within 1 to 4, so 25 w sum
    NRR lies in an interval; exact fractions throughout. It is wide for few decimals: with two, 0.25 points
    for each weight, and for the four of nine unsur a quarter of the numbers near by. So it is no proof of
    anything, and `chance` says how much it is worth.

    Args:
        nrr: NRR of each unsur, 1 to 4, as printed.
        published: the IKM as printed, with its decimals.
        nrr_places: decimals with which the NRR are printed, 0 or more.

    Raises:
        AnalyticsError: `nrr-empty` without any NRR; `nrr-range` outside 1 to 4; `nrr-places`; `not-finite`.
    """
    named = reproduced_by(nrr, published)
    _check(nrr, nrr_places)
    places = _places(published)
    reaches = tuple(_reach(w, nrr, nrr_places, places) for w in weights(len(nrr)))
    within = tuple(r.key for r in reaches if r.key not in named and r.holds(published))
    values = [half_up(c.ikm(nrr), places) for c in conventions(len(nrr))]
    points = [Reach("", value, value) for value in values]
    near = half_up(_exact(nrr), places)
    shares = (_share(found, near, places) for found in (points, [*points, *reaches]))
    return Explained(named, within, reaches, *shares)


def _places(published: Decimal) -> int:
    return max(0, -int(published.as_tuple().exponent))


def _check(nrr: Sequence[Fraction], nrr_places: int) -> None:
    if not all(_LOWEST <= value <= _HIGHEST for value in nrr):
        raise AnalyticsError("nrr-range", got=[str(v) for v in nrr], expected="NRR from 1 to 4")
    if nrr_places < 0:
        raise AnalyticsError("nrr-places", got=nrr_places, expected="0 decimals or more")


def _reach(weight: Convention, nrr: Sequence[Fraction], nrr_places: int, places: int) -> Reach:
    half = Fraction(1, 2 * 10**nrr_places)
    low = weight.ikm([max(_LOWEST, value - half) for value in nrr])
    high = weight.ikm([min(_HIGHEST, value + half) for value in nrr])
    # The upper end is reached only where the scale ends there: v + half itself would be printed one higher.
    reached = all(value + half > _HIGHEST for value in nrr)
    last = half_up(high, places) if reached else Decimal(_below(high, places)).scaleb(-places)
    return Reach(weight.key, half_up(low, places), last)


def _below(value: Fraction, places: int) -> int:
    """The last number that rounding half up gives for anything below `value`, in units of the last place."""
    unit: int = 10**places
    return math.ceil(value * unit + Fraction(1, 2)) - 1


def _share(found: Sequence[Reach], near: Decimal, places: int) -> float:
    """Share of the printable numbers within a point of `near`, and on the scale, that `found` holds."""
    unit: int = 10**places
    first = max(int(near * unit) - unit, int(_LOWEST * _SCALE) * unit)
    last = min(int(near * unit) + unit, int(_HIGHEST * _SCALE) * unit)
    held, after = 0, first
    for low, high in sorted((int(r.low * unit), int(r.high * unit)) for r in found):
        start, end = max(low, after), min(high, last)
        held += max(0, end - start + 1)
        after = max(after, end + 1)
    return held / (last - first + 1)
