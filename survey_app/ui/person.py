"""Who has signed in, at the head of every page: the name, the role in use and its place, and the way out."""

from __future__ import annotations

from html import escape

import streamlit as st

from survey_app.services.accounts.sessions import Session
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import acting, links, viewing
from survey_app.ui.plain import plain
from survey_app.ui.words import say, t
from survey_app.wording.role_words import ROLES, place_words

SIGN_OUT = Text("Keluar", "Sign out")
_PLACE = "person-place {agency} {unit}"


def show(person: Session) -> None:
    """The name; it opens the role in use, the way to the own account and the way out."""
    role = f"{say(ROLES[person.own.role])}, {say(_place(person.own.scope))}"
    account = f'<a href="{links.page(links.ACCOUNT)}" target="_self">{t("Akun", "Account")}</a>'
    with st.popover(plain(person.name), key="person"):
        st.html(f"<p><strong>{escape(person.name)}</strong><br>{escape(role)}</p><p>{account}</p>")
        if st.button(say(SIGN_OUT), key="sign-out"):
            acting.sign_out()
            st.rerun()


def show_viewing(person: Session) -> None:
    """Whom somebody views the pages as, where they do."""
    if person.viewing is not None:
        viewing.show(person, person.viewing, _place(person.acting.scope))


def _place(scope: Scope) -> Text:
    """Looked up once for a browser and a role: a page that was made for another one is forgotten."""
    key = _PLACE.format(agency=scope.agency, unit=scope.unit)
    if key not in st.session_state:
        entries = [] if scope == PROVINCE else catalogue.list_units(runtime.database(), scope)
        st.session_state[key] = place_words(scope, entries)
    words: Text = st.session_state[key]
    return words
