"""One person: roles, a new link, open sessions, and whether they may sign in at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from survey_app.pages.petugas import link_view
from survey_app.pages.petugas.places import Places, chosen
from survey_app.services.accounts import people, views
from survey_app.services.accounts.links import Kind
from survey_app.services.accounts.people import Held, Person
from survey_app.services.accounts.sessions import Session
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, asked_first, session, who
from survey_app.ui.fleet_view import ago
from survey_app.ui.plain import plain
from survey_app.ui.words import say, t

CHANGE = Text("Ubah petugas", "Change somebody")
PERSON = Text("Petugas", "Person")
NOBODY = Text("Tidak ada petugas yang dapat Anda ubah di sini.", "There is nobody here whom you can change.")
ROLES_OF = Text("Peran", "Roles")
TAKE_BACK = Text("Ambil kembali", "Take back")
GIVE = Text("Tambah peran", "Add the role")
NEW_LINK = Text("Buat tautan kata sandi", "Make a link for a password")
SESSIONS = Text("Sesi yang terbuka", "Open sessions")
END_ONE = Text("Akhiri", "End")
END_ALL = Text("Akhiri semua sesi", "End all sessions")
DEACTIVATE = Text("Nonaktifkan", "Deactivate")
ACTIVATE = Text("Aktifkan lagi", "Activate again")
VIEW_AS = Text("Lihat sebagai", "View as")
YES_VIEW_AS = Text("Ya, lihat sebagai", "Yes, view as")
VIEW_BEGUN = Text("Anda sekarang melihat sebagai orang lain.", "You are now viewing as somebody else.")
YES_TAKE_BACK = Text("Ya, ambil kembali", "Yes, take it back")
YES_DEACTIVATE = Text("Ya, nonaktifkan", "Yes, deactivate")


def show(database: Database, mine: Sequence[Person], places: Places, now: datetime) -> None:
    st.subheader(say(CHANGE), anchor=False)
    if not mine:
        st.markdown(say(NOBODY))
        return
    by_id = {person.id: person for person in mine}
    chosen = st.selectbox(
        say(PERSON),
        list(by_id),
        format_func=lambda one: f"{by_id[one].name} ({by_id[one].login})" if one in by_id else "",
        key="people-chosen",
    )
    # Searching may have left out whom the list still names.
    person = by_id.get(chosen, mine[0])
    _roles(database, person, places, now)
    if not person.demo:
        _link(database, person, now)
    _sessions(database, person, places, now)
    _standing(database, person)


def _roles(database: Database, person: Person, places: Places, now: datetime) -> None:
    st.markdown(f"**{say(ROLES_OF)}**")
    for given in person.roles:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(places.tell(given)), width="content")
            _view_as(database, person, given, places, now)
            _take_back(database, person, given, places)
    with st.popover(say(GIVE)):
        choice = places.choose(f"give-{person.id}")
        if st.button(say(GIVE), type="primary", key=f"give-{person.id}"):
            done = t("Peran ditambahkan.", "The role has been added.")
            act(lambda: people.give(database, who(), person.id, *chosen(choice)), done)


def _view_as(database: Database, person: Person, given: Held, places: Places, now: datetime) -> None:
    mine = session()
    if mine is None or mine.demo or person.demo or not person.active or person.id == mine.account:
        return
    consequence = t(
        "Anda melihat halaman seperti {name} dalam peran {role}, selama {minutes} menit. Tidak ada yang "
        "dapat diubah, dan ini dicatat di jejak audit.",
        "You see the pages as {name} does in the role {role}, for {minutes} minutes. Nothing can be "
        "changed, and it is written down in the audit log.",
        name=plain(person.name),
        role=plain(places.tell(given)),
        minutes=views.LONGEST.seconds // 60,
    )
    if asked_first(say(VIEW_AS), consequence, say(YES_VIEW_AS), key=f"view-as-{given.id}"):
        act(lambda: views.begin(database, who(), mine.key, person.id, given.id, now), say(VIEW_BEGUN))


def _take_back(database: Database, person: Person, given: Held, places: Places) -> None:
    consequence = t(
        "{name} tidak lagi bertindak sebagai {role}. Sesi dalam peran itu segera berakhir.",
        "{name} no longer acts as {role}. Sessions in that role end at once.",
        name=plain(person.name),
        role=plain(places.tell(given)),
    )
    if asked_first(say(TAKE_BACK), consequence, say(YES_TAKE_BACK), key=f"take-back-{given.id}"):
        done = t("Peran diambil kembali.", "The role has been taken back.")
        act(lambda: people.take_back(database, who(), person.id, given.id), done)


def _link(database: Database, person: Person, now: datetime) -> None:
    def reset() -> None:
        token = people.reset(database, who(), person.id, now)
        link_view.keep(person.name, token, Kind.INVITATION if person.waiting else Kind.RESET, now)

    if person.active and st.button(say(NEW_LINK), key=f"reset-{person.id}"):
        act(reset, t("Tautan dibuat.", "The link has been made."))


def _sessions(database: Database, person: Person, places: Places, now: datetime) -> None:
    opened = people.sessions_of(database, who(), person.id, now)
    if not opened:
        return
    st.markdown(f"**{say(SESSIONS)}**")
    for one in opened:
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(plain(_session(one, places, now)), width="content")
            if st.button(say(END_ONE), key=f"end-{one.key[:12]}"):
                _end(database, person, one.key)
    if len(opened) > 1 and st.button(say(END_ALL), key=f"end-{person.id}"):
        _end(database, person, None)


def _session(session: Session, places: Places, now: datetime) -> str:
    acting = places.tell(Held(id=session.role_id, role=session.acting.role, scope=session.acting.scope))
    parts = [acting, session.browser, session.network, ago(now - session.seen_at)]
    return " · ".join(part for part in parts if part)


def _end(database: Database, person: Person, key: str | None) -> None:
    done = t("Sesi diakhiri.", "Ended.")
    act(lambda: people.end_sessions(database, who(), person.id, key), done)


def _standing(database: Database, person: Person) -> None:
    if not person.active:
        if st.button(say(ACTIVATE), key=f"activate-{person.id}"):
            done = t("Akun aktif lagi.", "The account is active again.")
            act(lambda: people.activate(database, who(), person.id), done)
        return
    consequence = t(
        "{name} tidak dapat masuk lagi, dan semua sesinya segera berakhir. Yang sudah dikerjakan tetap ada.",
        "{name} can sign in no more, and all sessions end at once. What was done stays.",
        name=plain(person.name),
    )
    if asked_first(say(DEACTIVATE), consequence, say(YES_DEACTIVATE), key=f"deactivate-{person.id}"):
        done = t("Akun dinonaktifkan.", "The account has been deactivated.")
        act(lambda: people.deactivate(database, who(), person.id), done)
