"""Which entries are wanted: chosen beside the page and kept in its address, so that a link shows the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app.storage.audit import Wanted
from survey_app.text import Text
from survey_app.ui.words import say
from survey_app.wording import audit_words

WHO = Text("Petugas", "Who")
ACTION = Text("Yang dilakukan", "What was done")
ALL = Text("Semua", "Everything")
PLACE = Text("Kode instansi atau unit layanan", "Code of an agency or service unit")
OUTCOME = Text("Hasil", "Outcome")
SINCE, UNTIL = Text("Sejak", "Since"), Text("Sampai", "Until")
OUTCOMES = {"": ALL, "done": Text("Dilakukan", "Done"), "refused": Text("Ditolak", "Refused")}


def choose(known: list[str], agencies: frozenset[str], zone: str) -> Wanted:
    """What the filters ask for.

    Args:
        known: what was done so far.
        agencies: codes of agencies; any other place is a unit.
        zone: in which the days begin and end.
    """
    who = st.text_input(say(WHO), key="siapa", max_chars=100, bind="query-params")
    action = st.selectbox(
        say(ACTION),
        ["", *known],
        format_func=lambda code: say(audit_words.done(code) if code else ALL),
        key="tindakan",
        bind="query-params",
    )
    place = st.text_input(say(PLACE), key="tempat", max_chars=100, bind="query-params").strip().casefold()
    outcome = st.selectbox(
        say(OUTCOME),
        list(OUTCOMES),
        format_func=lambda code: say(OUTCOMES[code]),
        key="hasil",
        bind="query-params",
    )
    since = st.date_input(say(SINCE), None, key="sejak", format="DD/MM/YYYY", bind="query-params")
    until = st.date_input(say(UNTIL), None, key="sampai", format="DD/MM/YYYY", bind="query-params")
    return Wanted(
        who=who.strip(),
        actions=[action] if action else [],
        agency=place if place in agencies else "",
        unit="" if place in agencies else place,
        refused={"done": False, "refused": True}.get(outcome),
        since=_begin(since, zone),
        until=None if until is None else _begin(until + timedelta(days=1), zone),
    )


def _begin(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))
