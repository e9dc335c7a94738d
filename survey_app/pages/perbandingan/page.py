"""Perbandingan: units side by side, ranked only as far as their samples allow."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.perbandingan import view
from survey_app.services.process import runtime
from survey_app.services.province import small_areas
from survey_app.services.province.comparison import MINIMUM_RANKED, RANKS_SEED, comparison
from survey_app.ui import choosing, layout
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import language, t
from survey_app.wording import periods


def show() -> None:
    database = runtime.database()
    answered = answered_or_explain(database, t("Perbandingan", "Comparison"))
    if answered is None:
        return
    with st.sidebar:
        scope = choosing.filter_scope(answered.entries)
        period = choosing.choose_period(*answered.span)
        minimum = st.number_input(
            t("Jumlah responden minimum", "Minimum number of respondents"),
            10,
            1000,
            MINIMUM_RANKED,
            key="minimum-n",
        )
    layout.heading(t("Perbandingan", "Comparison"), periods.name(period, language()))
    compared = comparison(database, scope, period, RANKS_SEED, int(minimum))
    view.show(database, compared, small_areas.estimates(database, period))
