"""The search box finds what its person may open, by a list that the browser fetches once."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import streamlit_app
from survey_app.errors import Unavailable
from survey_app.pages.serving import finding
from survey_app.pages.specs import PAGES
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_kind import set_kind
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import acting, finder
from tests.pages.conftest import Browser, OpenPage
from tests.signing_in import COOKIE, session_of
from tests.submissions import NOW


@pytest.fixture
def units(database: Database, unit: UnitEntry) -> None:
    catalogue.create_agency(database, ADMIN, "dishub", "Dinas Perhubungan")
    catalogue.create_unit(database, ADMIN, "dishub", "terminal", "Terminal", time_zone="Asia/Makassar")
    catalogue.create_service(database, ADMIN, "terminal", "tiket", "Penjualan <i>tiket</i>")


@pytest.fixture
def client(database: Database, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(runtime, "database", lambda: database)
    monkeypatch.setattr(runtime, "now", lambda: NOW)
    return TestClient(streamlit_app.app, base_url="http://127.0.0.1:8501")


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("role", [Role.ADMIN, Role.LEADERSHIP, Role.AUDITOR, Role.MANAGER, Role.OPERATOR])
@pytest.mark.parametrize("scope", [Scope(), Scope(agency="dishub"), Scope(unit="terminal")])
def test_nothing_is_found_that_may_not_be_opened(database: Database, role: Role, scope: Scope) -> None:
    person = Acting(role, scope)
    open_to = {spec.path for spec in PAGES if spec.open_to(person)}
    found = finding.of_person(database, person, "id")
    assert {page for *_, page, _ in found} <= open_to
    names = {name for kind, name, *_ in found if kind != finding.PAGE.id}
    assert "Terminal" in names
    assert ("ptsp" in {query.get("unit") for *_, query in found}) == (scope == Scope())


@pytest.mark.usefixtures("units")
def test_a_unit_of_several_services_is_found_by_each_of_them(database: Database) -> None:
    found = finding.of_person(database, ADMIN, "en")
    services = [name for kind, name, *_ in found if kind == finding.SERVICE.en]
    assert len(services) == 2
    assert (
        "Service",
        "Penjualan <i>tiket</i>",
        "Terminal",
        "unit",
        {"unit": "terminal", "service": "tiket"},
    ) in found
    assert ("Page", "Comparison", "Watch", "perbandingan", {}) in found


@pytest.mark.usefixtures("units")
def test_a_unit_is_found_by_the_name_of_its_kind(database: Database) -> None:
    set_kind(database, ADMIN, "terminal", "perhubungan")
    about = {
        name: note for kind, name, note, *_ in finding.of_person(database, ADMIN, "en") if kind == "Unit"
    }
    assert about["Terminal"] == "Dinas Perhubungan · Transport"


def test_an_empty_province_finds_what_can_be_set_up(database: Database) -> None:
    assert {page for *_, page, _ in finding.of_person(database, ADMIN, "id")} == {
        "pengaturan",
        "petugas",
        "sambungan",
        "jejak-audit",
    }


def test_it_is_for_who_has_signed_in_and_is_sent_once(client: TestClient, database: Database) -> None:
    assert (client.get(finder.SOURCE).status_code, client.get(finder.SOURCE).json()) == (401, [])
    client.cookies.set(COOKIE, session_of(database))
    first = client.get(finder.SOURCE)
    assert first.status_code == 200
    assert "no-cache" in first.headers["cache-control"]
    again = client.get(finder.SOURCE, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(finder.SOURCE).status_code == 405


def test_a_database_that_is_away_finds_nothing(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.cookies.set(COOKIE, session_of(database))

    def fail(*_: object) -> None:
        raise Unavailable("database-away", acting.ENDED, "away")

    monkeypatch.setattr(finding, "of_person", fail)
    assert client.get(finder.SOURCE).status_code == 503


def test_a_page_draws_the_box_and_goes_where_it_says(
    open_page: OpenPage, browser: Browser, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [finder.Chosen("unit", {"unit": unit.unit.code})]
    monkeypatch.setattr(finder, "draw", lambda: wanted.pop() if wanted else None)
    app = open_page("pengaturan", lang="en")
    assert not app.exception
    assert [title.value for title in app.title] == [unit.unit.name]
    assert app.query_params["lang"] == "en"
