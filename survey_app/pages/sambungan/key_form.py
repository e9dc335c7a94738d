"""Making a key: what for, where, which rights, until when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from survey_app.errors import Refused
from survey_app.pages.sambungan import once_view
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import LONGEST, Right
from survey_app.services.accounts.names import NAME_MAX
from survey_app.services.places import clock
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, who
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.words import say, t
from survey_app.wording.connection_words import RIGHTS, RIGHTS_AT_LENGTH

NEW = Text("Kunci baru", "New key")
MAKE = Text("Buat kunci", "Make the key")
WHAT_FOR = Text("Dipakai untuk", "Used for")
UNTIL = Text("Berlaku sampai", "Valid until")
CHOOSE_PLACE = Text("Pilih tempatnya terlebih dahulu.", "Choose the place first.")
#: A key that is forgotten is over some day.
_USUAL = timedelta(days=180)


def show(database: Database, places: PlaceChoice, now: datetime) -> None:
    st.subheader(say(NEW), anchor=False)
    today = clock.told_by(now).date()
    with st.form("new-key", border=False):
        example = t("Misalnya: dasbor pimpinan.", "Such as: dashboard of the leadership.")
        name = st.text_input(say(WHAT_FOR), max_chars=NAME_MAX, help=example, key="key-name")
        scope = places.choose("key-place")
        rights = {right for right in Right if api_keys.can_have(who(), right) and _asked(right)}
        until = st.date_input(
            say(UNTIL),
            today + _USUAL,
            min_value=today,
            max_value=today + LONGEST - timedelta(days=1),
            format="DD/MM/YYYY",
            key="key-until",
        )
        if st.form_submit_button(say(MAKE), type="primary"):

            def make() -> None:
                if scope is None:
                    raise Refused("input-refused", CHOOSE_PLACE)
                token = api_keys.make(database, who(), name, scope, rights, _end_of(until, now), now)
                once_view.keep(once_view.KEY, name.strip(), token)

            act(make, t("Kunci dibuat.", "The key has been made."))


def _asked(right: Right) -> bool:
    words = f"{say(RIGHTS[right])}  \n:small[{say(RIGHTS_AT_LENGTH[right])}]"
    return st.checkbox(words, key=f"key-right-{right.value}")


def _end_of(day: date, now: datetime) -> datetime:
    """The moment in which a day ends where the office is."""
    return datetime.combine(day + timedelta(days=1), time(), clock.told_by(now).tzinfo)
