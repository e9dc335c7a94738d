"""Quality flags: computing them for a unit's month, keeping them, and what they do to the index.

A flag never deletes: the official index is the one of all answers, and the one without the flagged stands
beside it.
"""

from __future__ import annotations

import logging
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial

import numpy as np

from analytics import Reason
from analytics.ikm import (
    SIGNALS,
    VERSION,
    Band,
    Flag,
    FlagEffect,
    IkmResult,
    IntArray,
    Known,
    Moments,
    Responses,
    flag_effect,
    flag_responses,
)
from survey_app import instruments
from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import Instrument
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.places import opening_hours
from survey_app.services.places.opening_hours import Opening
from survey_app.storage import flags, rollup
from survey_app.storage.database import Connection, Database
from survey_app.storage.flags import FlagCell, FlaggedMonth, TracedSheet, Waiting

_log = logging.getLogger(__name__)

#: With another version all flags are computed anew. The unit's hours follow.
RULES = f"{VERSION}:"
#: Months computed and stored at a time: few enough that an answer waiting behind them does not wait long.
_TOGETHER = 20
#: An operator types sheets, a file is read: no person, device or moment of answering stands behind them.
_TYPED = (Channel.PAPER, Channel.IMPORT)
#: Only who answers at the counter should do so within its hours; a phone answers from home, and may.
_AT_THE_COUNTER = (Channel.KIOSK, Channel.APP)
#: Flags that rest on a device: where it is known no more they are those that were found before.
_OF_A_DEVICE = Flag.BURST | Flag.DUPLICATE
#: Clocks that tell when it was answered.
_CLOCKS = (TimeSource.CLIENT, TimeSource.SERVER)


@dataclass(frozen=True)
class FlagGroup:
    """Sums of the sheets that carry exactly `flags`; of how many a duration, a device, hours are known."""

    flags: Flag
    moments: Moments
    timed: int
    identified: int
    scheduled: int


@dataclass(frozen=True, kw_only=True)
class FlagTally:
    """One flag: sheets that carry it, of those that could be checked, and the index without them.

    `n` and `difference` (all minus without) are None where nothing could be checked; `reason` says why.
    """

    flag: Flag
    n: int | None
    checked: int
    without: IkmResult
    difference: Decimal | None
    reason: Reason | None


@dataclass(frozen=True)
class Quality:
    """The flags of a period's sheets.

    Attributes:
        groups: the sums it is computed from, by their flags; together they are all sheets.
        tallies: one per flag.
        effect: the index with every sheet, and without those that carry any flag.
    """

    groups: tuple[FlagGroup, ...]
    tallies: tuple[FlagTally, ...]
    effect: FlagEffect


def refresh(database: Database) -> None:
    """Compute the flags of months with other answers; results are right without it, and faster after it."""
    with database.read() as connection:
        waiting = flags.waiting(connection, RULES)
    for start in range(0, len(waiting), _TOGETHER):
        # In one order everywhere, so that two transactions never wait for each other.
        batch = sorted(waiting[start : start + _TOGETHER], key=lambda due: (due.unit_id, due.month))
        with database.read() as connection:
            looked_at = [(_if_readable(connection, due.unit_id, due.month), due) for due in batch]
        found = [(month, due) for month, due in looked_at if month is not None]
        database.write(partial(_keep, found=found))


def _if_readable(connection: Connection, unit_id: int, month: int) -> FlaggedMonth | None:
    """None for a month with answers to a questionnaire that cannot be read: it waits, and no other one."""
    try:
        return flags_of_rollup(connection, unit_id, month)
    except (NotFound, InstrumentError) as error:
        _log.error("the flags of unit %s in %s wait: %s", unit_id, month, error)
        return None


def read(connection: Connection, cells: Sequence[rollup.Cell]) -> list[FlagCell]:
    """The flag cells of the sheets in roll-up cells of one unit, whole months of it, from one snapshot.

    Months with answers that came since they were flagged are computed from their answers.
    """
    if not cells:
        return []
    unit_id, months = cells[0].unit_id, sorted({cell.month for cell in cells})
    opening = opening_hours.read(connection, unit_id)
    found = flags.read(connection, unit_id, months, RULES + opening.name)
    for month in months:
        if month not in found:
            sheets = flags.sheets(connection, unit_id, month)
            found[month] = list(flag_month(sheets, unit_id, month, opening).cells)
    return [cell for month in months for cell in found[month]]


def flags_of_rollup(connection: Connection, unit_id: int, month: int) -> FlaggedMonth:
    """The flags of a unit's month from the answers in its roll-up, in the snapshot of the connection."""
    opening = opening_hours.read(connection, unit_id)
    sheets = flags.sheets(connection, unit_id, month, with_tail=False)
    return flag_month(sheets, unit_id, month, opening)


def group(cells: Sequence[FlagCell], instrument: Instrument) -> tuple[FlagGroup, ...]:
    """Cells of questionnaires that can be added, added by their flags."""
    k, levels = len(instrument.elements), instrument.levels
    by_flags: dict[int, list[FlagCell]] = defaultdict(list)
    for cell in cells:
        if instruments.get(cell.instrument).series == instrument.series:
            by_flags[cell.flags].append(cell)
    return tuple(
        FlagGroup(
            Flag(mask),
            Moments.merge_all((c.moments for c in same), k, levels),
            sum(c.timed for c in same),
            sum(c.identified for c in same),
            sum(c.scheduled for c in same),
        )
        for mask, same in sorted(by_flags.items())
    )


def assess(groups: Sequence[FlagGroup], instrument: Instrument, population: int | None) -> Quality | None:
    """What the flags say of a period; None without any sheet."""
    return _assess(tuple(groups), instrument.weights, population, instrument.bands) if groups else None


