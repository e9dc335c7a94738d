"""Pengaturan: agencies, units, services, users served, targets, questionnaires, posters, codes and kiosks."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app.pages.pengaturan import (
    codes_view,
    devices_view,
    hours_view,
    instrument_view,
    targets_view,
    users_view,
)
from survey_app.services.places import catalogue
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import address, choosing, first_steps, layout, posters, units_form
from survey_app.ui.acting import who
from survey_app.ui.words import say, t

FOR_ROLES = Text("Bagian ini hanya untuk peran {roles}.", "This part is for the roles {roles} only.")

TABS: dict[str, Text] = {
    "unit": Text("Unit", "Units"),
    "layanan": Text("Layanan", "Services"),
    "pengguna": Text("Jumlah pengguna layanan", "Number of service users"),
    "target": Text("Target", "Targets"),
    "kuesioner": Text("Kuesioner", "Questionnaire"),
    "poster": Text("Poster QR", "QR poster"),
    "kode": Text("Kode antrean", "Queue codes"),
    "anjungan": Text("Anjungan survei", "Kiosks"),
}
_TAB = address.Place(name="tab", key="settings-tab")


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database, who().scope)
    if not entries:
        first_steps.show_welcome(database)
        return
    with layout.choices():
        entry = choosing.filter_unit(entries)
    layout.heading(t("Pengaturan", "Settings"))
    now = runtime.now()
    first_steps.show_guide(database, entry, now)
    tabs = address.tabs({code: say(name) for code, name in TABS.items()}, _TAB)
    with tabs["unit"]:
        units_form.show_units(database, entries, entry)
    with tabs["layanan"]:
        units_form.show_services(database, entry)
        hours_view.show_hours(database, entry, now)
    with tabs["pengguna"]:
        users_view.show_users(database, entry, now)
    with tabs["target"]:
        targets_view.show_targets(database, entry, now)
    with tabs["kuesioner"]:
        instrument_view.show_instrument(database, entry)
    with tabs["poster"]:
        posters.show_posters(entries, entry, now)
    with tabs["kode"]:
        _or_say(Action.ISSUE_CODES, lambda: codes_view.show_codes(database, entry, now))
    with tabs["anjungan"]:
        _or_say(Action.PAIR_KIOSKS, lambda: devices_view.show_devices(database, entry, now))


def _or_say(action: Action, show: Callable[[], None]) -> None:
    """Show it to who may do it, and say to others whom it is for."""
    if who().may(action):
        show()
        return
    st.info(say(FOR_ROLES.format(roles=", ".join(sorted(PERMISSIONS[action])))))
