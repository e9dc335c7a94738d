"""The result of one unit, chosen beside the page: the same choice on every page about it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import choosing, layout
from survey_app.ui.acting import who
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.words import say

#: Nothing else is taken for what the address names without a word.
NOT_FOUND = Text(
    "Layanan atau periode pada alamat halaman ini tidak ditemukan. Periksa pilihan di atas.",
    "The service or period in the address of this page was not found. Check what is chosen above.",
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
    choices = layout.choices()
    with choices:
        entry = choosing.filter_unit(entries)
        service = choosing.filter_service(entry)
    heading(entry, service)
    span = unit_span_or_explain(database, entry)
    if span is None:
        return None
    with choices:
        period = choosing.choose_period(*span)
    if choosing.names_nothing(entry, *span, *map(st.query_params.get, ("service", "period"))):
        st.warning(say(NOT_FOUND))
    return _as_seen(database, results.result_of(database, entry, service, period))


def _as_seen(database: Database, result: UnitResult) -> UnitResult:
    """Who does not see what stays inside is shown what may leave the office, and no more."""
    return result if who().may(Action.SEE_INSIDE) else outgoing.of_result(database, result)
