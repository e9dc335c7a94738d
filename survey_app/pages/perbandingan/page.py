"""Perbandingan: units side by side, ranked only as far as their samples allow."""

from __future__ import annotations

import streamlit as st

from analytics import Period
from survey_app.pages.perbandingan import view
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province import small_areas
from survey_app.services.province.comparison import (
    MINIMUM_RANKED,
    RANKS_SEED,
    Comparison,
    compare,
    comparison,
)
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database
from survey_app.ui import choosing, layout
from survey_app.ui.acting import who
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import language, t
from survey_app.wording import periods


def show() -> None:
    database = runtime.database()
    answered = answered_or_explain(database, t("Perbandingan", "Comparison"))
    if answered is None:
        return
    with layout.choices():
        scope = choosing.filter_scope(answered.entries)
        period = choosing.choose_period(*answered.span)
        minimum = st.number_input(
            t("Jumlah responden minimum", "Minimum number of respondents"),
            10,
            1000,
            MINIMUM_RANKED,
            key="minimum-n",
            bind="query-params",
        )
    layout.heading(t("Perbandingan", "Comparison"), periods.name(period, language()))
    compared = _compared(database, scope, period, int(minimum))
    view.show(database, compared, small_areas.estimates(database, period))


def _compared(database: Database, scope: Scope, period: Period, minimum: int) -> Comparison:
    if who().may(Action.SEE_INSIDE):
        return comparison(database, scope, period, RANKS_SEED, minimum)
    return compare(without_few(overview(database, scope, period, back=0)), RANKS_SEED, minimum)
