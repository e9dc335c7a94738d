"""Doing something a service may refuse: say what is wrong, or what was done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app.errors import AppError
from survey_app.services.places.acting import ADMIN, Acting
from survey_app.ui.plain import plain, tell

_KEY = "done"


def who() -> Acting:
    """In which role the person acts. Until people sign in, whoever reaches the pages may do everything."""
    return ADMIN


def act(job: Callable[[], object], done: str) -> None:
    """Run `job` and begin the page anew with the message `done`; or show every problem and stay."""
    try:
        job()
    except AppError as error:
        for text in [problem.text for problem in error.problems] or [error.text]:
            st.error(tell(text))
        return
    st.session_state[_KEY] = done
    st.rerun()


def asked_first(label: str, consequence: str, sure: str, key: str) -> bool:
    """A button that opens what will happen; True when the person then says `sure`."""
    with st.popover(label):
        st.markdown(consequence)
        return st.button(sure, type="primary", key=key)


def show_done() -> None:
    """What the last action did, once."""
    if message := st.session_state.pop(_KEY, None):
        st.toast(plain(message))
