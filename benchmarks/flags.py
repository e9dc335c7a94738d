"""Quality flags: computing those of a month, and reading a year with and without what is stored of them.

python -m benchmarks.flags
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import sqlalchemy as sa

from analytics.period import Period
from benchmarks.province import build
from benchmarks.timing import median_ms
from survey_app.services.ikm import quality, results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import flags
from survey_app.storage.database import Database

SIZES = (200_000, 2_000_000)
YEAR, MONTH = Period.parse("2026"), 202605
_TABLES = ("flag_cell", "response_flag", "rollup", "response")


def main() -> None:
    print("Flags of one unit (SQLite, median)")
    print("  responses  a month's flags   a year stored   a year from answers  from answers / stored")
    for size in SIZES:
        _measure(size)
    print()


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder) / "bench.db", size)
        month = median_ms(lambda: _flag(database), 5)
        stored = median_ms(lambda: results.unit_result(database, "u7", YEAR, within=PROVINCE))
        rows = {table: _count(database, table) for table in _TABLES}
        database.write(lambda connection: flags.forget(connection, 7))
        raw = median_ms(lambda: results.unit_result(database, "u7", YEAR, within=PROVINCE), 3)
        database.close()
    print(f"{size:>11,}  {month:>12.1f} ms  {stored:>11.1f} ms  {raw:>17.1f} ms  {raw / stored:>21.1f}")
    print("   ", ", ".join(f"{table} {n:,}" for table, n in rows.items()))


def _flag(database: Database) -> None:
    with database.read() as connection:
        quality.flags_of_rollup(connection, 7, MONTH)


def _count(database: Database, table: str) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


if __name__ == "__main__":
    main()
