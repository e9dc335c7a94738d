"""The result of a unit in a period: everything its page, its report and its JSON show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analytics import ikm
from analytics.ikm import IkmResult
from analytics.moments import IntArray, Moments
from analytics.period import Period
from survey_app import instruments
from survey_app.instruments import Instrument, Option, ProfileField
from survey_app.services import catalogue
from survey_app.services.catalogue import UnitEntry
from survey_app.storage import catalog, responses, rollup
from survey_app.storage.catalog import Service
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell

#: Periods a trend reaches back, the shown one included.
TREND_LENGTH = {"month": 12, "quarter": 8, "semester": 6, "year": 5}


@dataclass(frozen=True)
class ProfileCount:
    """Respondents by one profile field; `unanswered` is "tidak diisi"."""

    field: ProfileField
    counts: tuple[tuple[Option, int], ...]
    unanswered: int


@dataclass(frozen=True)
class PeriodResult:
    """One period: the sums and the score. `population_ignored`: the recorded users are fewer than n."""

    period: Period
    moments: Moments
    score: IkmResult
    population_ignored: bool


@dataclass(frozen=True)
class UnitResult:
    """A unit's (or one of its services') result in a period.

    Attributes:
        service: None for the whole unit.
        instrument: the questionnaire the result is of.
        others: answers in the same period to other questionnaires, by ref: never mixed in.
        trend: periods of the same length, oldest first, the shown one last.
    """

    entry: UnitEntry
    service: Service | None
    instrument: Instrument
    trend: tuple[PeriodResult, ...]
    respondents: tuple[ProfileCount, ...]
    others: tuple[tuple[str, int], ...]

    @property
    def current(self) -> PeriodResult:
        return self.trend[-1]

    @property
    def period(self) -> Period:
        return self.current.period

    @property
    def score(self) -> IkmResult:
        return self.current.score


def unit_result(
    database: Database, unit_code: str, period: Period, service_code: str | None = None
) -> UnitResult:
    """Compute the result of a unit, or of one of its services, in `period`, up to the last answer.

    Raises:
        NotFound: `unit-unknown`, `service-unknown`.
    """
    entry = catalogue.find_unit(database, unit_code)
    service = None if service_code is None else catalogue.find_service(entry, service_code)
    periods = [period.shift(-back) for back in range(TREND_LENGTH[period.kind] - 1, -1, -1)]
    months = (periods[0].month_range[0], period.month_range[1])
    with database.read() as connection:
        cells = rollup.read(connection, [entry.unit.id], months)
        volumes = catalog.volumes(connection, entry.unit.id, volume_periods(periods))
    if service is not None:
        cells = [c for c in cells if c.service_id == service.id]
    return assemble(entry, service, periods, cells, volumes)


def answer_sheets(database: Database, result: UnitResult) -> IntArray:
    """(n, k) scores of the respondents of `result`, for its processing table; 0 is not answered."""
    refs = [ref for ref, i in instruments.published().items() if i.series == result.instrument.series]
    with database.read() as connection:
        return responses.scores(
            connection,
            result.entry.unit.id,
            result.period.month_range,
            refs,
            None if result.service is None else result.service.id,
        )


def latest_month(database: Database, unit_code: str) -> Period | None:
    """The last month in which the unit has answers; None before its first one."""
    entry = catalogue.find_unit(database, unit_code)
    with database.read() as connection:
        months = [cell.month for cell in rollup.read(connection, [entry.unit.id])]
    return Period.parse(f"{max(months) // 100}-{max(months) % 100:02d}") if months else None


def refresh(database: Database) -> None:
    """Fold new responses into the roll-up; results are right without it, and faster after it."""
    while database.write(rollup.refresh):
        pass


def rebuild(database: Database) -> int:
    """Compute the whole roll-up anew from the responses; the number of cells."""
    database.write(rollup.adopt_cluster)
    with database.read() as connection:
        rebuilt = rollup.compute_all(connection)
    database.write(lambda connection: rollup.replace_all(connection, rebuilt))
    return len(rebuilt.cells)


def assemble(
    entry: UnitEntry,
    service: Service | None,
    periods: Sequence[Period],
    cells: Sequence[Cell],
    volumes: Mapping[tuple[int, str], int],
) -> UnitResult:
    """The result of what was read: cells of the unit or service in `periods`, oldest first, and users."""
    period = periods[-1]
    by_period = {p: [c for c in cells if _within(c, p)] for p in periods}
    instrument = _instrument(entry, by_period[period])
    same = {p: [c for c in by_period[p] if _same_series(c, instrument)] for p in periods}
    services = entry.services if service is None else (service,)
    trend = tuple(_period_result(p, same[p], instrument, _population(p, services, volumes)) for p in periods)
    respondents = _respondents(same[period], instrument, trend[-1].moments.n)
    return UnitResult(entry, service, instrument, trend, respondents, _others(by_period[period], instrument))


def _period_result(
    period: Period, cells: Iterable[Cell], instrument: Instrument, recorded: int | None
) -> PeriodResult:
    k, levels = len(instrument.elements), instrument.levels
    moments = Moments.merge_all((c.moments for c in cells), k, levels)
    usable = recorded if recorded is not None and recorded >= moments.n else None
    score = ikm.score(moments, weights=instrument.weights, population=usable, bands=instrument.bands)
    return PeriodResult(period, moments, score, recorded is not None and usable is None)


def _instrument(entry: UnitEntry, cells: Iterable[Cell]) -> Instrument:
    """The unit's own questionnaire; in a period answered only on others, the one most answered."""
    answered: dict[str, int] = defaultdict(int)
    for cell in cells:
        answered[cell.instrument] += cell.moments.n
    own = instruments.get(entry.unit.instrument)
    if not answered or any(instruments.get(ref).series == own.series for ref in answered):
        return own
    return instruments.get(max(sorted(answered), key=lambda ref: answered[ref]))


