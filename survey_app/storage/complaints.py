"""What is done about complaints: every step is appended, and the last one of a comment is how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.parts import in_parts
from survey_app.storage.responses import COUNTS, Comment
from survey_app.storage.tables import complaint_step, response, unit


@dataclass(frozen=True, kw_only=True)
class StoredStep:
    """One step for the comment of the response `seq` of a unit; the first has turn 1.

    `owner` is a position; `reply_id` and `reply_en` are what the citizen reads; `action` is the follow-up
    that was made of it; `role` is in which role it was done.
    """

    unit_id: int
    seq: int
    turn: int
    state: str
    owner: str
    reply_id: str
    reply_en: str
    action: UUID | None
    role: str
    changed_at: datetime


_T = complaint_step.c
_COLUMNS = tuple(_T[name] for name in StoredStep.__dataclass_fields__)
_later = complaint_step.alias("later")
_IS_LAST = ~sa.exists().where(
    _later.c.unit_id == _T.unit_id, _later.c.seq == _T.seq, _later.c.turn == _T.turn + 1
)
_SAME = (response.c.seq == _T.seq) & (response.c.unit_id == _T.unit_id)


def append(connection: Connection, unit_id: int, steps: Sequence[StoredStep]) -> bool:
    """Append a step for each of some comments of a unit, or none of them.

    False where one has no comment any more, does not count, or another step took its turn meanwhile. The
    unit's row is the lock under which the turns are looked up.
    """
    connection.execute(sa.select(unit.c.id).where(unit.c.id == unit_id).with_for_update())
    meant = {step.seq: step.turn - 1 for step in steps}
    there, taken = set[int](), dict[int, int]()
    for part in in_parts(meant):
        r = response.c
        commented = (r.unit_id == unit_id, r.seq.in_(part), r.comment.is_not(None), COUNTS)
        there.update(connection.execute(sa.select(r.seq).where(*commented)).scalars())
        last = sa.select(_T.seq, sa.func.max(_T.turn)).where(_T.unit_id == unit_id, _T.seq.in_(part))
        taken.update((row[0], row[1]) for row in connection.execute(last.group_by(_T.seq)))
    if there != set(meant) or any(taken.get(seq, 0) != turn for seq, turn in meant.items()):
        return False
    connection.execute(sa.insert(complaint_step), [vars(step) for step in steps])
    return True


def steps(
    connection: Connection, unit_ids: Sequence[int] | None, months: tuple[int, int]
) -> list[tuple[StoredStep, datetime]]:
    """Every step for comments of units (all by default) in an inclusive range of months, in the order they
    were made, each with the moment its comment arrived."""
    query = (
        sa.select(*_COLUMNS, response.c.received_at)
        .select_from(complaint_step.join(response, _SAME))
        .where(response.c.month.between(*months), COUNTS)
        .order_by(_T.changed_at, _T.unit_id, _T.seq, _T.turn)
    )
    rows = connection.execute(_of_units(query, unit_ids))
    return [(_stored(row[:-1]), row[-1]) for row in rows]


def standing(
    connection: Connection, unit_ids: Sequence[int] | None, months: tuple[int, int], states: Sequence[str]
) -> list[tuple[Comment, StoredStep]]:
    """Comments that have been taken in hand, each with its last step: those in an inclusive range of months,
    and, however old, those whose last step has one of `states`."""
    r = response.c
    query = (
        sa.select(r.unit_id, r.service_id, r.answered_at, r.comment, r.seq, r.received_at, *_COLUMNS)
        .select_from(complaint_step.join(response, _SAME))
        .where(_IS_LAST, r.comment.is_not(None), COUNTS)
        .where(r.month.between(*months) | _T.state.in_(states))
        .order_by(r.answered_at.desc(), r.seq.desc())
    )
    rows = connection.execute(_of_units(query, unit_ids))
    return [(Comment(*row[:6]), _stored(row[6:])) for row in rows]


def of_response(connection: Connection, unit_id: int, response_id: UUID) -> StoredStep | None:
    """The last step for the comment of a response to a unit; None where there is none."""
    query = (
        sa.select(*_COLUMNS)
        .select_from(complaint_step.join(response, _SAME))
        .where(response.c.id == response_id, response.c.unit_id == unit_id, _IS_LAST, COUNTS)
    )
    row = connection.execute(query).first()
    return None if row is None else _stored(row)


def _of_units(query: sa.Select[Any], unit_ids: Sequence[int] | None) -> sa.Select[Any]:
    return query if unit_ids is None else query.where(_T.unit_id.in_(unit_ids))


def _stored(row: Sequence[Any]) -> StoredStep:
    return StoredStep(**dict(zip(StoredStep.__dataclass_fields__, row, strict=True)))
