"""Tindak lanjut: what the unit does about its lowest unsur, how far it is, and whether it helped."""

from __future__ import annotations

import streamlit as st

from survey_app.services import catalogue, follow_up, runtime
from survey_app.services.overview import months_with_answers
from survey_app.services.scope import Scope
from survey_app.ui import acting, choosing, first_steps, follow_up_form, follow_up_view, guards, layout
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database)
    title = t("Tindak lanjut", "Follow-up")
    if not entries:
        layout.heading(title)
        guards.explain_no_units()
        return
    with st.sidebar:
        entry = choosing.filter_unit(entries, st.query_params.get("unit"))
    layout.heading(title, entry.unit.name)
    span = months_with_answers(database, Scope(unit=entry.unit.code))
    if span is None:
        guards.explain_no_answers()
        first_steps.show_links(entry)
        return
    with st.sidebar:
        kind = choosing.choose_kind()
    register = follow_up.register(database, acting.who(), entry.unit.code)
    follow_up_view.show_proposals(database, entry, register, span[1], kind)
    follow_up_view.show_register(database, entry, register, span[1])
    follow_up_form.show(database, entry, register, runtime.now())
