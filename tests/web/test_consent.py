"""Each page sends the version of the consent text that it shows, and whatever it sends costs no answer."""

from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from survey_app.services.answers import consent
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database
from survey_app.web.words import Words
from tests.submissions import NOW, consents
from tests.web.forms import Page, fields, payload
from tests.web.test_kiosk import page_data

UNIT = "Pelayanan Terpadu Satu Pintu"


def test_the_form_names_the_version_beside_the_text(client: TestClient) -> None:
    html = client.get("/s/ptsp").text
    assert Words("id").fill("consent", unit=UNIT) in html
    assert Page(html).value("consent") == str(consent.VERSION)


def test_the_kiosk_names_the_version_beside_the_text(client: TestClient, database: Database) -> None:
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    data = page_data(client.get(f"/k/{devices.pair(database, code, NOW).device.code}").text)
    assert data["consent"]["en"] == Words("en").fill("consent", unit=UNIT)
    assert data["consent_version"] == consent.VERSION


def test_a_form_drawn_again_shows_the_text_in_force_and_names_it(client: TestClient) -> None:
    """One that came with an older version: whoever sends it now has read the newer text."""
    wrong = client.post("/s/ptsp", data=fields(consent="1", a__waktu="9"))
    assert wrong.status_code == 422
    assert Page(wrong.text).value("consent") == str(consent.VERSION)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("1", 1),
        ("2", 2),
        ("", None),
        ("3", None),
        ("dua", None),
        ("\u0662", None),
        ("-1", None),
        ("9" * 500, None),
    ],
)
def test_the_form_is_taken_whatever_it_says_of_its_version(
    client: TestClient, database: Database, sent: str, stored: int | None
) -> None:
    assert client.post("/s/ptsp", data=fields(consent=sent)).status_code == 303
    assert consents(database) == [stored]


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (1, 1),
        (2, 2),
        ("2", 2),
        (None, None),
        (0, None),
        (10**40, None),
        (2.0, None),
        (True, None),
        ("\x00", None),
        ([2], None),
        ({"version": 2}, None),
    ],
)
def test_the_json_route_takes_an_answer_whatever_it_says_of_its_version(
    client: TestClient, database: Database, sent: object, stored: int | None
) -> None:
    body = json.dumps(payload(consent=sent))
    answer = client.post("/api/responses", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201
    assert consents(database) == [stored]


def test_pages_of_an_older_release_say_nothing_and_are_taken(client: TestClient, database: Database) -> None:
    assert client.post("/s/ptsp", data=fields()).status_code == 303
    assert client.post("/api/responses", json=payload()).status_code == 201
    assert consents(database) == [None, None]


def test_a_retry_by_a_newer_page_has_the_receipt_of_the_first(client: TestClient, database: Database) -> None:
    first = payload(consent=1)
    codes = [
        client.post("/api/responses", json=sent).status_code
        for sent in (first, {**first, "consent": 2}, {k: v for k, v in first.items() if k != "consent"})
    ]
    assert codes == [201, 200, 200]
    assert consents(database) == [1]
