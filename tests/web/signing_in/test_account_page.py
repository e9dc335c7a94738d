"""/akun: one's own roles, password and sessions, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from survey_app.services.accounts import demo_people, people, sessions, views
from survey_app.services.accounts.sessions import Origin, Session
from survey_app.services.places import audit_log
from survey_app.services.places.acting import ADMIN, VIEWING, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.cheap_passwords import PASSWORD, cheap, role_ids, somebody
from tests.submissions import NOW
from tests.web.accounts import BUDI, browser, said, send, session, sign_in
from tests.web.forms import Page

__all__ = ["cheap"]

SITI = "siti@kaltim.go.id"
NEW = "sapi biru berenang"


@pytest.fixture
def siti(database: Database, unit: UnitEntry, cheap: list[str]) -> int:
    """Operator of a unit and auditor of the province, beside an administrator."""
    somebody(database, NOW)
    made = somebody(database, NOW, SITI, Role.OPERATOR, Scope(unit="ptsp"), "Siti <b>Aminah</b>")
    people.give(database, ADMIN, made, Role.AUDITOR, PROVINCE)
    return made


@pytest.fixture
def client(database: Database, siti: int) -> Iterator[TestClient]:
    with browser(database) as opened:
        sign_in(opened, SITI)
        yield opened


def found(database: Database, client: TestClient) -> Session:
    one = sessions.find(database, session(client), NOW)
    assert one is not None
    return one


def test_one_sees_who_one_is_and_in_which_role(client: TestClient) -> None:
    html = client.get("/akun").text
    assert "Siti <b>" not in html
    words = said(html)
    assert "Siti &lt;b&gt;Aminah&lt;/b&gt;" in words
    assert "Operator , Pelayanan Terpadu Satu Pintu Dipakai" in words
    assert "Auditor , seluruh provinsi" in words
    assert "the whole province" in said(client.get("/akun?lang=en").text)


def test_another_own_role_is_used_from_then_on(client: TestClient, database: Database, siti: int) -> None:
    [other] = [button["value"] for button in Page(client.get("/akun").text).all("button", name="peran")]
    answer = send(client, "/akun", lakukan="peran", peran=str(other))
    assert (answer.status_code, answer.headers["location"]) == (303, "/akun?selesai=peran")
    assert found(database, client).acting.role is Role.AUDITOR
    assert "Peran sudah diganti" in said(client.get("/akun?selesai=peran").text)


def test_a_role_of_somebody_else_stays_theirs(client: TestClient, database: Database) -> None:
    budi = next(p.id for p in people.listed(database, ADMIN) if p.login == BUDI)
    for role in (str(role_ids(database, budi)[0]), "0", "-1", "", "x", "9" * 30, "²"):
        answer = send(client, "/akun", lakukan="peran", peran=role)
        assert answer.status_code == 404
        assert "Peran tidak dikenal" in said(answer.text)
    assert found(database, client).acting.role is Role.OPERATOR


def test_the_own_password_is_changed_and_other_devices_are_out(
    client: TestClient, database: Database
) -> None:
    with browser(database) as phone:
        sign_in(phone, SITI)
        wrong = send(client, "/akun", lakukan="sandi", kata_sandi_lama="wrong", kata_sandi=NEW)
        short = send(client, "/akun", lakukan="sandi", kata_sandi_lama=PASSWORD, kata_sandi="short")
        assert (wrong.status_code, short.status_code) == (422, 422)
        assert "tidak cocok" in said(wrong.text)
        assert "paling sedikit 12" in said(short.text)
        assert NEW not in wrong.text
        assert phone.get("/akun").status_code == 200
        right = send(client, "/akun", lakukan="sandi", kata_sandi_lama=PASSWORD, kata_sandi=NEW)
        assert right.headers["location"] == "/akun?selesai=sandi"
        assert phone.get("/akun").status_code == 303
        assert client.get("/akun").status_code == 200
        assert sign_in(phone, SITI).status_code == 401
        assert sign_in(phone, SITI, NEW).status_code == 303


def test_a_session_on_another_device_is_ended(client: TestClient, database: Database) -> None:
    with browser(database) as phone, browser(database) as tablet:
        for device in (phone, tablet):
            sign_in(device, SITI)
        keys = [str(b["value"]) for b in Page(client.get("/akun").text).all("button", name="sesi")]
        assert sorted(keys) == sorted(found(database, device).key for device in (phone, tablet))
        answer = send(client, "/akun", lakukan="akhiri", sesi=found(database, phone).key)
        assert answer.status_code == 303
        assert [device.get("/akun").status_code for device in (phone, tablet, client)] == [303, 200, 200]
        send(client, "/akun", lakukan="akhiri-lain")
        assert [device.get("/akun").status_code for device in (tablet, client)] == [303, 200]


def test_nobody_ends_a_session_of_somebody_else(client: TestClient, database: Database) -> None:
    with browser(database) as others:
        sign_in(others)
        for key in (found(database, others).key, str(session(others)), "", "\x00"):
            assert send(client, "/akun", lakukan="akhiri", sesi=key).status_code == 303
        assert others.get("/akun").status_code == 200


@pytest.mark.parametrize("what", ["", "hapus", "peran\n"])
def test_what_the_page_does_not_offer_is_refused(client: TestClient, what: str) -> None:
    assert send(client, "/akun", lakukan=what).status_code == 400


def test_a_session_that_is_over_does_nothing_any_more(
    client: TestClient, database: Database, siti: int
) -> None:
    page = client.get("/akun")
    people.deactivate(database, ADMIN, siti)
    answer = client.post(
        "/akun", data={"formulir": Page(page.text).value("formulir"), "lakukan": "akhiri-lain"}
    )
    assert answer.headers["location"] == "/masuk?lanjut=%2Fakun"


def test_a_person_of_the_demonstration_has_no_password_to_change(
    database: Database, unit: UnitEntry, cheap: list[str]
) -> None:
    with browser(database, demo=lambda *_: True) as client:
        send(client, "/masuk/contoh", "/masuk", peran="pengelola")
        page = client.get("/akun")
        assert "Pengelola , DPMPTSP Provinsi Kalimantan Timur" in said(page.text)
        assert not Page(page.text).all("input", name="kata_sandi")
        answer = send(client, "/akun", lakukan="sandi", kata_sandi_lama="", kata_sandi=NEW)
        assert answer.status_code == 422
        assert "tidak memiliki kata sandi" in said(answer.text)
    # Where it is closed, the same session is none.
    token = demo_people.sign_in(database, Role.ADMIN, Origin(""), NOW)
    with browser(database) as closed:
        assert closed.get("/akun", headers={"Cookie": f"survei={token}"}).status_code == 303


def test_who_views_as_somebody_reads_so_changes_nothing_and_goes_back_with_one_button(
    database: Database, unit: UnitEntry, cheap: list[str]
) -> None:
    somebody(database, NOW, BUDI)
    ani = somebody(database, NOW, "ani", Role.OPERATOR, Scope(unit=unit.unit.code), "Ani")
    with browser(database) as client:
        sign_in(client)
        mine = sessions.find(database, session(client), NOW)
        assert mine is not None
        views.begin(database, mine.acting, mine.key, ani, role_ids(database, ani)[0], NOW)
        page = client.get("/akun").text
        assert f"Anda melihat sebagai Ani (Operator, {unit.unit.name})" in said(page).replace(" (", " (")
        assert "kata_sandi" not in page
        assert 'name="sesi"' not in page
        assert "melihat sebagai Ani" in said(client.get("/masuk").text)
        for what in ("peran", "sandi", "kunci", "hapus-kunci", "tanpa-sandi", "akhiri", "akhiri-lain"):
            refused = send(client, "/akun", lakukan=what, jawaban="{}")
            assert (refused.status_code, VIEWING.id in said(refused.text)) == (422, True), what
        found = audit_log.page(database, ADMIN, Wanted(actions=["change-own-account"], refused=True)).entries
        assert [(e.who, e.what["viewing_as"]["login"]) for e in found] == [(BUDI, "ani")] * 7
        assert send(client, "/akun", lakukan="kembali").headers["location"] == "/akun?selesai=kembali"
        assert "kata_sandi" in client.get("/akun").text
