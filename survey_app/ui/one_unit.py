"""The result of one unit, chosen beside the page: the same choice on every page about it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import choosing
from survey_app.ui.acting import who
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.words import say

#: Nothing else is taken for what the address names without a word.
NOT_FOUND = Text(
    "Layanan atau periode pada alamat halaman ini tidak ditemukan. Periksa pilihan di samping.",
    "The service or period in the address of this page was not found. Check what is chosen in the sidebar.",
)
PARTS_HIDDEN = Text(
    f"Nilai per unsur tidak ditampilkan: ada unsur yang dijawab kurang dari {MINIMUM} orang.",
    f"The scores per service element are not shown: fewer than {MINIMUM} people answered one of them.",
)
Heading = Callable[[UnitEntry, Service | None], None]


def choose(database: Database, title: str, heading: Heading) -> UnitResult | None:
    """Unit, service and period, beginning with those of the address; None after showing what to do first.

    Args:
        title: of the page while there is no unit.
        heading: draws what the page begins with, once a unit is chosen.
    """
    entries = units_or_explain(database, title)
    if not entries:
        return None
    named = st.query_params.get("unit")
    with st.sidebar:
        entry = choosing.filter_unit(entries, named)
    # Of another unit, chosen since, the address says nothing.
    meant = named is None or entry.unit.code == catalogue.as_code(named)
    wanted = {name: st.query_params.get(name) if meant else None for name in ("service", "period")}
    with st.sidebar:
        service = choosing.filter_service(entry, wanted["service"])
    heading(entry, service)
    span = unit_span_or_explain(database, entry)
    if span is None:
        return None
    with st.sidebar:
        period = choosing.choose_period(*span, wanted["period"])
    if choosing.names_nothing(entry, *span, wanted["service"], wanted["period"]):
        st.warning(say(NOT_FOUND))
    return _as_seen(database, results.result_of(database, entry, service, period))


def _as_seen(database: Database, result: UnitResult) -> UnitResult:
    """Who does not see what stays inside is shown what may leave the office, and no more."""
    return result if who().may(Action.SEE_INSIDE) else outgoing.of_result(database, result)
