"""What a key with the right `results` reads, and what no other one does."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.cli.responses import as_data
from survey_app.services.accounts.api_keys import Right
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import audit
from survey_app.storage.audit import Entry, Wanted
from survey_app.storage.database import Database
from tests.reports import samples
from tests.web.api.conftest import AGENCY, MakeKey

RESULT = "/api/v1/internal/results/units/sekadau/2019-S1"
RESPONSES = "/api/v1/internal/responses?unit=sekadau&period=2019-S1"


def entries(database: Database) -> list[Entry]:
    """What the key did or tried, the newest first."""
    with database.read() as connection:
        return audit.read(connection, Wanted(who="API: Dasbor"), None)


def test_an_internal_result_is_that_of_the_internal_edition(
    client: TestClient, published: Database, key: MakeKey
) -> None:
    samples.insert(published, "sekadau", [[1] * 9] * 10, "2019-05")  # not published
    found = client.get(RESULT, headers=key()).json()
    whole = results.unit_result(published, "sekadau", Period.parse("2019-S1"), within=PROVINCE)
    expected = as_data(outgoing.of_result(published, whole, ADMIN))
    for name in ("unit", "service", "period", "instrument", "n", "population", "ikm", "mutu", "undated"):
        assert found[name] == expected[name], name
    assert found["n"] == 59
    assert found["ci_low"] == round(expected["ci_low"], 2)
    assert {u["unsur"]: u["nrr"] for u in found["unsur"]} == pytest.approx(expected["nrr"], abs=5e-5)
    assert found["checks"]["flagged"] == expected["quality"]["flagged"]
    assert found["checks"]["ikm_without_flagged"] == expected["quality"]["ikm_without_flagged"]
    flags = {f["flag"].replace("-", "_"): f for f in found["checks"]["flags"]}
    assert {k: (f["n"], f["checked"]) for k, f in flags.items()} == {
        k: (f["n"], f["checked"]) for k, f in expected["quality"]["flags"].items()
    }
    # What was never recorded cannot be checked, which is not 0.
    assert (flags["too_fast"]["n"], flags["too_fast"]["reason"]) == (None, "not-recorded")


def test_a_result_that_is_none_says_why(client: TestClient, published: Database, key: MakeKey) -> None:
    found = client.get(RESULT.replace("2019-S1", "2015"), headers=key()).json()
    assert (found["n"], found["ikm"], found["ci_low"], found["checks"]) == (0, None, None, None)
    assert found["reason"] == "no-answers"


def test_four_people_are_told_of_inside(client: TestClient, published: Database, key: MakeKey) -> None:
    samples.create_unit(published, "kecil", "Loket Kecil")
    samples.insert(published, "kecil", [[4] * 9] * 4, "2019-05")
    headers = key()
    found = client.get("/api/v1/internal/results/units/kecil/2019-05", headers=headers).json()
    assert (found["n"], found["ikm"]) == (4, 100.0)
    # As the internal edition does; their answers one by one are not in it.
    listed = client.get("/api/v1/internal/responses?unit=kecil&period=2019-05", headers=headers).json()
    assert listed == {"items": [], "next": None}


def test_answers_come_page_by_page_and_add_up_to_the_result(
    client: TestClient, published: Database, key: MakeKey
) -> None:
    headers, found, after = key(), list[dict[str, Any]](), ""
    while True:
        answer = client.get(f"{RESPONSES}&limit=20{after}", headers=headers)
        assert answer.headers["cache-control"] == "no-store"
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            break
        assert page["next"] in answer.headers["link"]
        after = f"&after={page['next']}"
    assert len(found) == 49
    assert sum(one["scores"]["persyaratan"] for one in found) == 138  # as published
    fields = {"month", "day", "service", "channel", "instrument", "scores", "flags"}
    assert {frozenset(one) for one in found} == {frozenset(fields)}
    # Once, however many pages there are.
    (entry,) = entries(published)
    assert (entry.action, entry.unit, entry.refused) == ("download", "sekadau", False)
    assert json.loads(entry.what) == {"service": "disclosure.inside.answers", "period": "2019-S1"}


def test_whoever_begins_at_a_later_month_is_written_down_too(
    client: TestClient, published: Database, key: MakeKey
) -> None:
    """Where a month begins everybody can write a cursor."""
    assert client.get(f"{RESPONSES}&after=2019-01..0", headers=key()).json()["items"]
    assert [entry.action for entry in entries(published)] == ["download"]


def test_a_list_that_has_changed_is_begun_again(
    client: TestClient, published: Database, key: MakeKey
) -> None:
    headers = key()
    after = client.get(f"{RESPONSES}&limit=20", headers=headers).json()["next"]
    # The rows of the samples all lie in one month.
    samples.insert(published, "sekadau", [[2] * 9] * 6, "2019-01")
    samples.insert(published, "sekadau", [[2] * 9] * 6, "2019-02")
    month = after.partition(".")[0]
    samples.insert(published, "sekadau", [[2] * 9] * 60, month)
    # The print of an empty list is known to everybody: going on from there would leave no entry.
    empty = next(m for m in ("2019-03", "2019-04") if m != month)
    nothing = hashlib.sha256(b"[]").hexdigest()[:32]
    for cursor in (
        after,
        f"{empty}.{nothing}.0",
        f"{empty}.{nothing}.1",
        "2019-01.ab.1",
        "2019-01..1",
        "2018-01..0",
        "x",
    ):
        answer = client.get(f"{RESPONSES}&after={cursor}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (409, "list-changed"), cursor


@pytest.mark.parametrize("path", [RESULT, RESPONSES])
def test_who_may_not_is_told_nothing(
    client: TestClient, published: Database, key: MakeKey, path: str
) -> None:
    samples.create_unit(published, "lain", "Loket Lain", agency="Dinas Lain")
    nothing = client.get(path)
    assert (nothing.status_code, nothing.headers["www-authenticate"]) == (401, "Bearer")
    others = {
        "key-refused": key(set(Right) - {Right.RESULTS}),
        "scope-refused": key(scope=Scope(unit="lain")),
    }
    for code, headers in others.items():
        answer = client.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, code)
        assert entries(published)[0].refused
    assert client.get(path, headers=key(scope=Scope(agency="dinas-lain"))).status_code == 403
    for scope in (Scope(unit="sekadau"), Scope(agency=AGENCY), PROVINCE):
        assert client.get(path, headers=key(scope=scope)).status_code == 200
    unknown = client.get(path.replace("sekadau", "tidak-ada"), headers=key())
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unit-unknown")


def test_one_service_has_its_own(client: TestClient, published: Database, key: MakeKey) -> None:
    headers = key()
    assert client.get(f"{RESULT}?service=umum", headers=headers).json()["service"] == "umum"
    assert len(client.get(f"{RESPONSES}&service=umum", headers=headers).json()["items"]) == 49
    for path in (f"{RESULT}?service=x", f"{RESPONSES}&service=x"):
        assert client.get(path, headers=headers).json()["code"] == "service-unknown"
