"""Perbandingan: units side by side, ranked only as far as their samples allow."""

from __future__ import annotations

import numpy as np
import streamlit as st

from survey_app.services import catalogue, runtime
from survey_app.services.comparison import MINIMUM_RANKED, comparison
from survey_app.services.overview import months_with_answers
from survey_app.services.scope import PROVINCE
from survey_app.ui import choosing, comparison_view, first_steps, guards, layout, periods
from survey_app.ui.words import language, t

#: The same draws for everyone, so that two people who look at one period see the same ranks.
_SEED = 14_2017


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database)
    if not entries:
        first_steps.show_welcome(database)
        return
    span = months_with_answers(database, PROVINCE)
    if span is None:
        layout.heading(t("Perbandingan", "Comparison"))
        guards.explain_no_answers()
        return
    with st.sidebar:
        scope = choosing.filter_scope(entries)
        period = choosing.choose_period(*span)
        minimum = st.number_input(
            t("Responden paling sedikit", "Fewest respondents"), 10, 1000, MINIMUM_RANKED, key="minimum-n"
        )
    layout.heading(t("Perbandingan", "Comparison"), periods.name(period, language()))
    rng = np.random.default_rng(_SEED)
    comparison_view.show(comparison(database, scope, period, rng, int(minimum)))
