"""The estimate of a unit in a table."""

from __future__ import annotations

from survey_app.services.province.small_areas import Estimated
from survey_app.ui import tables
from survey_app.ui.words import language
from survey_app.wording import area_words, numbers
from survey_app.wording.voice import Voice


def cell(estimate: Estimated | None) -> tables.Cell:
    """The estimate with its interval; a dash without one."""
    if estimate is None:
        return numbers.UNDEFINED
    voice = Voice(language())
    return tables.Noted(area_words.value(estimate, voice), area_words.interval(estimate, voice))
