"""What respondents leave open, only where it is clear, or that nothing is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.comparison import ShareBeside
from survey_app.services.ikm.gaps import Gaps, gaps
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database
from survey_app.ui import cards, tables
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import gap_words, way_words
from survey_app.wording.voice import Voice

#: Rows of the table; what stands out less is not said.
_MOST = 6
#: What was left open, who left it open, and how often.
Row = tuple[str, str, ShareBeside]


def show(database: Database, result: UnitResult) -> None:
    """Nothing where no unsur could be left open and all answered in one way."""
    found = gaps(database, result)
    if found is None or (found.unsur is None and found.profile is None):
        return
    st.header(t("Yang tidak diisi", "What is left open"), anchor=False)
    rows = _rows(found)
    if rows:
        what, group, first = rows[0]
        st.markdown(plain(gap_words.sentence(first, group, what, Voice(language()))))
        _show_table(rows[:_MOST])
        st.caption(say(gap_words.WHY))
    if found.unsur == ():
        st.markdown(say(gap_words.NOTHING))
    if found.profile == ():
        st.markdown(say(gap_words.NO_WAY))


def _rows(found: Gaps) -> list[Row]:
    unsur = [
        (
            f"{gap.element.number} {say(gap.element.name)}",
            f"{say(gap.field.name)}: {say(gap.option.label)}",
            gap.found,
        )
        for gap in found.unsur or ()
    ]
    profile = [
        (say(gap_words.PROFILE), say(way_words.NAMES[gap.way]), gap.found) for gap in found.profile or ()
    ]
    return [*unsur, *profile]


def _show_table(rows: Sequence[Row]) -> None:
    voice = Voice(language())
    columns = [
        t("Tidak diisi", "Left open"),
        t("Responden", "Respondents"),
        t("Bagian yang tidak mengisi", "Share leaving it open"),
        t("Responden lain", "Other respondents"),
    ]
    told = [
        (what, group, *gap_words.shares(found.counted, voice, cards.HIDDEN)) for what, group, found in rows
    ]
    st.html(tables.table(columns, told, numeric=2))
