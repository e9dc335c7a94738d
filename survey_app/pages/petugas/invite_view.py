"""Inviting somebody: a name, an account, one role at one place, and a link to hand over."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from survey_app.pages.petugas import link_view
from survey_app.pages.petugas.places import Places, chosen
from survey_app.services.accounts import people
from survey_app.services.accounts.links import Kind
from survey_app.services.accounts.names import NAME_MAX
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, who
from survey_app.ui.words import say, t

INVITE = Text("Undang petugas", "Invite somebody")
NAME = Text("Nama", "Name")
LOGIN = Text("Nama akun", "Account name")
MAKE = Text("Buat tautan undangan", "Make a link to invite")


def show(database: Database, places: Places, now: datetime) -> None:
    st.subheader(say(INVITE), anchor=False)
    with st.form("invite", border=False):
        name = st.text_input(say(NAME), max_chars=NAME_MAX)
        login = st.text_input(
            say(LOGIN), max_chars=100, help=t("Misalnya alamat surel.", "Such as an e-mail address.")
        )
        choice = places.choose("invite")
        if st.form_submit_button(say(MAKE), type="primary"):

            def invite() -> None:
                role, scope = chosen(choice)
                token = people.invite(database, who(), login, name, role, scope, now)
                link_view.keep(name, token, Kind.INVITATION, now)

            act(invite, t("Undangan dibuat.", "Invited."))