@lru_cache(maxsize=1024)
def _assess(
    groups: tuple[FlagGroup, ...],
    weights: tuple[Fraction, ...],
    population: int | None,
    bands: tuple[Band, ...],
) -> Quality:
    """Kept under the sums themselves, so it can never be stale."""
    k, levels = groups[0].moments.k, groups[0].moments.levels
    everything = Moments.merge_all((g.moments for g in groups), k, levels)
    flagged = {g.flags: g.moments for g in groups if g.flags}
    effect = partial(flag_effect, everything, flagged, weights=weights, population=population, bands=bands)
    known = {
        Known.ANSWERS: everything.n,
        Known.DURATION: sum(g.timed for g in groups),
        Known.DEVICE: sum(g.identified for g in groups),
        Known.HOURS: sum(g.scheduled for g in groups),
    }
    tallies = tuple(
        _tally(flag, known[signal.needs], effect(consider=flag)) for flag, signal in SIGNALS.items()
    )
    return Quality(groups, tallies, effect())


def _tally(flag: Flag, checked: int, effect: FlagEffect) -> FlagTally:
    if checked == 0:
        return FlagTally(
            flag=flag,
            n=None,
            checked=0,
            without=effect.unflagged,
            difference=None,
            reason=Reason.NOT_RECORDED,
        )
    return FlagTally(
        flag=flag,
        n=effect.flagged,
        checked=checked,
        without=effect.unflagged,
        difference=effect.difference,
        reason=None,
    )


def _keep(connection: Connection, found: Sequence[tuple[FlaggedMonth, Waiting]]) -> None:
    for month, due in found:
        flags.replace(connection, month, due.revision)


def flag_month(sheets: Sequence[TracedSheet], unit_id: int, month: int, opening: Opening) -> FlaggedMonth:
    """The flags of a unit's month: a function of its filled sheets and of its hours of service alone."""
    filled = [s for s in sheets if s.scores.strip("0")]
    hours = [opening.at(s.answered_at) if _at_the_counter(s) else None for s in filled]
    masks = _masks(filled, hours)
    by_key: dict[tuple[int, str, int], list[tuple[TracedSheet, bool]]] = defaultdict(list)
    for sheet, mask, known in zip(filled, masks, hours, strict=True):
        by_key[sheet.service_id, sheet.instrument, mask].append((sheet, known is not None))
    cells = tuple(_cell(month, key, same) for key, same in sorted(by_key.items()))
    carried = {sheet.seq: mask for sheet, mask in zip(filled, masks, strict=True) if mask}
    return FlaggedMonth(
        unit_id=unit_id,
        month=month,
        rules=RULES + opening.name,
        cells=cells,
        responses=carried,
    )


def _cell(month: int, key: tuple[int, str, int], same: Sequence[tuple[TracedSheet, bool]]) -> FlagCell:
    service_id, instrument, mask = key
    sheets = [sheet for sheet, _ in same]
    moments = Moments.from_answers(_answers(sheets), instruments.get(instrument).levels)
    timed = sum(s.duration_ms is not None for s in sheets)
    identified, scheduled = sum(map(_identified, sheets)), sum(known for _, known in same)
    return FlagCell(
        month=month,
        service_id=service_id,
        instrument=instrument,
        flags=mask,
        moments=moments,
        timed=timed,
        identified=identified,
        scheduled=scheduled,
    )


def _masks(sheets: Sequence[TracedSheet], hours: Sequence[tuple[float, float, float] | None]) -> list[int]:
    numbers = {client: i for i, client in enumerate(sorted({_client(s) for s in sheets if _known(s)}))}
    known = np.array([h or (math.nan,) * 3 for h in hours], dtype=np.float64).reshape(-1, 3)
    local_hour, opens, closes = known.T
    responses = Responses(
        answers=_answers(sheets),
        duration=np.array([math.nan if s.duration_ms is None else s.duration_ms / 1000 for s in sheets]),
        client=np.array([numbers[_client(s)] if _known(s) else -1 for s in sheets], dtype=np.int64),
        time=np.array([s.answered_at.timestamp() for s in sheets]),
        local_hour=local_hour,
        opens=opens,
        closes=closes,
    )
    found = flag_responses(responses)
    return [int(mask) | (s.kept & _OF_A_DEVICE) for mask, s in zip(found, sheets, strict=True)]


def _client(sheet: TracedSheet) -> tuple[str, str]:
    """Who gave an answer: only on the kiosk's channel is a name proved, so elsewhere it is another's."""
    return sheet.channel, sheet.client_id or ""


def _identified(sheet: TracedSheet) -> bool:
    """True when it is known which device gave the answer, and when; also of one that was known."""
    live = sheet.channel not in _TYPED and sheet.time_source in _CLOCKS
    return live and sheet.client_id is not None


def _known(sheet: TracedSheet) -> bool:
    """True when its device can be told from others still."""
    return _identified(sheet) and sheet.client_id != ""


def _at_the_counter(sheet: TracedSheet) -> bool:
    return sheet.channel in _AT_THE_COUNTER and sheet.time_source in _CLOCKS


def _answers(sheets: Sequence[TracedSheet]) -> IntArray:
    """(n, k) scores; where forms of different length meet, the shorter one is filled up as not answered."""
    k = max((len(s.scores) for s in sheets), default=1)
    digits = np.frombuffer("".join(s.scores.ljust(k, "0") for s in sheets).encode("ascii"), dtype=np.uint8)
    return (digits.reshape(len(sheets), k) - ord("0")).astype(np.int64)
