"""The id of an imported row, and the period that rows without a date were imported for.

An id is made from what a row is: the unit, the content of its file, and the line. So the same file imported
twice has the same ids, and counts once. Like every UUIDv7 an id begins with a moment, in milliseconds. Here
this is midnight (UTC) of

- the row's day, where it has one: such a row is the same whatever period it is imported for;
- else the first day of the period, which then is part of what the row is.

A row without a date is stored in the last month of its period. Which period that was is written nowhere; the
first day (in the id) and the last month (where the row is stored) tell it together:

    imported for   its id begins with   it is stored in
    2019           1 January 2019       December 2019
    2019-S1        1 January 2019       June 2019
    2019-TW2       1 April 2019         June 2019
    2019-06        1 June 2019          June 2019

A file of which stored rows count for nobody, as it was withdrawn or never finished, comes again in another
turn, which is part of what its rows are; the first turn, 0, is not written. So its rows can be stored anew:
ids are never free again. A turn is above those of all imports of the file whose rows do not count.

Limits. This works because no two calendar periods have the same first day and the same last month, and only
for rows that are marked as undated. Rows of which the two do not belong to one period were not written here:
they are taken for imported for the month they are stored in. The moment has 48 bits, of which the highest is
the sign, so that periods before 1970 have one too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from analytics import Period
from survey_app.services.answers.ids import uuid7
from survey_app.storage.imports import AnswerImport, UndatedRows
from survey_app.storage.tables import ImportState

_KINDS = ("month", "quarter", "semester", "year")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT_BITS = 48
#: Characters of a digest that every import has.
_KEPT = 32


@dataclass(frozen=True)
class FileOrigin:
    """A file, by the `digest` of its content, imported for a unit and period.

    Attributes:
        turn: of the rows that are new.
        counted: the other turns in which rows of it count.
    """

    unit: str
    digest: str
    period: Period
    turn: int = 0
    counted: tuple[int, ...] = ()

    def after(self, before: Iterable[AnswerImport]) -> FileOrigin:
        """The same in the turn that follows the unit's imports so far."""
        mine = [one for one in before if self.made(one)]
        turn = 1 + max((one.turn for one in mine if one.state is not ImportState.COUNTED), default=-1)
        counted = {one.turn for one in mine if one.state is ImportState.COUNTED}
        return replace(self, turn=turn, counted=tuple(sorted(counted - {turn})))

    def made(self, before: AnswerImport) -> bool:
        """Whether an import is of this file; of the first ones half of the digest was kept."""
        return before.digest[:_KEPT] == self.digest[:_KEPT]

    def row_id(self, line: int, day: date | None) -> UUID:
        """The id of a line; `day` is None where it has no date."""
        begins_with = day or self.period.first_day
        parts = [self.unit, self.digest, str(line), "" if day else str(self.period)]
        parts += [str(self.turn)] if self.turn else []
        bits = int.from_bytes(hashlib.sha256("/".join(parts).encode()).digest())
        moment = datetime.combine(begins_with, time(), UTC)
        return uuid7(moment, lambda count: (bits >> count) & ((1 << count) - 1))

    def other_ids(self, line: int, day: date | None) -> list[UUID]:
        """The ids under which the same line may be stored and count, beside `row_id`."""
        return [replace(self, turn=turn).row_id(line, day) for turn in self.counted]

    def ids(self, line: int, day: date | None) -> list[UUID]:
        """All ids under which a line may be stored and count."""
        return [self.row_id(line, day), *self.other_ids(line, day)]


def period_of(rows: UndatedRows) -> Period:
    """What undated rows were imported for: it begins with the day of their ids and ends with their month."""
    first_day = _day(rows.milliseconds)
    for kind in _KINDS:
        period = Period.containing(first_day, kind)
        if (period.first_day, period.month_range[1]) == (first_day, rows.month):
            return period
    return Period.of_month(rows.month)


def _day(milliseconds: int) -> date:
    """The day an id begins with."""
    before_1970 = milliseconds >> (_MOMENT_BITS - 1)
    signed = milliseconds - (before_1970 << _MOMENT_BITS)
    return (_EPOCH + timedelta(milliseconds=signed)).date()


def digest(path: Path, sheet: str | None) -> str:
    """Of a file's content and, where it is not a workbook's first, of the sheet that is read."""
    return hashlib.sha256(path.read_bytes() + f"/{sheet}".encode() * (sheet is not None)).hexdigest()
