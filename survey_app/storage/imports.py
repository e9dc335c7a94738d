"""What is known of answers that came from files: whose they are, and which of them have no date."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.errors import Conflict
from survey_app.storage.parts import in_parts
from survey_app.storage.responses import COUNTS
from survey_app.storage.tables import ImportState, answer_import, response, unit
from survey_app.text import Text

#: Written out, as only then the databases see that the index of undated answers has them all.
_UNDATED = response.c.time_source == sa.literal_column("'period'")
#: The first 48 bits of a UUIDv7: its moment in milliseconds. SQLite keeps ids without hyphens.
_ID_MOMENT = sa.func.substr(sa.func.replace(sa.cast(response.c.id, sa.String), "-", ""), 1, 12)


@dataclass(frozen=True)
class AnswerImport:
    """A file that was imported for a unit, by the digest of its content; its rows count while it does.

    `turn` is above 0 where rows of the same file were stored before and count for nobody.
    """

    id: int
    digest: str
    state: ImportState
    turn: int = 0


@dataclass(frozen=True, kw_only=True)
class ToldImport:
    """An import as it is told to people: `rows` are stored, and count while its state says so.

    Attributes:
        unit_id: whose answers they are.
        withdrawn_by: the id of a role; None where nobody withdrew it, also where it was never finished.
    """

    id: int
    unit_id: int
    digest: str
    state: ImportState
    rows: int
    made_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    reason: str | None


@dataclass(frozen=True)
class UndatedRows:
    """Rows of one import without a date: the moment their ids begin with, and the month they lie in."""

    import_id: int | None
    milliseconds: int
    month: int
    n: int


@dataclass(frozen=True)
class ImportedSheet:
    """A sheet that came from a file; `undated` when it stands in the last month of a period."""

    answered_at: datetime
    undated: bool
    instrument: str
    scores: str
    comment: str | None


@dataclass(frozen=True)
class UndatedCell:
    """Answers without a date of a service's month, to one questionnaire."""

    month: int
    service_id: int
    instrument: str
    n: int


def lock(connection: Connection, unit_id: int) -> None:
    """Let imports for one unit come after one another; answers of its citizens do not wait."""
    row = sa.select(unit.c.id).where(unit.c.id == unit_id)
    connection.execute(row.with_for_update(key_share=True))


def begin(connection: Connection, unit_id: int, digest: str, now: datetime, turn: int = 0) -> int:
    """A new import, of which no row counts before `folding.count_import`; its number."""
    values = {
        "unit_id": unit_id,
        "digest": digest,
        "state": ImportState.STAGED,
        "made_at": now,
        "turn": turn,
    }
    made = connection.execute(sa.insert(answer_import).values(values).returning(answer_import.c.id))
    return int(made.scalar_one())


def switch(connection: Connection, import_id: int, before: ImportState, after: ImportState) -> None:
    """Change the state of an import, and with it what all its rows are.

    Raises: Conflict `import-state` when it is not as it was thought to be.
    """
    c = answer_import.c
    update = sa.update(answer_import).where(c.id == import_id, c.state == before).values(state=after)
    if connection.execute(update).rowcount == 0:
        raise _changed(import_id)


def require_state(connection: Connection, import_id: int, state: ImportState) -> None:
    """Raises: Conflict `import-state` when an import has another state."""
    if state_of(connection, import_id) is not state:
        raise _changed(import_id)


def _changed(import_id: int) -> Conflict:
    text = Text(
        "Impor {number} sudah berubah sejak halaman ini dibuka. Muat ulang halaman, lalu periksa lagi.",
        "Import {number} has changed since this page was opened. Reload the page, then check again.",
    )
    return Conflict("import-state", text.format(number=import_id))


def abandon(connection: Connection, import_id: int, now: datetime) -> None:
    """Let a staged import never count; nothing where it is staged no more."""
    c = answer_import.c
    staged = sa.update(answer_import).where(c.id == import_id, c.state == ImportState.STAGED)
    connection.execute(staged.values(state=ImportState.WITHDRAWN, withdrawn_at=now))


def abandon_unfinished(connection: Connection, before: datetime, now: datetime) -> None:
    """`abandon` every import that was begun before a moment and is staged still: nobody is at work on it."""
    c = answer_import.c
    left = sa.update(answer_import).where(c.state == ImportState.STAGED, c.made_at < before)
    connection.execute(left.values(state=ImportState.WITHDRAWN, withdrawn_at=now))


