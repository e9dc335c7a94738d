"""The unit page's data at 200,000 and at 2,000,000 responses; the roll-up against GROUP BY on raw rows."""

from __future__ import annotations

import tempfile
from pathlib import Path

import sqlalchemy as sa

from analytics.period import Period
from benchmarks.province import build
from benchmarks.timing import median_ms
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import rollup
from survey_app.storage.database import Database

SIZES = (200_000, 2_000_000)
YEAR = Period.parse("2026")
_SUMS = ", ".join(f"sum(substr(scores, {i}, 1))" for i in range(1, 10))
_RAW = sa.text(f"SELECT unit_id, month, count(*), {_SUMS} FROM response GROUP BY unit_id, month")


def main() -> None:
    print("Unit page and roll-up (SQLite, median)")
    print("  responses   unit page   all cells    GROUP BY  GROUP BY / cells")
    pages = [_measure(size) for size in SIZES]
    print(f"unit page at {SIZES[1]:,} / at {SIZES[0]:,}: {pages[1] / pages[0]:.2f}\n")


def _measure(size: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder) / "bench.db", size)
        page = median_ms(lambda: results.unit_result(database, "u7", YEAR, within=PROVINCE))
        cells = median_ms(lambda: _cells(database), 5)
        raw = median_ms(lambda: _group_by(database), 1)
        database.close()
    print(f"{size:>11,}  {page:>7.1f} ms  {cells:>7.0f} ms  {raw:>7.0f} ms  {raw / cells:>15.1f}x")
    return page


def _cells(database: Database) -> None:
    with database.read() as connection:
        rollup.read(connection)


def _group_by(database: Database) -> None:
    with database.read() as connection:
        connection.execute(_RAW).all()
