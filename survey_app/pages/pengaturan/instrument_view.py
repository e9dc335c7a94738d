"""Which questionnaire a unit uses, and what it asks."""

from __future__ import annotations

import streamlit as st

from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.answers import consent
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import links, tables
from survey_app.ui.acting import act, who
from survey_app.ui.plain import plain
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording.consent import TO_BE_APPROVED

OTHER_THING = Text(
    "Kuesioner ini mengukur hal lain: jawabannya tidak akan digabung dengan jawaban sebelumnya.",
    "This questionnaire measures something else: its answers are not mixed with earlier ones.",
)
USE = Text("Pakai kuesioner ini untuk {unit}", "Use this questionnaire for {unit}")
QUESTIONNAIRE = Text("Kuesioner", "Questionnaire")


def show_instrument(database: Database, entry: UnitEntry) -> None:
    """Choose among the published instruments, read the questions, and use the one chosen."""
    offered = instruments.published()
    ref = st.selectbox(
        say(QUESTIONNAIRE),
        list(offered),
        # What is damaged is not offered: its unit can go over to another one here.
        index=list(offered).index(entry.unit.instrument) if entry.unit.instrument in offered else 0,
        format_func=lambda r: f"{offered[r].title.in_language(language())} ({r})",
        key=said_anew(f"instrument-{entry.unit.id}"),
        disabled=not who().may(Action.CHANGE_QUESTIONNAIRES),
    )
    chosen = offered[ref]
    if ref != entry.unit.instrument:
        _offer_change(database, entry, chosen)
    else:
        st.link_button(t("Buka survei unit ini", "Open this unit's survey"), links.survey(entry.unit.code))
    st.html(tables.table([t("Pertanyaan", "Question"), t("Jawaban", "Answers")], _questions(chosen)))
    st.caption(chosen.source)
    st.caption(say(TO_BE_APPROVED.format(version=consent.VERSION)))


def _offer_change(database: Database, entry: UnitEntry, chosen: Instrument) -> None:
    own = instruments.find(entry.unit.instrument)
    if own is None or chosen.series != own.series:
        st.warning(say(OTHER_THING))
    label = say(USE.format(unit=plain(entry.unit.name)))
    if st.button(label, type="primary"):
        act(
            lambda: catalogue.choose_instrument(database, who(), entry.unit.code, chosen.ref),
            t("Kuesioner diganti.", "The questionnaire was changed."),
        )


def _questions(instrument: Instrument) -> list[list[tables.Cell]]:
    lang = language()
    return [
        [
            f"{e.number} {e.name.in_language(lang)}: {e.question.in_language(lang)}",
            # A score stays with its word where the line breaks.
            " · ".join(
                f"{i}\N{NO-BREAK SPACE}{label.in_language(lang)}" for i, label in enumerate(e.labels, 1)
            ),
        ]
        for e in instrument.elements
    ]
