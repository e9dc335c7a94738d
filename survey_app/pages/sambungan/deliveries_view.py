"""What was sent, what waits and what was given up, and sending one again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from survey_app import days
from survey_app.services.delivery import sent
from survey_app.services.delivery.sender import KEPT
from survey_app.services.delivery.sent import Sent
from survey_app.services.places import clock
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from survey_app.storage.deliveries import State
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.acting import act, who
from survey_app.ui.place_choice import PlaceChoice
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording.connection_words import DELIVERY_STATES, answer, event

NONE = Text("Belum ada pengiriman.", "Nothing has been sent yet.")
HOW_LONG = Text(
    "100 pengiriman terbaru. Pesan yang gagal dicoba lagi selama hampir tiga hari. Yang sudah selesai "
    "dihapus dari daftar setelah {days} hari.",
    "The newest 100 deliveries. A message that failed is tried again for nearly three days. What has ended "
    "leaves the list after {days} days.",
)
DELIVERY = Text("Pengiriman", "Delivery")
AGAIN = Text("Kirim ulang", "Send again")
NEXT = Text("dicoba lagi {moment}", "tried again {moment}")
TRIES = Text("percobaan ke-{n}: {answer}", "try {n}: {answer}")


def show(database: Database, found: Sequence[Sent], places: PlaceChoice, now: datetime) -> None:
    if not found:
        st.info(say(NONE))
        return
    st.caption(say(HOW_LONG.format(days=KEPT.days)))
    columns = [t("Waktu", "Time"), t("Kejadian", "Event"), "Webhook", t("Status", "Status")]
    st.html(tables.table(columns, [_row(one, places) for one in found]))
    by_id = {one.delivery.id: one for one in found if one.again}
    if not by_id:
        return
    with st.container(border=True):
        chosen = st.selectbox(
            say(DELIVERY),
            list(by_id),
            format_func=lambda one: _told(by_id[one], places) if one in by_id else "",
            key=said_anew("delivery-chosen"),
        )
        if st.button(say(AGAIN), key="delivery-again"):
            done = t("Pesan dikirim ulang.", "Being sent again.")
            act(lambda: sent.send_again(database, who(), chosen, now), done)


def _row(one: Sent, places: PlaceChoice) -> list[tables.Cell]:
    delivery = one.delivery
    waits = delivery.state is State.WAITING and delivery.tries
    notes = [say(TRIES.format(n=delivery.tries, answer=answer(delivery.answer)))] if delivery.tries else []
    notes += [say(NEXT.format(moment=_moment(delivery.not_before)))] if waits and delivery.answer else []
    return [
        _moment(delivery.made_at),
        tables.Noted(say(event(delivery.event)), places.name(_scope(one))),
        one.webhook,
        tables.Noted(say(DELIVERY_STATES[delivery.state]), "; ".join(notes)),
    ]


def _told(one: Sent, places: PlaceChoice) -> str:
    parts = [_moment(one.delivery.made_at), say(event(one.delivery.event)), one.webhook]
    return " · ".join([*parts, places.name(_scope(one))])


def _scope(one: Sent) -> Scope:
    return Scope(one.delivery.agency or None, one.delivery.unit or None)


def _moment(at: datetime) -> str:
    return days.short_moment(clock.told_by(at), language())
