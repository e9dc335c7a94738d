"""The server makes due reports by itself, and stops between two of them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from analytics.period import Period
from survey_app.pages import serving
from survey_app.reports import exports
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from tests.submissions import NOW


@pytest.fixture(autouse=True)
def process(database: Database, unit: UnitEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process has two reports to make: September and October 2026."""
    monkeypatch.setattr(runtime, "database", lambda: database)
    monkeypatch.setattr(runtime, "now", lambda: NOW)
    monkeypatch.setattr(exports, "render", lambda *_: b"a report")
    monkeypatch.setenv("SURVEY_REPORTS_DIR", str(tmp_path / "reports"))
    ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2026-09"))


def made(folder: Path) -> int:
    return len(list((folder / "reports").rglob("*.pdf")))


def test_everything_due_is_made_in_one_go(tmp_path: Path) -> None:
    serving.make_due_reports(threading.Event())
    assert made(tmp_path) == 2


def test_a_stopping_server_begins_no_further_report(tmp_path: Path) -> None:
    stopping = threading.Event()
    stopping.set()
    serving.make_due_reports(stopping)
    assert made(tmp_path) == 1
