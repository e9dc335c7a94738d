"""Sambungan: keys with which other programs ask, where news is sent, and what was sent."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.sambungan import (
    deliveries_view,
    key_form,
    keys_view,
    once_view,
    webhook_form,
    webhooks_view,
)
from survey_app.services.accounts import api_keys
from survey_app.services.delivery import sent, webhooks
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import address, layout
from survey_app.ui.acting import who
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.words import say

TITLE = Text("Sambungan", "Connections")
LEAD = Text(
    "Program lain yang boleh membaca dan mengubah data, dan program yang diberi tahu.",
    "Other programs that may read and change data, and programs that are told.",
)
TABS: dict[str, Text] = {
    "kunci": Text("Kunci API", "API keys"),
    "webhook": Text("Webhook", "Webhooks"),
    "pengiriman": Text("Pengiriman", "Deliveries"),
}
_TAB = address.Place(name="tab", key="connections-tab")


def show() -> None:
    database, now = runtime.database(), runtime.now()
    layout.heading(say(TITLE), say(LEAD))
    places = PlaceChoice.of(database, who())
    once_view.show()
    tabs = address.tabs({code: say(name) for code, name in TABS.items()}, _TAB)
    with tabs["kunci"]:
        known = api_keys.listed(database, who(), now)
        keys_view.show_list(known, places, now)
        left, right = st.columns(2, gap="medium")
        with left.container(border=True, height="stretch"):
            key_form.show(database, places, now)
        with right.container(border=True, height="stretch"):
            keys_view.show_ending(database, known, now)
    with tabs["webhook"]:
        told = webhooks.listed(database, who())
        webhooks_view.show_list(told, places)
        left, right = st.columns(2, gap="medium")
        with left.container(border=True, height="stretch"):
            webhook_form.show(database, places, now)
        with right.container(border=True, height="stretch"):
            webhooks_view.show_one(database, told, now)
    with tabs["pengiriman"]:
        deliveries_view.show(database, sent.listed(database, who()), places, now)
