"""Hasil unit: the IKM of a unit or one of its services in a period, and what it stands on."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.unit import direction_view, insight_view, parts, quality_view, result_view
from survey_app.services.ikm import results
from survey_app.services.ikm.direction import direction_of
from survey_app.services.ikm.insight import insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import choosing, layout
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.target_view import show_line
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = units_or_explain(database, t("Hasil unit", "Unit result"))
    if not entries:
        return
    with st.sidebar:
        entry = choosing.filter_unit(entries, st.query_params.get("unit"))
        service = choosing.filter_service(entry)
    layout.heading(entry.unit.name, service.name if service else entry.agency.name)
    span = unit_span_or_explain(database, entry)
    if span is None:
        return
    with st.sidebar:
        period = choosing.choose_period(*span)
    _show(database, results.result_of(database, entry, service, period))


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
        quality_view.show_effect(result)
        result_view.offer_report(database, result)
    with trend:
        result_view.show_trend(result)
        direction_view.show(direction_of(database, result))
    parts.show_parts(database, result, found)
