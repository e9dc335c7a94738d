"""Quality flags: computing those of a month, and reading a year with and without what is stored of them.

python -m benchmarks.flags
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from analytics.period import Period
from benchmarks.province import append, build
from benchmarks.timing import median_ms
from survey_app.services.ikm import quality, results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import flags, folding
from survey_app.storage.database import Database

SIZES = (200_000, 2_000_000)
YEAR, MONTH = Period.parse("2026"), 202605
_BUSY, _MANY_UNITS, _EACH = 128_000, 500, 10
_TABLES = ("flag_cell", "response_flag", "rollup", "response")


def main() -> None:
    print("Flags of one unit (SQLite, median)")
    print("  responses  a month's flags   a year stored   a year from answers  from answers / stored")
    for size in SIZES:
        _measure(size)
    _measure_one_more(1, 1, _BUSY)
    _measure_one_more(_MANY_UNITS, _EACH, _MANY_UNITS * 100)
    print()


def _measure_one_more(units: int, each: int, size: int) -> None:
    """So many further answers to one month of each unit: read from the tail, folded, flagged."""
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder) / "bench.db", size, units=units, months=(MONTH,))
        taken: dict[str, list[float]] = {"stored": [], "in the tail": [], "folded": [], "flagged": []}
        for turn in range(5):
            taken["stored"].append(_ms(partial(_read, database)))
            append(database, size + turn * units * each, units * each, units, (MONTH,))
            taken["in the tail"].append(_ms(partial(_read, database)))
            while database.write(folding.refresh):
                pass
            taken["folded"].append(_ms(partial(_read, database)))
            taken["flagged"].append(_ms(partial(quality.refresh, database)))
        database.close()
    times = ", ".join(f"{name} {statistics.median(ms):.1f}" for name, ms in taken.items())
    print(
        f"  {size:,} answers in a month of {units} units, {each} more each; ms of a page, of flags: {times}"
    )


def _read(database: Database) -> None:
    results.unit_result(database, "u0", Period.parse("2026-05"), within=PROVINCE)


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = build(Path(folder) / "bench.db", size)
        month = median_ms(lambda: _flag(database), 5)
        stored = median_ms(lambda: results.unit_result(database, "u7", YEAR, within=PROVINCE))
        rows = {table: _count(database, table) for table in _TABLES}
        database.write(lambda connection: flags.revise_unit(connection, 7))
        raw = median_ms(lambda: results.unit_result(database, "u7", YEAR, within=PROVINCE), 3)
        database.close()
    print(f"{size:>11,}  {month:>12.1f} ms  {stored:>11.1f} ms  {raw:>17.1f} ms  {raw / stored:>21.1f}")
    print("   ", ", ".join(f"{table} {n:,}" for table, n in rows.items()))


def _flag(database: Database) -> None:
    with database.read() as connection:
        quality.flags_anew(connection, 7, MONTH)


def _count(database: Database, table: str) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one())


if __name__ == "__main__":
    main()
