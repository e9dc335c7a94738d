"""What emptied profiles said, as counts: who adds answers up adds these, and gets what stood there before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.responses import UNCOUNTED
from survey_app.storage.rollup import Cell, Key, Profile, add_profiles, written
from survey_app.storage.tables import kept_profile

#: Service, questionnaire and import (0 for none) of answers of a unit's month.
Place = tuple[int, str, int]


def counting(unit_id: int) -> list[sa.ColumnElement[bool]]:
    """What is kept of a unit's answers that count."""
    c = kept_profile.c
    return [c.unit_id == unit_id, c.import_id.not_in(UNCOUNTED)]


def of_import(import_id: int) -> list[sa.ColumnElement[bool]]:
    return [kept_profile.c.import_id == import_id]


def added(
    connection: Connection, cells: Iterable[Cell], which: Sequence[sa.ColumnElement[bool]]
) -> list[Cell]:
    """Sums of answers with what is kept of those of them that were emptied."""
    c = kept_profile.c
    kept: dict[Key, list[Profile]] = defaultdict(list)
    query = sa.select(c.unit_id, c.month, c.service_id, c.instrument, c.profile).where(*which)
    for *key, profile in connection.execute(query):
        kept[tuple(key)].append(json.loads(profile))
    return [
        cell._replace(chosen=written(add_profiles([cell.profile, *kept[cell.key]])))
        if cell.key in kept
        else cell
        for cell in cells
    ]


def add(connection: Connection, unit_id: int, month: int, counts: Mapping[Place, Profile]) -> None:
    """Keep counts of profiles beside those that are kept of the same place. Whoever calls it holds the folds'
    lock."""
    c = kept_profile.c
    for (service_id, instrument, import_id), profile in counts.items():
        place = {
            "unit_id": unit_id,
            "month": month,
            "service_id": service_id,
            "instrument": instrument,
            "import_id": import_id,
        }
        here = [c[name] == value for name, value in place.items()]
        before = connection.execute(sa.select(c.profile).where(*here)).scalar_one_or_none()
        total = profile if before is None else add_profiles([json.loads(before), profile])
        text = written(total)
        if before is None:
            connection.execute(sa.insert(kept_profile).values(**place, profile=text))
        else:
            connection.execute(sa.update(kept_profile).where(*here).values(profile=text))
