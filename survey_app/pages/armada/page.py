"""Anjungan survei: each device's unit, when it was last seen and what waits on it; revoke and re-pair."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.ui import fleet_view, guards, layout, links
from survey_app.ui.acting import who
from survey_app.ui.words import t


def show() -> None:
    database, now = runtime.database(), runtime.now()
    entries = catalogue.list_units(database, who().scope)
    layout.heading(t("Anjungan survei", "Kiosks"))
    if not entries:
        guards.explain_no_units()
        return
    fleet = devices.fleet(database, who(), now)
    fleet_view.show_code(now, ZoneInfo(entries[0].unit.time_zone))
    if fleet:
        fleet_view.show_fleet(fleet, now)
    else:
        st.info(
            t(
                "Belum ada anjungan survei. Buat kode penghubung, lalu buka {place} di perangkatnya.",
                "There is no kiosk yet. Make a pairing code, then open {place} on the device.",
                place=f"{links.base_url()}/k",
            )
        )
    new, known = st.columns(2, gap="medium")
    with new.container(border=True, height="stretch"):
        st.subheader(t("Anjungan baru", "New kiosk"), anchor=False)
        fleet_view.show_pairing(database, entries, now)
    if fleet:
        with known.container(border=True, height="stretch"):
            st.subheader(t("Nonaktifkan atau hubungkan lagi", "Deactivate or pair again"), anchor=False)
            fleet_view.show_mending(database, fleet, now)
