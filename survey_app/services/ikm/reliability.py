"""What only the answer sheets tell of how reliable the questionnaire is in a unit; sums do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.ikm import IntArray, Interval, Omega, alpha_interval, omega
from survey_app.services.ikm import narrowed, respondents
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class SheetReliability:
    """Of the sheets behind a unit's result.

    Attributes:
        omega: of one factor, with its interval.
        alpha_interval: 95% interval of Cronbach's alpha; None where it has none.
    """

    omega: Omega
    alpha_interval: Interval | None


def sheet_reliability(database: Database, result: UnitResult) -> SheetReliability | None:
    """Of the sheets of `result`; None where its values per unsur are hidden: this would tell of them."""
    if narrowed.unsur_hidden(result.score):
        return None
    sheets = respondents.answer_sheets(database, result)
    if not len(sheets):
        sheets = np.zeros((0, len(result.instrument.elements)), dtype=np.int64)
    return of_sheets(sheets, result.instrument.levels)


def of_sheets(sheets: IntArray, levels: int) -> SheetReliability:
    """Of (n, k) scores, 0 for not answered."""
    return _of(sheets.astype(np.int8).tobytes(), sheets.shape[1], levels)


# Kept under the sheets themselves, which are all it depends on: their order is theirs of arrival.
@lru_cache(maxsize=128)
def _of(scores: bytes, k: int, levels: int) -> SheetReliability:
    sheets: IntArray = np.frombuffer(scores, dtype=np.int8).reshape(-1, k).astype(np.int64)
    return SheetReliability(omega=omega(sheets, levels), alpha_interval=alpha_interval(sheets, levels))