def note_withdrawal(connection: Connection, import_id: int, now: datetime, role: str, reason: str) -> None:
    """Write down when an import was withdrawn, in which role and why."""
    update = sa.update(answer_import).where(answer_import.c.id == import_id)
    connection.execute(update.values(withdrawn_at=now, withdrawn_by=role, reason=reason))


def state_of(connection: Connection, import_id: int) -> ImportState:
    """Whether the rows of an import count now."""
    query = sa.select(answer_import.c.state).where(answer_import.c.id == import_id)
    return ImportState(connection.execute(query).scalar_one())


def rows_of(connection: Connection, import_id: int) -> int:
    """How many rows of an import are stored, whatever its state."""
    query = sa.select(sa.func.count()).where(response.c.import_id == import_id)
    return int(connection.execute(query).scalar_one())


def of_unit(connection: Connection, unit_id: int) -> list[AnswerImport]:
    """A unit's imports, the first one first."""
    c = answer_import.c
    query = sa.select(c.id, c.digest, c.state, c.turn).where(c.unit_id == unit_id).order_by(c.id)
    return [
        AnswerImport(number, digest, ImportState(state), turn)
        for number, digest, state, turn in connection.execute(query)
    ]


def told_of_unit(connection: Connection, unit_id: int) -> list[ToldImport]:
    """A unit's imports as they are told, the newest first."""
    return _told(connection, answer_import.c.unit_id == unit_id)


def told(connection: Connection, import_id: int) -> ToldImport | None:
    """An import as it is told; None when there is none of that number."""
    return next(iter(_told(connection, answer_import.c.id == import_id)), None)


def _told(connection: Connection, wanted: sa.ColumnElement[bool]) -> list[ToldImport]:
    c = answer_import.c
    rows = sa.select(sa.func.count()).where(response.c.import_id == c.id).scalar_subquery()
    columns = [c[name] for name in ToldImport.__dataclass_fields__ if name != "rows"]
    found = connection.execute(sa.select(*columns, rows.label("rows")).where(wanted).order_by(c.id.desc()))
    return [ToldImport(**{**row, "state": ImportState(row["state"])}) for row in map(dict, found.mappings())]


def undated_rows(connection: Connection, unit_id: int) -> list[UndatedRows]:
    """All of a unit's undated rows that count, counted by import, moment of their ids and month."""
    c = response.c
    keys = c.import_id, _ID_MOMENT.label("moment"), c.month
    query = sa.select(*keys, sa.func.count()).where(c.unit_id == unit_id, _UNDATED, COUNTS).group_by(*keys)
    return [
        UndatedRows(import_id, int(moment, 16), int(month), int(n))
        for import_id, moment, month, n in connection.execute(query)
    ]


def undated_cells(connection: Connection, unit_id: int, months: tuple[int, int]) -> list[UndatedCell]:
    """How many answers of a unit have no date, in an inclusive range of months."""
    c = response.c
    keys = c.month, c.service_id, c.instrument
    mine = c.unit_id == unit_id, c.month.between(*months), _UNDATED, COUNTS
    query = sa.select(*keys, sa.func.count()).where(*mine)
    return [UndatedCell(*row) for row in connection.execute(query.group_by(*keys))]


def stored_scores(connection: Connection, unit_id: int, ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """Instrument and scores of those of `ids` that are stored for a unit and count."""
    c, found = response.c, dict[UUID, tuple[str, str]]()
    query = sa.select(c.id, c.instrument, c.scores).where(c.unit_id == unit_id, COUNTS)
    for part in in_parts(ids):
        rows = connection.execute(query.where(c.id.in_(part)))
        found.update({row.id: (row.instrument, row.scores) for row in rows})
    return found


def counts(connection: Connection, unit_id: int, months: tuple[int, int]) -> Mapping[int | None, int]:
    """How many rows that count each import of a unit has in an inclusive range of months."""
    c = response.c
    query = sa.select(c.import_id, sa.func.count()).where(
        c.unit_id == unit_id, c.month.between(*months), c.import_id.is_not(None), COUNTS
    )
    rows = connection.execute(query.group_by(c.import_id))
    return {import_id: int(times) for import_id, times in rows}


def sheets(
    connection: Connection, unit_id: int, months: Collection[int], but: Collection[int]
) -> list[ImportedSheet]:
    """A unit's sheets that stand in `months`, count and came from other imports than `but`."""
    c = response.c
    columns = c.answered_at, _UNDATED, c.instrument, c.scores, c.comment
    query = sa.select(*columns).where(
        c.unit_id == unit_id,
        c.month.in_(months),
        c.import_id.is_not(None),
        c.import_id.not_in(but),
        COUNTS,
    )
    return [ImportedSheet(*row) for row in connection.execute(query)]
