"""What stands below a unit's index: its unsur, priorities, respondents, computation and the quality flags."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.unit import (
    gaps_view,
    insight_view,
    quality_view,
    raked_view,
    reliability_view,
    result_view,
    sampling_view,
    unsur_view,
    ways_view,
    weighting_view,
    working,
)
from survey_app.services.ikm.insight import Insight
from survey_app.services.ikm.reliability import sheet_reliability
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database
from survey_app.ui.words import t


def show_parts(database: Database, result: UnitResult, insight: Insight, *, inside: bool) -> None:
    """One tab for each; what tells of few people or of single answers to who is `inside` only."""
    sheets = sheet_reliability(database, result)
    unsur, priorities, respondents, computation, quality = st.tabs(
        [
            t("Unsur", "Service elements"),
            t("Prioritas", "Priorities"),
            t("Responden", "Respondents"),
            t("Cara menghitung", "Calculation"),
            t("Pemeriksaan jawaban", "Check of answers"),
        ]
    )
    with unsur:
        result_view.show_unsur(result)
        unsur_view.show_one(result)
    with priorities:
        insight_view.show_priorities(result, insight)
        insight_view.show_what_if(result, insight)
    with respondents:
        sampling_view.show_sampling(result, insight)
        weighting_view.show(result)
        raked_view.show(database, result)
        result_view.show_respondents(result)
        if inside:
            ways_view.show(database, result)
            gaps_view.show(database, result)
    with computation:
        working.show_working(result, sheets)
    with quality:
        if inside:
            quality_view.show_flags(result)
        reliability_view.show(result, insight.reliability, sheets)
