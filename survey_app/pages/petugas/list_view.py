"""Everybody inside the scope, found by what they are called, what they may do, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from survey_app.pages.petugas.places import Places
from survey_app.services.accounts.people import Person
from survey_app.text import Text
from survey_app.ui import address, tables
from survey_app.ui.fleet_view import ago
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

#: More rows nobody reads: searching is quicker.
_ROWS = 50
SEARCH = Text("Cari nama, akun, peran, atau tempat", "Search by name, account, role or place")
NOBODY = Text("Belum ada petugas. Undang yang pertama.", "There is nobody yet. Invite the first one.")
NOT_FOUND = Text("Tidak ada petugas yang cocok dengan “{text}”.", "Nobody matches “{text}”.")
SHOWN = Text("Ditampilkan {n} dari {all} petugas.", "Shown: {n} of {all} people.")
WAITING = Text("Menunggu kata sandi", "Waiting for a password")
ACTIVE = Text("Aktif", "Active")
INACTIVE = Text("Tidak aktif", "Inactive")
SAMPLE = Text("Contoh", "Sample")
ELSEWHERE = Text("juga di tempat lain", "also elsewhere")
NEVER = Text("belum pernah", "never")


def show(everybody: Sequence[Person], places: Places, now: datetime) -> list[Person]:
    """The table, and whom it was narrowed to."""
    if not everybody:
        st.info(say(NOBODY))
        return []
    typed = address.text(say(SEARCH), address.Place(name="cari", key="people-search"))
    wanted = typed.casefold().split()
    told = {person.id: _told(person, places).casefold() for person in everybody}
    found = [person for person in everybody if all(word in told[person.id] for word in wanted)]
    if not found:
        st.info(plain(say(NOT_FOUND.format(text=typed))))
        return []
    columns = [
        t("Nama", "Name"),
        say(Text("Peran", "Role")),
        t("Terakhir aktif", "Last seen"),
        t("Status", "Status"),
    ]
    st.html(tables.table(columns, [_row(person, places, now) for person in found[:_ROWS]]))
    if len(found) > _ROWS or len(found) < len(everybody):
        lang = language()
        n, every = numbers.whole(min(len(found), _ROWS), lang), numbers.whole(len(everybody), lang)
        st.caption(say(SHOWN.format(n=n, all=every)))
    return found


def state(person: Person) -> Text:
    """Whether somebody can sign in."""
    if not person.active:
        return INACTIVE
    return WAITING if person.waiting else SAMPLE if person.demo else ACTIVE


def _told(person: Person, places: Places) -> str:
    return " ".join([person.name, person.login, *(places.tell(given) for given in person.roles)])


def _roles(person: Person, places: Places) -> list[str]:
    told = [places.tell(given) for given in person.roles]
    return [*told, say(ELSEWHERE)] if person.elsewhere else told


def _row(person: Person, places: Places, now: datetime) -> list[tables.Cell]:
    return [
        tables.Noted(person.name, person.login),
        "; ".join(_roles(person, places)) or numbers.UNDEFINED,
        say(NEVER) if person.last_seen is None else ago(now - person.last_seen),
        say(state(person)),
    ]
