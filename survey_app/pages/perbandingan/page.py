"""Perbandingan: units side by side, ranked only as far as their samples allow."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from analytics import Period
from survey_app.pages.perbandingan import view
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.ikm import targets
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province import small_areas
from survey_app.services.province.overview import Overview, overview
from survey_app.services.province.side_by_side import steps_of_a_year
from survey_app.storage.database import Database
from survey_app.ui import acting, choosing, layout
from survey_app.ui.acting import who
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import t

#: Where in the session the part of the page that runs alone finds what was chosen above it.
_CHOSEN = "compared"


def show() -> None:
    answered = answered_or_explain(runtime.database(), t("Perbandingan", "Comparison"))
    if answered is None:
        return
    with layout.choices():
        scope = choosing.filter_scope(answered.entries)
        period = choosing.choose_period(*answered.span)
    st.session_state[_CHOSEN] = scope, period
    _compared()


@acting.fragment
def _compared() -> None:
    """What is chosen in it runs it alone: search, filters, order, tabs."""
    database = runtime.database()
    chosen: tuple[Scope, Period] = st.session_state[_CHOSEN]
    scope, period = chosen
    all_units, estimates = _read(database, scope, period), small_areas.estimates(database, period)
    view.show(database, all_units, scope, _targets(database, period), estimates)


def _targets(database: Database, period: Period) -> dict[str, Decimal]:
    """Targets of units that hold for the period, by the code of the unit."""
    held = targets.held_everywhere(database, targets.Index.IKM, period)
    return {scope.unit: target.value for scope, target in held.items() if scope.unit is not None}


def _read(database: Database, scope: Scope, period: Period) -> Overview:
    found = overview(database, scope, period, back=steps_of_a_year(period))
    return found if who().may(Action.SEE_INSIDE) else without_few(found)
