"""Ringkasan: the index of the province or an agency, what changed, and who has not measured. One screen."""

from __future__ import annotations

import streamlit as st

from analytics.aggregate import Method
from survey_app.services import catalogue, runtime
from survey_app.services.overview import months_with_answers
from survey_app.services.scope import PROVINCE
from survey_app.services.summary import pooling_possible, summary
from survey_app.ui import choosing, first_steps, guards, layout, summary_view
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database)
    if not entries:
        first_steps.show_welcome(database)
        return
    span = months_with_answers(database, PROVINCE)
    if span is None:
        layout.heading(t("Ringkasan", "Summary"))
        guards.explain_no_answers()
        return
    with st.sidebar:
        scope = choosing.filter_scope(entries)
        period = choosing.choose_period(*span)
        method = choosing.choose_method(list(Method) if pooling_possible(database, scope) else _UNPOOLED)
    agency = next((e.agency.name for e in entries if e.agency.code == scope.agency), None)
    layout.heading(t("Ringkasan", "Summary"), agency or t("Seluruh provinsi", "The whole province"))
    summary_view.show(summary(database, scope, period, method), runtime.today())


_UNPOOLED = [Method.MEAN_OF_UNITS, Method.BY_VOLUME]
