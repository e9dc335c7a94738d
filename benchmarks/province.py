"""A generated province of any size, written straight into the response table, then rolled up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection

from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database, open_database

UNITS = 60
MONTHS = [year * 100 + month for year in (2024, 2025, 2026) for month in range(1, 13)]
_CHUNK = 100_000


def build(
    path: Path, responses: int, seed: int = 1, units: int = UNITS, months: Sequence[int] = MONTHS
) -> Database:
    """A SQLite database with `responses` answers spread over `units` and `months`, rolled up."""
    database = open_database(f"sqlite:///{path}")
    catalogue.create_agency(database, ADMIN, "opd", "OPD")
    for number in range(units):
        catalogue.create_unit(
            database, ADMIN, "opd", f"u{number}", f"Unit {number}", time_zone="Asia/Makassar"
        )
    append(database, 0, responses, units, months, seed)
    results.refresh(database)
    return database


def append(
    database: Database, first: int, n: int, units: int, months: Sequence[int] = MONTHS, seed: int = 1
) -> None:
    """Further answers, numbered from `first`, which are then in the tail."""
    rng = np.random.default_rng([seed, first])
    for start in range(0, n, _CHUNK):
        rows = list(_rows(first + start, min(_CHUNK, n - start), rng, units, months))
        database.write(partial(_insert, rows=rows))


def _insert(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    # Past SQLAlchemy's per-row work: two million rows are only the ground the measurement stands on.
    columns = (
        "id, unit_id, service_id, instrument, scores, profile, channel, answered_at, received_at,"
        " time_source, month, client_id, duration_ms"
    )
    values = "?, ?, ?, 'skm-2017@1', ?, ?, 'kiosk', ?, ?, 'server', ?, ?, ?"
    connection.exec_driver_sql(
        f"INSERT INTO response ({columns}) VALUES ({values})",
        rows,
    )


def _rows(
    first: int, n: int, rng: np.random.Generator, count: int, among: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    sheets = rng.choice([1, 2, 3, 4], (n, 9), p=[0.02, 0.08, 0.55, 0.35]).astype(np.uint8) + ord("0")
    units, months = rng.integers(1, count + 1, n), rng.integers(0, len(among), n)
    seconds, durations = rng.integers(0, 28 * 86_400, n), rng.integers(5_000, 120_000, n)
    profile = json.dumps({"jenis_kelamin": "P", "usia": "26-35"}, separators=(",", ":"))
    for i in range(n):
        month = among[months[i]]
        begin = datetime(month // 100, month % 100, 1, tzinfo=UTC)
        moment = f"{begin + timedelta(seconds=int(seconds[i])):%Y-%m-%d %H:%M:%S}.000000"
        unit = int(units[i])
        scores, client = sheets[i].tobytes().decode(), f"kiosk-{unit}"
        made = moment, moment, month, client, int(durations[i])
        yield f"{first + i:032x}", unit, unit, scores, profile, *made
