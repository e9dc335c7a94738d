"""The light form without its script: drawn from the instrument, sent once, mended where it was filled in."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from survey_app import instruments
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses
from survey_app.storage.database import Database
from survey_app.web.form import SERVICE_MISSING
from tests.submissions import KEYS, stored
from tests.web.forms import Page, fields, payload, visible_error

NOVEMBER = (202611, 202611)


@pytest.mark.parametrize(("query", "language"), [("", "id"), ("?lang=en", "en"), ("?lang=xx", "id")])
def test_the_form_asks_every_unsur_in_the_regulations_words(
    client: TestClient, query: str, language: str
) -> None:
    html = client.get(f"/s/ptsp{query}").text
    page = Page(html)
    assert page.all("html", lang=language)
    for element in instruments.get("skm-2017@1").elements:
        values = [a["value"] for a in page.all("input", type="radio", name=f"a.{element.key}")]
        assert values == ["1", "2", "3", "4"]
        for words in (element.question, *element.labels):
            assert (words.en if language == "en" else words.id) in html


def test_an_address_in_capitals_is_the_same_form(client: TestClient, database: Database) -> None:
    sent = {"id": "", **{f"a.{key}": "4" for key in KEYS}}
    assert "Pelayanan Terpadu Satu Pintu" in client.get("/s/PTSP/UMUM").text
    assert client.post("/s/PTSP", data=sent).headers["location"].startswith("/s/ptsp/umum/")
    assert client.get("/hasil/PTSP").status_code == 200
    assert stored(database) == 1


def test_an_answer_reads_its_unit_once_and_writes_its_row(client: TestClient, database: Database) -> None:
    sent = {"id": "", **{f"a.{key}": "4" for key in KEYS}}
    client.post("/s/ptsp", data=sent)  # the first answer of a process looks at the newest moment stored
    asked: list[str] = []
    sa.event.listen(database.engine, "before_cursor_execute", lambda *said: asked.append(said[2].split()[0]))
    assert client.post("/s/ptsp", data=sent).status_code == 303
    # On PostgreSQL the row and that of the tail are one statement, which begins with WITH.
    stores = "INSERT" if database.is_sqlite else "WITH"
    assert [word for word in asked if word in ("SELECT", "INSERT", "WITH")] == ["SELECT", stores]
    assert stored(database) == 2


def test_every_form_carries_an_id_of_its_own(client: TestClient) -> None:
    first, second = (Page(client.get("/s/ptsp").text).value("id") for _ in range(2))
    assert first != second


def test_a_renamed_service_is_on_the_next_page(client: TestClient, database: Database) -> None:
    assert "Izin" not in client.get("/s/ptsp").text
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    assert "Izin usaha" in client.get("/s/ptsp").text
    catalogue.set_service_active(database, ADMIN, "ptsp", "izin", False)
    assert "Izin" not in client.get("/s/ptsp").text


def test_compressed_or_not_the_page_is_the_same(client: TestClient) -> None:
    plain, squeezed = (client.get("/s/ptsp", headers={"Accept-Encoding": e}) for e in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert squeezed.headers["content-encoding"] == "gzip"
    ids = [Page(answer.text).value("id") or "" for answer in (plain, squeezed)]
    assert plain.text.replace(ids[0], ids[1]) == squeezed.text
    assert {answer.headers["vary"] for answer in (plain, squeezed)} == {"Accept-Encoding"}


def test_an_answer_is_stored_and_leads_to_its_receipt(
    client: TestClient, database: Database, unit: UnitEntry
) -> None:
    sent = client.post("/s/ptsp", data=fields(4, comment="Loket cepat", p__usia="26-35"))
    assert sent.status_code == 303
    page = client.get(sent.headers["location"])
    assert page.status_code == 200
    assert re.search(r'class="code">[0-9A-Z]{4}-[0-9A-Z]{4}<', page.text)
    with database.read() as connection:
        assert responses.scores(connection, unit.unit.id, NOVEMBER, ["skm-2017@1"]).tolist() == [[4] * 9]
        assert [c.text for c in responses.comments(connection, [unit.unit.id], NOVEMBER)] == ["Loket cepat"]


@pytest.mark.parametrize("address", ["samsat/umum", "ptsp/umum", "ptsp/izin", "tidak-ada/umum"])
def test_a_receipt_names_the_unit_of_its_response_whatever_the_address_says(
    client: TestClient, database: Database, address: str
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat Samarinda", time_zone="Asia/Makassar")
    response_id = client.post("/s/ptsp", data=fields()).headers["location"].rpartition("/")[2]
    page = client.get(f"/s/{address}/{response_id}").text
    assert "Pelayanan Terpadu Satu Pintu" in page
    assert "Samsat" not in page


def test_numbers_are_stored_by_neither_the_form_nor_the_json_route(
    client: TestClient, database: Database, unit: UnitEntry
) -> None:
    assert "Nomor dan alamat dihapus otomatis" in client.get("/s/ptsp").text
    client.post("/s/ptsp", data=fields(comment="Pak Joko, WA 0812.3456.7890"))
    client.post("/api/responses", json=payload(comment="plat KT 1234 AB"))
    with database.read() as connection:
        kept = {c.text for c in responses.comments(connection, [unit.unit.id], NOVEMBER)}
    assert kept == {"Pak Joko, WA [telepon]", "plat [pelat]"}


def test_sending_the_same_form_three_times_is_one_response(client: TestClient, database: Database) -> None:
    form = fields()
    locations = [client.post("/s/ptsp", data=form).headers["location"] for _ in range(3)]
    assert stored(database) == 1
    assert len({location.partition("?")[0] for location in locations}) == 1
    assert "dihitung satu kali" in client.get(locations[2]).text


def test_problems_stand_beside_their_unsur_and_the_answers_stay(
    client: TestClient, database: Database
) -> None:
    form = fields(2, comment="Antre lama", p__usia="56+")
    del form["a.waktu"]
    form["a.biaya"] = "5"
    answer = client.post("/s/ptsp", data=form)
    page = Page(answer.text)
    assert answer.status_code == 422
    assert stored(database) == 0
    assert visible_error(answer.text, "a.waktu") == "Belum dijawab. Mohon pilih salah satu."
    # No face stands for a 5, so that none is chosen.
    assert visible_error(answer.text, "a.biaya") == "Belum dijawab. Mohon pilih salah satu."
    assert visible_error(answer.text, "a.produk") is None
    assert page.checked() == {f"a.{key}": "2" for key in KEYS if key not in ("waktu", "biaya")}
    assert page.value("id") == form["id"]
    assert "Antre lama</textarea>" in answer.text
    assert [a["value"] for a in page.all("option") if "selected" in a] == ["56+"]


def test_what_no_form_of_ours_sends_is_one_sentence_without_its_inside(client: TestClient) -> None:
    answer = client.post("/s/ptsp", data=fields(3, id="x", instrument="lain@9", a__lain="1"))
    assert answer.status_code == 422
    assert answer.text.count("Silakan buka lagi survei dari kode QR, lalu kirim sekali lagi.") == 1
    assert not re.search("UUID|unsur lain|tidak tersedia", answer.text)


def test_the_language_changes_without_losing_an_answer(client: TestClient, database: Database) -> None:
    form = fields(1, comment="Antre", language="en")
    answer = client.post("/s/ptsp", data=form)
    page = Page(answer.text)
    assert answer.status_code == 200
    assert page.all("html", lang="en")
    assert page.checked() == {f"a.{key}": "1" for key in KEYS}
    assert page.value("id") == form["id"]
    assert stored(database) == 0


def test_a_unit_with_several_services_asks_which_one(client: TestClient, database: Database) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    assert Page(client.get("/s/ptsp").text).all("select", name="service")
    refused = client.post("/s/ptsp", data=fields(service=""))
    assert refused.status_code == 422
    assert visible_error(refused.text, "service") == SERVICE_MISSING.text.id
    assert client.post("/s/ptsp", data=fields(service="izin")).status_code == 303
    # The service in the address counts, whatever a field says.
    assert "/s/ptsp/izin/" in client.post("/s/ptsp/izin", data=fields()).headers["location"]
    assert not Page(client.get("/s/ptsp/izin").text).all("select", name="service")


def test_eight_unsur_and_five_statements_are_drawn_by_the_same_form(
    client: TestClient, database: Database
) -> None:
    for number, (ref, count) in enumerate({"skm-2017-tanpa-biaya@1": 8, "spak@1": 5}.items()):
        catalogue.create_unit(
            database, ADMIN, "dpmptsp", f"u{number}", "Unit", time_zone="Asia/Makassar", instrument=ref
        )
        keys = instruments.get(ref).keys
        page = Page(client.get(f"/s/u{number}").text)
        assert list(dict.fromkeys(a["name"] for a in page.all("input", type="radio"))) == [
            f"a.{key}" for key in keys
        ]
        assert len(keys) == count
        form = {"id": page.value("id") or "", **{f"a.{key}": "2" for key in keys}}
        assert client.post(f"/s/u{number}", data=form).status_code == 303


def test_what_people_write_is_text_and_never_markup(client: TestClient, database: Database) -> None:
    attack = "<script>alert(1)</script>"
    catalogue.create_unit(database, ADMIN, "dpmptsp", "u", f"Unit {attack}", time_zone="Asia/Makassar")
    form = fields(comment=f'"></textarea>{attack}', service=attack, id=attack, p__usia=attack)
    for page in (
        client.get("/s/u"),
        client.post("/s/u", data=form),
        client.get(f"/s/{attack}?lang={attack}"),
    ):
        assert attack not in page.text
        assert page.text.count("<script") == (1 if page.status_code != 404 else 0)


def test_closed_units_services_and_unknown_addresses_say_so(client: TestClient, database: Database) -> None:
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)
    assert client.get("/s/ptsp").status_code == 410
    assert client.get("/s/ptsp/umum").status_code == 410
    missing = ("/s", "/s/", "/s/x", "/s/ptsp/x", "/s/ptsp/umum/x", "/s/%00", "/s/a%ff", "/s/" + "a" * 5000)
    for path in (*missing, "/s/ptsp/umum/01890000-0000-7000-8000-000000000000", "/s/..%2f..%2fetc"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "pindai lagi kode QR" in answer.text
    assert client.put("/s/ptsp").status_code == 405


@pytest.mark.parametrize("path", ["/s/ptsp", "/s/ptsp/umum"])
def test_a_form_sent_again_after_its_unit_closed_leads_to_its_receipt(
    client: TestClient, database: Database, path: str
) -> None:
    """Without a script nothing else tells the person that the first sending had arrived."""
    sent = fields()
    first = client.post(path, data=sent)
    catalogue.set_unit_active(database, ADMIN, "ptsp", False)
    again = client.post(path, data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"] == first.headers["location"] + "?again=1"
    assert client.get(again.headers["location"]).status_code == 200
    assert client.post(path, data=fields()).status_code == 410
    assert stored(database) == 1


def test_a_second_service_added_since_asks_nobody_who_has_a_receipt(
    client: TestClient, database: Database
) -> None:
    sent = fields(service="")
    first = client.post("/s/ptsp", data=sent)
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    again = client.post("/s/ptsp", data=sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"] == first.headers["location"] + "?again=1"
    assert client.post("/s/ptsp", data=fields(service="")).status_code == 422


def test_an_old_page_without_an_id_still_counts(client: TestClient, database: Database) -> None:
    assert client.post("/s/ptsp", data=fields(id="")).status_code == 303
    assert stored(database) == 1


def test_a_broken_id_is_replaced_and_said(client: TestClient, database: Database) -> None:
    for broken in ("x", "7d444840-9dc0-41d1-b245-5ffdce74fad2"):
        answer = client.post("/s/ptsp", data=fields(id=broken))
        assert answer.status_code == 422
        assert client.post("/s/ptsp", data=fields(id=Page(answer.text).value("id") or "")).status_code == 303
    assert stored(database) == 2


def test_a_form_has_as_many_fields_as_any_questionnaire_and_no_more(client: TestClient) -> None:
    """200: the longest questionnaire asks fewer than 60, and a flood of fields takes time to read."""
    full = fields() | {f"x{i}": "" for i in range(200 - len(fields()))}
    assert client.post("/s/ptsp", data=full).status_code == 303
    assert client.post("/s/ptsp", data={**full, "id": "", "one-more": ""}).status_code == 400
