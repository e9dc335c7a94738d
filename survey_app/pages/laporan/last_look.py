"""The numbers beside the button that publishes them: they are those of the publication, or it waits."""

from __future__ import annotations

import streamlit as st

from survey_app.services.publishing import unit_publishing
from survey_app.text import Text
from survey_app.ui.words import language, say
from survey_app.wording import numbers

TO_BE_PUBLISHED = Text(
    "Yang akan dipublikasikan: IKM **{v}** dari **{n}** responden",
    "To be published: IKM **{v}** from **{n}** respondents",
)


def show(value: numbers.Number | None, n: int, more: str) -> None:
    """What would be published now; `more` is what else it stands on."""
    words = say(TO_BE_PUBLISHED)
    lang = language()
    st.markdown(words.format(v=numbers.decimal(value, lang), n=numbers.whole(n, lang)) + more)


def button(label: str, seen: str | None, *, primary: bool = False, key: str) -> bool:
    """A button for what has the fingerprint `seen`, and for nothing else; none yet when that is None.

    Data that change give another button: a press of the old one, the second of a double click too, is none
    of the new one.
    """
    place = key if seen is None else f"{key}-{seen[:16]}"
    return st.button(label, type="primary" if primary else "secondary", disabled=seen is None, key=place)


def warn_changed(key: str, fingerprint: str) -> None:
    """Say so when what is shown under `key` is not what was shown there before."""
    kept = f"last-look-{key}"
    before = st.session_state.get(kept, fingerprint)
    st.session_state[kept] = fingerprint
    if before != fingerprint:
        st.warning(say(unit_publishing.OUTDATED))
