"""Exactly what a change of unsur does to the index, and the smallest one that reaches the next mutu."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.bands import SKM_2017, Band, classify, fit
from analytics.ikm.scoring import IkmResult
from analytics.reason import Reason
from analytics.rounding import half_up

_HALF_STEP = Fraction(1, 200)  # half of the second decimal: from here on the value rounds up


@dataclass(frozen=True)
class WhatIf:
    """The index after a change of NRR: exact, rounded half up once, graded; `delta` exact, in IKM points."""

    exact: Fraction
    delta: Fraction
    ikm: Decimal
    band: Band


@dataclass(frozen=True)
class NextMutu:
    """The smallest change of one unsur alone that lifts the unit into the next mutu.

    Attributes:
        target: the next band.
        delta: rise in NRR needed; nrr: the NRR it leads to. Exact.
        sheets: how many of the answers would have to be one level higher.
        reachable: `nrr` does not exceed the highest score.
    """

    target: Band
    delta: Fraction
    nrr: Fraction
    sheets: int
    reachable: bool


def what_if(result: IkmResult, changes: Mapping[int, Fraction], bands: Sequence[Band] = SKM_2017) -> WhatIf:
    """The IKM if the NRR of some unsur (by position) changed: delta IKM = 100/levels x sum of w x delta NRR.

    Exact: the same as changing answers and computing anew.

    Raises:
        AnalyticsError: `index-undefined`; `unsur-unknown`; `nrr-range` for a NRR outside 1 to levels;
            `bands-of-another-scale` for bands that do not span the scale of the answers; `not-finite`.
    """
    require_finite(changes=changes.values())
    if result.exact is None:
        raise AnalyticsError("index-undefined", got=result.n, expected="a unit with a defined IKM")
    if not fit(bands, float(result.scale)):
        raise AnalyticsError(
            "bands-of-another-scale",
            got=f"{bands[0].low} to {bands[-1].high}",
            expected=f"{half_up(result.scale)} to 100.00, for answers of 1 to {result.levels}",
            hint="Pass the grading table of the questionnaire.",
        )
    delta = Fraction(0)
    for i, change in changes.items():
        _check_change(result, i, change)
        delta += result.scale * result.unsur[i].weight * change
    exact = result.exact + delta
    ikm = half_up(exact)
    return WhatIf(exact, delta, ikm, classify(ikm, bands))


def to_next_mutu(
    result: IkmResult, bands: Sequence[Band] = SKM_2017
) -> tuple[tuple[NextMutu | None, ...], Reason | None]:
    """Per unsur, the smallest rise that reaches the next mutu if only that unsur changes.

    The next band begins where rounding half up first gives its lower bound: B at 76.605 exactly. An unsur of
    weight 0 can lift nothing: None. All are None, with the reason, in the highest band or without an index.
    """
    nothing = (None,) * len(result.unsur)
    if result.exact is None:
        return nothing, Reason.UNDEFINED_INDEX
    if result.band is None or not fit(bands, float(result.scale)):
        return nothing, Reason.BANDS_OF_ANOTHER_SCALE
    above = [band for band in bands if band.low > result.band.high]
    if not above:
        return nothing, Reason.HIGHEST_ALREADY
    target = min(above, key=lambda band: band.low)
    gap = Fraction(target.low) - _HALF_STEP - result.exact
    return tuple(_next(result, i, target, gap) for i in range(len(result.unsur))), None


def _next(result: IkmResult, i: int, target: Band, gap: Fraction) -> NextMutu | None:
    unsur = result.unsur[i]
    if unsur.weight == 0 or unsur.exact is None:
        return None
    delta = gap / (result.scale * unsur.weight)
    nrr = unsur.exact + delta
    return NextMutu(target, delta, nrr, math.ceil(delta * unsur.n), nrr <= result.levels)


def _check_change(result: IkmResult, i: int, change: Fraction) -> None:
    if not 0 <= i < len(result.unsur):
        raise AnalyticsError("unsur-unknown", got=i, expected=f"a position from 0 to {len(result.unsur) - 1}")
    before = result.unsur[i].exact
    if before is None or not 1 <= before + change <= result.levels:
        raise AnalyticsError(
            "nrr-range",
            got=None if before is None else str(before + change),
            expected=f"an NRR from 1 to {result.levels} after the change",
        )
