"""Many units at once: what each of them has in a period, from one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from analytics import Period
from survey_app.services.ikm import answer_files, results, users_served
from survey_app.services.ikm.answer_files import FilesOfUnits
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import calibrations, places, rollup
from survey_app.storage.calibrations import StoredPast
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell

OfUnit = TypeVar("OfUnit", Cell, StoredPast)


@dataclass(frozen=True)
class Overview:
    """The units of a scope, in the order of agency and name, with their results in `period`.

    Each result's trend has the periods asked for, oldest first, `period` last.
    """

    period: Period
    units: tuple[UnitResult, ...]

    @property
    def measured(self) -> tuple[UnitResult, ...]:
        """Units with an IKM in the period."""
        return tuple(u for u in self.units if u.score.ikm is not None)


def overview(
    database: Database, scope: Scope, period: Period, *, back: int = 1, files: bool = False
) -> Overview:
    """Results of every unit in `scope` for `period` and the `back` periods of its length before it.

    Args:
        files: to be published, with the files of every unit.
    """
    entries = catalogue.list_units(database, scope)
    return _read(database, entries, period, back=back, files=files, whole=scope == Scope())


def of_entries(database: Database, entries: Sequence[UnitEntry], period: Period) -> Overview:
    """The same of these units in `period` alone."""
    return _read(database, entries, period, back=0, files=False, whole=False)


def _read(
    database: Database, entries: Sequence[UnitEntry], period: Period, *, back: int, files: bool, whole: bool
) -> Overview:
    periods = [period.shift(-step) for step in range(back, -1, -1)]
    months = (periods[0].month_range[0], period.month_range[1])
    ids = None if whole else [e.unit.id for e in entries]
    with database.read() as connection:
        cells = _by_unit(rollup.read(connection, ids, months))
        pasts = _by_unit(calibrations.read(connection, ids, months))
        volumes = places.volumes_by_unit(connection, users_served.volume_periods(periods))
        stored = answer_files.read(connection, [e.unit.id for e in entries], every=files)
    units = [
        results.assemble(e, None, periods, cells[e.unit.id], volumes.get(e.unit.id, {}), pasts[e.unit.id])
        for e in entries
    ]
    return Overview(period, tuple(_with_files(database, unit, stored) for unit in units))


def _with_files(database: Database, unit: UnitResult, stored: FilesOfUnits) -> UnitResult:
    mine = stored.get(unit.entry.unit.id)
    if mine is None:
        return unit
    return replace(unit, files=answer_files.counted(database, mine, unit.instrument))


def months_with_answers(database: Database, scope: Scope) -> tuple[Period, Period] | None:
    """First and last month in which units of `scope` have answers; None before the first answer."""
    everything = scope == Scope()
    ids = None if everything else [e.unit.id for e in catalogue.list_units(database, scope)]
    return _span(database, ids)


def months_of(database: Database, entry: UnitEntry) -> tuple[Period, Period] | None:
    """The same of one unit."""
    return _span(database, [entry.unit.id])


def _span(database: Database, unit_ids: Sequence[int] | None) -> tuple[Period, Period] | None:
    with database.read() as connection:
        span = rollup.span(connection, unit_ids)
    return None if span is None else (Period.of_month(span[0]), Period.of_month(span[1]))


def _by_unit(rows: Sequence[OfUnit]) -> defaultdict[int, list[OfUnit]]:
    grouped: defaultdict[int, list[OfUnit]] = defaultdict(list)
    for row in rows:
        grouped[row.unit_id].append(row)
    return grouped
