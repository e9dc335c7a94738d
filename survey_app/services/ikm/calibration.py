"""What the completed months of each unit tell about how much its people differ: estimated once a night.

An interval leans on it, and on nothing of other units (`analytics.ikm.past`). Under a number, and not with
every answer: so an answer to one month moves the interval of that month alone, and what was published can say
what it stood on.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from time import perf_counter

from analytics import Period
from analytics.ikm import Moments, Month, Past, Sample, past_of, sample
from survey_app import instruments
from survey_app.errors import InstrumentError, NotFound, StorageError, Unavailable
from survey_app.instruments import Instrument
from survey_app.services.answers import questionnaires
from survey_app.services.places import clock
from survey_app.storage import calibrations, places, rollup
from survey_app.storage.calibrations import WHOLE, Key, Steps, StoredPast
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell

_log = logging.getLogger(__name__)

#: The hour after which the night's calibration is made, where most units are: answers of the day are in.
_AFTER = time(1)
#: Dispersion is stored in hundredths.
_PARTS = 100


def past(stored: Sequence[StoredPast], instrument: Instrument, period: Period) -> Past | None:
    """What is known before `period`, among the rows of a unit or service in their order; None for nothing."""
    first, name = period.month_range[0], questionnaires.series_name(instrument.ref)
    holds = [row for row in stored if row.series == name and row.month <= first]
    if not holds or holds[-1].weight == 0:
        return None
    row = holds[-1]
    return Past(weight=row.weight, dispersion=row.dispersion / _PARTS, calibration=row.calibration)


def calibrate(database: Database, now: datetime, stopping: threading.Event | None = None) -> int | None:
    """Estimate it anew for every unit; the number, or None where all is as it was, or `stopping` came first.

    Months count when they are over where the unit is. A unit whose answers cannot be read keeps what it had.
    """
    found, looked_at = dict[Key, Steps](), list[int]()
    with database.read() as connection:
        units = places.units(connection)
    for unit in units:
        if stopping is not None and stopping.is_set():
            return None
        current = Period.containing(clock.told_by(now, unit.time_zone).date(), "month")
        began = perf_counter()
        try:
            found |= _of_unit(database, unit.id, current)
        except Unavailable:
            raise
        except (NotFound, InstrumentError, StorageError):
            _log.exception("unit %s keeps what its earlier months told before", unit.code)
        else:
            looked_at.append(unit.id)
        if stopping is not None:
            # As long again for whoever waits for a page of the same process.
            stopping.wait(perf_counter() - began)
    until = Period.containing(clock.told_by(now).date(), "month").month_range[0]
    return database.write(
        partial(calibrations.store, unit_ids=looked_at, found=found, until=until, made_at=now)
    )


def _of_unit(database: Database, unit_id: int, current: Period) -> dict[Key, Steps]:
    with database.read() as connection:
        cells = rollup.read(connection, [unit_id], (0, current.shift(-1).month_range[0]))
    months: defaultdict[Key, defaultdict[int, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        name = questionnaires.series_name(cell.instrument)
        for service_id in (WHOLE, cell.service_id):
            months[unit_id, service_id, name][cell.month].append(cell)
    return {key: _steps(by_month, current) for key, by_month in months.items()}


def _steps(by_month: Mapping[int, Sequence[Cell]], current: Period) -> Steps:
    """What holds from each month on in which it is not what held before."""
    samples = [(Period.of_month(month).start, _sample(cells)) for month, cells in by_month.items()]
    months = [Month(start=start, sample=found) for start, found in samples if found is not None]
    steps, holds = list[tuple[int, int, int]](), (0, 0)
    for start in range(min(start for start, _ in samples) + 1, current.start + 1):
        told = past_of(months, start)
        value = (0, 0) if told is None else (int(told.weight), round(told.dispersion * _PARTS))
        if value != holds:
            steps.append((Period(start, 1).month_range[0], *value))
            holds = value
    return steps


def _sample(cells: Sequence[Cell]) -> Sample | None:
    return _sample_of(tuple(cell.sums for cell in cells), cells[0].instrument)


# A unit of one service has the same months twice.
@lru_cache(maxsize=256)
def _sample_of(sums: tuple[bytes, ...], ref: str) -> Sample | None:
    instrument = instruments.get(ref)
    moments = Moments.merge_bytes(sums, len(instrument.elements), instrument.levels)
    return sample(moments, weights=instrument.weights)


class Nightly:
    """Calibrates once a night; one for a process.

    Which night was the last is remembered here alone: after a restart it is done again, and changes nothing.
    """

    def __init__(self, database: Callable[[], Database], now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now
        self._last: date | None = None

    def __call__(self, stopping: threading.Event) -> None:
        """Calibrate if it is due; nothing while the clock is one that cannot be."""
        now = self._now()
        local = clock.told_by(now)
        night = local.date() if local.time() >= _AFTER else local.date() - timedelta(days=1)
        if night == self._last or now < clock.FLOOR:
            return
        calibrate(self._database(), now, stopping)
        if not stopping.is_set():
            self._last = night
