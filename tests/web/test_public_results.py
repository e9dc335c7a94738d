"""The public pages and open data: what a citizen reads, and what a program gets."""

from __future__ import annotations

import csv
import gzip
import io
import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from analytics.period import Period
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.unit_region import set_region
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.web import open_index
from survey_app.web.open_data import FIELDS
from survey_app.web.routes import routes
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish
from tests.submissions import NOW
from tests.web.forms import Page


@pytest.fixture
def sekadau(database: Database) -> str:
    """A unit whose published table is known, with that period and one before it published."""
    samples.sekadau(database)
    samples.insert(database, "sekadau", samples.random_rows(30), "2018-03", samples.profiles(30))
    for period in ("2018-S1", "2019-S1"):
        publish(database, period)
    return "/hasil/sekadau"


def test_an_empty_index_says_plainly_that_nothing_is_published(client: TestClient) -> None:
    assert "Belum ada hasil survei yang dipublikasikan." in client.get("/hasil").text
    assert "No survey results have been published yet." in client.get("/hasil?lang=en").text


def test_a_unit_without_publications_says_so_and_leads_to_its_survey(client: TestClient) -> None:
    page = client.get("/hasil/ptsp")
    assert page.status_code == 200
    assert "Hasil survei unit ini belum dipublikasikan." in page.text
    assert Page(page.text).all("a", href="/s/ptsp")


def test_the_index_lists_every_unit_with_its_last_published_period(client: TestClient, sekadau: str) -> None:
    page = client.get("/hasil").text
    assert Page(page).all("a", href=sekadau)
    for words in ("Kabupaten Sekadau", "Semester I 2019", "78,74", "bukan peringkat"):
        assert words in page
    assert "Semester I 2018" not in page
    assert "Pelayanan Terpadu Satu Pintu" not in page  # has published nothing


def test_regions_are_a_map_of_what_is_published(client: TestClient, database: Database, sekadau: str) -> None:
    """The one published unit is its region's value; the other one, which publishes nothing, is in no tile."""
    assert 'id="regions"' not in client.get("/hasil?lang=en").text
    for code in ("sekadau", "ptsp"):
        set_region(database, ADMIN, code, "61.09")
    page = TestClient(Starlette(routes=routes(lambda: database, lambda: NOW))).get("/hasil").text
    (alt,) = re.findall(r'aria-label="(Peta daerah Kalimantan Barat[^"]*)"', page)
    assert re.search(r"Kabupaten Sekadau: 78,74 B, selang 95% \d\d,\d\d–\d\d,\d\d, 1 unit;", alt)
    assert alt.count("belum ada unit") == 13
    assert "Nilai menurut kabupaten dan kota, Semester I 2019" in page


def test_the_index_can_be_searched(client: TestClient, sekadau: str) -> None:
    assert Page(client.get("/hasil?q=kependudukan").text).all("a", href=sekadau)
    nothing = client.get("/hasil", params={"q": "<b>tidak ada"}).text
    assert not Page(nothing).all("a", href=sekadau)
    assert "&lt;b&gt;tidak ada" in nothing
    assert "<b>tidak" not in nothing


def test_a_units_page_shows_the_value_with_all_it_needs(client: TestClient, sekadau: str) -> None:
    page = client.get(sekadau).text
    # The published table of 49 respondents: U1 138/49 = 2.816, x 25 = 70.41, below 76.61, so C.
    for words in (
        "78,74",
        "B (Baik)",
        "Semester I 2019",
        "2,816",
        "70,41",
        "Responden</dt><dd>49<",
        "versi 1",
    ):
        assert words in page
    figures = [a["aria-label"] or "" for a in Page(page).all("svg", role="img")]
    assert figures[0].startswith("Diagram batang nilai setiap hal yang dinilai: U1 Persyaratan 70,41 (C)")
    assert figures[1].startswith("Grafik tren IKM: Sem I 2018 ")
    assert "Sem II 2018 tanpa nilai" in figures[1]  # not published, so a gap
    assert "Sem I 2019 78,74 (" in figures[1]


def test_an_earlier_published_period_has_its_own_address(client: TestClient, sekadau: str) -> None:
    page = client.get(f"{sekadau}?period=2018-S1").text
    assert "IKM Dinas Kependudukan" in page
    assert "Semester I 2018</title>" in page
    assert "Lihat periode terakhir" in page


def test_english_is_whole(client: TestClient, sekadau: str) -> None:
    page = client.get(f"{sekadau}?lang=en").text
    assert '<html lang="en">' in page
    for words in ("78.74", "First half of 2019", "95% confidence interval", "Not stated", "Download CSV"):
        assert words in page
    assert [word for word in ("Tidak diisi", "Perkiraan rentang", "Periode", "Unduh") if word in page] == []


def test_what_is_not_there_is_not_found(client: TestClient, sekadau: str) -> None:
    for path in ("/x", "/x.csv", "/x.json", "/sekadau?period=2017", "/sekadau?period=x", "/a/b", "/%00", "/"):
        answer = client.get(f"/hasil{path}")
        assert answer.status_code == 404, path
        assert "belum dipublikasikan" in answer.text
    assert client.post("/hasil").status_code == 405


