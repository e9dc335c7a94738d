"""A file that is made when its button is pressed, for whoever is signed in then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from survey_app.services.places.acting import Acting
from survey_app.ui import acting

PDF = "application/pdf"


def offer(
    label: str,
    make: Callable[[Acting], bytes],
    file_name: str,
    *,
    key: str,
    mime: str = PDF,
    prominent: bool = False,
    disabled: bool = False,
    help_text: str | None = None,
) -> None:
    """The button of a download.

    It is pressed outside a run, perhaps hours after the page was drawn: `make` is given the person, asked
    anew. For who has signed out by then nothing is made; Streamlit says below the button that it failed.
    """
    at_click = acting.at_click()
    kind: Literal["primary", "secondary"] = "primary" if prominent else "secondary"
    st.download_button(
        label,
        lambda: make(at_click()),
        file_name=file_name,
        mime=mime,
        on_click="ignore",
        type=kind,
        key=key,
        disabled=disabled,
        help=help_text,
    )
