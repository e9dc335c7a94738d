"""Files that are made when their button is pressed, for whoever presses it then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.text import Text
from survey_app.ui import acting
from survey_app.ui.words import say

FOR_ROLES = Text("Hanya untuk peran {roles}", "For the roles {roles} only")


def offer_pdf(
    label: str,
    make: Callable[[Acting], bytes],
    file_name: str,
    key: str,
    *,
    action: Action = Action.SEE_RESULTS,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """The button that makes a PDF and downloads it; to whose role it is not open, it says for whom it is.

    A page stays open for hours: `make` is given whoever acts when the button is pressed, and is to ask
    whether they may see what it is about. Raises at the press: Refused `role-refused`, and `session-ended`
    for who has signed out by then or acts in another role; Streamlit says below the button that it failed.
    """
    allowed, person = acting.who().may(action), acting.at_click()

    def made() -> bytes:
        somebody = person()
        somebody.require_action(action)
        return make(somebody)

    roles = ", ".join(sorted(PERMISSIONS[action]))
    st.download_button(
        label,
        made,
        file_name=file_name,
        mime="application/pdf",
        on_click="ignore",
        type=kind,
        key=key,
        disabled=not allowed,
        help=None if allowed else say(FOR_ROLES.format(roles=roles)),
    )
