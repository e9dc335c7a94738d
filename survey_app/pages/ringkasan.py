"""Ringkasan: the index of the province or an agency, what changed, and who has not measured. One screen."""

from __future__ import annotations

import streamlit as st

from analytics.aggregate import Method
from survey_app.services import runtime
from survey_app.services.summary import pooling_possible, summary
from survey_app.ui import choosing, layout, summary_view
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    found = answered_or_explain(database, t("Ringkasan", "Summary"))
    if found is None:
        return
    with st.sidebar:
        scope = choosing.filter_scope(found.entries)
        period = choosing.choose_period(*found.span)
        method = choosing.choose_method(list(Method) if pooling_possible(database, scope) else _UNPOOLED)
    agency = next((e.agency.name for e in found.entries if e.agency.code == scope.agency), None)
    layout.heading(t("Ringkasan", "Summary"), agency or t("Seluruh provinsi", "The whole province"))
    summary_view.show(summary(database, scope, period, method), runtime.today())


_UNPOOLED = [Method.MEAN_OF_UNITS, Method.BY_VOLUME]
