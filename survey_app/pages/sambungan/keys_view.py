"""The keys inside one's own place: whose, for what, used when, and ending one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from survey_app import days
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import ApiKey
from survey_app.services.places import clock
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.fleet_view import ago
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording.connection_words import RIGHTS, STATES

NONE = Text("Belum ada kunci. Buat yang pertama.", "There is no key yet. Make the first one.")
SERVERS_OWN = Text("pengelola sistem", "system operator")
NEVER = Text("belum pernah", "never")
END = Text("Akhiri kunci", "End a key")
KEY = Text("Kunci", "Key")
NOTHING_TO_END = Text("Tidak ada kunci yang berlaku.", "No key works now.")
YES_END = Text("Ya, akhiri", "Yes, end it")


def show_list(known: Sequence[ApiKey], places: PlaceChoice, now: datetime) -> None:
    if not known:
        st.info(say(NONE))
        return
    columns = [
        t("Nama", "Name"),
        t("Hak", "Rights"),
        t("Tempat", "Place"),
        t("Pembuat", "Made by"),
        t("Terakhir dipakai", "Last used"),
        t("Status", "Status"),
    ]
    st.html(tables.table(columns, [_row(key, places, now) for key in known]))


def show_ending(database: Database, known: Sequence[ApiKey], now: datetime) -> None:
    st.subheader(say(END), anchor=False)
    working = {key.id: key for key in known if key.works}
    if not working:
        st.markdown(say(NOTHING_TO_END))
        return
    chosen = st.selectbox(
        say(KEY),
        list(working),
        format_func=lambda one: working[one].name if one in working else "",
        key="key-chosen",
    )
    key = working.get(chosen) or next(iter(working.values()))
    consequence = t(
        "Program yang memakai kunci {name} segera ditolak. Kunci tidak dapat dihidupkan lagi.",
        "Programs that use the key {name} are refused at once. It cannot be brought back.",
        name=plain(key.name),
    )
    if asked_first(say(END), consequence, say(YES_END), key=f"key-end-{key.id}"):
        done = t("Kunci diakhiri.", "The key has been ended.")
        act(lambda: api_keys.revoke(database, who(), key.id, now), done)


def _row(key: ApiKey, places: PlaceChoice, now: datetime) -> list[tables.Cell]:
    return [
        key.name,
        "; ".join(say(words) for right, words in RIGHTS.items() if right in key.rights),
        places.name(key.scope),
        tables.Noted(key.maker or say(SERVERS_OWN), day_of(key.made_at)),
        say(NEVER) if key.used_at is None else ago(now - key.used_at),
        tables.Noted(say(STATES[key.state]), t("sampai {day}", "until {day}", day=day_of(key.expires_at))),
    ]


def day_of(at: datetime) -> str:
    """By the office's clock."""
    return days.short_day(clock.told_by(at).date(), language())
