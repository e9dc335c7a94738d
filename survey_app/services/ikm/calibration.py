"""What completed months tell: how much the people of a unit differ, and where its peers' indices lie.

Estimated once a night. An interval leans on the first, of its own unit alone (`analytics.ikm.past`); the odds
of a letter lean on both (`analytics.ikm.peers`). Under a number, and not with every answer: so an answer to
one month moves the interval of that month alone, and what was published can say what it stood on.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from time import perf_counter
from typing import TypeVar

from analytics import AnalyticsError, Period
from analytics.disclosure import MINIMUM
from analytics.ikm import Moments, Month, Past, Peers, past_of, peers_of, sample, together
from survey_app import instruments
from survey_app.errors import AppError, InstrumentError, NotFound, StorageError, Unavailable
from survey_app.instruments import Instrument
from survey_app.services.answers import questionnaires
from survey_app.services.places import clock
from survey_app.storage import calibrations, places
from survey_app.storage.calibrations import WHOLE, Key, PeersSteps, Steps, StoredPast, StoredPeers
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell

_log = logging.getLogger(__name__)

#: The hour after which the night's calibration is made, where most units are: answers of the day are in.
_AFTER = time(1)
#: Dispersion is stored in hundredths.
_PARTS = 100
_Value = TypeVar("_Value")


def past(stored: Sequence[StoredPast], instrument: Instrument, period: Period) -> Past | None:
    """What is known before `period`, among the rows of a unit or service in their order; None for nothing."""
    first, name = period.month_range[0], questionnaires.series_name(instrument.ref)
    holds = [row for row in stored if row.series == name and row.month <= first]
    if not holds or holds[-1].weight == 0:
        return None
    row = holds[-1]
    return Past(weight=row.weight, dispersion=row.dispersion / _PARTS, calibration=row.calibration)


def peers(stored: Sequence[StoredPeers], instrument: Instrument) -> Peers | None:
    """The peers of a unit among the rows that hold for its period; None for too few."""
    name = questionnaires.series_name(instrument.ref)
    for row in stored:
        if row.series == name and row.units:
            return Peers(
                shares=tuple(map(int, row.shares.split())),
                dispersion=row.dispersion / _PARTS,
                units=row.units,
                calibration=row.calibration,
            )
    return None


def calibrate(database: Database, now: datetime, stopping: threading.Event | None = None) -> int | None:
    """Estimate it anew for every unit, then for all units together; the number, None where all is as it was.

    Months count when they are over where the unit is. A unit whose answers cannot be read keeps what it had.
    Each unit is stored by itself, so that no answer waits for more than one; where `stopping` comes first the
    others keep what they had.
    """
    number, told = None, dict[tuple[int, str], list[Month]]()
    with database.read() as connection:
        units = places.units(connection)
    for unit in units:
        if stopping is not None and stopping.is_set():
            return number
        current = Period.containing(clock.told_by(now, unit.time_zone).date(), "month")
        job = partial(
            calibrations.revise,
            unit_id=unit.id,
            through=current.month_range[0],
            find=partial(_found, current=current, told=told),
            made_at=now,
            number=number,
        )
        began = perf_counter()
        try:
            number = database.write(job)
        except Unavailable:
            raise
        except (AnalyticsError, NotFound, InstrumentError, StorageError):
            _log.exception("unit %s keeps what its earlier months told before", unit.code)
        if stopping is not None:
            # As long again for whoever waits for a page of the same process.
            stopping.wait(perf_counter() - began)
    return _calibrate_peers(database, now, told, number)


def _calibrate_peers(
    database: Database, now: datetime, told: Mapping[tuple[int, str], list[Month]], number: int | None
) -> int | None:
    current = Period.containing(clock.told_by(now).date(), "month")
    by_series: defaultdict[str, list[list[Month]]] = defaultdict(list)
    for (_, name), months in told.items():
        by_series[name].append(months)
    found = {name: _steps_of_peers(units, current) for name, units in by_series.items()}
    job = partial(
        calibrations.revise_peers, found=found, through=current.month_range[0], made_at=now, number=number
    )
    return database.write(job)


def _steps_of_peers(units: Sequence[Sequence[Month]], current: Period) -> PeersSteps:
    def value(start: int) -> tuple[int, int, str]:
        found = peers_of(units, start)
        if found is None:
            return 0, 0, ""
        return found.units, round(found.dispersion * _PARTS), " ".join(map(str, found.shares))

    first = min((month.start for months in units for month in months), default=current.start)
    return [(month, *told) for month, told in _changes(value, first, current, (0, 0, ""))]


def _found(
    cells: Sequence[Cell], current: Period, told: dict[tuple[int, str], list[Month]]
) -> dict[Key, Steps]:
    """Of the cells of one unit, by service and questionnaire; what the whole unit tells goes to `told`."""
    by_series: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_series[questionnaires.series_name(cell.instrument)].append(cell)
    steps = dict[Key, Steps]()
    for name, of_series in by_series.items():
        unit_id, instrument = of_series[0].unit_id, instruments.get(of_series[0].instrument)
        whole, services = _told_alone(of_series, instrument)
        told[unit_id, name] = _months(whole, instrument)
        steps[unit_id, WHOLE, name] = _steps(told[unit_id, name], current)
        for service_id, sums in services.items():
            # A unit of one service is that service.
            alone = steps[unit_id, WHOLE, name] if len(services) == 1 else None
            steps[unit_id, service_id, name] = alone or _steps(_months(sums, instrument), current)
    return steps


#: The sums of a month, or of several that are told as one in the last of them: by `Period.start`.
_Sums = list[tuple[int, Moments]]


def _told_alone(cells: Sequence[Cell], instrument: Instrument) -> tuple[_Sums, dict[int, _Sums]]:
    """What may be told of a unit, and of each of its services.

    Of services only what can be told of all of them at once, of months that are told as one of the unit: so
    neither a service nor a month of few people can be found as what others leave of the unit.
    """
    form = len(instrument.elements), instrument.levels
    ids, months = sorted({c.service_id for c in cells}), sorted({c.month for c in cells})
    sums = defaultdict[tuple[int, int], list[bytes]](list)
    for cell in cells:
        sums[cell.month, cell.service_id].append(cell.sums)
    starts = [Period.of_month(month).start for month in months]
    of = [[Moments.merge_bytes(sums[month, i], *form) for i in ids] for month in months]
    blocks = together([[sum(m.n for m in row)] for row in of], MINIMUM)
    ends = [starts[block[-1]] for block in blocks]
    rows = [_merged([of[p] for p in block], form) for block in blocks]
    whole = [(end, Moments.merge_all(row, *form)) for end, row in zip(ends, rows, strict=True)]
    services: dict[int, _Sums] = {i: [] for i in ids}
    for as_one in together([[m.n for m in row] for row in rows], MINIMUM):
        for i, own in zip(ids, _merged([rows[p] for p in as_one], form), strict=True):
            if own.n:
                services[i].append((ends[as_one[-1]], own))
    return whole, services


def _merged(rows: Sequence[Sequence[Moments]], form: tuple[int, int]) -> list[Moments]:
    """Column by column."""
    return list(rows[0]) if len(rows) == 1 else [Moments.merge_all(c, *form) for c in zip(*rows, strict=True)]


def _months(sums: _Sums, instrument: Instrument) -> list[Month]:
    samples = [(start, sample(found, weights=instrument.weights)) for start, found in sums]
    return [Month(start=start, sample=found) for start, found in samples if found is not None]


def _steps(months: Sequence[Month], current: Period) -> Steps:
    def value(start: int) -> tuple[int, int]:
        found = past_of(months, start)
        return (0, 0) if found is None else (int(found.weight), round(found.dispersion * _PARTS))

    first = months[0].start if months else current.start
    return [(month, *told) for month, told in _changes(value, first, current, (0, 0))]


def _changes(
    value: Callable[[int], _Value], first: int, current: Period, nothing: _Value
) -> Iterator[tuple[int, _Value]]:
    """Months (yyyymm) after the first from which on something else holds than before, and what."""
    holds = nothing
    for start in range(first + 1, current.start + 1):
        if (found := value(start)) != holds:
            holds = found
            yield Period(start, 1).month_range[0], found


#: What is done at night, until the event is set.
Work = Callable[[Database, datetime, threading.Event], object]


class Nightly:
    """Does its work once a night, calibrating by default; one for a process.

    Which night was the last is remembered here alone: after a restart it is done again, and changes nothing.
    """

    def __init__(
        self, database: Callable[[], Database], now: Callable[[], datetime], work: Work | None = None
    ) -> None:
        self._database, self._now, self._work = database, now, work
        self._last: date | None = None

    def __call__(self, stopping: threading.Event) -> None:
        """Do it if it is due; nothing while the clock is one that cannot be.

        What fails for a reason that stays is not tried again the same night.
        """
        now = self._now()
        local = clock.told_by(now)
        night = local.date() if local.time() >= _AFTER else local.date() - timedelta(days=1)
        if night == self._last or now < clock.FLOOR:
            return
        try:
            (self._work or calibrate)(self._database(), now, stopping)
        except AppError as error:
            if not isinstance(error, Unavailable):
                self._last = night
            raise
        if not stopping.is_set():
            self._last = night
