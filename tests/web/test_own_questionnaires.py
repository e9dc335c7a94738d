"""A questionnaire published while servers run: asked, answered and counted in every process."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from urllib.error import HTTPError

import pytest
from starlette.testclient import TestClient

from analytics import Period
from survey_app import instruments
from survey_app.instruments import registry
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit.report import unit_report
from survey_app.services.answers import questionnaires
from survey_app.services.answers.ids import uuid7
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from tests import printed
from tests.questionnaires import KEYS, QUESTION, damage, text
from tests.reports import samples
from tests.servers import PlainServer, fill_catalogue
from tests.submissions import NOW
from tests.web.forms import Page, payload

#: Two sheets of 4, 3, 2 and 4, 4, 3: NRR 4, 3.5 and 2.5, their mean times 25, by hand.
SHEETS, IKM = ((4, 3, 2), (4, 4, 3)), Decimal("83.33")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process has one database; what other tests have opened is not looked into here."""
    monkeypatch.setattr(registry, "_shelves", ())


@pytest.fixture
def running(database_url: str) -> Iterator[PlainServer]:
    fill_catalogue(database_url)
    with PlainServer(database_url) as server:
        yield server


def this_month() -> Period:
    """The month of the server's own clock, in the zone of the unit."""
    return Period.parse(f"{runtime.today('Asia/Makassar'):%Y-%m}")


def asked(server: PlainServer) -> str:
    with urllib.request.urlopen(f"{server.url}/s/ptsp", timeout=60) as page:
        return str(page.read().decode())


def send(server: PlainServer, ref: str, scores: tuple[int, ...]) -> str:
    """Fill in the light form as a browser without a script does; where it led."""
    answers = {f"a.{key}": str(score) for key, score in zip(KEYS, scores, strict=True)}
    given = {"id": str(uuid7(runtime.now())), "instrument": ref, "service": "umum", **answers}
    body = urllib.parse.urlencode(given).encode()
    with urllib.request.urlopen(f"{server.url}/s/ptsp", body, timeout=60) as told:
        return str(told.geturl())


def result(database: Database) -> UnitResult:
    return results.unit_result(database, "ptsp", this_month(), within=PROVINCE)


def test_what_one_process_publishes_is_asked_by_others_and_counted_by_all(
    running: PlainServer, database_url: str
) -> None:
    assert QUESTION not in asked(running)
    database = open_database(database_url)
    ref = questionnaires.publish(database, ADMIN, text("lokal.loket"), NOW).ref
    catalogue.choose_instrument(database, ADMIN, "ptsp", ref)
    with PlainServer(database_url) as second:
        for server, sheet in zip((running, second), SHEETS, strict=True):
            html = asked(server)
            assert QUESTION in html
            assert Page(html).value("instrument") == ref
            assert "/s/ptsp/umum/" in send(server, ref, sheet)
    tailing = result(database)
    results.refresh(database)
    assert tailing.score.ikm == result(database).score.ikm == IKM
    assert tailing.instrument.title.id == "Survei pasar"
    printed_words = printed.words(
        render_pdf_here(unit_report(samples.report(database, "ptsp", str(this_month()))))
    )
    assert "83,33" in printed_words
    assert "Antrean" in printed_words
    database.close()


def test_a_questionnaire_nobody_has_published_is_refused_with_a_code(running: PlainServer) -> None:
    body = json.dumps(payload(instrument="lokal.hantu@1")).encode()
    sent = urllib.request.Request(f"{running.url}/api/responses", body, {"Content-Type": "application/json"})
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(sent, timeout=60)
    assert refused.value.code == 422
    assert [p["code"] for p in json.load(refused.value)["problems"]] == ["instrument-unknown"]


def test_a_damaged_one_is_named_by_its_code_and_other_units_go_on(
    client: TestClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """What was sent is not refused for good: a kiosk keeps it, as it does while a server is away."""
    ref = questionnaires.publish(database, ADMIN, text("lokal.retak"), NOW).ref
    samples.create_unit(database, "pasar", "Pasar", instrument=ref)
    damage(database)
    # As a process that has not read it before.
    instruments.look_no_more_into(database.questionnaires)
    instruments.look_into(database.questionnaires)
    sent = client.post("/api/responses", json=payload(unit="pasar", answers=dict.fromkeys(KEYS, 4)))
    assert (sent.status_code, sent.json()) == (500, {"error": "instrument-damaged"})
    assert client.get("/s/pasar").status_code == 500
    assert caplog.text.count("answered 500: Kuesioner lokal.retak@1 rusak") == 2
    assert client.get("/s/ptsp").status_code == 200
    assert client.post("/api/responses", json=payload()).status_code == 201
