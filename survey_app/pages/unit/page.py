"""Hasil unit: the IKM of a unit or one of its services in a period, and what it stands on."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.unit import direction_view, insight_view, parts, quality_view, result_view
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.direction import direction_of
from survey_app.services.ikm.insight import insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.ui import layout, one_unit
from survey_app.ui.acting import who
from survey_app.ui.target_view import show_line
from survey_app.ui.words import say, t


def show() -> None:
    database = runtime.database()
    result = one_unit.choose(database, t("Hasil unit", "Unit result"), _heading)
    if result is not None:
        _show(database, result)


def _heading(entry: UnitEntry, service: Service | None) -> None:
    layout.heading(entry.unit.name, service.name if service else entry.agency.name)


def _show(database: Database, result: UnitResult) -> None:
    index, trend = st.columns([2, 3], gap="medium")
    with index:
        result_view.show_index(result)
        show_line(database, result)
    if result.score.ikm is None:
        return
    found = insight(result, runtime.today(result.entry.unit.time_zone))
    with index:
        insight_view.show_certainty(result, found)
        insight_view.offer_sureness(result)
        if who().may(Action.SEE_INSIDE):
            quality_view.show_effect(result)
        result_view.offer_report(database, result)
    with trend:
        result_view.show_trend(result)
        direction_view.show(direction_of(database, result))
    if narrowed.unsur_hidden(result.score):
        st.info(say(one_unit.PARTS_HIDDEN))
        return
    parts.show_parts(database, result, found, inside=who().may(Action.SEE_INSIDE))
