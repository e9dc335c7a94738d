"""The one-time link that was made last: shown until it is put away, to be handed over by who made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from survey_app import days
from survey_app.services.accounts.links import VALID, Kind
from survey_app.services.places import clock
from survey_app.text import Text
from survey_app.ui import links
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say

_KEY = "people-link"
HAND_OVER = Text(
    "Tautan untuk {name}. Kirim langsung kepada orangnya. Siapa pun yang memegangnya dapat membuat kata "
    "sandi akun ini. Berlaku satu kali, sampai {until}, dan tidak dapat ditampilkan lagi.",
    "A link for {name}. Send it to that person directly. Whoever holds it can set the password of this "
    "account. It works once, until {until}, and cannot be shown again.",
)
PUT_AWAY = Text("Sudah disalin, tutup", "Copied, close")


@dataclass(frozen=True)
class _Made:
    name: str
    address: str
    until: datetime


def keep(name: str, token: str, kind: Kind, now: datetime) -> None:
    """Have it shown from the next run on; a session keeps the last one only."""
    st.session_state[_KEY] = _Made(name, links.one_time(token), now + VALID[kind])


def show(now: datetime) -> None:
    """The link, with a field to copy it from."""
    made = st.session_state.get(_KEY)
    if not isinstance(made, _Made) or made.until <= now:
        return
    with st.container(border=True):
        until = days.moment(clock.told_by(made.until), language())
        st.markdown(plain(say(HAND_OVER.format(name=made.name, until=until))))
        st.code(made.address, language=None, wrap_lines=True)
        if st.button(say(PUT_AWAY), key="people-link-away"):
            del st.session_state[_KEY]
            st.rerun()
