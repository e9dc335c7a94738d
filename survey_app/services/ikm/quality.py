"""Quality flags: computing them for a unit's month, keeping them, and what they do to the index.

A flag never deletes: the official index is the one of all answers, and the one without the flagged stands
beside it.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from analytics import AnalyticsError, Reason
from analytics.ikm import (
    SIGNALS,
    VERSION,
    Flag,
    FlagEffect,
    IkmResult,
    Known,
    Moments,
    Past,
    flag_effect,
)
from survey_app import instruments
from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import Instrument
from survey_app.services.ikm import flagging
from survey_app.services.ikm.flagging import Flagged
from survey_app.services.places import opening_hours
from survey_app.services.places.opening_hours import Opening
from survey_app.storage import flags, rollup, sheets
from survey_app.storage.database import Connection, Database
from survey_app.storage.flags import FlagCell, FlaggedMonth, FlagState

_log = logging.getLogger(__name__)

#: With another version all flags are computed anew. The unit's hours follow.
RULES = f"{VERSION}:"
#: Months computed and stored at a time: few enough that an answer waiting behind them does not wait long.
_TOGETHER = 20


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
        batch = sorted(waiting[start : start + _TOGETHER])
        units, months = map(set, zip(*batch, strict=True))
        with database.read() as connection:
            states = flags.states(connection, units, months)
            looked_at = [_if_readable(connection, *key, states.get(key)) for key in batch]
        found = [month for month in looked_at if month is not None]
        database.write(partial(_keep, found=found))


def _if_readable(
    connection: Connection, unit_id: int, month: int, state: FlagState | None
) -> FlaggedMonth | None:
    """None for a month whose answers or questionnaire cannot be read: it waits, and no other one."""
    try:
        return flags_of_rollup(connection, unit_id, month, state)
    except (NotFound, InstrumentError, AnalyticsError) as error:
        _tell_once(unit_id, month, str(error))
        return None


# Once in a process: months that wait are tried again and again.
@lru_cache(maxsize=1024)
def _tell_once(unit_id: int, month: int, why: str) -> None:
    _log.error("the flags of unit %s in %s wait: %s", unit_id, month, why)


def read(connection: Connection, cells: Sequence[rollup.Cell]) -> list[FlagCell]:
    """The flag cells of the sheets in roll-up cells of one unit, whole months of it, from one snapshot.

    To what is stored of a month those answers are added that came since.
    """
    if not cells:
        return []
    unit_id, months = cells[0].unit_id, sorted({cell.month for cell in cells})
    opening = opening_hours.read(connection, unit_id)
    states = flags.states(connection, [unit_id], months)
    since = {month: added for (_, month), s in states.items() if (added := _added(s, opening)) is not None}
    stored = flags.cells(connection, unit_id, since)
    # Mostly there are none: then nothing more is asked.
    late = sheets.late(connection, unit_id) if any(s.tail for s in states.values()) else {}
    found: list[FlagCell] = []
    for month in months:
        change = None
        if month in since:
            new = {*since[month], *late.get(month, ())}
            change = _change(connection, unit_id, stored[month], new, opening, month=month)
        if change is None:
            everything = flagging.flag(sheets.of_month(connection, unit_id, month), opening)
            change = flagging.cells(month, everything), ()
        found += change[0]
    return found


def _added(state: FlagState, opening: Opening) -> Sequence[int] | None:
    """The answers that its flags lack; None where those are of other rules, or must be found anew."""
    return state.added if state.rules == RULES + opening.name else None


def flags_of_rollup(
    connection: Connection, unit_id: int, month: int, state: FlagState | None = None
) -> FlaggedMonth:
    """The flags of a unit's month from the answers in its roll-up, in the snapshot of the connection.

    Where the stored ones lack some answers only, what those change.

    Args:
        state: of the month, where it was read already.
    """
    state = state or flags.states(connection, [unit_id], [month]).get((unit_id, month))
    opening = opening_hours.read(connection, unit_id)
    added = None if state is None else _added(state, opening)
    if state is None or added is None:
        return flags_anew(connection, unit_id, month, opening, state)
    before = flags.cells(connection, unit_id, [month])[month]
    change = _change(connection, unit_id, before, {*added}, opening, month=month, with_tail=False)
    if change is None:
        return flags_anew(connection, unit_id, month, opening, state)
    changed, again = change
    return FlaggedMonth(
        unit_id=unit_id,
        month=month,
        revision=state.revision,
        rules=state.rules,
        cells=tuple(changed),
        responses={one.sheet.seq: one.flags for one in again},
        since=state.flagged,
    )


def flags_anew(
    connection: Connection,
    unit_id: int,
    month: int,
    opening: Opening | None = None,
    state: FlagState | None = None,
) -> FlaggedMonth:
    """The same from all answers in its roll-up, whatever is stored."""
    opening = opening or opening_hours.read(connection, unit_id)
    flagged = flagging.flag(sheets.of_month(connection, unit_id, month, with_tail=False), opening)
    return FlaggedMonth(
        unit_id=unit_id,
        month=month,
        revision=state.revision if state else flags.revision(connection, unit_id, month),
        rules=RULES + opening.name,
        cells=tuple(flagging.cells(month, flagged)),
        responses={one.sheet.seq: one.flags for one in flagged if one.flags},
    )


def _change(
    connection: Connection,
    unit_id: int,
    before: Sequence[FlagCell],
    seqs: Collection[int],
    opening: Opening,
    *,
    month: int,
    with_tail: bool = True,
) -> tuple[Sequence[FlagCell], Sequence[Flagged]] | None:
    """A month's cells with the answers of these numbers, which came since, and the sheets looked at again;
    None where it is less work to look at all of them.

    Args:
        with_tail: also the answers that are not in the roll-up yet.
    """
    if not seqs:
        return before, ()
    if not flags.is_less(len(seqs), sum(cell.moments.n for cell in before)):
        return None
    new = sheets.numbered(connection, unit_id, sorted(seqs))
    spans = flagging.neighbourhood(new)
    # Sorted by their moments as far as that matters: the others have no neighbours.
    near = sheets.between(connection, unit_id, month, spans, with_tail=with_tail)
    alone = [sheet for sheet in new if not flagging.has_neighbours(sheet)]
    looked_at = flagging.flag([*filter(flagging.has_neighbours, near), *alone], opening)
    again = flagging.affected(looked_at, new)
    return flagging.change(month, before, again, seqs), again


def _keep(connection: Connection, found: Sequence[FlaggedMonth]) -> None:
    for month in found:
        flags.store(connection, month)


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


def assess(groups: Sequence[FlagGroup], instrument: Instrument, score: IkmResult) -> Quality | None:
    """What the flags say of a period whose index is `score`; None without any sheet.

    The index without the flagged sheets has the users and the past of the whole.
    """
    past = None if score.sample is None else score.sample.past
    return _assess(tuple(groups), instrument.ref, score.population, past) if groups else None


@lru_cache(maxsize=1024)
def _assess(groups: tuple[FlagGroup, ...], ref: str, population: int | None, past: Past | None) -> Quality:
    """Kept under the sums themselves, so it can never be stale."""
    weights, bands = instruments.get(ref).weights, instruments.get(ref).bands
    k, levels = groups[0].moments.k, groups[0].moments.levels
    everything = Moments.merge_all((g.moments for g in groups), k, levels)
    flagged = {g.flags: g.moments for g in groups if g.flags}
    effect = partial(
        flag_effect, everything, flagged, weights=weights, population=population, bands=bands, past=past
    )
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
    known = checked > 0
    return FlagTally(
        flag=flag,
        n=effect.flagged if known else None,
        checked=checked,
        without=effect.unflagged,
        difference=effect.difference if known else None,
        reason=None if known else Reason.NOT_RECORDED,
    )
