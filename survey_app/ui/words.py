"""The language a person reads, and texts in it."""

from __future__ import annotations

import streamlit as st

from survey_app.text import Language, Text, language_meant
from survey_app.ui import drawn

_KEY, _NAME = "language", "lang"
_NAMES: dict[Language, str] = {"id": "Indonesia", "en": "English"}


def language() -> Language:
    """The language of the address: Bahasa Indonesia unless ?lang=en says otherwise."""
    return language_meant(st.query_params.get(_NAME))


def in_address() -> dict[str, str]:
    """What an address names so that it is read in the same language; nothing for the usual one."""
    return {_NAME: "en"} if language() == "en" else {}


def say(text: Text) -> str:
    """`text` in the chosen language."""
    return text.in_language(language())


def t(id_text: str, en_text: str, /, **values: object) -> str:
    """One of two wordings, filled with `values`."""
    text = Text(id_text, en_text)
    return say(text.format(**values) if values else text)


def said_anew(key: str) -> str:
    """`key`, for a selectbox whose options are words: says its choice again once the language has changed.

    The browser keeps the words of a choice, not the choice, and would go on showing the other language.
    """
    said = f"{key} said in"
    if st.session_state.get(said, language()) != language() and key in st.session_state:
        st.session_state[key] = st.session_state[key]
    st.session_state[said] = language()
    return key


def choose_language(*, short: bool = False) -> None:
    """The switch between the two languages, which stands in the address.

    Args:
        short: by their codes, where there is little room.
    """
    drawn.show(_KEY, language())
    st.segmented_control(
        "Bahasa / Language",
        list(_NAMES),
        required=True,
        format_func=str.upper if short else _NAMES.__getitem__,
        key=_KEY,
        on_change=_write,
        label_visibility="collapsed",
    )


def _write() -> None:
    if st.session_state[_KEY] == "en":
        st.query_params[_NAME] = "en"
    else:
        st.query_params.pop(_NAME, None)
