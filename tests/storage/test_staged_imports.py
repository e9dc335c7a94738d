"""A file counts once and whole, whoever imports it at the same time and whatever is killed meanwhile."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from survey_app.errors import Refused
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.imports import importing, staging
from survey_app.services.imports.importing import ImportReport, NewUnit
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, imports, responses
from survey_app.storage.database import Connection, Database
from survey_app.storage.responses import COUNTS
from survey_app.storage.tables import ImportState, response, tail
from tests.storage.importer import P2019
from tests.submissions import KEYS, NOW, stored, submission

ROWS = 12


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of twelve sheets, stored in three slices."""
    monkeypatch.setattr(staging, "TOGETHER", 4)
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([KEYS, *([1 + row % 4] * 9 for row in range(ROWS))])
    return tmp_path / "a.csv"


def load(database: Database, path: Path, code: str = "ptsp", create: NewUnit | None = None) -> ImportReport:
    return importing.import_responses(database, ADMIN, path, code, P2019, NOW, create=create)


def counting(database: Database) -> int:
    with database.read() as connection:
        return int(
            connection.execute(sa.select(sa.func.count()).select_from(response).where(COUNTS)).scalar_one()
        )


def n_of(database: Database, code: str = "ptsp") -> int:
    return results.unit_result(database, code, P2019, within=PROVINCE).score.n


def states(database: Database, unit: UnitEntry) -> list[tuple[str, int]]:
    with database.read() as connection:
        return [(i.state.value, i.turn) for i in imports.of_unit(connection, unit.unit.id)]


def at_slice(monkeypatch: pytest.MonkeyPatch, number: int, happens: Callable[[Connection], object]) -> None:
    """Let something happen once, within the transaction of that slice, before its rows are stored."""
    real, slices = bulk.append, [0]

    def append(connection: Connection, rows: Any) -> None:
        slices[0] += 1
        if slices[0] == number:
            happens(connection)
        real(connection, rows)

    monkeypatch.setattr(bulk, "append", append)


def fail(_: Connection) -> None:
    raise RuntimeError("the machine went away")


