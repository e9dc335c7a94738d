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


@dataclass(frozen=True)
class StoredScore:
    """One employee's dimension scores, in the order of the dimensions; None where there is none."""

    person: str
    unit_id: int
    status: str
    penyetaraan: bool
    scores: tuple[Decimal | None, ...]
    recorded: tuple[bool, ...]


@dataclass(frozen=True)
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
    query = _counting(sa.select(ipasn_import, ipasn_score), year)
    query = query.order_by(ipasn_score.c.unit_id, ipasn_score.c.person)
    if unit_ids is not None:
        query = query.where(ipasn_score.c.unit_id.in_(unit_ids))
    return [(Import(*row[:6]), _stored(row)) for row in connection.execute(query)]


def alike(connection: Connection, year: int) -> list[Alike]:
    """The scores that count for a year, counted: many staff of a unit have the same."""
    c = ipasn_score.c
    columns = (c.unit_id, ipasn_import.c.ruleset, c.status, c.penyetaraan, c.scores, c.recorded)
    query = _counting(sa.select(*columns, sa.func.count()), year).group_by(*columns)
    return [
        Alike(unit, ruleset, status, moved, _scores(scores), _recorded(recorded), staff)
        for unit, ruleset, status, moved, scores, recorded, staff in connection.execute(query)
    ]


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


def _counting(query: sa.Select[*tuple[Any, ...]], year: int) -> sa.Select[*tuple[Any, ...]]:
    """`query` of the scores that count: each person's latest, if the unit's latest import still has it."""
    by_unit = _latest(year, ipasn_score.c.unit_id, ipasn_score.c.status)
    by_person = _latest(year, ipasn_score.c.person)
    return (
        query.join(ipasn_score, ipasn_score.c.import_id == ipasn_import.c.id)
        .join(
            by_unit,
            (by_unit.c.unit_id == ipasn_score.c.unit_id)
            & (by_unit.c.status == ipasn_score.c.status)
            & (by_unit.c.import_id == ipasn_score.c.import_id),
        )
        .join(
            by_person,
            (by_person.c.person == ipasn_score.c.person) & (by_person.c.import_id == ipasn_score.c.import_id),
        )
    )


def _latest(year: int, *columns: sa.Column[Any]) -> sa.Subquery:
    """The latest import of a year by the given columns."""
    return (
        sa.select(*columns, sa.func.max(ipasn_score.c.import_id).label("import_id"))
        .join(ipasn_import, ipasn_import.c.id == ipasn_score.c.import_id)
        .where(ipasn_import.c.year == year)
        .group_by(*columns)
        .subquery()
    )


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
    return StoredScore(person, unit_id, status, penyetaraan, _scores(values), _recorded(recorded))


def _scores(stored: str) -> tuple[Decimal | None, ...]:
    return tuple(None if value == "-" else Decimal(value) for value in stored.split(" "))


def _recorded(stored: str) -> tuple[bool, ...]:
    return tuple(flag == "1" for flag in stored)
