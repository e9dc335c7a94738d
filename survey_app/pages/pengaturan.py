"""Pengaturan: agencies, units, services, users served and the questionnaire of each unit."""

from __future__ import annotations

import streamlit as st

from survey_app.services import catalogue, runtime
from survey_app.ui import choosing, first_steps, layout, settings_instrument, settings_units, settings_users
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database)
    if not entries:
        first_steps.show_welcome(database)
        return
    with st.sidebar:
        entry = choosing.filter_unit(entries, st.query_params.get("unit"))
    layout.heading(t("Pengaturan", "Settings"))
    first_steps.show_guide(database, entry)
    units, services, users, instrument = st.tabs(
        [
            t("Unit", "Units"),
            t("Layanan", "Services"),
            t("Pengguna layanan", "Users served"),
            t("Kuesioner", "Questionnaire"),
        ]
    )
    with units:
        settings_units.show_units(database, entries, entry)
    with services:
        settings_units.show_services(database, entry)
    with users:
        settings_users.show_users(database, entry, runtime.now())
    with instrument:
        settings_instrument.show_instrument(database, entry)
