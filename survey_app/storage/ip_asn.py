"""Scores of IP ASN as imports brought them.

PNS and PPPK come in files of their own, so for each unit and status the latest import of a year counts.
Somebody who moved stands in two units' files: the person counts where the latest of these files has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from survey_app.storage.tables import ipasn_import, ipasn_score, ipasn_sums

#: How many imports a year has, and the last one's id.
Version = tuple[int, int]
#: Of an import and of one of its scores, in the order of `Import` and of `_stored`.
_COLUMNS = (*ipasn_import.c, *ipasn_score.c)


@dataclass(frozen=True, kw_only=True)
class StoredScore:
    """One employee's dimension scores, in the order of the dimensions; None where there is none."""

    person: str
    unit_id: int
    status: str
    penyetaraan: bool
    scores: tuple[Decimal | None, ...]
    recorded: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """How many staff of a unit, measured by the same rules, have the same scores."""

    unit_id: int
    ruleset: str
    status: str
    penyetaraan: bool
    scores: tuple[Decimal | None, ...]
    recorded: tuple[bool, ...]
    staff: int


@dataclass(frozen=True)
class Import:
    """One file's measurement of a year."""

    id: int
    year: int
    ruleset: str
    measured_on: date
    digest: str
    imported_at: datetime


def find_import(connection: Connection, year: int, ruleset: str, digest: str) -> Import | None:
    query = sa.select(ipasn_import).where(
        ipasn_import.c.year == year, ipasn_import.c.ruleset == ruleset, ipasn_import.c.digest == digest
    )
    row = connection.execute(query).first()
    return None if row is None else Import(*row)


def add_import(
    connection: Connection,
    year: int,
    ruleset: str,
    measured_on: date,
    digest: str,
    imported_at: datetime,
    scores: Sequence[StoredScore],
) -> int | None:
    """Store a file's scores beside those of earlier files; the import's id, None if it is stored already."""
    values = {
        "year": year,
        "ruleset": ruleset,
        "measured_on": measured_on,
        "digest": digest,
        "imported_at": imported_at,
    }
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(ipasn_import).values(values).on_conflict_do_nothing()
    key = connection.execute(statement.returning(ipasn_import.c.id)).scalar_one_or_none()
    if key is not None and scores:
        connection.execute(sa.insert(ipasn_score), [_row(key, score) for score in scores])
    return key


def years(connection: Connection) -> list[int]:
    """Years with at least one import, ascending."""
    query = sa.select(ipasn_import.c.year).distinct().order_by(ipasn_import.c.year)
    return [int(year) for year in connection.execute(query).scalars()]


def version(connection: Connection, year: int) -> Version:
    """How many imports the year has and the last one's id; it changes whenever the scores that count do."""
    columns = sa.func.count(ipasn_import.c.id), sa.func.coalesce(sa.func.max(ipasn_import.c.id), 0)
    count, last = connection.execute(sa.select(*columns).where(ipasn_import.c.year == year)).one()
    return int(count), int(last)


def scores(
    connection: Connection, year: int, unit_ids: Sequence[int] | None = None
) -> list[tuple[Import, StoredScore]]:
    """The scores that count for a year: each person's latest, if the unit's latest import still has it."""
    counting = _counting(year)
    query = sa.select(*(counting.c[column.name] for column in _COLUMNS))
    query = query.where(*_latest(counting)).order_by(counting.c.unit_id, counting.c.person)
    if unit_ids is not None:
        query = query.where(counting.c.unit_id.in_(unit_ids))
    return [(Import(*row[:6]), _stored(row)) for row in connection.execute(query)]


def alike(connection: Connection, year: int) -> list[Alike]:
    """The scores that count for a year, counted: many staff of a unit have the same."""
    counting = _counting(year)
    c = counting.c
    columns = (c.unit_id, c.ruleset, c.status, c.penyetaraan, c.scores, c.recorded)
    query = sa.select(*columns, sa.func.count()).where(*_latest(counting)).group_by(*columns)
    return [
        Alike(
            unit_id=unit,
            ruleset=ruleset,
            status=status,
            penyetaraan=moved,
            scores=_scores(scores),
            recorded=_recorded(recorded),
            staff=staff,
        )
        for unit, ruleset, status, moved, scores, recorded, staff in connection.execute(query)
    ]


def counts(connection: Connection, imported: Import) -> bool:
    """Whether every score of an import still counts."""
    counting = _counting(imported.year)
    of_it = sa.select(sa.func.count()).where(counting.c.import_id == imported.id)
    stored = sa.select(sa.func.count()).where(ipasn_score.c.import_id == imported.id)
    return connection.scalar(of_it.where(*_latest(counting))) == connection.scalar(stored)


def stored_sums(connection: Connection, year: int) -> tuple[Version, str] | None:
    """What `store_sums` kept last for a year."""
    c = ipasn_sums.c
    row = connection.execute(sa.select(c.imports, c.last_import, c.sums).where(c.year == year)).first()
    return None if row is None else ((row.imports, row.last_import), row.sums)


def store_sums(connection: Connection, year: int, version: Version, sums: str) -> None:
    """Keep what the staff of a year add up to, with the version of the imports it stands on."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    content = {"imports": version[0], "last_import": version[1], "sums": sums}
    statement = dialect.insert(ipasn_sums).values(year=year, **content)
    connection.execute(statement.on_conflict_do_update(index_elements=["year"], set_=content))


def _counting(year: int) -> sa.Subquery:
    """All scores of a year with the latest import of their unit and status, and of their person.

    By windows, not by joins with the latest: before its statistics know of a large import, PostgreSQL joins
    row by row, which takes minutes for a province.
    """
    c = ipasn_score.c
    last = sa.func.max(c.import_id)
    windows = (
        last.over(partition_by=(c.unit_id, c.status)).label("last_of_unit"),
        last.over(partition_by=c.person).label("last_of_person"),
    )
    query = sa.select(*_COLUMNS, *windows).join_from(ipasn_import, ipasn_score)
    return query.where(ipasn_import.c.year == year).subquery()


def _latest(counting: sa.Subquery) -> tuple[sa.ColumnElement[bool], ...]:
    """The scores that count: each person's latest, if the unit's latest import still has it."""
    c = counting.c
    return c.import_id == c.last_of_unit, c.import_id == c.last_of_person


def _row(import_id: int, score: StoredScore) -> dict[str, object]:
    return {
        "import_id": import_id,
        "person": score.person,
        "unit_id": score.unit_id,
        "status": score.status,
        "penyetaraan": score.penyetaraan,
        "scores": " ".join("-" if value is None else str(value) for value in score.scores),
        "recorded": "".join(str(int(flag)) for flag in score.recorded),
    }


def _stored(row: sa.Row[*tuple[Any, ...]]) -> StoredScore:
    _, person, unit_id, status, penyetaraan, values, recorded = row[6:]
    return StoredScore(
        person=person,
        unit_id=unit_id,
        status=status,
        penyetaraan=penyetaraan,
        scores=_scores(values),
        recorded=_recorded(recorded),
    )


def _scores(stored: str) -> tuple[Decimal | None, ...]:
    return tuple(None if value == "-" else Decimal(value) for value in stored.split(" "))


def _recorded(stored: str) -> tuple[bool, ...]:
    return tuple(flag == "1" for flag in stored)
