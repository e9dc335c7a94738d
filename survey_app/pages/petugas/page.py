"""Petugas: the people who sign in; invite, give roles and take them back, end sessions, deactivate."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.petugas import invite_view, link_view, list_view, person_view
from survey_app.pages.petugas.places import Places
from survey_app.services.accounts import people
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import layout
from survey_app.ui.acting import who
from survey_app.ui.words import say

TITLE = Text("Petugas", "Staff")
LEAD = Text(
    "Siapa yang dapat masuk, dalam peran apa, dan untuk tempat mana.",
    "Who may sign in, in which role, and for which place.",
)


def show() -> None:
    database, now = runtime.database(), runtime.now()
    layout.heading(say(TITLE), say(LEAD))
    places = Places.of(database, who())
    link_view.show(now)
    everybody = people.listed(database, who())
    found = list_view.show(everybody, places, now)
    if who().viewer is not None:
        # Whom the other could invite or change is nothing to look at.
        return
    new, known = st.columns(2, gap="medium")
    with new.container(border=True, height="stretch"):
        invite_view.show(database, places, now)
    with known.container(border=True, height="stretch"):
        person_view.show(database, [person for person in found if person.mine], places, now)
