"""What readers said of comments: every judgement is appended, and the last one of a comment stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.responses import COUNTS
from survey_app.storage.tables import comment_judgement, response, unit


@dataclass(frozen=True, kw_only=True)
class StoredJudgement:
    """One judgement of the comment of the response `seq` of a unit; `stands` is False where it is taken back.

    `draw`, `frame`, `stratum`, `probability`, `rate`: how the comment was drawn. `unsur`: keys with blanks
    between. `role`: in which role somebody judged.
    """

    unit_id: int
    seq: int
    draw: int
    frame: str
    stratum: str
    probability: float
    rate: float
    unsur: str
    kind: str
    urgent: bool
    stands: bool
    role: str
    judged_at: datetime


_T = comment_judgement.c
_COLUMNS = tuple(_T[name] for name in StoredJudgement.__dataclass_fields__)


def append(connection: Connection, new: StoredJudgement) -> bool:
    """Append a judgement; False where the response has no comment any more, or does not count."""
    if not _locked(connection, new):
        return False
    _append(connection, new)
    return True


def take_back(connection: Connection, nothing: StoredJudgement) -> bool:
    """Append that what was said in the draw of `nothing` does not stand; False as `append`.

    What somebody else said of it, who was asked at the same time, is appended anew and stands again.
    """
    if not _locked(connection, nothing):
        return False
    of_it = (_T.unit_id == nothing.unit_id) & (_T.seq == nothing.seq)
    rows = connection.execute(sa.select(*_COLUMNS).where(of_it).order_by(_T.turn))
    last = {judgement.draw: judgement for judgement in map(_stored, rows)}
    if nothing.draw in last and last.pop(nothing.draw).stands:
        _append(connection, nothing)
        others = [judgement for judgement in last.values() if judgement.stands]
        if others:
            _append(connection, others[-1])
    return True


def _locked(connection: Connection, new: StoredJudgement) -> bool:
    """The unit's row is the lock under which the number of a judgement is looked up; False as `append`."""
    connection.execute(sa.select(unit.c.id).where(unit.c.id == new.unit_id).with_for_update())
    its_comment = sa.select(response.c.seq).where(
        response.c.unit_id == new.unit_id, response.c.seq == new.seq, response.c.comment.is_not(None), COUNTS
    )
    return connection.execute(its_comment).first() is not None


def _append(connection: Connection, new: StoredJudgement) -> None:
    last = sa.select(sa.func.max(_T.turn)).where(_T.unit_id == new.unit_id, _T.seq == new.seq)
    turn = (connection.execute(last).scalar() or 0) + 1
    connection.execute(sa.insert(comment_judgement).values(vars(new) | {"turn": turn}))


def standing(
    connection: Connection, unit_ids: Sequence[int] | None, limit: int | None = None
) -> list[tuple[StoredJudgement, str]]:
    """Judgements that stand, of units (all by default), with their comments; the newest, `limit` at most.

    Where the comment was emptied since, or its file withdrawn, none stands: there is nothing to compare.
    """
    later = comment_judgement.alias()
    newer = sa.exists().where(later.c.unit_id == _T.unit_id, later.c.seq == _T.seq, later.c.turn > _T.turn)
    same = (response.c.seq == _T.seq) & (response.c.unit_id == _T.unit_id)
    query = (
        sa.select(*_COLUMNS, response.c.comment)
        .select_from(comment_judgement.join(response, same))
        .where(_T.stands, ~newer, response.c.comment.is_not(None), COUNTS)
        .order_by(_T.judged_at.desc(), _T.unit_id, _T.seq)
        .limit(limit)
    )
    if unit_ids is not None:
        query = query.where(_T.unit_id.in_(unit_ids))
    return [(_stored(row[:-1]), str(row[-1])) for row in connection.execute(query)]


def _stored(row: Sequence[Any]) -> StoredJudgement:
    return StoredJudgement(**dict(zip(StoredJudgement.__dataclass_fields__, row, strict=True)))
