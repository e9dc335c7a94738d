"""Entri kuesioner kertas: paper forms typed in by keyboard, each numbered sheet once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import instruments
from survey_app.errors import Refused
from survey_app.pages.kertas import turn
from survey_app.pages.kertas.sheet import paper_sheet
from survey_app.services.answers import paper
from survey_app.services.answers.paper import PaperForm
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import choosing, layout
from survey_app.ui.acting import who
from survey_app.ui.answered import units_or_explain
from survey_app.ui.plain import tell
from survey_app.ui.words import say, t

TITLE = Text("Entri kuesioner kertas", "Paper questionnaires")


def show() -> None:
    database = runtime.database()
    title = say(TITLE)
    entries = units_or_explain(database, title)
    if not entries:
        return
    with layout.choices():
        entry = choosing.filter_unit(entries)
        service = choosing.filter_active_service(entry)
    layout.heading(title, entry.unit.name)
    if service is not None:
        _enter(database, entry, service)
    zone = ZoneInfo(entry.unit.time_zone)
    if sheets := paper.recent(database, entry.unit.code, within=who().scope):
        turn.show_recent(sheets, zone)


def _enter(database: Database, entry: UnitEntry, service: Service) -> None:
    now = runtime.now()
    today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
    with st.container(horizontal=True):
        operator = st.text_input(
            t("Kode petugas", "Operator's code"), placeholder="loket-1", key="paper-operator"
        )
        filled_on = st.date_input(
            t("Tanggal pengisian", "Filled in on"), today, max_value=today, format="DD/MM/YYYY"
        )
    current = turn.turn(now)
    if current.saved:
        st.success(current.saved)
    instrument = instruments.get(entry.unit.instrument)
    typed = paper_sheet(instrument, current.id, current.number, current.problems, current.attempt)
    if typed is None or typed.id != current.id:
        return
    form = PaperForm(
        id=typed.id,
        unit=entry.unit.code,
        number=typed.number,
        operator=operator.strip(),
        answers=typed.answers,
        service=service.code,
        profile=typed.profile,
        comment=typed.comment,
        filled_on=filled_on,
    )
    try:
        entered = paper.enter(database, who(), form, now)
    except Refused as refused:
        st.error(tell(refused.text))
        return
    turn.record(current, typed.number.strip(), entered, now)
    st.rerun()
