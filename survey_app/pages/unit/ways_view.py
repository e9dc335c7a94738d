"""How the respondents of a unit answered: by kiosk, phone or paper, and what goes with it."""

from __future__ import annotations

import streamlit as st

from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.ways import WayOfAnswering, ways_of_unit
from survey_app.storage.database import Database
from survey_app.ui import cards, tables, ways_view
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, terms


def show(database: Database, result: UnitResult) -> None:
    """Nothing where all answered in one way."""
    found = ways_of_unit(database, result)
    if found is None:
        return
    st.header(t("Menurut cara menjawab", "By way of answering"), anchor=False)
    rows = [ways_view.Row(way.way, way.n, way.difference, (_index(way),)) for way in found.ways]
    index = say(terms.index(result.instrument))
    # Short, as the table has to fit a phone; "nilai" begins a heading here.
    index = index[:1].upper() + index[1:]
    ways_view.show(found.main, rows, [t("{index} (selang 95%)", "{index} (95% interval)", index=index)])


def _index(way: WayOfAnswering) -> tables.Cell:
    if way.index is None:
        return cards.HIDDEN
    lang = language()
    interval = "" if way.index.interval is None else numbers.interval(way.index.interval, lang, 1)
    return tables.Noted(numbers.decimal(way.index.exact, lang), interval)
