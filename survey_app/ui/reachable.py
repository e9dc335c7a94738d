"""A warning before something with an address is printed that nobody could open."""

from __future__ import annotations

import streamlit as st

from survey_app.services.process import reachable
from survey_app.settings import load
from survey_app.ui import links
from survey_app.ui.plain import tell


def warn() -> None:
    """Say it where the address citizens are sent to cannot be reached by them; nothing where it can."""
    text = reachable.warning(links.base_url(), load().public_url)
    if text is not None:
        st.warning(tell(text))
