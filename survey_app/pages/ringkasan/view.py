"""The page on one screen: one sentence, what is to be decided, both indices and who makes them up, voices."""

from __future__ import annotations

from html import escape

import streamlit as st

from survey_app.pages.ringkasan import below, cards, places, tiles
from survey_app.services.briefing.briefing import Briefing
from survey_app.text import Text
from survey_app.ui import address, layout, region_map
from survey_app.ui.words import language, say
from survey_app.wording import briefing_words
from survey_app.wording.voice import Voice

#: Where the list of all that calls for attention stands.
EVERY_ALARM = "semua"
EVERYTHING = Text("Semua yang perlu perhatian ({n})", "Everything that needs attention ({n})")


def show(shown: Briefing, name: str) -> None:
    """What somebody decides by.

    Args:
        name: of the scope; empty for the province.
    """
    st.html(_lead(shown, name))
    cards.show(shown.alarms)
    middle = f"{tiles.both(shown)}{places.html(shown)}{_map(shown)}"
    st.html(f'<div class="sum-mid">{middle}</div>{below.html(shown)}')


def _map(shown: Briefing) -> str:
    """The regions of the province, where its units have any."""
    if shown.regions is None:
        return ""
    layout.style("region_map")
    period = str(shown.summary.period)
    drawn = region_map.html(shown.regions, lambda code: region_map.units_of(code, period))
    return f"<section><h2>{escape(say(briefing_words.REGIONS))}</h2>{drawn}</section>"


def _lead(shown: Briefing, name: str) -> str:
    """The sentence, and the two changes that it and nothing else is read from."""
    voice = Voice(language())
    said = voice.text(briefing_words.lead(shown, name))
    compared = briefing_words.comparisons(shown.summary, voice)
    changes = "".join(f"<span>{escape(words)}</span>" for words in compared)
    every = ""
    if len(shown.alarms) > cards.SHOWN and not address.presenting():
        words = say(EVERYTHING.format(n=len(shown.alarms)))
        every = f'<a href="#{EVERY_ALARM}">{escape(words)}</a>'
    return f'<div class="sum-lead"><h1>{escape(said)}</h1>{every}<p class="s">{changes}</p></div>'
