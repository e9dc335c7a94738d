"""Every due report is made once: with several schedulers, when one is killed, and after failures."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from survey_app.errors import ReportError, Unavailable
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.schedules import ordered, runs
from survey_app.services.schedules.runs import LEASE, Order
from survey_app.storage.database import Database, open_database
from survey_app.storage.schedules import Status
from survey_app.text import Text
from tests.outages import end_connections, own_postgres
from tests.services.schedules.schedulers import (
    APRIL,
    add_units,
    files,
    log,
    maker,
    monthly,
    wait_until,
    written_down,
)

ROOT = Path(__file__).parents[3]
MONTHS = [f"2026-0{m}/laporan-skm-unit-ptsp-2026-0{m}-id.pdf" for m in (1, 2, 3)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of reports alone."""
    path = tmp_path / "reports"
    path.mkdir()
    return path


def failing(*_: object) -> bytes:
    raise ReportError("report-failed", Text("Huruf tidak ada", "No such font"))


def statuses(database: Database) -> Counter[str]:
    return Counter(line.status.value for line in ordered.lines(database, APRIL, PROVINCE))


def test_three_missed_months_are_caught_up_the_oldest_first(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database)
    lines = list(maker(database, folder).make_due())
    assert [line.run.path for line in lines if line.run] == MONTHS
    assert files(folder / "2026-01") + files(folder / "2026-02") == [Path(m).name for m in MONTHS[:2]]
    assert list(maker(database, folder).make_due()) == []
    assert log(folder) == MONTHS


def test_what_was_made_is_recorded_with_its_fingerprint(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database, since="2026-03")
    (line,) = maker(database, folder).make_due()
    assert line.run is not None
    content = (folder / MONTHS[2]).read_bytes()
    assert (line.status, line.run.attempts, line.run.made_at) == (Status.MADE, 1, APRIL)
    assert line.run.sha256 == sha256(content).hexdigest()
    assert runs.read(folder, line.run) == content


@pytest.mark.parametrize("workers", [1, 2])
def test_eight_schedulers_at_once_make_every_report_once(
    database: Database, folder: Path, workers: int
) -> None:
    add_units(database, 10)
    with ThreadPoolExecutor(8) as pool:
        made = [
            line
            for lines in pool.map(
                lambda _: list(maker(database, folder, workers=workers).make_due()), range(8)
            )
            for line in lines
        ]
    assert len(made) == 30
    assert log(folder) == files(folder)
    assert len(set(log(folder))) == 30
    assert statuses(database) == {"made": 30}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_scheduler_killed_in_the_middle_of_a_report_is_taken_over(
    database_url: str, folder: Path, workers: int
) -> None:
    database = open_database(database_url)
    add_units(database, 3)
    with killed_after(2, database_url, folder, workers):
        # At the same time, while the other one holds a report with each of its workers.
        list(maker(database, folder, workers=workers).make_due())
        assert statuses(database) == {"made": 9 - workers, "making": workers}
    assert len(list(maker(database, folder, workers=workers).make_due())) == 0
    lines = list(maker(database, folder, now=APRIL + LEASE, workers=workers).make_due())
    assert [(line.status, line.run and line.run.attempts) for line in lines] == [(Status.MADE, 2)] * workers
    assert len(set(log(folder))) == 9
    assert log(folder) == files(folder)
    database.close()


