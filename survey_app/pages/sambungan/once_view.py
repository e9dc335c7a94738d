"""What is shown once: the key or secret that was made last, until it is put away."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from survey_app.text import Text
from survey_app.ui.plain import plain
from survey_app.ui.words import say

_KEY = "connection-once"
KEY = Text(
    "Kunci “{name}”. Salin sekarang dan simpan di tempat rahasia: kunci ini tidak dapat ditampilkan lagi. "
    "Siapa pun yang memegangnya dapat bertindak dengan hak kunci ini.",
    "The key “{name}”. Copy it now and keep it in a secret place: it cannot be shown again. Whoever holds it "
    "can act with the rights of this key.",
)
SECRET = Text(
    "Rahasia webhook “{name}”. Salin sekarang ke program penerima: rahasia ini tidak dapat ditampilkan lagi. "
    "Dengan rahasia ini penerima memastikan bahwa pesan berasal dari aplikasi ini.",
    "The secret of the webhook “{name}”. Copy it now into the receiving program: it cannot be shown again. "
    "By it the receiver makes sure that a message comes from this application.",
)
PUT_AWAY = Text("Sudah disalin, tutup", "Copied, close")


@dataclass(frozen=True)
class _Made:
    told: Text
    secret: str


def keep(told: Text, name: str, secret: str) -> None:
    """Have it shown from the next run on; a session keeps the last one only."""
    st.session_state[_KEY] = _Made(told.format(name=name), secret)


def show() -> None:
    """The secret, with a field to copy it from."""
    made = st.session_state.get(_KEY)
    if not isinstance(made, _Made):
        return
    with st.container(border=True):
        st.markdown(plain(say(made.told)))
        st.code(made.secret, language=None, wrap_lines=True)
        if st.button(say(PUT_AWAY), key="connection-away"):
            del st.session_state[_KEY]
            st.rerun()
