"""A target in words: how far off, and whether that is clear."""

from __future__ import annotations

import streamlit as st

from analytics.ikm import AgainstTarget, against_target
from survey_app.reports.statements.target_words import in_short
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import target_of
from survey_app.storage.database import Database
from survey_app.ui.words import language
from survey_app.wording.voice import Voice


def target_words(against: AgainstTarget) -> str:
    """Target 82,00: −0,52, jelas di bawah target."""
    return in_short(against, Voice(language()))


def show_line(database: Database, result: UnitResult) -> None:
    """One line below a unit's index; nothing without a target for it."""
    target = target_of(database, result)
    if target is None:
        return
    against = against_target(result.score.ikm, result.score.interval, target.value)
    if against is not None:
        st.markdown(f"{target_words(against)}.")
