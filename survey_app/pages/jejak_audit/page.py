"""Jejak audit: who did what, when, in which role, from where; and what was refused."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.jejak_audit import filters, view
from survey_app.services.places import audit_log, catalogue
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.settings import load
from survey_app.text import Text
from survey_app.ui import downloads, layout
from survey_app.ui.acting import who
from survey_app.ui.words import say

TITLE = Text("Jejak audit", "Audit log")
LEAD = Text(
    "Siapa melakukan apa, kapan, dan dari mana. Catatan ini tidak dapat diubah dan tidak memuat data warga.",
    "Who did what, when and from where. These entries cannot be changed and hold nothing about citizens.",
)
NOTHING = Text("Tidak ada catatan yang cocok.", "No entry matches.")
OLDER = Text("Lebih lama", "Older")
NEWEST = Text("Ke yang terbaru", "To the newest")
DOWNLOAD = Text("Unduh CSV", "Download CSV")
_BELOW = "audit-below"


def show() -> None:
    database = runtime.database()
    layout.heading(say(TITLE), say(LEAD))
    zone = load().default_time_zone
    agencies = frozenset(agency.code for agency in catalogue.list_agencies(database))
    with st.container(horizontal=True, key="filters"):
        wanted = filters.choose(agencies, zone)
    # Another question begins at its newest entry.
    asked, below = st.session_state.get(_BELOW, (wanted, None))
    page = audit_log.page(database, who(), wanted.older_than(below if asked == wanted else None))
    if not page.entries:
        st.info(say(NOTHING))
        return
    st.html(view.table(page.entries, zone))
    with st.container(horizontal=True):
        if below is not None and asked == wanted and st.button(say(NEWEST)):
            del st.session_state[_BELOW]
            st.rerun()
        if page.older is not None and st.button(say(OLDER)):
            st.session_state[_BELOW] = (wanted, page.older)
            st.rerun()
        downloads.offer(
            say(DOWNLOAD),
            lambda person: view.csv_of(database, person, wanted),
            "jejak-audit.csv",
            "audit-csv",
            action=Action.SEE_AUDIT,
            mime="text/csv",
        )
