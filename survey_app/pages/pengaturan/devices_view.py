"""The kiosks of one unit: their state, and pairing another one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app.services.kiosks import devices
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.ui import fleet_view, links
from survey_app.ui.acting import who
from survey_app.ui.words import t


def show_devices(database: Database, entry: UnitEntry, now: datetime) -> None:
    """This unit's kiosks, silent ones first, a code for a new one, and the way to all of them."""
    fleet_view.show_code(now, ZoneInfo(entry.unit.time_zone))
    mine = [f for f in devices.fleet(database, who(), now) if f.entry.unit.id == entry.unit.id]
    if mine:
        fleet_view.show_fleet(mine, now)
    else:
        st.markdown(
            t(
                "Unit ini belum memiliki anjungan survei. Buat kode penghubung, lalu buka {place} di "
                "perangkatnya.",
                "This unit has no kiosk yet. Make a pairing code, then open {place} on its device.",
                place=f"{links.base_url()}/k",
            )
        )
    fleet_view.show_pairing(database, [entry], now)
    st.link_button(
        t(
            "Nonaktifkan atau hubungkan lagi anjungan di halaman Anjungan survei",
            "Deactivate or pair kiosks on the Kiosks page",
        ),
        links.page(links.FLEET),
    )
