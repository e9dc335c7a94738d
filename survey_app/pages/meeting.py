"""The head of a page that is shown to a meeting: the way back, and no other."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from survey_app.pages.specs import PageSpec
from survey_app.services.accounts.sessions import Session
from survey_app.text import Text
from survey_app.ui import address, person
from survey_app.ui.words import say

END = Text("Tutup tampilan rapat", "End the meeting view")


def show(pages: Mapping[str, st.Page], current: PageSpec, session: Session) -> None:
    """In place of `header.show`; that somebody looks as another is still said.

    Args:
        pages: by path.
    """
    person.show_viewing(session)
    with st.container(horizontal=True, horizontal_alignment="right", key="meeting"):
        st.page_link(pages[current.path], label=say(END), query_params=address.presented(on=False))
