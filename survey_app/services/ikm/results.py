"""The result of a unit in a period: everything its page, its report and its JSON show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from analytics import Period, ikm
from analytics.disclosure import Files
from analytics.ikm import IkmResult, Moments, Past, Peers
from survey_app import instruments
from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import Instrument
from survey_app.services.answers import questionnaires
from survey_app.services.ikm import answer_files, calibration, profiles, quality, undated, users_served
from survey_app.services.ikm.profiles import ProfileCount
from survey_app.services.ikm.quality import Quality
from survey_app.services.ikm.users_served import ServiceCount
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage import calibrations, folding, places, rollup
from survey_app.storage.calibrations import WHOLE, StoredPast
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.storage.rollup import Cell

#: Periods a trend reaches back, the shown one included.
TREND_LENGTH = {"month": 12, "quarter": 8, "semester": 6, "year": 5}


@dataclass(frozen=True, eq=False)
class PeriodResult:
    """One period: the sums and the score. `population_ignored`: the recorded users are fewer than n.

    `interval_anew`: it was published when intervals were computed otherwise, and has one as they are now.

    Compared by identity: two results are the same only where they are one object. While answers and users do
    not change, that one object is kept and given out again; so what is computed from it is remembered by it.
    """

    period: Period
    moments: Moments
    score: IkmResult
    population_ignored: bool
    interval_anew: bool = False

    @property
    def unanimous(self) -> bool:
        """Whether nobody answered any unsur otherwise than the others; equal indices alone do not say so."""
        return self.moments.n > 1 and bool((np.count_nonzero(self.moments.counts, axis=1) <= 1).all())


@dataclass(frozen=True)
class OtherPeriod:
    """A period that was measured with another questionnaire only: shown, never joined or compared."""

    instrument: Instrument
    result: PeriodResult


@dataclass(frozen=True, kw_only=True)
class UnitResult:
    """A unit's (or one of its services') result in a period.

    Attributes:
        service: None for the whole unit.
        instrument: the questionnaire the result is of.
        others: answers in the same period to other questionnaires, by ref: never mixed in.
        trend: periods of the same length, oldest first, the shown one last.
        elsewhere: periods of the trend in which only other questionnaires were answered.
        services: the services that count in the period.
        quality: what the quality flags say; None without any sheet, or where they were not asked for.
        undated: answers without a date in each period of the trend; empty where none, or not asked for.
        files: those of the unit that count; None where it does not matter (`answer_files`).
        peers: where the indices of the units of this questionnaire lay before the period; None for too few,
            for a service, which is no unit, and where it was not asked for.
    """

    entry: UnitEntry
    service: Service | None
    instrument: Instrument
    trend: tuple[PeriodResult, ...]
    respondents: tuple[ProfileCount, ...]
    others: tuple[tuple[str, int], ...]
    elsewhere: tuple[OtherPeriod, ...] = ()
    services: tuple[ServiceCount, ...] = ()
    quality: Quality | None = None
    undated: tuple[int, ...] = ()
    files: Files | None = None
    peers: Peers | None = None

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
    database: Database,
    unit_code: str,
    period: Period,
    service_code: str | None = None,
    *,
    within: Scope,
    length: int | None = None,
) -> UnitResult:
    """Compute the result of a unit, or of one of its services, in `period`, up to the last answer.

    Args:
        length: as of `result_of`.
        within: what whoever asks may see; a unit outside it is as unknown as one that does not exist.

    Raises:
        NotFound: `unit-unknown`, `service-unknown`.
    """
    entry = catalogue.find_unit(database, unit_code, within)
    service = None if service_code is None else catalogue.find_service(entry, service_code)
    return result_of(database, entry, service, period, length)


def result_of(
    database: Database, entry: UnitEntry, service: Service | None, period: Period, length: int | None = None
) -> UnitResult:
    """The same of a unit that was read within the scope already.

    Args:
        length: periods of the trend, the shown one included; by default `TREND_LENGTH`.
    """
    periods = [period.shift(-back) for back in range((length or TREND_LENGTH[period.kind]) - 1, -1, -1)]
    months = (periods[0].month_range[0], period.month_range[1])
    with database.read() as connection:
        cells = rollup.read(connection, [entry.unit.id], months)
        volumes = places.volumes(connection, entry.unit.id, users_served.volume_periods(periods))
        flag_cells = quality.read(connection, _split((period,), cells)[0])
        pasts = calibrations.read(
            connection, [entry.unit.id], months, WHOLE if service is None else service.id
        )
        without_date = undated.read(connection, entry.unit.id, periods)
        files = answer_files.read(connection, [entry.unit.id]).get(entry.unit.id)
        peers = calibrations.read_peers(connection, period.month_range[0])
    if service is not None:
        cells = [c for c in cells if c.service_id == service.id]
        flag_cells = [c for c in flag_cells if c.service_id == service.id]
    result = assemble(entry, service, periods, cells, volumes, pasts)
    groups = quality.group(flag_cells, result.instrument)
    return replace(
        result,
        quality=quality.assess(groups, result.instrument, result.score),
        undated=undated.count(without_date, periods, service, result.instrument),
        files=answer_files.counted(database, files, result.instrument),
        peers=None if service else calibration.peers(peers, result.instrument),
    )


def refresh(database: Database) -> None:
    """Fold new responses into the roll-up and flag them; results are right without it, faster after it.

    A unit with answers to a questionnaire that cannot be read waits until it can, and holds up no other one.
    """
    held = frozenset[int]()
    more = True
    while more:
        try:
            more = database.write(partial(folding.refresh, held=held))
        except (NotFound, InstrumentError):
            if (found := _waiting_for_a_questionnaire(database)) <= held:
                raise
            held |= found
    quality.refresh(database)


def _waiting_for_a_questionnaire(database: Database) -> frozenset[int]:
    with database.read() as connection:
        waiting = folding.questionnaires_of_tail(connection)
    return frozenset(unit_id for unit_id, ref in waiting if instruments.find(ref) is None)


def assemble(
    entry: UnitEntry,
    service: Service | None,
    periods: Sequence[Period],
    cells: Sequence[Cell],
    volumes: Mapping[tuple[int, str], int],
    pasts: Sequence[StoredPast],
) -> UnitResult:
    """The result of what was read: cells of the unit or service in `periods`, oldest first, users, and what
    is known of its earlier months."""
    return _assembled(entry, service, tuple(periods), tuple(cells), frozenset(volumes.items()), tuple(pasts))


# Kept under all that it depends on, the stored sums themselves among it, so that what is shown can never be
# older than what was read.
@lru_cache(maxsize=2048)
def _assembled(
    entry: UnitEntry,
    service: Service | None,
    periods: tuple[Period, ...],
    cells: tuple[Cell, ...],
    users: frozenset[tuple[tuple[int, str], int]],
    pasts: tuple[StoredPast, ...],
) -> UnitResult:
    by_period, volumes = _split(periods, cells), dict(users)
    current = by_period[-1]
    instrument = questionnaires.measured_by(entry, current)
    same = [questionnaires.same(found, instrument) for found in by_period]
    services = entry.services if service is None else (service,)
    trend = tuple(
        _period_result(
            p,
            tuple(c.sums for c in found),
            instrument.ref,
            users_served.population(p, users_served.counting(p, services, found, volumes), volumes),
            calibration.past(pasts, instrument, p),
        )
        for p, found in zip(periods, same, strict=True)
    )
    return UnitResult(
        entry=entry,
        service=service,
        instrument=instrument,
        trend=trend,
        respondents=profiles.count(tuple(c.chosen for c in same[-1]), instrument.ref, trend[-1].moments.n),
        others=questionnaires.others(current, instrument),
        elsewhere=tuple(
            _elsewhere(entry, p, found, pasts)
            for p, found, own in zip(periods, by_period, same, strict=True)
            if found and not own
        ),
        services=users_served.service_counts(periods[-1], services, same[-1], volumes),
    )


# Other answers in one month leave the results of the others as they are.
@lru_cache(maxsize=8192)
def _period_result(
    period: Period, sums: tuple[bytes, ...], instrument_ref: str, recorded: int | None, past: Past | None
) -> PeriodResult:
    instrument = instruments.get(instrument_ref)
    moments = Moments.merge_bytes(sums, len(instrument.elements), instrument.levels)
    usable = recorded if recorded is not None and recorded >= moments.n else None
    score = ikm.score(
        moments, weights=instrument.weights, population=usable, bands=instrument.bands, past=past
    )
    return PeriodResult(period, moments, score, recorded is not None and usable is None)


def _elsewhere(
    entry: UnitEntry, period: Period, cells: Sequence[Cell], pasts: Sequence[StoredPast]
) -> OtherPeriod:
    """The period by the questionnaire it was most answered on; its users stay out, as they are of all."""
    instrument = questionnaires.measured_by(entry, cells)
    sums = tuple(c.sums for c in questionnaires.same(cells, instrument))
    known = calibration.past(pasts, instrument, period)
    return OtherPeriod(instrument, _period_result(period, sums, instrument.ref, None, known))


def _split(periods: tuple[Period, ...], cells: Iterable[Cell]) -> list[list[Cell]]:
    """The cells of each period; others are left out."""
    numbered, found = _places(periods), [list[Cell]() for _ in periods]
    for cell in cells:
        if cell.month in numbered:
            found[numbered[cell.month]].append(cell)
    return found


@lru_cache(maxsize=256)
def _places(periods: tuple[Period, ...]) -> Mapping[int, int]:
    """Which of `periods` a month (yyyymm) lies in."""
    return {
        month.month_range[0]: i for i, period in enumerate(periods) for month in users_served.months(period)
    }
