"""Which entries are wanted: chosen beside the page and kept in its address, so that a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app.storage.audit import Wanted
from survey_app.text import Text
from survey_app.ui import address
from survey_app.ui.words import say
from survey_app.wording import audit_words

WHO = Text("Petugas", "Who")
ACTION = Text("Yang dilakukan", "What was done")
ALL = Text("Semua", "Everything")
PLACE = Text("Kode instansi atau unit layanan", "Code of an agency or service unit")
OUTCOME = Text("Hasil", "Outcome")
SINCE, UNTIL = Text("Sejak", "Since"), Text("Sampai", "Until")
OUTCOMES = {"": ALL, "done": Text("Dilakukan", "Done"), "refused": Text("Ditolak", "Refused")}


def choose(agencies: frozenset[str], zone: str) -> Wanted:
    """What the filters ask for.

    Args:
        agencies: codes of agencies; any other place is a unit.
        zone: in which the days begin and end.
    """
    who = st.text_input(say(WHO), key="siapa", max_chars=100, bind="query-params")
    # All there are: which of them occur only a walk through the whole log could tell, at every run.
    actions = {"": ALL, **dict(sorted(audit_words.DONE.items(), key=lambda one: say(one[1])))}
    action = _one_of(ACTION, actions, "tindakan")
    place = st.text_input(say(PLACE), key="tempat", max_chars=100, bind="query-params").strip().casefold()
    outcome = _one_of(OUTCOME, OUTCOMES, "hasil")
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


def _one_of(label: Text, options: Mapping[str, Text], name: str) -> str:
    names = {code: say(text) for code, text in options.items()}
    place = address.Place(name=name, key=f"audit-{name}")
    return address.select(say(label), names, place, labelled=True)


def _begin(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))
