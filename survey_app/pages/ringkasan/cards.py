"""What is to be decided: a card each for the first few, and all of them in a list."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from survey_app.services.alarms.alarm import Alarm, Kind
from survey_app.text import Text
from survey_app.ui import marks, moves
from survey_app.ui.words import language, say
from survey_app.wording import alarm_words, numbers
from survey_app.wording.voice import Voice

#: In one row on every screen; the others are in the list below.
SHOWN = 4
NOTHING = Text(
    "Tidak ada yang perlu perhatian dalam periode ini.", "Nothing calls for attention in this period."
)

_DOWN = '<path d="M8 2.5v11M3.5 9 8 13.5 12.5 9"/>'
_CARE = '<path d="M8 2 15 14H1zM8 6.5v3.6M8 12v.2"/>'
_CLOCK = '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>'
_ICONS = {
    Kind.FELL: _DOWN,
    Kind.OVERDUE: _CLOCK,
    Kind.COMPLAINT_WAITING: _CLOCK,
    Kind.REPORT_DUE: _CLOCK,
    Kind.NOT_MEASURED: _CLOCK,
}


def show(alarms: Sequence[Alarm]) -> None:
    """The first of them, each with the way to where it is dealt with."""
    if not alarms:
        return
    with st.container(key="alarms"):
        for place, alarm in enumerate(alarms[:SHOWN]):
            with st.container(key=f"alarm-{place}"):
                st.html(_card(alarm))
                moves.link(alarm.page, f"{say(alarm.action)} →", alarm.query)


def show_all(alarms: Sequence[Alarm]) -> None:
    """All of them, one below the other."""
    if not alarms:
        st.markdown(say(NOTHING))
    for place, alarm in enumerate(alarms):
        with st.container(key=f"every-alarm-{place}"):
            st.html(_row(alarm))
            moves.link(alarm.page, f"{say(alarm.action)} →", alarm.query)


def _card(alarm: Alarm) -> str:
    what = escape(say(alarm.what))
    rows = "".join(f"<dt>{escape(say(name))}</dt><dd>{fact}</dd>" for name, fact in _facts(alarm))
    return (
        f'<article class="sum-card"><p class="sum-tag">{_tag(alarm)}{_value(alarm)}</p>'
        f"<h2>{escape(say(alarm.subject))}</h2>"
        f'<p class="sum-what" title="{what}">{what}</p><dl>{rows}</dl></article>'
    )


def _row(alarm: Alarm) -> str:
    facts = " · ".join(f"{escape(say(name))} {fact}" for name, fact in _facts(alarm))
    return (
        f'<article class="sum-row"><p class="sum-tag">{_tag(alarm)}{_value(alarm)}</p>'
        f"<p><b>{escape(say(alarm.subject))}</b> {escape(say(alarm.what))}</p>"
        f'<p class="s">{facts}</p></article>'
    )


def _facts(alarm: Alarm) -> Iterable[tuple[Text, str]]:
    """Since when, how sure, and by whom, as HTML."""
    since = alarm_words.since(alarm, Voice(language()))
    if since:
        since = escape(since)
        yield alarm_words.SINCE, f'<span title="{since}">{since}</span>'
    yield alarm_words.HOW_SURE, _sure(alarm)
    by = escape(say(alarm.responsible))
    yield alarm_words.BY, f'<span title="{by}">{by}</span>'


def _sure(alarm: Alarm) -> str:
    full = alarm_words.SURE[alarm.sure][0]
    dots = "".join(f"<i{' class=f' if place < full else ''}></i>" for place in range(3))
    said = escape(alarm_words.sure(alarm, Voice(language())))
    return f'<span class="sum-sure" aria-hidden="true">{dots}</span>{said}'


def _tag(alarm: Alarm) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#000" '
        'stroke-width="1.6" '
        f'stroke-linecap="round" stroke-linejoin="round">{_ICONS.get(alarm.kind, _CARE)}</svg>'
    )
    image = f"url(data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"
    icon = (
        f'<i class="sum-icon" aria-hidden="true" style="-webkit-mask-image:{image};mask-image:{image}"></i>'
    )
    return f"{icon}{escape(say(alarm_words.TAGS[alarm.kind]))}"


def _value(alarm: Alarm) -> str:
    if alarm.value is None:
        return ""
    value = escape(numbers.decimal(alarm.value, language()))
    return f'<span class="sum-value"><b>{value}</b>{marks.chip(alarm.mutu)}</span>'
