"""A backup: whole, of one moment, made beside a server that takes answers, and one that can be restored."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analytics import Period
from survey_app.cli import main
from survey_app.errors import Conflict
from survey_app.reports.unit import drafting
from survey_app.services.answers import questionnaires
from survey_app.services.answers.ids import uuid7
from survey_app.services.disclosure import public_results
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import open_database
from tests.questionnaires import text
from tests.reports import samples
from tests.servers import PlainServer, fill_catalogue, stored_ids
from tests.services.schedules.schedulers import wait_until
from tests.submissions import NOW
from tests.web.forms import payload

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(sqlite_url: str) -> str:
    fill_catalogue(sqlite_url)
    return sqlite_url


def run(monkeypatch: pytest.MonkeyPatch, url: str, *arguments: object) -> Result:
    monkeypatch.setenv("DATABASE_URL", url)
    return CliRunner().invoke(main, [str(a) for a in arguments])


def send_until(server: PlainServer, stop: threading.Event, confirmed: list[str]) -> list[str]:
    """Send answers until told to stop; every id. Those with a receipt are in `confirmed` at once."""
    sent: list[str] = []
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    while not stop.is_set():
        sent.append(str(uuid7(NOW)))
        body = json.dumps(payload(id=sent[-1]))
        connection.request("POST", "/api/responses", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201
        confirmed.append(sent[-1])
    connection.close()
    return sent


def test_a_backup_made_under_load_is_whole_and_holds_what_was_confirmed_before_it_began(
    filled: str, tmp_path: Path
) -> None:
    target, confirmed, stop = tmp_path / "cadangan.db", list[str](), threading.Event()
    with PlainServer(filled) as server, ThreadPoolExecutor(4) as pool:
        sending = [pool.submit(send_until, server, stop, confirmed) for _ in range(4)]
        try:
            wait_until(lambda: len(confirmed) >= 200)
            before = set(confirmed)
            command = [sys.executable, "-m", "survey_app", "backup", str(target)]
            made = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, capture_output=True)
            during = set(confirmed) - before
        finally:
            stop.set()
        sent = {id_ for job in sending for id_ in job.result()}
    assert during, "nothing was stored while the backup was made"
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [p.name for p in tmp_path.glob("cadangan*")] == ["cadangan.db"]
    kept = stored_ids(f"sqlite:///{target}")
    assert before <= set(kept) <= sent
    assert len(kept) == len(set(kept))
    assert f"{len(kept)} jawaban" in made.stdout.decode()


def test_a_restored_backup_gives_the_same_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'survey.db'}"
    database = open_database(url)
    samples.sekadau(database)
    samples.serve(database, "sekadau", "2019-S1", 1000)
    samples.create_unit(database, "loket", "Loket", instrument="skm-2017-tanpa-biaya@1")
    samples.insert(database, "loket", samples.random_rows(60, 8), "2019-05")
    database.close()
    table = ("table", "--period", "2019", "-o")
    assert run(monkeypatch, url, *table, tmp_path / "before.csv").exit_code == 0
    made = run(monkeypatch, url, "backup", tmp_path / "cadangan.db")
    assert made.exit_code == 0, made.output
    restored = tmp_path / "restored" / "survey.db"
    restored.parent.mkdir()
    shutil.copy(tmp_path / "cadangan.db", restored)
    assert run(monkeypatch, f"sqlite:///{restored}", "rebuild").exit_code == 0
    assert run(monkeypatch, f"sqlite:///{restored}", *table, tmp_path / "after.csv").exit_code == 0
    before = (tmp_path / "before.csv").read_bytes()
    # The official value of Sekadau's published rows.
    assert b"78.74" in before
    assert before == (tmp_path / "after.csv").read_bytes()


def test_a_backup_carries_the_questionnaires_that_answers_are_read_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'survey.db'}"
    database = open_database(url)
    ref = questionnaires.publish(database, ADMIN, text("lokal.cadangan"), NOW).ref
    samples.create_unit(database, "pasar", "Pasar", instrument=ref)
    samples.insert(database, "pasar", [[4, 3, 2], [4, 4, 3]] * 5, "2019-06")
    drafting.publish(database, ADMIN, "pasar", Period.parse("2019-S1"), samples.MADE_AT)
    database.close()
    assert run(monkeypatch, url, "backup", tmp_path / "cadangan.db").exit_code == 0
    restored = f"sqlite:///{tmp_path / 'cadangan.db'}"
    assert run(monkeypatch, restored, "rebuild").exit_code == 0
    told = run(monkeypatch, restored, "table", "--internal", "--period", "2019", "-o", tmp_path / "t.csv")
    assert told.exit_code == 0, told.output
    # NRR 4, 3.5 and 2.5: their mean times 25.
    assert b"83.33" in (tmp_path / "t.csv").read_bytes()
    again = open_database(restored)
    (shown,) = public_results.of_unit(again, "pasar")
    assert shown.score is not None
    assert (shown.instrument.ref, str(shown.score.ikm)) == (ref, "83.33")
    with pytest.raises(Conflict, match="instrument-published"):
        questionnaires.publish(again, ADMIN, text("lokal.cadangan", source="Lain"), NOW)
    again.close()


def test_a_backup_overwrites_nothing_and_is_read_by_its_owner_alone(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cadangan.db"
    assert run(monkeypatch, filled, "backup", target).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    first = target.read_bytes()
    again = run(monkeypatch, filled, "backup", target)
    assert again.exit_code == 1
    assert "backup-exists" in again.output
    assert target.read_bytes() == first


def test_postgresql_is_sent_to_its_own_tool(
    fresh_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run(monkeypatch, fresh_postgres_url, "backup", tmp_path / "cadangan.db")
    assert told.exit_code == 1
    assert "pg_dump" in told.output
    assert list(tmp_path.glob("cadangan*")) == []


def test_without_a_database_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(monkeypatch, f"sqlite:///{tmp_path / 'none.db'}", "backup", tmp_path / "cadangan.db")
    assert told.exit_code == 1
    assert "backup-nothing" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_gives_no_backup(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(filled.removeprefix("sqlite:///"))
    with path.open("rb+") as file:
        # Beyond the first pages, which hold the schema: it still opens.
        file.seek(8 * 4096)
        file.write(b"\xff" * 4096 * 4)
    told = run(monkeypatch, filled, "backup", tmp_path / "cadangan.db")
    assert told.exit_code == 1
    assert "damaged" in told.output
    assert list(tmp_path.glob("cadangan*")) == []


def test_a_backup_for_which_there_is_no_room_leaves_nothing(filled: str, tmp_path: Path) -> None:
    # 64 kB: the copy does not fit, and what SQLite keeps beside the database does.
    command = f"ulimit -f 64; exec {sys.executable} -m survey_app backup {tmp_path / 'cadangan.db'}"
    environment = {**os.environ, "DATABASE_URL": filled}
    told = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert told.returncode == 1
    assert "backup-failed" in told.stderr
    assert "Periksa ruang" in told.stderr
    assert "Traceback" not in told.stderr
    assert list(tmp_path.glob("cadangan*")) == []


def test_a_folder_that_is_not_there_is_told_as_what_to_look_at(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "belum-ada" / "cadangan.db"
    told = run(monkeypatch, filled, "backup", target)
    assert told.exit_code == 1
    assert "backup-failed" in told.output
    assert f"Cadangan {target} gagal dibuat" in told.output
    assert "Periksa ruang dan izin" in told.output
