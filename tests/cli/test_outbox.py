"""import-outbox: what a kiosk saved in an emergency arrives, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.services.answers.ids import uuid7
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import open_database
from survey_app.storage.tables import response
from tests.submissions import KEYS, NOW


@pytest.fixture
def database_url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "opd", "Dinas")
    catalogue.create_unit(database, ADMIN, "opd", "ptsp", "PTSP", time_zone="Asia/Makassar")
    database.close()
    return sqlite_url


def record(score: int = 3, **changes: Any) -> dict[str, Any]:
    """As the kiosk's outbox keeps it; `at` is its clock in milliseconds."""
    body = {"unit": "ptsp", "channel": "kiosk", "client_id": "a1", "answers": dict.fromkeys(KEYS, score)}
    return {"id": str(uuid7(NOW)), "at": int(NOW.timestamp() * 1000), "body": {**body, **changes}}


def imported(path: Path, content: Any) -> Result:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return CliRunner().invoke(main, ["import-outbox", str(path)])


def test_saved_answers_arrive_once_and_refused_ones_are_named(database_url: str, tmp_path: Path) -> None:
    good, bad = [record(1, comment="WA 0812 3456 7890"), record(2)], record(5)
    first = imported(tmp_path / "kios.json", {"device": "a1", "records": [*good, bad]})
    assert first.exit_code == 1
    assert "2 disimpan, 0 sudah ada, 1 ditolak" in first.output
    assert f"{bad['id']}: answers.persyaratan" in first.output
    again = imported(tmp_path / "kios.json", {"device": "a1", "records": good})
    assert (again.exit_code, again.output) == (0, "0 disimpan, 2 sudah ada, 0 ditolak\n")
    database = open_database(database_url)
    with database.read() as connection:
        columns = response.c.scores, response.c.channel, response.c.comment
        rows = connection.execute(sa.select(*columns)).all()
    database.close()
    assert [tuple(row) for row in rows] == [("1" * 9, "kiosk", "WA [telepon]"), ("2" * 9, "kiosk", None)]


def test_what_had_arrived_before_its_unit_closed_is_there_and_no_refusal(
    database_url: str, tmp_path: Path
) -> None:
    """Also where a newer reader no longer takes the record's shape: its id says that it is stored."""
    good = record(1)
    imported(tmp_path / "kios.json", {"device": "a1", "records": [good]})
    database = open_database(database_url)
    catalogue.set_unit_active(database, ADMIN, "ptsp", False)
    database.close()
    misshapen = {**good, "body": {**good["body"], "channel": "loket"}}
    for again in (good, misshapen):
        outcome = imported(tmp_path / "kios.json", {"device": "a1", "records": [again]})
        assert (outcome.exit_code, outcome.output) == (0, "0 disimpan, 1 sudah ada, 0 ditolak\n")
    never_arrived = imported(tmp_path / "kios.json", {"device": "a1", "records": [record(1)]})
    assert "0 disimpan, 0 sudah ada, 1 ditolak" in never_arrived.output


@pytest.mark.parametrize(
    "content",
    [
        '{"records": [{"id": "x", "at": NaN, "body": {}}]}',
        '{"records": [{"id": "x", "at": 1e999, "body": {}}]}',
        "",
        "{}",
        "[]",
        '{"records": 3}',
        '{"records": [1]}',
        '{"records": [{"id": "x", "body": {}}]}',
    ],
)
def test_another_file_is_refused(database_url: str, tmp_path: Path, content: str) -> None:
    done = imported(tmp_path / "x.json", content)
    assert done.exit_code == 1
    assert "outbox-file" in done.output
