"""Ringkasan: what is to be decided in the province or an agency, and what stands behind it. One screen."""

from __future__ import annotations

import streamlit as st

from analytics.comparison import Method
from survey_app.pages.ringkasan import more, view
from survey_app.pages.ringkasan.asked import ask
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province.summary import pooling_possible
from survey_app.ui import address, choosing, layout, moves, scopes
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import t

_UNPOOLED = [Method.MEAN_OF_UNITS, Method.BY_VOLUME]


def show() -> None:
    database = runtime.database()
    answered = answered_or_explain(database, t("Ringkasan", "Summary"))
    if answered is None:
        return
    layout.style("summary")
    with layout.choices():
        scope = choosing.filter_scope(answered.entries)
        period = choosing.choose_period(*answered.span)
        if not address.presenting():
            meeting = t("Tampilan rapat", "Meeting view")
            moves.here("ringkasan", meeting, address.presented(on=True))
    methods = list(Method) if pooling_possible(answered.entries, scope) else _UNPOOLED
    shown = ask(database, scope, period, choosing.asked_method(methods), answered.span[0])
    name = "" if scope == Scope() else scopes.name(answered.entries, scope)
    view.show(shown, name, runtime.today())
    if address.presenting():
        return
    with st.container(key="summary-below"):
        more.show(database, shown, methods)
