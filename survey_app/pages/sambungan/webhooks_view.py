"""The webhooks inside one's own place; trying one, switching it off and on, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from survey_app.pages.sambungan.keys_view import SERVERS_OWN, day_of
from survey_app.services.delivery import webhooks
from survey_app.services.delivery.sender import MOST_GIVEN_UP
from survey_app.services.delivery.webhooks import Webhook
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.plain import plain
from survey_app.ui.words import say, t
from survey_app.wording.connection_words import EVENTS

NONE = Text("Belum ada webhook. Buat yang pertama.", "There is no webhook yet. Make the first one.")
ACTIVE, OFF = Text("Aktif", "Active"), Text("Nonaktif", "Off")
FAILED = Text("Dinonaktifkan otomatis", "Switched off automatically")
WHY_FAILED = Text(
    "Webhook “{name}” dinonaktifkan otomatis karena pesannya berulang kali tidak diterima. Lihat jawabannya "
    "pada tab Pengiriman, perbaiki penerimanya, lalu aktifkan lagi.",
    "The webhook “{name}” was switched off automatically, as its messages were not taken again and again. "
    "See the answers on the tab Deliveries, mend the receiver, then switch it on again.",
)
CHANGE = Text("Ubah webhook", "Change a webhook")
NOTHING_TO_CHANGE = Text("Tidak ada webhook yang dapat diubah.", "There is no webhook to change.")
TEST = Text("Uji", "Test")
SWITCH_OFF, SWITCH_ON = Text("Nonaktifkan", "Switch off"), Text("Aktifkan lagi", "Switch on again")
END = Text("Akhiri webhook", "End the webhook")
YES_END = Text("Ya, akhiri", "Yes, end it")
GIVEN_UP = Text("{n} dari {most} kali berturut-turut tidak terkirim", "{n} of {most} in a row given up")


def show_list(known: Sequence[Webhook], places: PlaceChoice) -> None:
    for webhook in known:
        if webhook.failed:
            st.warning(plain(say(WHY_FAILED.format(name=webhook.name))))
    if not known:
        st.info(say(NONE))
        return
    columns = [
        t("Nama", "Name"),
        t("Kejadian", "Events"),
        t("Tempat", "Place"),
        t("Pembuat", "Made by"),
        t("Status", "Status"),
    ]
    st.html(tables.table(columns, [_row(webhook, places) for webhook in known]))


def show_one(database: Database, known: Sequence[Webhook], now: datetime) -> None:
    st.subheader(say(CHANGE), anchor=False)
    if not known:
        st.markdown(say(NOTHING_TO_CHANGE))
        return
    by_id = {webhook.id: webhook for webhook in known}
    chosen = st.selectbox(
        "Webhook",
        list(by_id),
        format_func=lambda one: by_id[one].name if one in by_id else "",
        key="webhook-chosen",
    )
    webhook = by_id.get(chosen, known[0])
    st.code(webhook.address, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        if webhook.active and st.button(say(TEST), key=f"webhook-test-{webhook.id}"):
            done = t("Pesan uji sedang dikirim; lihat tab Pengiriman.", "Being sent; see the tab Deliveries.")
            act(lambda: webhooks.send_test(database, who(), webhook.id, now), done)
        _switch(database, webhook, now)
        _end(database, webhook, now)


def _switch(database: Database, webhook: Webhook, now: datetime) -> None:
    to = not webhook.active
    if st.button(say(SWITCH_ON if to else SWITCH_OFF), key=f"webhook-switch-{webhook.id}"):
        done = (
            t("Webhook diaktifkan.", "Switched on.") if to else t("Webhook dinonaktifkan.", "Switched off.")
        )
        act(lambda: webhooks.set_active(database, who(), webhook.id, active=to, now=now), done)


def _end(database: Database, webhook: Webhook, now: datetime) -> None:
    consequence = t(
        "{name} tidak diberi tahu lagi, dan pesan yang menunggu tidak dikirim.",
        "{name} is told no more, and messages that wait are not sent.",
        name=plain(webhook.name),
    )
    if asked_first(say(END), consequence, say(YES_END), key=f"webhook-end-{webhook.id}"):
        done = t("Webhook diakhiri.", "The webhook has been ended.")
        act(lambda: webhooks.end(database, who(), webhook.id, now), done)


def _row(webhook: Webhook, places: PlaceChoice) -> list[tables.Cell]:
    state = ACTIVE if webhook.active else FAILED if webhook.failed else OFF
    failing = GIVEN_UP.format(n=webhook.given_up, most=MOST_GIVEN_UP)
    return [
        tables.Noted(webhook.name, webhooks.host_of(webhook.address)),
        "; ".join(say(EVENTS[news]) for news in EVENTS if news in webhook.events),
        places.name(webhook.scope),
        tables.Noted(webhook.maker or say(SERVERS_OWN), day_of(webhook.made_at)),
        tables.Noted(say(state), say(failing) if webhook.given_up else ""),
    ]
