"""Answers without a date: they count in the last month of the period that their file was imported for."""

from __future__ import annotations

from collections.abc import Sequence

from analytics import Period
from survey_app.instruments import Instrument
from survey_app.services.answers import questionnaires
from survey_app.storage import imports
from survey_app.storage.database import Connection
from survey_app.storage.imports import UndatedCell
from survey_app.storage.places import Service


def read(connection: Connection, unit_id: int, periods: Sequence[Period]) -> list[UndatedCell]:
    """Those of a unit in `periods`, oldest first."""
    return imports.undated_cells(connection, unit_id, (periods[0].month_range[0], periods[-1].month_range[1]))


def count(
    cells: Sequence[UndatedCell], periods: Sequence[Period], service: Service | None, instrument: Instrument
) -> tuple[int, ...]:
    """How many of the answers that count in each period; empty where none does in any.

    Args:
        service: None for the whole unit.
        instrument: answers that are not added to its own are left out.
    """
    counting = [
        cell
        for cell in cells
        if (service is None or cell.service_id == service.id)
        and questionnaires.series(cell.instrument) == instrument.series
    ]
    found = tuple(sum(cell.n for cell in counting if _lies_in(cell, period)) for period in periods)
    return found if any(found) else ()


def _lies_in(cell: UndatedCell, period: Period) -> bool:
    first, last = period.month_range
    return first <= cell.month <= last
