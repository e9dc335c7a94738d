"""Files that are made when their button is pressed, for whoever is signed in then, and written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from survey_app.services.places import audited
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Event
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import acting, made_files
from survey_app.ui.words import say

PDF = "application/pdf"
FOR_ROLES = Text("Hanya untuk peran {roles}", "For the roles {roles} only")


def offer(
    label: str,
    make: Callable[[Acting], bytes],
    file_name: str,
    key: str,
    *,
    action: Action = Action.SEE_RESULTS,
    mime: str = PDF,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """The button that makes a file and downloads it; to whose role it is not open, it says for whom it is.

    It is pressed outside a run, perhaps hours after the page was drawn: `make` is given the person, asked
    anew, and is to ask whether they may see what it is about. The file opens for their session alone. For who
    has signed out by then nothing is made; for five seconds the page says so below the button
    (`indonesian.css`, `english.css`).

    Raises at the press: Refused `session-ended`, `role-refused`.
    """
    at_click, allowed = acting.at_click(), acting.who().may(action)

    def made() -> bytes:
        session = at_click()
        person = session.acting
        database, what = runtime.database(), {"file": file_name}
        with audited.refusals(database, person, Event.DOWNLOAD, what):
            person.require_action(action)
            content = make(person)
        audited.note(database, person, Event.DOWNLOAD, what)
        made_files.note(content, mime, file_name, session)
        return content

    roles = ", ".join(sorted(PERMISSIONS[action]))
    st.download_button(
        label,
        made,
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        type=kind,
        key=key,
        disabled=not allowed,
        help=None if allowed else say(FOR_ROLES.format(roles=roles)),
    )
