"""The result of one unit, chosen beside the page: the same choice on every page about it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import choosing
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.words import say

#: Nothing else is taken for what the address names without a word.
NOT_FOUND = Text(
    "Layanan atau periode pada alamat halaman ini tidak ditemukan. Periksa pilihan di samping.",
    "The service or period in the address of this page was not found. Check what is chosen in the sidebar.",
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
    return results.result_of(database, entry, service, period)
