"""What a page needs before it can show anything: units, and months with answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics import Period
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.province.overview import months_of, months_with_answers
from survey_app.storage.database import Database
from survey_app.ui import first_steps, guards, layout
from survey_app.ui.acting import who


@dataclass(frozen=True)
class Answered:
    """All units, and the first and last month in which any of them has answers."""

    entries: Sequence[UnitEntry]
    span: tuple[Period, Period]


def answered_or_explain(database: Database, title: str) -> Answered | None:
    """Units and months; None after showing what to do first, under `title` once there are units."""
    entries = catalogue.list_units(database, who().scope)
    if not entries:
        first_steps.show_welcome(database)
        return None
    span = months_with_answers(database, who().scope)
    if span is None:
        layout.heading(title)
        guards.explain_no_answers()
        return None
    return Answered(entries, span)


def units_or_explain(database: Database, title: str) -> Sequence[UnitEntry]:
    """All units; empty after showing under `title` where the first one is created."""
    entries = catalogue.list_units(database, who().scope)
    if not entries:
        layout.heading(title)
        guards.explain_no_units()
    return entries


def unit_span_or_explain(database: Database, entry: UnitEntry) -> tuple[Period, Period] | None:
    """First and last month with answers of a unit; None after showing how to get the first answer."""
    span = months_of(database, entry)
    if span is None:
        guards.explain_no_answers()
        first_steps.show_links(entry)
    return span
