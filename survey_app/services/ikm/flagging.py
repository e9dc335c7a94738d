"""Which flags the sheets of a unit's month carry: found of all of them, or of some that came and their
neighbours.

Both give the same. Of the flags that depend on other sheets, `QualityRules` says how near those must be.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from analytics.ikm import SIGNALS, IntArray, Known, Moments, QualityRules, Responses, flag_responses
from survey_app import instruments
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.places.opening_hours import Opening
from survey_app.storage.flags import FlagCell
from survey_app.storage.sheets import TracedSheet

#: An operator types sheets, a file is read: no person, device or moment of answering stands behind them.
_TYPED = (Channel.PAPER, Channel.IMPORT)
#: Only who answers at the counter should do so within its hours; a phone answers from home, and may.
_AT_THE_COUNTER = (Channel.KIOSK, Channel.APP)
#: Clocks that tell when it was answered.
_CLOCKS = (TimeSource.CLIENT, TimeSource.SERVER)
#: Flags that depend on the device.
_OF_DEVICE = sum(flag.value for flag, signal in SIGNALS.items() if signal.needs is Known.DEVICE)
_RULES = QualityRules()
_BEFORE = timedelta(seconds=_RULES.seconds_before)
_AFTER = timedelta(seconds=_RULES.seconds_after)

Client = tuple[str, str]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Flagged:
    """A filled sheet, the flags found in it, and whether the hours of service were known."""

    sheet: TracedSheet
    flags: int
    scheduled: bool


def flag(sheets: Iterable[TracedSheet], opening: Opening) -> list[Flagged]:
    """The filled ones of some sheets, in the order given, which is that of their moments."""
    filled = [s for s in sheets if s.scores.strip("0")]
    hours = [opening.at(s.answered_at) if _at_the_counter(s) else None for s in filled]
    masks = _masks(filled, hours)
    return [
        Flagged(sheet, mask, known is not None)
        for sheet, mask, known in zip(filled, masks, hours, strict=True)
    ]


def cells(month: int, flagged: Iterable[Flagged]) -> list[FlagCell]:
    """Their sums, in the order of the cells' keys."""
    by_key: dict[tuple[int, str, int], list[Flagged]] = defaultdict(list)
    for one in flagged:
        by_key[one.sheet.service_id, one.sheet.instrument, one.flags].append(one)
    return [_cell(month, key, same) for key, same in sorted(by_key.items())]


def change(
    month: int, before: Sequence[FlagCell], flagged: Sequence[Flagged], new: Collection[int]
) -> tuple[FlagCell, ...]:
    """The cells of a month after some of its sheets were looked at again, and `new` ones came.

    Args:
        before: what the sheets add up to that are not new, by the flags that are stored of them.
        new: row numbers.
    """
    others = [one for one in flagged if one.sheet.seq not in new and one.sheet.flags != one.flags]
    moved = [Flagged(one.sheet, one.sheet.flags, one.scheduled) for one in others]
    come = cells(month, [*others, *(one for one in flagged if one.sheet.seq in new)])
    total = {_key(cell): cell for cell in before}
    for cell in come:
        total[_key(cell)] = _added(total[_key(cell)], cell, 1) if _key(cell) in total else cell
    for cell in cells(month, moved):
        total[_key(cell)] = _added(total[_key(cell)], cell, -1)
    return tuple(cell for _, cell in sorted(total.items()) if cell.moments.n)


def neighbourhood(new: Sequence[TracedSheet]) -> list[Span]:
    """Inclusive spans of time with all sheets that new ones can give other flags, and all that those flags
    depend on; in order, and none meets another."""
    spans: list[Span] = []
    for at in sorted(s.answered_at for s in new if has_neighbours(s)):
        # Other flags from _AFTER before it to _BEFORE after it; each depends on as much around it again.
        first, last = at - _AFTER - _BEFORE, at + _BEFORE + _AFTER
        if spans and first <= spans[-1][1]:
            spans[-1] = spans[-1][0], last
        else:
            spans.append((first, last))
    return spans


def affected(flagged: Iterable[Flagged], new: Sequence[TracedSheet]) -> list[Flagged]:
    """Those whose flags can be others with the new sheets than without, the new ones among them."""
    moments: dict[Client, list[datetime]] = defaultdict(list)
    for sheet in sorted((s for s in new if has_neighbours(s)), key=lambda s: s.answered_at):
        moments[_client(sheet)].append(sheet.answered_at)
    seqs = {s.seq for s in new}
    return [one for one in flagged if one.sheet.seq in seqs or _near(one.sheet, moments)]


