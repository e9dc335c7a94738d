"""Schedulers for tests: a catalogue with schedules, makers that write down what they made, and a process
that can be killed in the middle of a report.

Run as a module it is that process: DATABASE_URL, folder, after how many reports it gets stuck, and how many
it makes at once.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from analytics.period import Period
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import Scope
from survey_app.services.schedules import ordered
from survey_app.services.schedules.runs import Maker, Order, Render, file_name
from survey_app.storage.database import Database, open_database
from survey_app.storage.schedules import Schedule

#: Three months after January 2026 are over, April has just begun in Kaltim.
APRIL = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def monthly(database: Database, since: str = "2026-01", unit: str = "ptsp") -> Schedule:
    return ordered.add(database, ADMIN, Scope(unit=unit), "id", Period.parse(since))


def add_units(database: Database, count: int) -> None:
    """Units u0, u1, ... with a monthly schedule each."""
    catalogue.create_agency(database, ADMIN, "opd", "Dinas Uji")
    for i in range(count):
        catalogue.create_unit(database, ADMIN, "opd", f"u{i}", f"Loket {i}", time_zone="Asia/Makassar")
        monthly(database, unit=f"u{i}")


def maker(
    database: Database, folder: Path, render: Render | None = None, now: datetime = APRIL, workers: int = 1
) -> Maker:
    return Maker(database, lambda: now, render or written_down(folder), folder, workers)


def written_down(folder: Path, before: Callable[[int], None] = lambda _: None) -> Render:
    """A report of one line, noted in `folder`/log once drawn; `before` gets the report's number."""
    drawn = 0

    def render(_: Database, order: Order) -> bytes:
        nonlocal drawn
        before(drawn)
        drawn += 1
        with (folder / "log").open("a", encoding="utf-8") as log:
            log.write(f"{file_name(order)}\n")
        return f"{file_name(order)} {order.made_at}".encode()

    return render


def log(folder: Path) -> list[str]:
    return sorted((folder / "log").read_text(encoding="utf-8").split())


def files(folder: Path) -> list[str]:
    """Every file below `folder` but the log, unfinished ones included."""
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(str(p) for p in found if p.name not in ("log", "stuck"))


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within a minute")


def _main(url: str, folder: Path, stuck_after: int, workers: int) -> None:
    """Make reports until those that never end."""

    holding = itertools.count(1)

    def before(drawn: int) -> None:
        if drawn >= stuck_after:
            if next(holding) == workers:
                (folder / "stuck").touch()
            time.sleep(600)

    render = written_down(folder, before)
    for _ in maker(open_database(url), folder, render, workers=workers).make_due():
        pass


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
