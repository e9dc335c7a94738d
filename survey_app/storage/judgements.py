"""What readers said of comments: every judgement is appended, and the last one of a comment stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """Append a judgement; False where the response has no comment any more, or does not count.

    The unit's row is the lock under which the number of the judgement is looked up.
    """
    connection.execute(sa.select(unit.c.id).where(unit.c.id == new.unit_id).with_for_update())
    its_comment = sa.select(response.c.seq).where(
        response.c.unit_id == new.unit_id, response.c.seq == new.seq, response.c.comment.is_not(None), COUNTS
    )
    if connection.execute(its_comment).first() is None:
        return False
    last = sa.select(sa.func.max(_T.turn)).where(_T.unit_id == new.unit_id, _T.seq == new.seq)
    turn = (connection.execute(last).scalar() or 0) + 1
    connection.execute(sa.insert(comment_judgement).values(vars(new) | {"turn": turn}))
    return True


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
    names = StoredJudgement.__dataclass_fields__
    return [
        (StoredJudgement(**dict(zip(names, row[:-1], strict=True))), str(row[-1]))
        for row in connection.execute(query)
    ]