def has_neighbours(sheet: TracedSheet) -> bool:
    """True when it is known which other sheets the same device gave, and when."""
    return _identified(sheet) and sheet.client_id != ""


def _near(sheet: TracedSheet, moments: Mapping[Client, Sequence[datetime]]) -> bool:
    """Whether one of the moments of its client is among those that its flags depend on."""
    if not has_neighbours(sheet) or _client(sheet) not in moments:
        return False
    own = moments[_client(sheet)]
    place = bisect_left(own, sheet.answered_at - _BEFORE)
    return place < len(own) and own[place] <= sheet.answered_at + _AFTER


def _key(cell: FlagCell) -> tuple[int, str, int]:
    return cell.service_id, cell.instrument, cell.flags


def _added(cell: FlagCell, other: FlagCell, sign: int) -> FlagCell:
    """Both together, or `cell` without `other`, which is then part of it."""
    return FlagCell(
        month=cell.month,
        service_id=cell.service_id,
        instrument=cell.instrument,
        flags=cell.flags,
        moments=cell.moments.merge(other.moments) if sign > 0 else cell.moments - other.moments,
        timed=cell.timed + sign * other.timed,
        identified=cell.identified + sign * other.identified,
        scheduled=cell.scheduled + sign * other.scheduled,
    )


def _cell(month: int, key: tuple[int, str, int], same: Sequence[Flagged]) -> FlagCell:
    service_id, instrument, mask = key
    sheets = [one.sheet for one in same]
    return FlagCell(
        month=month,
        service_id=service_id,
        instrument=instrument,
        flags=mask,
        moments=Moments.from_answers(_answers(sheets), instruments.get(instrument).levels),
        timed=sum(s.duration_ms is not None for s in sheets),
        identified=sum(map(_identified, sheets)),
        scheduled=sum(one.scheduled for one in same),
    )


def _masks(sheets: Sequence[TracedSheet], hours: Sequence[tuple[float, float, float] | None]) -> list[int]:
    clients = sorted({_client(s) for s in sheets if has_neighbours(s)})
    numbers = {client: i for i, client in enumerate(clients)}
    known = np.array([h or (math.nan,) * 3 for h in hours], dtype=np.float64).reshape(-1, 3)
    local_hour, opens, closes = known.T
    responses = Responses(
        answers=_answers(sheets),
        duration=np.array([math.nan if s.duration_ms is None else s.duration_ms / 1000 for s in sheets]),
        client=np.array([numbers[_client(s)] if has_neighbours(s) else -1 for s in sheets], dtype=np.int64),
        time=np.array([s.answered_at.timestamp() for s in sheets]),
        local_hour=local_hour,
        opens=opens,
        closes=closes,
    )
    found = flag_responses(responses, _RULES)
    return [int(mask) | _kept(sheet) for mask, sheet in zip(found, sheets, strict=True)]


def _kept(sheet: TracedSheet) -> int:
    """Flags of a device that was forgotten: found while it was known, and never again."""
    return sheet.flags & _OF_DEVICE if _identified(sheet) and sheet.client_id == "" else 0


def _client(sheet: TracedSheet) -> Client:
    """Who gave an answer: only on the kiosk's channel is a name proved, so elsewhere it is another's."""
    return sheet.channel, sheet.client_id or ""


def _identified(sheet: TracedSheet) -> bool:
    """True when it was known which device gave the answer, and when; the empty name is a forgotten one."""
    live = sheet.channel not in _TYPED and sheet.time_source in _CLOCKS
    return live and sheet.client_id is not None


def _at_the_counter(sheet: TracedSheet) -> bool:
    return sheet.channel in _AT_THE_COUNTER and sheet.time_source in _CLOCKS


def _answers(sheets: Sequence[TracedSheet]) -> IntArray:
    """(n, k) scores; where forms of different length meet, the shorter one is filled up as not answered."""
    k = max((len(s.scores) for s in sheets), default=1)
    digits = np.frombuffer("".join(s.scores.ljust(k, "0") for s in sheets).encode("ascii"), dtype=np.uint8)
    return (digits.reshape(len(sheets), k) - ord("0")).astype(np.int64)
