"""Making a webhook: to which address, of what, of which place."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from survey_app import settings
from survey_app.errors import Refused
from survey_app.pages.sambungan import once_view
from survey_app.pages.sambungan.key_form import CHOOSE_PLACE, WHAT_FOR
from survey_app.services.delivery import webhooks
from survey_app.services.delivery.addresses import LONGEST
from survey_app.services.delivery.events import News
from survey_app.services.delivery.webhooks import NAME_MAX, Terms
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui.acting import act, who
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.words import say, t
from survey_app.wording.connection_words import EVENTS

NEW = Text("Webhook baru", "New webhook")
MAKE = Text("Buat webhook", "Make the webhook")
ADDRESS = Text("Alamat penerima", "Address of the receiver")


def show(database: Database, places: PlaceChoice, now: datetime) -> None:
    st.subheader(say(NEW), anchor=False)
    with st.form("new-webhook", border=False):
        name = st.text_input(say(WHAT_FOR), max_chars=NAME_MAX, key="webhook-name")
        address = st.text_input(
            say(ADDRESS), max_chars=LONGEST, placeholder="https://", key="webhook-address"
        )
        scope = places.choose("webhook-place")
        wanted = {news for news in News if st.checkbox(say(EVENTS[news]), key=f"webhook-news-{news.value}")}
        if st.form_submit_button(say(MAKE), type="primary"):

            def make() -> None:
                if scope is None:
                    raise Refused("input-refused", CHOOSE_PLACE)
                terms = Terms(name=name, scope=scope, address=address, events=wanted)
                allowed = settings.load().webhook_networks
                secret = webhooks.make(database, who(), terms, runtime.webhook_key(), now, allowed)
                once_view.keep(once_view.SECRET, name.strip(), secret)

            act(make, t("Webhook dibuat.", "The webhook has been made."))
