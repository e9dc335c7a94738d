"""Why a statistic is undefined: a stable word that a page translates."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """Reason of a None. Undefined is never 0 and never NaN."""

    TOO_FEW = "too-few"
    NO_VARIATION = "no-variation"
    ONE_ELEMENT = "one-element"
    MISSING_ANSWERS = "missing-answers"
    INCONSISTENT_PAIRS = "inconsistent-pairs"
    NO_OVERALL_ITEM = "no-overall-item"
    COLLINEAR = "collinear"
    HIGHEST_ALREADY = "highest-already"
    UNDEFINED_INDEX = "undefined-index"
    PERIOD_OVER = "period-over"
    UNLIMITED = "unlimited"
    CENSUS = "census"
    NOT_RECORDED = "not-recorded"
    COUNTED_TWICE = "counted-twice"
    NOISE_EXCEEDS_SPREAD = "noise-exceeds-spread"
    CORRECTED_BEYOND_ONE = "corrected-beyond-one"
