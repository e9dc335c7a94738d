"""Ringkasan: what is to be decided in the province or an agency, and what stands behind it. One screen."""

from __future__ import annotations

import streamlit as st

from analytics.comparison import Method
from survey_app.pages.ringkasan import downloads_view, more, view
from survey_app.services.briefing.briefing import brief
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province.summary import pooling_possible
from survey_app.ui import address, choosing, layout, moves, scopes
from survey_app.ui.acting import who
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
            take_away = st.empty()
    methods = list(Method) if pooling_possible(answered.entries, scope) else _UNPOOLED
    method = choosing.asked_method(methods)
    shown = brief(database, who(), scope, period, method, answered.span[0], runtime.now())
    name = "" if scope == Scope() else scopes.name(answered.entries, scope)
    view.show(shown, name)
    if address.presenting():
        return
    with take_away:
        downloads_view.offer(database, shown, answered.span[0], name)
    with st.container(key="summary-below"):
        more.show(database, shown, methods)
