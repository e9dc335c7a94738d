"""The head of a unit's page: where it belongs, and the one sentence to act on."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey_app.pages.unit.told import Told
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import layout, links, moves
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say
from survey_app.wording import numbers, terms, unit_words
from survey_app.wording.voice import Voice

WHERE = Text("Letak halaman ini", "Where this page is")
VALUE = Text("{index} {value}, mutu {mutu}", "{index} {value}, grade {mutu}")


class Head:
    """Holds the place of the sentence, which is known after the period is chosen."""

    def __init__(self) -> None:
        self._place: DeltaGenerator | None = None
        self._name = ""

    def begin(self, entry: UnitEntry, service: Service | None) -> None:
        """Agency and unit, and below them room for the sentence."""
        unit = service.name if service else entry.unit.name
        above = [(entry.agency.name, "")]
        if moves.leads_to(links.SUMMARY):
            period = st.query_params.get("period")
            there = links.page(links.SUMMARY, agency=entry.agency.code, period=period)
            above = [(entry.agency.name, there)]
        if service:
            above.append((entry.unit.name, links.result(entry.unit.code)))
        st.html(_breadcrumb(above, unit))
        self._place, self._name = st.container(), unit

    def name(self) -> None:
        """Without a result the page is called by its unit."""
        if self._place is not None:
            with self._place:
                layout.heading(self._name)

    def say(self, result: UnitResult, told: Told | None) -> None:
        """The sentence, and below it what it stands on."""
        if self._place is None:
            return
        with self._place:
            if told is None or told.lead is None:
                layout.heading(_value(result) or self._name)
                return
            lead, voice = told.lead, Voice(language())
            headline = unit_words.headline(lead, result.score.n, voice, told.most_named)
            layout.heading(f"{headline}.")
            if lead.lowest is not None:
                about = unit_words.about_lowest(lead.lowest, voice, told.week, told.families)
                st.markdown(plain(about))


def _breadcrumb(above: list[tuple[str, str]], here: str) -> str:
    parts = [f"{_way(name, to)} › " for name, to in above]
    return (
        f'<nav class="crumb s" aria-label="{escape(say(WHERE))}">{"".join(parts)}<b>{escape(here)}</b></nav>'
    )


def _way(name: str, to: str) -> str:
    """The name alone where it leads to no page that is open to who reads."""
    return f'<a href="{escape(to)}" target="_self">{escape(name)}</a>' if to else escape(name)


def _value(result: UnitResult) -> str:
    """Where the unsur are hidden, the index alone; empty without one."""
    score = result.score
    if score.ikm is None or score.mutu is None:
        return ""
    index = say(terms.index_name(result.instrument))
    return say(VALUE.format(index=index, value=numbers.decimal(score.ikm, language()), mutu=score.mutu))
