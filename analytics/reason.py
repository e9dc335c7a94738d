"""Why a value is undefined: the stable words that programs, translations and pages share."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a value is undefined, or why its interval is not the ordinary one."""

    NO_ANSWERS = "no-answers"
    UNSUR_WITHOUT_ANSWERS = "unsur-without-answers"
    ONE_RESPONDENT = "one-respondent"
    NO_VARIATION = "no-variation"
    UNSUR_BY_FEW = "unsur-answered-by-few"
    BORROWED = "borrowed-variance"
    NOBODY_TO_BORROW_FROM = "nobody-to-borrow-from"
    CENSUS = "census"
    BANDS_OF_ANOTHER_SCALE = "bands-of-another-scale"
    NOT_NINE_EQUAL = "not-nine-equal-weights"
    NO_UNITS = "no-units"
    VOLUME_UNKNOWN = "volume-unknown"
    DIFFERENT_UNSUR = "different-unsur"
    DIFFERENT_BANDS = "different-bands"
    DIFFERENT_SCALES = "different-scales"
    RULE_CHANGED = "rule-changed"
    QUESTIONNAIRE_CHANGED = "questionnaire-changed"
    TOO_FEW_POINTS = "too-few-points"
    NOT_CONVERGED = "not-converged"
    TOO_FEW = "too-few"
    ONE_ELEMENT = "one-element"
    INCONSISTENT_PAIRS = "inconsistent-pairs"
    HIGHEST_ALREADY = "highest-already"
    UNDEFINED_INDEX = "undefined-index"
    PERIOD_OVER = "period-over"
    NOT_RECORDED = "not-recorded"
    COUNTED_TWICE = "counted-twice"
    NOISE_EXCEEDS_SPREAD = "noise-exceeds-spread"
    CORRECTED_BEYOND_ONE = "corrected-beyond-one"
    FEW_PEOPLE = "few-people"
    SINGLED_OUT = "singled-out"
    NOT_PUBLISHED = "not-published"
    SUMS_WITHHELD = "sums-withheld"
