"""Files of answers by a key: counted once, refused whole, and nothing taken in for who may not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey_app.services.accounts.api_keys import Right
from survey_app.services.imports import importing
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import Scope
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.web.api import imports
from tests.submissions import KEYS, stored
from tests.web.api.writes.conftest import MakeKey, everything

SHEETS = ",".join([*KEYS, "Saran"]) + "\n" + "".join(f"{','.join('3' * 9)},Baik {n}\n" for n in range(3))
TERMS = {"unit": "ptsp", "period": "2025"}
NAME = "Budi Santoso.csv"


def send(
    client: TestClient, headers: dict[str, str], text: str = SHEETS, name: str = NAME, **terms: str
) -> Any:
    files = {"file": (name, text.encode(), "text/csv")}
    return client.post("/imports", data={**TERMS, **terms}, files=files, headers=headers)


@pytest.fixture
def mine(key: MakeKey) -> dict[str, str]:
    """A key of a manager of one unit: no more is needed."""
    return key(Right.IMPORT, Scope(unit="ptsp"), Role.MANAGER)


def test_a_file_counts_once_and_is_written_down_without_its_name(
    client: TestClient, database: Database, mine: dict[str, str]
) -> None:
    first, again = send(client, mine), send(client, mine)
    assert (first.status_code, first.json()["stored"], first.json()["refused"]) == (201, 3, [])
    assert (again.status_code, again.json()["stored"], again.json()["known"]) == (200, 0, 3)
    assert stored(database) == 3
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(who="API: Dasbor"), None)
    assert (entry.action, entry.unit, entry.refused) == ("import-answers", "ptsp", False)
    assert "Budi" not in entry.what
    (shown,) = client.get("/imports?unit=ptsp", headers=mine).json()
    assert (shown["id"], shown["state"], shown["rows"]) == (json.loads(entry.what)["import_id"], "counted", 3)


def test_a_bad_row_refuses_the_file_unless_the_good_ones_are_wanted(
    client: TestClient, database: Database, mine: dict[str, str]
) -> None:
    text = SHEETS + "9" + ",3" * 8 + ",Baik\n"
    refused = send(client, mine, text)
    assert (refused.status_code, refused.json()["code"]) == (422, "rows-refused")
    assert refused.json()["problems"][0]["path"].startswith("baris 5")
    assert stored(database) == 0
    taken = send(client, mine, text, accept_valid="true").json()
    assert (taken["stored"], [row["line"] for row in taken["refused"]]) == (3, [5])


def test_a_file_taken_back_counts_no_more(client: TestClient, mine: dict[str, str]) -> None:
    send(client, mine)
    (shown,) = client.get("/imports?unit=ptsp", headers=mine).json()
    path = f"/imports/{shown['id']}/withdraw"
    for unusable in (" ", "salah\x00", "salah\x07", "salah\u202e", "x" * 501):
        assert client.post(path, json={"reason": unusable}, headers=mine).status_code == 422, unusable
    assert client.post(path, json={"reason": "Berkas salah,\nlihat surat"}, headers=mine).status_code == 204
    assert client.post(path, json={"reason": "Lagi"}, headers=mine).status_code == 409
    assert client.get("/imports?unit=ptsp", headers=mine).json()[0]["reason"] == "Berkas salah,\nlihat surat"
    for number, status in ((999, 404), (10**12, 422)):
        answer = client.post(f"/imports/{number}/withdraw", json={"reason": "x"}, headers=mine)
        assert answer.status_code == status


def test_others_import_and_withdraw_nothing(
    client: TestClient,
    database: Database,
    mine: dict[str, str],
    closed: Callable[[Right], Mapping[str, dict[str, str]]],
) -> None:
    send(client, mine)
    keys, number = closed(Right.IMPORT), client.get("/imports?unit=ptsp", headers=mine).json()[0]["id"]
    before = everything(database)
    for why, headers in keys.items():
        expected = 403 if why in ("another right", "elsewhere") else 401
        answers = [
            send(client, headers, SHEETS + SHEETS.splitlines()[1] + "\n", period="2024"),
            client.post(f"/imports/{number}/withdraw", json={"reason": "x"}, headers=headers),
        ]
        assert [answer.status_code for answer in answers] == [expected] * 2, why
        listed = client.get("/imports?unit=ptsp", headers=headers).status_code
        # How a unit is set up, and what was imported for it, another right may tell as well.
        assert listed == expected or (why, listed) == ("another right", 200)
    assert everything(database) == before


def test_without_a_key_no_body_is_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(*_: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(imports, "_form", read)
    assert send(client, {}).status_code == 401


@pytest.mark.parametrize(
    ("terms", "text", "status", "code"),
    [
        ({"unit": "x"}, SHEETS, 404, "unit-unknown"),
        ({"period": "2025-S9"}, SHEETS, 422, "input-refused"),
        ({"order": "lain"}, SHEETS, 422, "input-refused"),
        ({"scale": "\x00"}, SHEETS, 422, "input-refused"),
        ({"scale": "7-9"}, SHEETS, 422, None),
        ({"acept_valid": "true"}, SHEETS, 422, "input-refused"),
        ({"sheet": "Lembar"}, SHEETS, 422, "sheet-unknown"),
        ({}, "", 422, "file-empty"),
        ({}, "\x00\xff", 422, None),
        ({}, "PK\x03\x04 no workbook", 422, "file-damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    client: TestClient,
    database: Database,
    key: MakeKey,
    terms: dict[str, str],
    text: str,
    status: int,
    code: str | None,
) -> None:
    answer = send(client, key(Right.IMPORT), text, **terms)
    assert answer.status_code == status
    assert code in (answer.json()["code"], None)
    assert answer.headers["content-type"] == "application/problem+json"
    assert stored(database) == 0


@pytest.mark.parametrize("name", ["../../a.csv", "a\x00b.csv", "x" * 300 + ".csv", "\udcff.csv", ".csv"])
def test_no_name_of_a_file_leads_anywhere(client: TestClient, mine: dict[str, str], name: str) -> None:
    disposition = f'form-data; name="file"; filename="{name}"'.encode(errors="surrogateescape")
    parts = [
        b'form-data; name="unit"',
        b"ptsp",
        b'form-data; name="period"',
        b"2025",
        disposition,
        SHEETS.encode(),
    ]
    body = b"".join(
        b"--x\r\nContent-Disposition: " + head + b"\r\n\r\n" + value + b"\r\n"
        for head, value in zip(parts[::2], parts[1::2], strict=True)
    )
    headers = {**mine, "Content-Type": "multipart/form-data; boundary=x"}
    answer = client.post("/imports", content=body + b"--x--\r\n", headers=headers)
    assert answer.status_code in (201, 400)


def test_bodies_of_another_kind_broken_or_too_large_are_refused(
    client: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post("/imports", json={}, headers=mine).status_code == 415
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        broken = client.post("/imports", content=b"--y", headers={**mine, "Content-Type": kind})
        assert broken.status_code == 400
    # A name of a charset that Python knows and that decodes nothing.
    kind = "multipart/form-data; boundary=x; charset=undefined"
    part = b'--x\r\nContent-Disposition: form-data; name="unit"\r\n\r\na\r\n--x--\r\n'
    broken = client.post("/imports", content=part, headers={**mine, "Content-Type": kind})
    assert broken.status_code == 400
    missing = client.post("/imports", data=TERMS, files={"berkas": ("a.csv", b"x")}, headers=mine)
    assert [p["path"] for p in missing.json()["problems"]] == ["file"]
    large = {"Content-Length": str(imports.MOST + 1), "Content-Type": "multipart/form-data; boundary=x"}
    refused = client.post("/imports", content=b"x", headers={**mine, **large})
    assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
    foreign = {**mine, "Origin": "https://jahat.example"}
    assert send(client, foreign).status_code == 403


def test_nothing_of_the_file_is_left_whatever_happens(
    client: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen = list[Path]()

    def broken(*given: Any) -> None:
        seen.append(given[2])
        raise ZeroDivisionError

    monkeypatch.setattr(importing, "import_responses", broken)
    with pytest.raises(ZeroDivisionError):
        send(client, mine)
    assert seen[0].is_relative_to(tmp_path)
    assert list(tmp_path.glob("survey-*")) == []


def test_more_at_once_than_there_are_places_are_asked_to_come_again(
    client: TestClient, database: Database, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey_app.web.api.heavy._TOGETHER", 0)
    answer = send(client, mine)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "20")
    assert stored(database) == 0


def test_a_place_is_free_again_whatever_became_of_the_file(
    client: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey_app.web.api.heavy._TOGETHER", 1)
    broken = {**mine, "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/imports", content=b"--y", headers=broken).status_code == 400
    assert [send(client, mine, text).status_code for text in ("", SHEETS)] == [422, 201]
    assert client.post("/imports/9/withdraw", json={"reason": "salah"}, headers=mine).status_code == 404
    assert send(client, mine).status_code == 200
