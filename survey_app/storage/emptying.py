"""Emptying what may be emptied of a month's answers, so that every number stays what it was.

Profiles are counted before, in the transaction that empties them; whatever rests on a device is in the flags.
What is told of answers that come later can still differ in one thing: from a device that is known no more no
other answer can be told to come.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage import comments, flags, folding, kept_profiles
from survey_app.storage.kept_profiles import Place
from survey_app.storage.rollup import IN_TAIL, Profile, count_profiles
from survey_app.storage.tables import ImportState, answer_import, response, tail

_STAGED = sa.select(answer_import.c.id).where(answer_import.c.state == ImportState.STAGED)
_NOTHING = "{}"


def empty(connection: Connection, unit_id: int, month: int, rules: str) -> bool:
    """Empty profile, comment, device and network of a unit's month; False, and nothing is done, while answers
    of it are in the tail or its flags are not those of its answers by `rules`.

    Rows of files that are staged keep theirs, as more of them may come. SQLite overwrites what stood there in
    its file; in its log `comments.empty_log` does.
    """
    folding.lock(connection)
    if _in_tail(connection, unit_id, month) or flags.is_waiting(connection, unit_id, month, rules):
        return False
    # While the folds are held nothing comes to these rows: neither from the tail nor from a file.
    rows = _rows(unit_id, month)
    kept_profiles.add(connection, unit_id, month, _chosen(connection, rows))
    comments.overwrite(connection)
    connection.execute(_emptied().where(*rows))
    return True


def _in_tail(connection: Connection, unit_id: int, month: int) -> bool:
    mine = (
        sa.select(tail.c.seq).select_from(IN_TAIL).where(tail.c.unit_id == unit_id, response.c.month == month)
    )
    return connection.execute(mine.limit(1)).first() is not None


def _rows(unit_id: int, month: int) -> list[sa.ColumnElement[bool]]:
    """Those in which something stands."""
    c = response.c
    return [
        c.unit_id == unit_id,
        c.month == month,
        ~sa.exists().where(tail.c.unit_id == unit_id, tail.c.seq == c.seq),
        c.import_id.is_(None) | c.import_id.not_in(_STAGED),
        (c.profile != _NOTHING)
        | c.comment.is_not(None)
        | (c.client_id.is_not(None) & (c.client_id != ""))
        | c.network.is_not(None),
    ]


def _chosen(connection: Connection, rows: list[sa.ColumnElement[bool]]) -> dict[Place, Profile]:
    c = response.c
    place = c.service_id, c.instrument, sa.func.coalesce(c.import_id, 0)
    query = sa.select(*place, c.profile, sa.func.count()).where(*rows, c.profile != _NOTHING)
    counts: dict[Place, dict[str, int]] = defaultdict(dict)
    for service_id, instrument, import_id, profile, times in connection.execute(
        query.group_by(*place, c.profile)
    ):
        counts[service_id, instrument, import_id][profile] = int(times)
    return {place: count_profiles(profiles) for place, profiles in counts.items()}


def _emptied() -> Any:
    """It stays known that there was a device."""
    client = sa.case((response.c.client_id.is_not(None), ""))
    return sa.update(response).values(profile=_NOTHING, comment=None, client_id=client, network=None)
