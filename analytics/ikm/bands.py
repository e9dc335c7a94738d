"""Mutu and kinerja: the letter and the word of a value, by the table of a regulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.errors import AnalyticsError
from analytics.finite import require_finite


@dataclass(frozen=True)
class Band:
    """One row of a grading table. `low` and `high` are inclusive, at two decimals, on the 25-100 scale."""

    mutu: str
    kinerja: str
    low: Decimal
    high: Decimal


#: PermenPANRB 14/2017, lampiran: nilai interval konversi. Ascending, without a gap at two decimals.
SKM_2017: tuple[Band, ...] = (
    Band("D", "Tidak Baik", Decimal("25.00"), Decimal("64.99")),
    Band("C", "Kurang Baik", Decimal("65.00"), Decimal("76.60")),
    Band("B", "Baik", Decimal("76.61"), Decimal("88.30")),
    Band("A", "Sangat Baik", Decimal("88.31"), Decimal("100.00")),
)


#: A third and its two decimals, 16.666... and 16.67, are one end of a scale.
_ALIKE = 0.005


def fit(bands: Sequence[Band], low: float, high: float = 100.0) -> bool:
    """Whether the grading table is one of this scale: it begins and ends where the scale does, to 0.005.

    A table of another scale would give a letter that means something else, or none for the lowest values.
    """
    return abs(float(bands[0].low) - low) < _ALIKE and abs(float(bands[-1].high) - high) < _ALIKE


def classify(value: Decimal, bands: Sequence[Band] = SKM_2017) -> Band:
    """The band that holds `value`, which must already be rounded to two decimals.

    Grading the rounded value, and only it, keeps the printed number and the printed letter consistent.

    Raises:
        AnalyticsError: `band-unrounded` for a value with more than two decimals, `band-outside` for one
            below the first or above the last band; `not-finite`.
    """
    require_finite(value=value)
    if value != value.quantize(Decimal("0.01")):
        raise AnalyticsError(
            "band-unrounded", got=value, expected="a value with two decimals", hint="Round half up first."
        )
    for band in bands:
        if band.low <= value <= band.high:
            return band
    raise AnalyticsError("band-outside", got=value, expected=f"{bands[0].low} to {bands[-1].high}")
