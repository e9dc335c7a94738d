"""The numbers beside the button that publishes them: they are those of the publication, or it waits."""

from __future__ import annotations

import streamlit as st

from survey_app.services import publishing
from survey_app.ui import numbers
from survey_app.ui.words import language, say, t


def show(value: numbers.Number | None, n: int, more: str) -> None:
    """What would be published now; `more` is what else it stands on."""
    words = t("Yang akan terbit: nilai **{v}**, n **{n}**", "To be published: value **{v}**, n **{n}**")
    lang = language()
    st.markdown(words.format(v=numbers.decimal(value, lang), n=numbers.whole(n, lang)) + more)


def changed(key: str, fingerprint: str) -> bool:
    """Whether what is shown under `key` is not what was shown there before; then it is said."""
    kept = f"last-look-{key}"
    before = st.session_state.get(kept, fingerprint)
    st.session_state[kept] = fingerprint
    if before == fingerprint:
        return False
    st.warning(say(publishing.OUTDATED))
    return True