def test_small_groups_are_hidden_on_the_page_and_in_the_data(client: TestClient, database: Database) -> None:
    samples.create_unit(database, "kecil", "Loket Kecil")
    samples.insert(database, "kecil", samples.random_rows(4), "2019-05", samples.profiles(4))
    publish(database, "2019-05", "kecil")
    page = client.get("/hasil/kecil").text
    assert "Yang menjawab kurang dari 5 orang" in page
    assert not Page(page).all("svg", role="img")
    assert "&lt; 5" in client.get("/hasil").text
    (period,) = client.get("/hasil/kecil.json").json()["periods"]
    assert (period["n"], period["ikm"], period["respondents"]) == (None, None, [])
    assert {u["nrr"] for u in period["unsur"]} == {None}
    rows = list(csv.DictReader(io.StringIO(client.get("/hasil/kecil.csv").text)))
    assert {(r["n"], r["ikm"], r["nrr"], r["reason"]) for r in rows} == {("", "", "", "fewer-than-5")}


def test_the_csv_has_a_row_for_the_unit_and_one_per_unsur(client: TestClient, sekadau: str) -> None:
    answer = client.get(f"{sekadau}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 2 * 10
    assert list(rows[0]) == list(FIELDS)
    whole, first = rows[10], rows[11]
    assert (whole["unsur"], whole["ikm"], whole["mutu"], whole["n"]) == ("", "78.74", "B", "49")
    assert (whole["first_day"], whole["last_day"]) == ("2019-01-01", "2019-06-30")
    assert float(whole["ci_low"]) < 78.74 < float(whole["ci_high"])
    # 138 over 49 respondents.
    assert (first["unsur"], first["nrr"], first["ikm"]) == ("persyaratan", "2.8163", "70.41")


def test_the_json_says_what_every_field_means(client: TestClient, sekadau: str) -> None:
    data = client.get(f"{sekadau}.json").json()
    period = data["periods"][1]
    assert (data["unit"], data["minimum"], period["ikm"], len(period["unsur"])) == ("sekadau", 5, 78.74, 9)
    used = set(period) | {name for unsur in period["unsur"] for name in unsur} | {"unit"}
    assert used - {"respondents"} == set(data["fields"]) == set(FIELDS)
    counts = next(r["counts"] for r in period["respondents"] if r["field"] == "jenis_kelamin")
    assert all(n is None or n == 0 or n >= 5 for n in counts.values())


def test_a_first_visit_is_one_request_of_less_than_60_kb(client: TestClient, sekadau: str) -> None:
    for path in ("/hasil", sekadau):
        page = client.get(path)
        asked = [*Page(page.text).all("script"), *Page(page.text).all("img")]
        asked += [a for a in Page(page.text).all("link") if not str(a["href"]).startswith("data:")]
        assert asked == []
        assert len(page.content) < 60_000
        assert len(gzip.compress(page.content)) < 15_000


@pytest.fixture
def recaps(database: Database, sekadau: str) -> None:
    """The recaps of the province and of the agency, published; the other unit of the province is silent."""
    for agency in (None, "kabupaten-sekadau"):
        content = recap(database, agency, Period.parse("2019-S1"))
        recap_publishing.publish(database, ADMIN, content, samples.MADE_AT)


def test_the_index_begins_with_the_published_values_of_province_and_agency(
    client: TestClient, recaps: None
) -> None:
    page = client.get("/hasil").text
    province, agency = (
        page.index("(IKM) seluruh provinsi, Semester I 2019"),
        page.index("Instansi, Semester I"),
    )
    assert province < page.index("Cari unit atau instansi") < agency < page.index("Dinas Kependudukan")
    # One unit of each reports, so both are its published 78.74.
    assert page[province:agency].count("78,74") == 1
    assert page[agency:].count("78,74") == 2
    for words in ("B (Baik)", "1 dari 2 unit", "1 dari 1 unit", "Rata-rata nilai unit", "Responden</dt>"):
        assert words in page
    english = client.get("/hasil?lang=en").text
    for words in ("(IKM) of the whole province", "1 of 2 units", "Mean of the units", "78.74"):
        assert words in english
    assert len(page.encode()) < 60_000


def test_every_value_of_the_list_has_its_interval(
    client: TestClient, sekadau: str, database: Database
) -> None:
    samples.create_unit(database, "serupa", "Loket Serupa")
    samples.insert(database, "serupa", [[3] * 9] * 6, "2019-05")
    publish(database, "2019-S1", "serupa")
    page = client.get("/hasil").text
    found = re.findall(r"<strong>(\d\d,\d\d)</strong>.*?<small>([^<]+)</small>", page, re.DOTALL)
    # The interval that the report of the same rows prints; six who agree on 3, by SciPy's brentq: m = 2/3,
    # nu 5 of 11 degrees of freedom, phi = 6 x 0.3182/11, where (m - b - (1 - 2 b) x)^2 = t^2 A x (1 - x).
    assert dict(found) == {"78,74": "75,67–81,57", "75,00": "60,96–86,07"}


def test_a_search_shows_the_agencies_it_finds(client: TestClient, recaps: None) -> None:
    page = client.get("/hasil?q=sekadau").text
    assert "Instansi, Semester I 2019" in page
    assert "IKM seluruh provinsi" not in page
    assert "Instansi, Semester" not in client.get("/hasil?q=lain").text


def test_a_withheld_recap_says_so(client: TestClient, database: Database) -> None:
    samples.create_unit(database, "kecil", "Loket Kecil")
    samples.insert(database, "kecil", samples.random_rows(4), "2019-05")
    for agency in (None, "kabupaten-sekadau"):
        content = recap(database, agency, Period.parse("2019"))
        recap_publishing.publish(database, ADMIN, content, samples.MADE_AT)
    page = client.get("/hasil").text
    assert page.count("kurang dari 5 orang") == 2
    rows = list(csv.DictReader(io.StringIO(client.get("/hasil.csv").text)))
    assert [(r["kind"], r["n"], r["ikm"], r["units_total"], r["reason"]) for r in rows] == [
        ("province", "", "", "", "fewer-than-5"),
        ("agency", "", "", "", "fewer-than-5"),
    ]


def test_a_name_is_no_formula_in_open_data(client: TestClient, database: Database) -> None:
    samples.create_unit(database, "kecil", "=1+1", agency="@Dinas")
    samples.insert(database, "kecil", samples.random_rows(9), "2019-05")
    publish(database, "2019-05", "kecil")
    (row,) = csv.DictReader(io.StringIO(client.get("/hasil.csv").text))
    assert (row["agency"], row["name"]) == ("'@Dinas", "'=1+1")
    assert client.get("/hasil.json").json()["results"][0]["name"] == "=1+1"


def test_open_data_of_the_index_has_recaps_and_units(client: TestClient, recaps: None) -> None:
    answer = client.get("/hasil.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == list(open_index.FIELDS)
    assert [(r["kind"], r["agency"], r["unit"], r["period"], r["ikm"], r["n"]) for r in rows] == [
        ("province", "", "", "2019-S1", "78.74", "49"),
        ("agency", "Kabupaten Sekadau", "", "2019-S1", "78.74", "49"),
        ("unit", "Kabupaten Sekadau", "sekadau", "2019-S1", "78.74", "49"),
    ]
    assert [(r["method"], r["units_reporting"], r["units_total"]) for r in rows] == [
        ("mean-of-units", "1", "2"),
        ("mean-of-units", "1", "1"),
        ("", "", ""),
    ]
    data = client.get("/hasil.json").json()
    assert set(data["fields"]) == set(open_index.FIELDS)
    assert [(r["kind"], r["ikm"], r["mutu"]) for r in data["results"]] == [
        ("province", 78.74, "B"),
        ("agency", 78.74, "B"),
        ("unit", 78.74, "B"),
    ]
    assert all(r["ci_low"] < 78.74 < r["ci_high"] for r in data["results"])


@pytest.mark.parametrize(
    "path",
    [
        "/hasil",
        "/hasil.csv",
        "/hasil.json",
        "/hasil/sekadau",
        "/hasil/sekadau.csv",
        "/hasil/sekadau.json",
        "/hasil/x",
    ],
)
def test_every_response_is_strict(client: TestClient, sekadau: str, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def test_a_fault_of_ours_is_said_without_its_inside() -> None:
    def broken() -> Database:
        raise OSError("a secret path")

    app = Starlette(routes=routes(broken, lambda: NOW))
    with TestClient(app, raise_server_exceptions=False) as without:
        for path in ("/hasil", "/hasil/ptsp"):
            answer = without.get(path)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "muat ulang" in answer.text


def test_published_pairs_are_read_beside_the_result(
    client: TestClient, database: Database, sekadau: str
) -> None:
    def pair(said: str, mended: str, *english: str) -> Pair:
        said_en, mended_en = english or ("", "")
        return Pair(Text(said, said_en), Text(mended, mended_en))

    shown = pair("Antrean <b>lama</b>", "Dua loket dibuka", "Long queue", "Two counters opened")
    finished = Action(
        period=Period.parse("2018-S1"),
        unsur="waktu",
        plan="Loket",
        status=Status.DONE,
        realisation="Sudah",
        pair=shown,
    )
    only_here = replace(finished, pair=pair("Ruang panas", "Kipas dipasang"), published=True)
    for action in (replace(finished, published=True), only_here, replace(finished, pair=pair("X9", "Y9"))):
        plans.add(database, Acting(Role.ADMIN), "sekadau", action, NOW)
    page, english = client.get(sekadau).text, client.get(f"{sekadau}?lang=en").text
    assert "Masukan Anda, perbaikan kami" in page
    assert "Antrean &lt;b&gt;lama&lt;/b&gt;" in page
    assert "<b>lama" not in page
    assert "Two counters opened" in english
    assert '<span lang="id">Kipas dipasang</span>' in english
    assert "X9" not in page
    assert len(page.encode()) < 60_000


def test_without_published_pairs_there_is_no_such_heading(client: TestClient, sekadau: str) -> None:
    assert "kami perbaiki" not in client.get(sekadau).text
