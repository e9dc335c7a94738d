"""Hasil unit: what a unit lifts first, how it stands, and what its IKM rests on."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.unit import (
    downloads_view,
    index_view,
    insight_view,
    parts,
    quality_view,
    result_view,
    same_kind_view,
    steps_view,
    told,
    unsur_table,
)
from survey_app.pages.unit.head_view import Head
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import target_of
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import layout, one_unit
from survey_app.ui.acting import who
from survey_app.ui.words import say, t


def show() -> None:
    database, head = runtime.database(), Head()
    layout.style("unit")
    result = one_unit.choose(database, t("Hasil unit", "Unit result"), head.begin)
    if result is None:
        head.name()
        return
    _show(database, result, head)


def _show(database: Database, result: UnitResult, head: Head) -> None:
    today = runtime.today(result.entry.unit.time_zone)
    found = None if result.score.ikm is None else told.of(database, who(), result, today)
    head.say(result, found)
    running, target = today < result.period.end_day, target_of(database, result)
    index = index_view.panel(result, None if found is None else found.insight, target, running=running)
    beside = "" if found is None else unsur_table.table(found) + steps_view.panel(database, found)
    st.html(f'<div class="un">{index}{beside}</div>')
    same_kind_view.show(database, result)
    result_view.show_warnings(result)
    if found is None:
        return
    if found.inside:
        quality_view.show_effect(result)
    with st.container(horizontal=True, key="unit-files", gap="xsmall"):
        insight_view.offer_sureness(result)
        downloads_view.offer(database, result)
    if narrowed.unsur_hidden(result.score):
        st.info(say(one_unit.PARTS_HIDDEN))
    parts.show(database, found)