def _within(cell: Cell, period: Period) -> bool:
    first, last = period.month_range
    return first <= cell.month <= last


def _same_series(cell: Cell, instrument: Instrument) -> bool:
    return instruments.get(cell.instrument).series == instrument.series


def _respondents(cells: Sequence[Cell], instrument: Instrument, n: int) -> tuple[ProfileCount, ...]:
    chosen = rollup.add_profiles(c.profile for c in cells)
    result = []
    for field in instrument.profile:
        counts = chosen.get(field.key, {})
        pairs = tuple((option, counts.get(option.key, 0)) for option in field.options)
        result.append(ProfileCount(field, pairs, n - sum(times for _, times in pairs)))
    return tuple(result)


def _others(cells: Iterable[Cell], instrument: Instrument) -> tuple[tuple[str, int], ...]:
    answered: dict[str, int] = defaultdict(int)
    for cell in cells:
        if not _same_series(cell, instrument):
            answered[cell.instrument] += cell.moments.n
    return tuple(sorted(answered.items()))


def volume_periods(periods: Sequence[Period]) -> list[str]:
    """Names under which the users of `periods` may be recorded: each period and every month of it."""
    return [str(part) for period in periods for part in (period, *_months(period))]


def _months(period: Period) -> list[Period]:
    return [Period(period.start + i, 1) for i in range(period.months)]


def _population(
    period: Period, services: Sequence[Service], volumes: Mapping[tuple[int, str], int]
) -> int | None:
    """Users of all given services: recorded for the period itself, or for every month of it."""
    total = 0
    for service in services:
        whole = volumes.get((service.id, str(period)))
        parts = [volumes.get((service.id, str(month))) for month in _months(period)]
        known = [users for users in parts if users is not None]
        if whole is None and len(known) < len(parts):
            return None
        total += sum(known) if whole is None else whole
    return total
