"""Which sheets of a file are in already, from another file: one that has grown holds the old ones again.

Two sheets are one where moment, answers and comment are the same. A time of day to the second makes that
sure; where there is only a day, or nothing, two people may have answered alike, and whoever imports is asked.
So they are where a sheet has the moment of a stored one and says something else: it may have been corrected.
Sheets are counted: of three alike, where two are stored, one is new. A stored sheet without a comment may
have had one that was emptied since: whoever imports is asked about one that is alike but for its comment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from copy import copy
from datetime import datetime, time
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics.text import redact
from survey_app.errors import Refused
from survey_app.services.answers.intake import TimeSource
from survey_app.services.imports.row_ids import FileOrigin, period_of
from survey_app.storage import imports
from survey_app.storage.database import Connection
from survey_app.storage.imports import ImportedSheet
from survey_app.storage.responses import NewResponse
from survey_app.text import Text

#: What sheets are that equal stored ones: those, or further ones that happen to be alike.
Equal = Literal["known", "further"]

#: Questionnaire, scores, comment.
_Content = tuple[str, str, str | None]

#: Stands for the time of day where a file has none.
NOON = time(12)


def known_elsewhere(
    connection: Connection,
    source: FileOrigin,
    prepared: Sequence[NewResponse],
    timed: Collection[UUID],
    zone: ZoneInfo,
    equal: Equal | None,
) -> set[UUID]:
    """The ids of those of `prepared` that other files have brought.

    Args:
        timed: the ids of those whose file tells a time of day.
        zone: the unit's.
        equal: what sheets are whose moment cannot tell.

    Raises:
        Refused: `sheets-equal` or `sheets-changed` when that needs to be said.
    """
    if not prepared:
        return set()
    stored = _stored(connection, source, prepared)
    new = [_Sheet.of_new(row, zone, row.id in timed) for row in prepared]
    old = [_Sheet.of_stored(row, zone) for row in stored]
    sure = _matched([s for s in new if s.timed], [s for s in old if s.timed], _moment)
    rest = [s for s in new if s.id not in sure]
    alike = _alike(rest, old, sure_of=[s for s in new if s.id in sure])
    alike |= _emptied([s for s in rest if s.id not in alike], _without(old, [s for s in new if s.id in sure]))
    if alike and equal is None:
        raise _equal_sheets(len(alike), len(prepared))
    changed = _changed([s for s in rest if s.id not in alike], new, old)
    if changed and equal is None:
        raise _changed_sheets(len(changed), len(prepared))
    if equal == "further":
        # It answers what would have been asked; where nothing would, it is about those that are sure.
        return sure if alike or changed else set()
    return sure | alike | changed


class _Sheet:
    """What is compared of a sheet. `day` None: it has no date."""

    def __init__(self, moment: datetime, undated: bool, content: _Content, zone: ZoneInfo) -> None:
        local = moment.astimezone(zone).replace(microsecond=0)
        self.moment, self.content = local, content
        self.day = None if undated else local.date()
        self.timed = not undated and local.time() != NOON
        self.id = UUID(int=0)

    @classmethod
    def of_new(cls, row: NewResponse, zone: ZoneInfo, timed: bool) -> _Sheet:
        undated = row.time_source == TimeSource.PERIOD
        sheet = cls(row.answered_at, undated, _content(row), zone)
        sheet.id, sheet.timed = row.id, sheet.timed and timed
        return sheet

    @classmethod
    def of_stored(cls, row: ImportedSheet, zone: ZoneInfo) -> _Sheet:
        return cls(row.answered_at, row.undated, _content(row), zone)

    @property
    def commented(self) -> bool:
        return self.content[-1] is not None

    def bare(self) -> _Sheet:
        """The same without its comment."""
        sheet = copy(self)
        sheet.content = (*self.content[:-1], None)
        return sheet


def _content(row: NewResponse | ImportedSheet) -> _Content:
    """What a sheet says. Personal numbers are taken out: of an old comment they may not be yet."""
    return row.instrument, row.scores, redact(row.comment) if row.comment else None


def _moment(sheet: _Sheet) -> Hashable:
    return sheet.moment, sheet.content


def _day(sheet: _Sheet) -> Hashable:
    return sheet.day, sheet.content


def _alike(rest: Sequence[_Sheet], old: Sequence[_Sheet], sure_of: Sequence[_Sheet]) -> set[UUID]:
    """Of the rest those that equal a stored one of their day: one of the two without a time of day."""
    untimed = [s for s in old if not s.timed]
    timed = _without([s for s in old if s.timed], sure_of)
    first = _matched([s for s in rest if not s.timed], untimed + timed, _day)
    used = [s for s in rest if s.id in first]
    return first | _matched([s for s in rest if s.timed], _without(untimed, used, _day), _day)


def _emptied(rest: Sequence[_Sheet], old: Sequence[_Sheet]) -> set[UUID]:
    """Of the rest those with a comment that are otherwise a stored one without: it may have been emptied.

    Asked for a pair too many rather than counted twice: what was matched by its day may be among `old`.
    """
    bare = [s.bare() for s in rest if s.commented]
    left = [s.bare() for s in old if not s.commented]
    sure = _matched([s for s in bare if s.timed], [s for s in left if s.timed], _moment)
    return sure | _alike([s for s in bare if s.id not in sure], left, [s for s in bare if s.id in sure])


def _changed(rest: Iterable[_Sheet], new: Iterable[_Sheet], old: Iterable[_Sheet]) -> set[UUID]:
    """Of the rest those whose moment one stored sheet has, and no other of the file."""
    here, there = (Counter(s.moment for s in sheets if s.timed) for sheets in (new, old))
    return {s.id for s in rest if s.timed and here[s.moment] == there[s.moment] == 1}


def _without(
    sheets: Iterable[_Sheet], gone: Iterable[_Sheet], key: Callable[[_Sheet], Hashable] = _moment
) -> list[_Sheet]:
    left, kept = Counter(map(key, gone)), []
    for sheet in sheets:
        if left[key(sheet)] > 0:
            left[key(sheet)] -= 1
        else:
            kept.append(sheet)
    return kept


def _matched(new: Iterable[_Sheet], old: Iterable[_Sheet], key: Callable[[_Sheet], Hashable]) -> set[UUID]:
    """The new ones that have a partner among the old, each old one taken once."""
    left, found = Counter(map(key, old)), set()
    for sheet in new:
        if left[key(sheet)] > 0:
            left[key(sheet)] -= 1
            found.add(sheet.id)
    return found


def _stored(
    connection: Connection, source: FileOrigin, prepared: Sequence[NewResponse]
) -> list[ImportedSheet]:
    """What other files brought into the months of the file, and without a date into periods that overlap."""
    unit_id = prepared[0].unit_id
    months = {row.month for row in prepared}
    undated = imports.undated_rows(connection, unit_id)
    months |= {rows.month for rows in undated if period_of(rows).overlaps(source.period)}
    own = {before.id for before in imports.of_unit(connection, unit_id) if source.made(before)}
    return imports.sheets(connection, unit_id, months, but=own)


def _equal_sheets(alike: int, rows: int) -> Refused:
    text = Text(
        "{alike} dari {rows} lembar sama persis (tanggal, jawaban, serta masukan selama masih disimpan) "
        "dengan yang sudah diimpor dari berkas lain. Sebutkan --equal known jika itu lembar yang sama "
        "(hanya yang baru ditambahkan), atau --equal further jika orang lain menjawab sama.",
        "Sheets with the same date, answers and, as long as it is kept, comment as ones already imported "
        "from another file: {alike} of {rows}. Give --equal known if they are the same sheets (only what is "
        "new is added), or --equal further if other people gave the same answers.",
    )
    return Refused("sheets-equal", text.format(alike=alike, rows=rows))


def _changed_sheets(changed: int, rows: int) -> Refused:
    text = Text(
        "{changed} dari {rows} lembar memiliki tanggal dan jam yang sama dengan lembar yang sudah "
        "diimpor dari berkas lain, tetapi jawaban atau masukannya berbeda: mungkin diubah setelah "
        "diimpor. Sebutkan --equal known jika itu lembar yang sama (tetap seperti sudah tersimpan), atau "
        "--equal further jika itu orang lain.",
        "Sheets with the date and time of one already imported from another file, but with different "
        "answers or another comment: {changed} of {rows}. They may have been edited since. Give --equal "
        "known if they are the same sheets (they stay as stored), or --equal further if they are other "
        "people's.",
    )
    return Refused("sheets-changed", text.format(changed=changed, rows=rows))
