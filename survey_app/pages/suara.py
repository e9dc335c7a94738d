"""Suara warga: what citizens wrote, by unsur and kind, with a search. Personal numbers are taken out."""

from __future__ import annotations

import streamlit as st

from survey_app.services import catalogue, runtime
from survey_app.services.overview import months_with_answers
from survey_app.services.scope import PROVINCE
from survey_app.services.voices import voices
from survey_app.ui import choosing, first_steps, guards, layout, periods, voices_view
from survey_app.ui.words import language, t


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database)
    if not entries:
        first_steps.show_welcome(database)
        return
    span = months_with_answers(database, PROVINCE)
    if span is None:
        layout.heading(t("Suara warga", "Voices"))
        guards.explain_no_answers()
        return
    with st.sidebar:
        scope = choosing.filter_agency_or_unit(entries, st.query_params.get("unit"))
        period = choosing.choose_period(*span)
    layout.heading(t("Suara warga", "Voices"), periods.name(period, language()))
    voices_view.show(voices(database, scope, period))
