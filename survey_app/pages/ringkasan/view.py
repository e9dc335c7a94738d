"""The page on one screen: one sentence, what is to be decided, both indices and who makes them up, voices."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from survey_app.pages.ringkasan import below, cards, places, tiles
from survey_app.pages.ringkasan.asked import Shown
from survey_app.services.province.course import course
from survey_app.text import Text
from survey_app.ui import address, layout, region_map
from survey_app.ui.words import say
from survey_app.wording import headline

#: Where the list of all that calls for attention stands.
EVERY_ALARM = "semua"
REGIONS = Text("Menurut daerah", "By region")
EVERYTHING = Text("Semua yang perlu perhatian ({n})", "Everything that needs attention ({n})")


def show(shown: Shown, name: str, today: date) -> None:
    """What somebody decides by.

    Args:
        name: of the scope; empty for the province.
    """
    st.html(_lead(shown, name))
    cards.show(shown.alarms)
    middle = f"{tiles.both(shown, today)}{places.html(shown)}{_map(shown)}"
    st.html(f'<div class="sum-mid">{middle}</div>{below.html(shown)}')


def _map(shown: Shown) -> str:
    """The regions of the province, where its units have any."""
    if shown.regions is None:
        return ""
    layout.style("region_map")
    period = str(shown.summary.period)
    drawn = region_map.html(shown.regions, lambda code: region_map.units_of(code, period))
    return f"<section><h2>{escape(say(REGIONS))}</h2>{drawn}</section>"


def _lead(shown: Shown, name: str) -> str:
    """The sentence, and the two changes that it and nothing else is read from."""
    who = Text(name, name) if name else headline.PROVINCE
    rises = sum((c.difference.value or 0) > 0 for c in shown.since.clear)
    measured = shown.summary.index.estimate.value is not None
    way = course(shown.summary).course
    said = say(headline.sentence(who, way, len(shown.alarms), rises, measured=measured))
    summary = shown.summary
    compared = [summary.before] if summary.year_ago is None else [summary.year_ago, summary.before]
    changes = "".join(f"<span>{escape(tiles.since(summary, against))}</span>" for against in compared)
    every = ""
    if len(shown.alarms) > cards.SHOWN and not address.presenting():
        words = say(EVERYTHING.format(n=len(shown.alarms)))
        every = f'<a href="#{EVERY_ALARM}">{escape(words)}</a>'
    return f'<div class="sum-lead"><h1>{escape(said)}</h1>{every}<p class="s">{changes}</p></div>'
