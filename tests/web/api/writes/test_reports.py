"""Scheduled reports by a key: made, listed and downloaded inside the scope, and unknown outside of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.reports import exports
from survey_app.services.accounts.api_keys import Right
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.schedules import ordered
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.web.api.writes.conftest import MakeKey, everything

PDF = b"%PDF of somebody's"


@pytest.fixture(autouse=True)
def schedules(database: Database, unit: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A yearly report of the unit, and one of the province."""
    monkeypatch.setenv("SURVEY_REPORTS_DIR", str(tmp_path / "reports"))
    monkeypatch.setattr(exports, "render", lambda *_: PDF)
    for scope in (Scope(unit="ptsp"), PROVINCE):
        ordered.add(database, ADMIN, scope, "id", Period.parse("2025"))


@pytest.fixture
def mine(key: MakeKey) -> dict[str, str]:
    return key(Right.REPORTS, Scope(unit="ptsp"), Role.MANAGER)


def test_a_report_is_made_listed_and_downloaded_and_written_down(
    client: TestClient, database: Database, mine: dict[str, str]
) -> None:
    (due,) = client.get("/reports", headers=mine).json()
    assert (due["unit"], due["period"], due["status"], due["id"]) == ("ptsp", "2025", "due", None)
    made = client.post(f"/reports/{due['schedule']}/2025/make", headers=mine).json()
    assert (made["status"], made["sha256"]) == ("made", hashlib.sha256(PDF).hexdigest())
    assert client.get("/reports", headers=mine).json() == [made]
    file = client.get(f"/reports/{made['id']}", headers=mine)
    assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
    assert file.headers["content-disposition"] == ('attachment; filename="laporan-skm-unit-ptsp-2025-id.pdf"')
    with database.read() as connection:
        got, ordered_ = audit.read(connection, Wanted(who="API: Dasbor"), None)
    assert (got.action, got.unit, json.loads(got.what)["file"]) == (
        "download",
        "ptsp",
        "laporan-skm-unit-ptsp-2025-id.pdf",
    )
    assert ordered_.action == "make-reports"


def test_what_lies_outside_the_scope_is_as_unknown_as_a_guessed_number(
    client: TestClient, key: MakeKey, mine: dict[str, str]
) -> None:
    all_of_it = key(Right.REPORTS)
    whole = next(line for line in client.get("/reports", headers=all_of_it).json() if line["unit"] is None)
    made = client.post(f"/reports/{whole['schedule']}/2025/make", headers=all_of_it).json()
    assert client.get(f"/reports/{made['id']}", headers=all_of_it).status_code == 200
    for method, path in (
        ("GET", f"/reports/{made['id']}"),
        ("GET", "/reports/999"),
        ("POST", f"/reports/{whole['schedule']}/2025/make"),
        ("POST", "/reports/999/2025/make"),
        # Of a period that nobody ordered.
        ("POST", "/reports/1/2024/make"),
        ("POST", "/reports/1/2025-S1/make"),
    ):
        answer = client.request(method, path, headers=mine)
        assert (answer.status_code, answer.json()["code"]) == (404, "report-unknown"), path
    assert client.get(f"/reports/{10**12}", headers=mine).status_code == 422


def test_a_file_that_is_gone_or_changed_is_not_handed_out(
    client: TestClient, mine: dict[str, str], tmp_path: Path
) -> None:
    made = client.post("/reports/1/2025/make", headers=mine).json()
    (file,) = (tmp_path / "reports").rglob("*.pdf")
    file.write_bytes(b"other")
    assert client.get(f"/reports/{made['id']}", headers=mine).json()["code"] == "report-changed"
    file.unlink()
    gone = client.get(f"/reports/{made['id']}", headers=mine)
    assert (gone.status_code, gone.json()["code"]) == (404, "report-missing")


def test_a_report_that_fails_says_so(
    client: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "render", lambda *_: 1 / 0)
    answer = client.post("/reports/1/2025/make", headers=mine)
    assert (answer.status_code, answer.json()["status"]) == (200, "failed")
    assert client.get(f"/reports/{answer.json()['id']}", headers=mine).status_code == 404


def test_others_make_and_download_nothing(
    client: TestClient,
    database: Database,
    mine: dict[str, str],
    closed: Callable[[Right], Mapping[str, dict[str, str]]],
) -> None:
    number = client.post("/reports/1/2025/make", headers=mine).json()["id"]
    keys = closed(Right.REPORTS)
    before = everything(database)
    for why, headers in keys.items():
        expected = {"another right": 403, "elsewhere": 404}.get(why, 401)
        for method, path in (("GET", f"/reports/{number}"), ("POST", "/reports/1/2025/make")):
            assert client.request(method, path, headers=headers).status_code == expected, (why, path)
        listed = client.get("/reports", headers=headers)
        assert listed.status_code == (200 if why == "elsewhere" else expected)
        assert why != "elsewhere" or listed.json() == []
    assert everything(database) == before
