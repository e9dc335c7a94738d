"""Published results for programs: what /hasil says, page by page, and not sent twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey_app.services.disclosure import public_results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database
from survey_app.web.api import paging
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish

V1 = "/api/v1"
READS = (
    "/units",
    "/results",
    "/results/province",
    "/results/agencies/kabupaten-sekadau",
    "/results/units/sekadau",
    "/results/units/sekadau/2019-S1",
)


def items(client: TestClient, path: str, **query: str) -> list[dict[str, Any]]:
    """Every item of a list, however many pages it has."""
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(V1 + path, params={**query, **after}).json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def as_open_data(item: dict[str, Any]) -> dict[str, Any]:
    """With the name of the agency alone, as /hasil.json has it."""
    agency = item["agency"]
    return {**item, "agency": None if agency is None else agency["name"]}


def by_place(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["kind"], row["agency"] or "", row["unit"] or "", row["period"]))


def moments(row: dict[str, Any]) -> dict[str, Any]:
    """`Z` and `+00:00` are one zone."""
    return {**row, "published_at": re.sub("Z$", "+00:00", row["published_at"])}


def test_the_list_is_the_open_data_of_the_index(client: TestClient, published: Database) -> None:
    samples.create_unit(published, "kecil", "Loket Kecil")
    samples.insert(published, "kecil", samples.random_rows(4), "2019-05")
    publish(published, "2019-05", "kecil")
    expected = client.get("/hasil.json").json()["results"]
    found = [moments(as_open_data(item)) for item in items(client, "/results")]
    assert by_place(found) == by_place(expected)
    assert {(row["kind"], row["ikm"]) for row in found} >= {("unit", 78.74), ("province", 78.74)}
    # Of four people nothing is told here either.
    assert [row["ikm"] for row in found if row["unit"] == "kecil"] == [None]


def test_a_period_is_the_open_data_of_its_unit(client: TestClient, published: Database) -> None:
    expected = client.get("/hasil/sekadau.json").json()["periods"]
    whole = [client.get(f"{V1}/results/units/sekadau/{p['period']}").json() for p in expected]
    for found, row in zip(whole, expected, strict=True):
        unsur = [{name: u[name] for name in u if name != "unsur" or u[name]} for u in row["unsur"]]
        assert moments({k: v for k, v in found.items() if k != "unit"}) == {**row, "unsur": unsur}
    listed = items(client, "/results/units/sekadau")
    left_out = ("unsur", "respondents")
    assert listed == [{k: v for k, v in one.items() if k not in left_out} for one in whole]
    assert whole[1]["unsur"][0]["nrr"] == 2.8163  # 138 over 49 respondents


def test_what_is_hidden_on_the_page_is_hidden_here(client: TestClient, published: Database) -> None:
    samples.create_unit(published, "kecil", "Loket Kecil")
    samples.insert(published, "kecil", samples.random_rows(4), "2019-05", samples.profiles(4))
    publish(published, "2019-05", "kecil")
    found = client.get(f"{V1}/results/units/kecil/2019-05").json()
    assert (found["n"], found["ikm"], found["ci_low"], found["respondents"]) == (None, None, None, [])
    assert {u["nrr"] for u in found["unsur"]} == {None}
    assert found["reason"] == "fewer-than-5"


def test_filters_leave_what_is_meant(client: TestClient, published: Database) -> None:
    samples.create_unit(published, "lain", "Loket Lain", agency="Dinas Lain")
    samples.insert(published, "lain", samples.random_rows(9), "2019-05")
    publish(published, "2019-05", "lain")

    def seen(**query: str) -> list[tuple[str, str | None]]:
        return [(item["kind"], item["unit"]) for item in items(client, "/results", **query)]

    assert seen(kind="province") == [("province", None)]
    assert seen(agency="Dinas-Lain") == [("unit", "lain")]
    assert seen(agency="kabupaten-sekadau") == [("agency", None), ("unit", "sekadau")]
    assert seen(period="2019-05") == [("unit", "lain")]
    assert seen(period="2018") == []
    agencies = items(client, "/results/agencies/Kabupaten-Sekadau")
    assert [item["agency"]["code"] for item in agencies] == ["kabupaten-sekadau"]
    assert items(client, "/results/agencies/dinas-lain") == []
    assert [item["kind"] for item in items(client, "/results/province")] == ["province"]


def test_pages_together_are_the_list_and_say_where_they_go_on(
    client: TestClient, published: Database
) -> None:
    whole = items(client, "/results")
    assert len(whole) == 3
    for limit in (1, 2, 3):
        assert items(client, "/results", limit=str(limit)) == whole
    first = client.get(f"{V1}/results?limit=1&kind=unit")
    assert (first.json()["next"], "link" in first.headers) == (None, False)
    first = client.get(f"{V1}/results?limit=2")
    link = re.fullmatch(r'<([^>]+)>; rel="next"', first.headers["link"])
    assert link is not None
    assert link[1].startswith("/api/v1/results?")
    assert client.get(link[1]).json()["items"] == whole[2:]


def test_a_page_goes_on_behind_what_is_there_no_more() -> None:
    keyed = [("a", 1), ("c", 3), ("e", 5)]
    assert paging.cut(keyed, "b", 1) == ([3], "c")
    assert paging.cut(keyed, "c", 1) == ([5], None)
    assert paging.cut(keyed, "x", 1) == ([], None)


def test_units_are_those_that_take_answers(client: TestClient, published: Database) -> None:
    catalogue.create_service(published, ADMIN, "sekadau", "akta", "Akta lahir")
    catalogue.set_service_active(published, ADMIN, "sekadau", "umum", False)
    samples.create_unit(published, "tutup", "Loket Tutup")
    catalogue.set_unit_active(published, ADMIN, "tutup", False)
    samples.create_unit(published, "kosong", "Tanpa Layanan")
    catalogue.set_service_active(published, ADMIN, "kosong", "umum", False)
    (unit,) = items(client, "/units")
    assert unit["code"] == "sekadau"
    assert unit["agency"] == {"code": "kabupaten-sekadau", "name": "Kabupaten Sekadau"}
    assert unit["services"] == [{"code": "akta", "name": "Akta lahir"}]


def test_what_has_not_changed_is_not_sent_again(client: TestClient, published: Database) -> None:
    for path in READS:
        first = client.get(V1 + path)
        tag = first.headers["etag"]
        assert (first.status_code, first.headers["cache-control"]) == (200, "public, max-age=30")
        assert re.fullmatch(r'"[0-9a-f]{32}"', tag)
        for known in (tag, f"W/{tag}", "*", f'"x", {tag}', f'W/"x",W/{tag}'):
            again = client.get(V1 + path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), known
            assert again.headers["cache-control"] == "public, max-age=30"
        for other in ('"x"', tag.strip('"'), f'"{tag}"'):
            assert client.get(V1 + path, headers={"If-None-Match": other}).status_code == 200, other


def test_a_tag_names_the_bytes_that_are_sent(client: TestClient, published: Database) -> None:
    path = f"{V1}/results/units/sekadau/2019-S1"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.json() == packed.json()
    assert plain.headers["etag"] != packed.headers["etag"]
    publish(published, "2019-S1")
    assert client.get(path, headers={"Accept-Encoding": "identity"}).headers["etag"] != plain.headers["etag"]


def test_head_has_the_headers_of_get(client: TestClient, published: Database) -> None:
    for path, coding in itertools.product(READS, ("identity", "gzip")):
        asked = {"Accept-Encoding": coding}
        got, told = client.get(V1 + path, headers=asked), client.head(V1 + path, headers=asked)
        assert (told.status_code, told.content) == (200, b"")
        assert dict(told.headers) == dict(got.headers)
    assert client.head(f"{V1}/results/units/tidak-ada").status_code == 404


def test_the_database_is_not_read_for_each(
    client: TestClient, published: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def watch(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            asked.append(name)
            return real(*args)

        return counted

    for name in ("latest", "of_unit"):
        monkeypatch.setattr(public_results, name, watch(name, getattr(public_results, name)))
    for _ in range(3):
        for path in READS:
            client.get(V1 + path)
    assert sorted(asked) == ["latest", "of_unit"]


def test_what_cannot_be_answered_is_a_problem(client: TestClient, published: Database) -> None:
    for path, status, code in (
        ("/results/units/tidak-ada", 404, "unit-unknown"),
        ("/results/units/tidak-ada/2019-S1", 404, "unit-unknown"),
        ("/results/agencies/tidak-ada", 404, "agency-unknown"),
        ("/results/units/sekadau/2017", 404, "not-found"),
        ("/tidak-ada", 404, "not-found"),
        ("/results/units/sekadau/2019-S3", 422, "input-refused"),
        ("/results/units/%00", 422, "input-refused"),
        ("/results?limit=0", 422, "input-refused"),
        ("/results?limit=201", 422, "input-refused"),
        ("/results?kind=kota", 422, "input-refused"),
        ("/results?after=%27", 422, "input-refused"),
    ):
        answer = client.get(V1 + path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert answer.json()["code"] == code, path
        assert answer.headers["cache-control"] == "no-store"
