"""When answers are better or worse: by hour of the week, what chance alone does allowed for.

For who sees what stays inside: an hour of a week has few answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from analytics import Period
from analytics.comparison import Cell, stand_out
from analytics.disclosure import MINIMUM
from analytics.ikm import IntArray
from analytics.sampling import levelled
from survey_app import instruments
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.answered import refs_like
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.storage import answered
from survey_app.storage.answered import Timed
from survey_app.storage.database import Database

#: So many months up to the shown period: of one quarter most hours of a week have a handful of answers.
MONTHS = 12
#: A person answered by their own hand, and a clock said when.
_LIVE = (Channel.WEB, Channel.KIOSK, Channel.APP)
_CLOCKS = (TimeSource.CLIENT, TimeSource.SERVER)
#: Deals the sheets out: the same sheets have the same p.
_SEED = 20_260_717
_HOURS = 24


@dataclass(frozen=True)
class Hour:
    """One hour of the week: `value` is the index of its answers for the services and months they are of;
    None where fewer than MINIMUM answered. `clear` is beyond chance, all hours allowed for."""

    n: int
    value: float | None
    clear: bool


@dataclass(frozen=True, kw_only=True)
class Week:
    """The hours of the week of a unit's answers.

    Attributes:
        first, last: the months the answers are of.
        n: answers whose moment is known.
        value: their index; what an hour's value is read against.
        hours: by (day from Monday as 0, hour of the unit's clock); hours without an answer are not in it.
    """

    first: Period
    last: Period
    n: int
    value: float
    hours: Mapping[tuple[int, int], Hour]

    @property
    def worst(self) -> tuple[int, int] | None:
        """The hour that is clearly below the others, the lowest of them; None without one."""
        low = {at: h.value for at, h in self.hours.items() if h.clear and h.value is not None}
        found = min(low, key=lambda at: low[at] or 0.0, default=None)
        return found if found is not None and (low[found] or 0.0) < self.value else None


def week_of(database: Database, result: UnitResult, unsur: int | None = None) -> Week | None:
    """The week of the twelve months up to the end of the shown period; None where too few answers have a
    moment, or the result is hidden.

    Args:
        unsur: place of the unsur whose values are meant; None for the index.
    """
    if narrowed.unsur_hidden(result.score):
        return None
    periods = tuple(result.trend[-max(1, MONTHS // result.period.months) :])
    with database.look() as connection:
        files = answered.standing_of_files(connection, [result.entry.unit.id])
    service_id = None if result.service is None else result.service.id
    zone = result.entry.unit.time_zone
    refs = tuple(refs_like(result.instrument))
    sheets = _sheets(database, result.entry.unit.id, service_id, refs, zone, periods, files)
    return _week(sheets, result.instrument.ref, unsur)


@dataclass(frozen=True, eq=False)
class _Sheets:
    """Sheets with a moment; compared by identity, the same object as long as the answers are the same."""

    first: Period
    last: Period
    answers: IntArray
    strata: IntArray
    hours: IntArray


# Remembered as `answered.sheets_of` remembers: by the periods' results, and what has become of files.
@lru_cache(maxsize=16)
def _sheets(
    database: Database,
    unit_id: int,
    service_id: int | None,
    refs: tuple[str, ...],
    zone: str,
    periods: tuple[PeriodResult, ...],
    files: tuple[tuple[int, str], ...],
) -> _Sheets:
    months = periods[0].period.month_range[0], periods[-1].period.month_range[1]
    with database.look() as connection:
        found = answered.timed(connection, unit_id, months, refs, _LIVE, _CLOCKS)
    return _numbered([one for one in found if service_id in (None, one.service_id)], zone, months)


def _numbered(found: Sequence[Timed], zone: str, months: tuple[int, int]) -> _Sheets:
    clock = ZoneInfo(zone)
    moments = [one.answered_at.astimezone(clock) for one in found]
    places = {place: i for i, place in enumerate(dict.fromkeys((one.service_id, one.month) for one in found))}
    digits = np.frombuffer("".join(one.scores for one in found).encode("ascii"), dtype=np.uint8)
    return _Sheets(
        first=Period.of_month(months[0]),
        last=Period.of_month(months[1]),
        answers=(digits.reshape(len(found), -1) - ord("0")).astype(np.int64) if found else _NONE,
        strata=np.array([places[one.service_id, one.month] for one in found], dtype=np.int64),
        hours=np.array([m.weekday() * _HOURS + m.hour for m in moments], dtype=np.int64),
    )


_NONE = np.zeros((0, 0), dtype=np.int64)


@lru_cache(maxsize=64)
def _week(sheets: _Sheets, instrument_ref: str, unsur: int | None) -> Week | None:
    instrument = instruments.get(instrument_ref)
    weights = instrument.weights
    answers, strata, hours = sheets.answers, sheets.strata, sheets.hours
    if unsur is not None and len(answers):
        answers, weights = answers[:, [unsur]], weights[unsur : unsur + 1]
    if len(answers):
        some = (answers > 0).any(axis=1)
        answers, strata, hours = answers[some], strata[some], hours[some]
    if len(answers) < MINIMUM:
        return None
    values = levelled(answers, strata, instrument.levels, weights)
    value = _index(answers, [float(w) for w in weights]) * 100 / instrument.levels
    cells = stand_out(values, hours, np.random.default_rng(_SEED), least=MINIMUM, strata=strata)
    told = {divmod(at, _HOURS): _hour(cell, value) for at, cell in cells.items()}
    return Week(first=sheets.first, last=sheets.last, n=len(answers), value=value, hours=told)


def _hour(cell: Cell, value: float) -> Hour:
    return Hour(cell.n, None if cell.n < MINIMUM else value + cell.apart, cell.clear)


def _index(answers: IntArray, weights: Sequence[float]) -> float:
    """The weighted mean of the unsur that were answered."""
    given = (answers > 0).sum(axis=0)
    share = np.array(weights) * (given > 0)
    return float((answers.sum(axis=0) / np.maximum(given, 1) * share).sum() / share.sum())
