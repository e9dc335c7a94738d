"""Which answers came with which file, and whether they count: what rules about small groups have to know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import ImportState, answer_import, response, unit

#: Characters of a digest that every import has.
_KEPT = 32


@dataclass(frozen=True)
class StoredFile:
    """An import. `name` is the same on any database: the file's digest, and which of its imports it is."""

    id: int
    name: str
    state: ImportState
    made_at: datetime


def of_units(connection: Connection, unit_ids: Collection[int]) -> dict[int, list[StoredFile]]:
    """The files of these units, the first one first; units without any are left out."""
    c = answer_import.c
    query = sa.select(c.id, c.unit_id, c.digest, c.state, c.made_at).where(c.unit_id.in_(unit_ids))
    found: defaultdict[int, list[StoredFile]] = defaultdict(list)
    times = Counter[tuple[int, str]]()
    for number, unit_id, digest, state, made_at in connection.execute(query.order_by(c.id)):
        kept = digest[:_KEPT]
        times[unit_id, kept] += 1
        name = f"{kept}-{times[unit_id, kept]}"
        found[unit_id].append(StoredFile(number, name, ImportState(state), made_at))
    return dict(found)


def withdrawn_from(connection: Connection) -> set[int]:
    """The units of which a file was withdrawn."""
    c = answer_import.c
    query = sa.select(c.unit_id).where(c.state == ImportState.WITHDRAWN).distinct()
    return set(connection.execute(query).scalars())


def of_withdrawing(connection: Connection) -> dict[str, list[StoredFile]]:
    """The files of every unit of which any was withdrawn, by the unit's code."""
    ids = withdrawn_from(connection)
    if not ids:
        return {}
    rows = connection.execute(sa.select(unit.c.id, unit.c.code).where(unit.c.id.in_(ids)))
    codes = {row.id: row.code for row in rows}
    return {codes[number]: files for number, files in of_units(connection, ids).items()}


def people(connection: Connection, file_ids: Collection[int]) -> Mapping[int, Mapping[tuple[int, str], int]]:
    """How many answers of each file there are by month (yyyymm) and questionnaire, counting or not."""
    c = response.c
    keys = c.import_id, c.month, c.instrument
    query = sa.select(*keys, sa.func.count()).where(c.import_id.in_(file_ids)).group_by(*keys)
    found: defaultdict[int, dict[tuple[int, str], int]] = defaultdict(dict)
    for number, month, ref, n in connection.execute(query):
        found[number][int(month), ref] = int(n)
    return found
