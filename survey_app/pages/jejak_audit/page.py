"""Jejak audit: who did what, when, in which role, from where; and what was refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

import streamlit as st

from survey_app import days
from survey_app.pages.jejak_audit import filters
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.places import audit_log, catalogue, clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audit_log import Done
from survey_app.services.places.permissions import Action
from survey_app.services.places.roles import Role
from survey_app.services.process import runtime
from survey_app.settings import load
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import downloads, layout, tables
from survey_app.ui.acting import who
from survey_app.ui.words import language, say
from survey_app.wording import audit_words, numbers, role_words

TITLE = Text("Jejak audit", "Audit log")
LEAD = Text(
    "Siapa melakukan apa, kapan, dan dari mana. Catatan ini tidak dapat diubah dan tidak memuat data warga.",
    "Who did what, when and from where. These entries cannot be changed and hold nothing about citizens.",
)
NOTHING = Text("Tidak ada catatan yang cocok.", "No entry matches.")
OLDER = Text("Lebih lama", "Older")
NEWEST = Text("Ke yang terbaru", "To the newest")
DOWNLOAD = Text("Unduh CSV", "Download CSV")
REFUSED = Text("Ditolak", "Refused")
BEFORE = Text("sebelumnya {value}", "before: {value}")
NOBODY = Text("tidak diketahui", "not known")
COLUMNS = (
    Text("Waktu", "When"),
    Text("Petugas", "Who"),
    Text("Yang dilakukan", "What was done"),
    Text("Tempat", "Place"),
    Text("Rincian", "Details"),
)
_BELOW = "audit-below"


def show() -> None:
    database = runtime.database()
    layout.heading(say(TITLE), say(LEAD))
    zone = load().default_time_zone
    agencies = frozenset(agency.code for agency in catalogue.list_agencies(database))
    with st.sidebar:
        wanted = filters.choose(audit_log.actions(database, who()), agencies, zone)
    # Another question begins at its newest entry.
    asked, below = st.session_state.get(_BELOW, (wanted, None))
    page = audit_log.page(database, who(), wanted.older_than(below if asked == wanted else None))
    if not page.entries:
        st.info(say(NOTHING))
        return
    st.html(tables.table([say(c) for c in COLUMNS], [_row(entry, zone) for entry in page.entries]))
    with st.container(horizontal=True):
        if below is not None and asked == wanted and st.button(say(NEWEST)):
            del st.session_state[_BELOW]
            st.rerun()
        if page.older is not None and st.button(say(OLDER)):
            st.session_state[_BELOW] = (wanted, page.older)
            st.rerun()
        downloads.offer(
            say(DOWNLOAD),
            lambda person: csv_of(database, person, wanted),
            "jejak-audit.csv",
            "audit-csv",
            action=Action.SEE_AUDIT,
            mime="text/csv",
        )


def csv_of(database: Database, person: Acting, wanted: Wanted) -> bytes:
    """All that is wanted, oldest last, with codes as they are stored and moments in UTC."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["at", "who", "role", "action", "refused", "agency", "unit", "what", "before", "network"])
    for entry in audit_log.everything(database, person, wanted):
        before = "" if entry.before is None else json.dumps(entry.before, ensure_ascii=False)
        cells = [entry.at.isoformat(), entry.who or "", entry.role, entry.action, str(entry.refused).lower()]
        cells += [entry.agency, entry.unit, json.dumps(entry.what, ensure_ascii=False), before]
        writer.writerow([never_a_formula(cell) for cell in [*cells, entry.network or ""]])
    return file.getvalue().encode("utf-8-sig")


def _row(entry: Done, zone: str) -> list[tables.Cell]:
    when = days.short_moment(clock.told_by(entry.at, zone), language())
    done = say(audit_words.done(entry.action))
    role = say(role_words.ROLES[Role(entry.role)]) if entry.role in list(Role) else entry.role
    return [
        when,
        tables.Noted(entry.who or say(NOBODY), ", ".join(filter(None, [role, entry.network]))),
        tables.Noted(done, say(REFUSED)) if entry.refused else done,
        entry.unit or entry.agency or numbers.UNDEFINED,
        _details(entry),
    ]


def _details(entry: Done) -> str:
    parts = [f"{name}: {_told(value)}" for name, value in entry.what.items() if name != "service"]
    if entry.before is not None:
        parts.append(say(BEFORE.format(value=_told(entry.before))))
    return "; ".join(parts) or numbers.UNDEFINED


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_told(part)}" for name, part in value.items() if part not in ("", None))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_told(part) for part in value)
    return "" if value is None else str(value)
