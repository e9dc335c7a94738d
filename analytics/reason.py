"""Why a value is undefined: the stable words that programs, translations and pages share."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a value is undefined, or why its interval is not the ordinary one."""

    NO_ANSWERS = "no-answers"
    UNSUR_WITHOUT_ANSWERS = "unsur-without-answers"
    ONE_RESPONDENT = "one-respondent"
    NO_VARIATION = "no-variation"
    CENSUS = "census"
    NOT_NINE_EQUAL = "not-nine-equal-weights"
    NO_UNITS = "no-units"
    VOLUME_UNKNOWN = "volume-unknown"
    TOO_FEW_POINTS = "too-few-points"
    NOT_CONVERGED = "not-converged"
    INCOMPLETE_SHEETS = "incomplete-sheets"