def test_a_slice_is_a_transaction_and_no_row_counts_before_all_are_in(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def look(_: Connection) -> None:
        with database.read() as connection:
            waiting = connection.execute(sa.select(sa.func.count()).select_from(tail)).scalar_one()
        seen.append((stored(database), counting(database), n_of(database), waiting))

    for number in (1, 2, 3):
        at_slice(monkeypatch, number, look)
    assert load(database, path).stored == ROWS
    assert sorted(seen) == [(0, 0, 0, 0), (4, 0, 0, 0), (8, 0, 0, 0)]
    assert (counting(database), n_of(database), states(database, unit)) == (ROWS, ROWS, [("counted", 0)])


@pytest.mark.parametrize("slices", [1, 3])
def test_after_an_error_the_same_file_comes_in_whole(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch, slices: int
) -> None:
    with monkeypatch.context() as patched:
        at_slice(patched, slices, fail)
        with pytest.raises(RuntimeError, match="went away"):
            load(database, path)
    assert (stored(database), counting(database), n_of(database)) == (4 * (slices - 1), 0, 0)
    assert load(database, path).stored == ROWS
    assert load(database, path).known == ROWS
    assert (counting(database), n_of(database)) == (ROWS, ROWS)
    assert states(database, unit) == [("withdrawn", 0), ("counted", 1)]


def test_an_error_leaves_the_unit_that_was_created_and_the_file_comes_in_whole(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = NewUnit("Baru", "impor", "Asia/Jakarta")
    with monkeypatch.context() as patched:
        at_slice(patched, 2, fail)
        with pytest.raises(RuntimeError, match="went away"):
            load(database, path, "baru", create)
    assert n_of(database, "baru") == 0
    assert load(database, path, "baru", create).stored == ROWS
    assert (counting(database), n_of(database, "baru")) == (ROWS, ROWS)


def test_what_is_closed_while_rows_go_in_takes_none_of_them(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins again, and is refused as it would be now."""
    real = staging._stage

    def stage(*args: Any) -> bool:
        done = real(*args)
        catalogue.set_unit_active(database, ADMIN, "ptsp", active=False)
        return done

    monkeypatch.setattr(staging, "_stage", stage)
    with pytest.raises(Refused, match="unit-inactive"):
        load(database, path)
    assert (stored(database), counting(database)) == (ROWS, 0)
    assert states(database, unit) == [("withdrawn", 0)]


def test_an_answer_that_takes_the_id_of_a_row_meanwhile_is_counted_once(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody guesses such an id, but whoever has the file can make it: the sums must stay true."""
    ids, real = list[Any](), bulk.ready

    def ready(dialect: Any, new: Any) -> Any:
        if not ids:
            ids.extend(row.id for row in new)
            intake.accept(database, submission((4,) * 9, id=ids[3]), NOW)
        return real(dialect, new)

    monkeypatch.setattr(bulk, "ready", ready)
    assert (load(database, path).stored, counting(database)) == (ROWS, ROWS + 1)
    with database.read() as connection:
        sheets = responses.scores(connection, unit.unit.id, (201901, 202612), ["skm-2017@1"])
    year = results.unit_result(database, "ptsp", P2019, within=PROVINCE).current.moments
    assert (len(sheets), year.totals[0]) == (ROWS + 1, 30)


def test_threads_that_import_one_file_at_once_count_it_once(
    database: Database, unit: UnitEntry, path: Path
) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _: load(database, path), range(4)))
    assert sorted((r.stored, r.known) for r in reports) == [(0, ROWS)] * 3 + [(ROWS, 0)]
    assert (counting(database), n_of(database)) == (ROWS, ROWS)


def test_who_is_abandoned_notices_it_at_the_next_slice(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows stay stored for good: no more of them go in than that one slice."""
    at_slice(monkeypatch, 1, lambda connection: imports.abandon(connection, 1, NOW))
    assert load(database, path).stored == ROWS
    assert (stored(database), counting(database)) == (4 + ROWS, ROWS)
    assert states(database, unit) == [("withdrawn", 0), ("counted", 1)]


def test_who_is_abandoned_while_at_work_begins_again(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was silent for too long, and another process has brought the file meanwhile."""
    monkeypatch.setattr(staging, "SILENT", 0.1)
    real, reports = staging._stage, list[ImportReport]()

    def stage(*args: Any) -> bool:
        if not reports:
            monkeypatch.setattr(staging, "_stage", real)
            reports.append(load(database, path))
        return real(*args)

    monkeypatch.setattr(staging, "_stage", stage)
    reports.append(load(database, path))
    assert [(r.stored, r.known) for r in reports] == [(ROWS, 0), (0, ROWS)]
    assert (counting(database), states(database, unit)) == (ROWS, [("withdrawn", 0), ("counted", 1)])


def test_processes_that_import_one_file_at_once_count_it_once_though_one_is_killed(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "SILENT", 0.1)
    url = database.engine.url.set(drivername=database.engine.dialect.name)
    command = [sys.executable, "-m", "tests.storage.importer", url.render_as_string(hide_password=False)]
    killed = subprocess.run([*command, str(path), "4", "2"], capture_output=True, text=True, check=False)
    assert (killed.returncode, killed.stderr) == (-signal.SIGKILL, "")
    assert (states(database, unit), stored(database), n_of(database)) == ([("staged", 0)], 8, 0)
    with subprocess.Popen([*command, str(path), "1", "99"], stdout=subprocess.PIPE, text=True) as other:
        mine = load(database, path)
        said, _ = other.communicate(timeout=60)
    found = [(mine.stored, mine.known), tuple(map(int, said.split()))]
    assert sorted(found) == [(0, ROWS), (ROWS, 0)]
    assert (counting(database), n_of(database)) == (ROWS, ROWS)
    assert [state for state, _ in states(database, unit)].count(ImportState.COUNTED) == 1
