"""Whom somebody views the pages as, on every page while it lasts, with the way back to the own role."""

from __future__ import annotations

from html import escape

import streamlit as st

from survey_app.services.accounts import views
from survey_app.services.accounts.sessions import Session
from survey_app.services.accounts.views import View
from survey_app.services.places import clock
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import acting
from survey_app.ui.words import say
from survey_app.wording.role_words import ROLES

AS = Text(
    "Anda melihat sebagai <strong>{name}</strong> ({role}, {place}), sampai {until}. Tidak ada yang dapat "
    "diubah.",
    "You are viewing as <strong>{name}</strong> ({role}, {place}), until {until}. Nothing can be changed.",
)
BACK = Text("Kembali ke peran sendiri", "Return to your own role")
RETURNED = Text("Anda kembali dalam peran sendiri.", "You are in your own role again.")


def show(session: Session, view: View, place: Text) -> None:
    """One line, and the button that ends it; nothing is asked first, as nothing is lost."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="viewing"
    ):
        line = AS.format(
            name=escape(view.name),
            role=ROLES[view.given.role],
            place=escape(say(place)),
            until=clock.told_by(view.until),
        )
        st.html(f"<p>{say(line)}</p>", width="stretch")
        if st.button(say(BACK), key="viewing-end"):
            acting.act(lambda: views.end(runtime.database(), session.key, session.own), say(RETURNED))
