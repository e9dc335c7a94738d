"""On which page a widget was drawn last.

Streamlit's identity of a widget is of one page; the session goes on knowing its key from the page before. A
widget that is to show what the address says is told so on each page anew, or it shows its first choice there.
"""

from __future__ import annotations

import streamlit as st

_PAGE = "page that is drawn"


def arrive(path: str) -> None:
    """Say which page is drawn in this run and in those of its fragments."""
    st.session_state[_PAGE] = path


def show(key: str, value: str) -> None:
    """Make the widget of this key, which is drawn next, show a value."""
    here, on = st.session_state.get(_PAGE), f"{key} drawn on"
    if st.session_state.get(on) != here or st.session_state.get(key) != value:
        st.session_state[key] = value
    st.session_state[on] = here