class killed_after:  # noqa: N801  # used as a context manager
    """A scheduler in a process of its own that gets stuck after `reports`; SIGKILL ends it."""

    def __init__(self, reports: int, url: str, folder: Path, workers: int) -> None:
        command = [sys.executable, "-m", "tests.services.schedules.schedulers", url, str(folder)]
        command += [str(reports), str(workers)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
        self._stuck = folder / "stuck"

    def __enter__(self) -> None:
        wait_until(self._stuck.exists)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        assert self._process.wait(20) == -9


def test_two_workers_draw_at_the_same_time_and_make_every_report_once(
    database: Database, folder: Path
) -> None:
    add_units(database, 2)
    both, write = threading.Barrier(2, timeout=60), written_down(folder)

    def together(database: Database, order: Order) -> bytes:
        # Each waits until another is being drawn beside it; alone it would wait in vain and fail.
        both.wait()
        return write(database, order)

    lines = list(maker(database, folder, together, workers=2).make_due())
    assert [line.status for line in lines] == [Status.MADE] * 6
    assert log(folder) == files(folder)
    assert len(set(log(folder))) == 6


def test_whoever_stops_asking_stops_the_workers_and_nothing_stays_claimed(
    database: Database, folder: Path
) -> None:
    add_units(database, 2)
    lines = maker(database, folder, workers=2).make_due()
    next(lines)
    lines.close()
    # The one that was given out, and the one beside it, which was finished.
    assert statuses(database) == {"made": 2, "due": 4}


def test_a_failure_beside_others_stops_none_of_them(database: Database, folder: Path) -> None:
    add_units(database, 2)
    write = written_down(folder)

    def render(database: Database, order: Order) -> bytes:
        if order.scope.unit == "u0" and str(order.period) == "2026-02":
            raise ReportError("report-failed", Text("Huruf tidak ada", "No such font"))
        return write(database, order)

    list(maker(database, folder, render, workers=2).make_due())
    assert statuses(database) == {"made": 5, "failed": 1}


def test_a_scheduler_that_comes_too_late_drops_what_it_made(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database, since="2026-03")
    later = APRIL + LEASE

    def slow(_: Database, order: Order) -> bytes:
        # Drawing took longer than the claim holds, and another scheduler made the report meanwhile.
        assert len(list(maker(database, folder, now=later).make_due())) == 1
        return b"late"

    (line,) = maker(database, folder, slow).make_due()
    assert line.run is not None
    assert (line.status, line.run.attempts, line.run.made_at) == (Status.MADE, 2, later)
    assert (folder / MONTHS[2]).read_bytes() != b"late"
    assert files(folder) == [MONTHS[2]]


def test_a_failure_is_shown_and_tried_again_after_longer_and_longer_waits(
    database: Database, unit: UnitEntry, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monthly(database, since="2026-03")

    now, waits = APRIL, []
    for attempt in range(1, 13):
        (line,) = maker(database, folder, failing, now).make_due()
        assert line.run is not None
        assert (line.status, line.run.attempts) == (Status.FAILED, attempt)
        assert line.run.error == "Huruf tidak ada [report-failed]"
        waits.append(line.run.not_before - now)
        assert (
            list(maker(database, folder, failing, line.run.not_before - timedelta(seconds=1)).make_due())
            == []
        )
        now = line.run.not_before
    # 1, 2, 4 ... minutes, doubled each time, and never more than six hours.
    assert [w.total_seconds() / 60 for w in waits] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    (line,) = maker(database, folder, now=now).make_due()
    assert line.run is not None
    assert (line.status, line.run.error, line.run.attempts) == (Status.MADE, None, 13)


def test_an_unexpected_error_stops_neither_the_others_nor_shows_its_inside(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database)
    drawn = itertools.count()

    def render(*_: object) -> bytes:
        if next(drawn) == 0:
            raise RuntimeError("a secret path")
        return b"a report"

    lines = list(maker(database, folder, render).make_due())
    assert [line.status.value for line in lines] == ["failed", "made", "made"]
    assert lines[0].run is not None
    assert lines[0].run.error == "RuntimeError"


def test_a_report_whose_file_cannot_be_placed_is_not_made(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database, since="2026-03")
    (folder / MONTHS[2]).mkdir(parents=True)
    (line,) = maker(database, folder).make_due()
    assert line.status is Status.FAILED
    assert files(folder) == []
    assert statuses(database) == {"failed": 1}


def test_connections_ended_while_a_report_is_drawn_change_nothing(
    fresh_postgres_url: str, folder: Path
) -> None:
    database = open_database(fresh_postgres_url)
    add_units(database, 1)
    ended: list[int] = []
    drawn = written_down(folder, lambda _: ended.append(end_connections(fresh_postgres_url)))
    lines = list(maker(database, folder, drawn).make_due())
    assert [line.status for line in lines] == [Status.MADE] * 3
    assert len(log(folder)) == len(files(folder)) == 3
    assert min(ended) > 0
    database.close()


def test_a_report_whose_database_went_away_is_made_once_when_its_claim_has_run_out(
    folder: Path, tmp_path: Path
) -> None:
    with own_postgres(str(tmp_path)) as server:
        database = open_database(server.url)
        add_units(database, 1)
        drawn = written_down(folder, lambda number: server.stop() if number == 0 else None)
        with pytest.raises(Unavailable):
            list(maker(database, folder, drawn).make_due())
        assert files(folder) == []
        server.start()
        made = list(maker(database, folder).make_due())
        assert [line.status for line in made] == [Status.MADE] * 2
        (again,) = maker(database, folder, now=APRIL + LEASE).make_due()
        assert again.run is not None
        assert (again.status, again.run.attempts) == (Status.MADE, 2)
        assert len(files(folder)) == 3
        database.close()


def test_a_full_disk_leaves_nothing_half_written_and_the_report_is_made_later(
    database: Database, unit: UnitEntry, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monthly(database, since="2026-03")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        (line,) = maker(database, folder).make_due()
    assert line.status is Status.FAILED
    assert line.run is not None
    assert line.run.error == "OSError"
    assert list((folder / "2026-03").iterdir()) == []
    again = maker(database, folder).make_now(ADMIN, line.schedule, line.period)
    assert again is not None
    assert again.status is Status.MADE


def test_a_lost_or_changed_file_is_said_and_can_be_made_again(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database, since="2026-03")
    (line,) = maker(database, folder).make_due()
    assert line.run is not None
    path = folder / MONTHS[2]
    for damage, code in ((lambda: path.write_bytes(b"x"), "report-changed"), (path.unlink, "report-missing")):
        damage()
        with pytest.raises(ReportError) as caught:
            runs.read(folder, line.run)
        assert caught.value.code == code
    again = maker(database, folder).make_now(ADMIN, line.schedule, line.period)
    assert again is not None
    assert again.run is not None
    assert runs.read(folder, again.run) == path.read_bytes()


def test_a_failed_report_can_be_made_without_its_wait(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    monthly(database, since="2026-03")
    list(maker(database, folder, failing).make_due())
    (line,) = ordered.lines(database, APRIL, PROVINCE)
    assert line.run is not None
    assert maker(database, folder).make_next(line.run.id) is None
    made = maker(database, folder).make_now(ADMIN, line.schedule, line.period)
    assert made is not None
    assert made.status is Status.MADE


def test_a_paused_schedule_makes_nothing_that_was_planned(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    schedule = monthly(database)
    ordered.plan(database, APRIL)
    ordered.set_active(database, ADMIN, schedule.id, active=False)
    assert list(maker(database, folder).make_due()) == []


def test_a_report_of_a_paused_schedule_is_made_when_it_is_asked_for_and_nothing_else(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    schedule = monthly(database)
    ordered.plan(database, APRIL)
    ordered.set_active(database, ADMIN, schedule.id, active=False)
    february = next(
        line.period for line in ordered.lines(database, APRIL, PROVINCE) if str(line.period) == "2026-02"
    )
    line = maker(database, folder).make_now(ADMIN, schedule, february)
    assert line is not None
    assert line.status is Status.MADE
    assert files(folder) == [MONTHS[1]]
    assert statuses(database) == {"due": 2, "made": 1}
    # One that failed waits until the schedule goes on, or until it is asked for again.
    failed = maker(database, folder, failing).make_now(ADMIN, schedule, february)
    assert failed is not None
    assert failed.status is Status.FAILED
    assert list(maker(database, folder, now=APRIL + timedelta(days=1)).make_due()) == []


def test_what_another_scheduler_is_making_is_left_to_it(
    database: Database, unit: UnitEntry, folder: Path
) -> None:
    schedule = monthly(database, since="2026-03")

    def slow(_: Database, order: Order) -> bytes:
        assert maker(database, folder).make_now(ADMIN, schedule, order.period) is None
        return b"a report"

    (line,) = maker(database, folder, slow).make_due()
    assert line.status is Status.MADE
    assert line.run is not None
    assert line.run.attempts == 1
