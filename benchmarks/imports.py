"""How long citizens wait beside an import of 100,000 rows, on SQLite: one answer every 50 ms meanwhile."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from analytics import Period
from survey_app import instruments
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.imports.importing import import_responses
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.storage.responses import NewResponse

ROWS = 100_000
EVERY = 0.05
_KEYS = instruments.get("skm-2017@1").keys
_ANSWERS: dict[str, int | None] = dict.fromkeys(_KEYS, 3)


def main() -> None:
    print(
        f"An import of {ROWS:,} rows on SQLite, and a citizen's answer every {EVERY * 1000:.0f} ms beside it"
    )
    print(
        f"{'import in':>18}  {'import':>8}  {'answers':>8}  {'median':>9}  {'99 %':>9}  {'longest wait':>13}"
    )
    for name, beside in (("the same process", _in_a_thread), ("its own process", _in_a_process)):
        with tempfile.TemporaryDirectory() as folder:
            path, url = _file(Path(folder) / "a.csv"), f"sqlite:///{Path(folder) / 'bench.db'}"
            database = open_database(url)
            catalogue.create_agency(database, ADMIN, "opd", "OPD")
            for code in ("u", "lama"):
                catalogue.create_unit(database, ADMIN, "opd", code, code, time_zone="Asia/Makassar")
            taken, waits = beside(database, path)
            database.close()
        waits.sort()
        shares = (waits[len(waits) // 2], waits[len(waits) * 99 // 100], waits[-1])
        told = "  ".join(f"{ms:>{width},.0f} ms" for ms, width in zip(shares, (6, 6, 10), strict=True))
        print(f"{name:>18}  {taken:>6.1f} s  {len(waits):>8,}  {told}")
    print()


def _file(path: Path) -> Path:
    rng, first = random.Random(1), datetime(2025, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Tanggal", *_KEYS, "Jenis Kelamin", "Saran"])
        for row in range(ROWS):
            moment = first + timedelta(seconds=row * 300)
            scores = rng.choices((2, 3, 4), k=len(_KEYS))
            table.writerow(
                [
                    f"{moment:%Y-%m-%d %H:%M:%S}",
                    *scores,
                    rng.choice("LP"),
                    "Tambah loket" if row % 10 == 0 else "",
                ]
            )
    return path


def _import(database: Database, path: Path) -> None:
    report = import_responses(database, ADMIN, path, "lama", Period.parse("2025"), runtime.now())
    assert report.stored == ROWS


def _in_a_thread(database: Database, path: Path) -> tuple[float, list[float]]:
    thread = threading.Thread(target=_import, args=(database, path))
    start = time.perf_counter()
    thread.start()
    return _answer_while(database, thread.is_alive, start)


def _in_a_process(database: Database, path: Path) -> tuple[float, list[float]]:
    """As it is: whoever imports does so from the command line, beside the server."""
    command = [sys.executable, "-m", "benchmarks.imports", str(database.engine.url), str(path)]
    start = time.perf_counter()
    with subprocess.Popen(command) as process:
        found = _answer_while(database, lambda: process.poll() is None, start)
    assert process.returncode == 0
    return found


def _submission(now: datetime) -> Submission:
    return Submission(id=uuid7(now), unit="u", answers=_ANSWERS, channel=Channel.WEB)


def _answer_while(database: Database, running: Callable[[], bool], start: float) -> tuple[float, list[float]]:
    """Seconds until it runs no more, and for how many ms each answer given meanwhile waited."""
    entry, futures, waits = unit_entry.find(database, "u"), list[Future[datetime | None]](), list[float]()
    turn = time.perf_counter()
    while running():
        now = runtime.now()
        new = intake.prepare(entry, _submission(now), now)
        assert isinstance(new, NewResponse)
        given = time.perf_counter()
        futures.append(intake.enqueue(database, new))
        futures[-1].add_done_callback(partial(_note, waits, given))
        turn += EVERY
        time.sleep(max(0.0, turn - time.perf_counter()))
    taken = time.perf_counter() - start
    for future in futures:
        future.result()
    return taken, waits


def _note(waits: list[float], given: float, _: object) -> None:
    waits.append((time.perf_counter() - given) * 1000)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        opened = open_database(sys.argv[1])
        _import(opened, Path(sys.argv[2]))
        opened.close()
    else:
        main()
