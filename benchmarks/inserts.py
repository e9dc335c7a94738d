"""Durable inserts per second with 1 and 8 producers, each waiting for its receipt, on both databases."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from benchmarks import servers
from survey_app import instruments
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.storage.responses import NewResponse

SECONDS = 3.0
_ANSWERS: dict[str, int | None] = dict.fromkeys(instruments.get("skm-2017@1").keys, 3)


def main() -> None:
    print(f"Durable inserts ({SECONDS:.0f} s each; a producer waits for each commit)")
    print(f"{'database':>12}  {'1 producer':>12}  {'8 producers':>12}  {'slowest of 8':>13}  {'8 / 1':>6}")
    for name, opened in (("SQLite", sqlite()), ("PostgreSQL", postgresql())):
        with opened as database:
            catalogue.create_agency(database, ADMIN, "opd", "OPD")
            catalogue.create_unit(database, ADMIN, "opd", "u", "Unit", time_zone="Asia/Makassar")
            one, _ = _measure(database, 1)
            eight, slowest = _measure(database, 8)
        print(f"{name:>12}  {one:>10,.0f}/s  {eight:>10,.0f}/s  {slowest:>10.0f} ms  {eight / one:>6.1f}")
    print()


def _measure(database: Database, producers: int) -> tuple[float, float]:
    context = unit_entry.find(database, "u")
    end = time.perf_counter() + SECONDS

    def produce(_: int) -> tuple[int, float]:
        done, slowest = 0, 0.0
        while (start := time.perf_counter()) < end:
            now = runtime.now()
            new = intake.prepare(
                context, Submission(id=uuid7(now), unit="u", answers=_ANSWERS, channel=Channel.WEB), now
            )
            assert isinstance(new, NewResponse)
            intake.store(database, new)
            done, slowest = done + 1, max(slowest, time.perf_counter() - start)
        return done, slowest

    with ThreadPoolExecutor(producers) as pool:
        counts = list(pool.map(produce, range(producers)))
    return sum(done for done, _ in counts) / SECONDS, max(s for _, s in counts) * 1000


@contextmanager
def sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        yield database
        database.close()


@contextmanager
def postgresql() -> Iterator[Database]:
    with servers.postgresql() as url:
        database = open_database(url)
        yield database
        database.close()


if __name__ == "__main__":
    main()
