"""Emptying what may be emptied of a month's answers, so that every number stays what it was.

Profiles are counted before, in the transaction that empties them; whatever rests on a device is in the flags.
What is told of answers that come later can still differ in one thing: from a device that is known no more no
other answer can be told to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage import flags, folding, kept_profiles
from survey_app.storage.kept_profiles import Place
from survey_app.storage.rollup import IN_TAIL, Profile, count_profiles
from survey_app.storage.tables import ImportState, answer_import, response, tail

_STAGED = sa.select(answer_import.c.id).where(answer_import.c.state == ImportState.STAGED)
_NOTHING = "{}"


class Kind(StrEnum):
    """What may be emptied of an answer, each after a time of its own."""

    COMMENTS = "comments"
    PROFILES = "profiles"
    #: Which device and which network an answer came from.
    DEVICES = "devices"


EVERY_KIND = frozenset(Kind)
#: The last month (yyyymm) whose answers a kind is taken out of.
UpTo = Mapping[Kind, int]


def due(connection: Connection, up_to: UpTo) -> list[tuple[int, int]]:
    """(unit id, month) of which something stands that `up_to` takes out, the oldest month first."""
    c = response.c
    query = sa.select(c.unit_id, c.month).where(_over(up_to), _is_whole()).distinct()
    rows = connection.execute(query.order_by(c.month, c.unit_id))
    return [(int(unit_id), int(month)) for unit_id, month in rows]


def count(connection: Connection, up_to: UpTo) -> dict[Kind, int]:
    """Of how many answers `up_to` takes out something of each kind."""
    return {
        kind: _number(connection, [response.c.month <= month, _held(kind), _is_whole()])
        for kind, month in up_to.items()
    }


def standing(connection: Connection, response_id: UUID) -> tuple[int, frozenset[Kind]] | None:
    """The month of an answer and the kinds of which something stands in it; None where there is no answer."""
    query = sa.select(response.c.month, *(_held(kind) for kind in Kind)).where(response.c.id == response_id)
    row = connection.execute(query.order_by(response.c.seq)).first()
    if row is None:
        return None
    month, *held = row
    return int(month), frozenset(kind for kind, stands in zip(Kind, held, strict=True) if stands)


def empty(
    connection: Connection, unit_id: int, month: int, rules: str, kinds: Collection[Kind] = EVERY_KIND
) -> dict[Kind, int] | None:
    """Empty these kinds of a unit's month, and say of how many answers each; None, and nothing is done, while
    answers of it are in the tail or its flags are not those of its answers by `rules`.

    Rows of files that are staged keep theirs, as more of them may come. SQLite overwrites what stood there in
    its file; in its log `comments.empty_log` does.
    """
    folding.lock(connection)
    if _in_tail(connection, unit_id, month) or flags.is_waiting(connection, unit_id, month, rules):
        return None
    # While the folds are held nothing comes to these rows: neither from the tail nor from a file.
    if Kind.PROFILES in kinds:
        chosen = _chosen(connection, _rows(unit_id, month, Kind.PROFILES))
        kept_profiles.add(connection, unit_id, month, chosen)
    return {kind: _empty_kind(connection, unit_id, month, kind) for kind in Kind if kind in kinds}


def _in_tail(connection: Connection, unit_id: int, month: int) -> bool:
    mine = (
        sa.select(tail.c.seq).select_from(IN_TAIL).where(tail.c.unit_id == unit_id, response.c.month == month)
    )
    return connection.execute(mine.limit(1)).first() is not None


def _rows(unit_id: int, month: int, kind: Kind) -> list[sa.ColumnElement[bool]]:
    """Those in which something of the kind stands."""
    c = response.c
    return [
        c.unit_id == unit_id,
        c.month == month,
        ~sa.exists().where(tail.c.unit_id == unit_id, tail.c.seq == c.seq),
        _is_whole(),
        _held(kind),
    ]


def _is_whole() -> sa.ColumnElement[bool]:
    """Whether an answer is of no file, or of one to which nothing more comes."""
    return response.c.import_id.is_(None) | response.c.import_id.not_in(_STAGED)


def _over(up_to: UpTo) -> sa.ColumnElement[bool]:
    return sa.or_(*((response.c.month <= month) & _held(kind) for kind, month in up_to.items()))


def _held(kind: Kind) -> sa.ColumnElement[bool]:
    c = response.c
    match kind:
        case Kind.COMMENTS:
            return c.comment.is_not(None)
        case Kind.PROFILES:
            return c.profile != _NOTHING
        case Kind.DEVICES:
            return (c.client_id.is_not(None) & (c.client_id != "")) | c.network.is_not(None)


def _number(connection: Connection, which: list[sa.ColumnElement[bool]]) -> int:
    query = sa.select(sa.func.count()).select_from(response).where(*which)
    return int(connection.execute(query).scalar_one())


def _chosen(connection: Connection, rows: list[sa.ColumnElement[bool]]) -> dict[Place, Profile]:
    c = response.c
    place = c.service_id, c.instrument, sa.func.coalesce(c.import_id, 0)
    query = sa.select(*place, c.profile, sa.func.count()).where(*rows)
    counts: dict[Place, dict[str, int]] = defaultdict(dict)
    for service_id, instrument, import_id, profile, times in connection.execute(
        query.group_by(*place, c.profile)
    ):
        counts[service_id, instrument, import_id][profile] = int(times)
    return {place: count_profiles(profiles) for place, profiles in counts.items()}


def _empty_kind(connection: Connection, unit_id: int, month: int, kind: Kind) -> int:
    """Of a device it stays known that there was one."""
    emptied: dict[Kind, dict[str, Any]] = {
        Kind.COMMENTS: {"comment": None},
        Kind.PROFILES: {"profile": _NOTHING},
        Kind.DEVICES: {"client_id": sa.case((response.c.client_id.is_not(None), "")), "network": None},
    }
    change = sa.update(response).where(*_rows(unit_id, month, kind)).values(emptied[kind])
    return int(connection.execute(change).rowcount)
