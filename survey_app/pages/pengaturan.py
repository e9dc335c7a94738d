"""Pengaturan: agencies, units, services, users served, targets, questionnaires, posters, codes and kiosks."""

from __future__ import annotations

import streamlit as st

from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.ui import (
    choosing,
    first_steps,
    layout,
    settings_codes,
    settings_devices,
    settings_hours,
    settings_instrument,
    settings_posters,
    settings_targets,
    settings_units,
    settings_users,
)
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
    now = runtime.now()
    first_steps.show_guide(database, entry, now)
    units, services, users, goals, instrument, poster, codes, kiosk = st.tabs(
        [
            t("Unit", "Units"),
            t("Layanan", "Services"),
            t("Pengguna layanan", "Users served"),
            t("Target", "Targets"),
            t("Kuesioner", "Questionnaire"),
            t("Poster QR", "QR poster"),
            t("Kode antrean", "Queue codes"),
            t("Kios", "Kiosks"),
        ]
    )
    with units:
        settings_units.show_units(database, entries, entry)
    with services:
        settings_units.show_services(database, entry)
        settings_hours.show_hours(database, entry, now)
    with users:
        settings_users.show_users(database, entry, now)
    with goals:
        settings_targets.show_targets(database, entry, now)
    with instrument:
        settings_instrument.show_instrument(database, entry)
    with poster:
        settings_posters.show_posters(entries, entry, now)
    with codes:
        settings_codes.show_codes(database, entry, now)
    with kiosk:
        settings_devices.show_devices(database, entry, now)
