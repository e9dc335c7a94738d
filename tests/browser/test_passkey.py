"""A passkey in a real browser, whose device is the one that browsers bring for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from survey_app.services.accounts import links, people
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import open_database
from tests.servers import PlainServer

PASSWORD = "kuda laut biru muda"


def test_a_passkey_is_added_used_and_in_the_end_the_only_way_in(
    page: Page, plain_server: PlainServer
) -> None:
    now = datetime.now(UTC)
    database = open_database(plain_server.database_url)
    link = people.invite(database, ADMIN, "ani", "Ani", Role.ADMIN, PROVINCE, now)
    links.use(database, link, PASSWORD, now)
    database.close()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    # A name: browsers make no key for an address of numbers.
    home = f"http://localhost:{plain_server.port}"

    page.goto(f"{home}/masuk?lanjut=/akun")
    page.get_by_label("Nama akun").fill("ani")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_label("Nama perangkat").fill("Ponsel")
    page.get_by_role("button", name="Tambahkan kunci sandi").click()
    expect(page.get_by_role("status")).to_have_text("Kunci sandi sudah ditambahkan.")
    page.get_by_role("button", name="Hapus kata sandi").click()
    expect(page.get_by_role("status")).to_contain_text("dengan kunci sandi saja")
    expect(page.get_by_label("Kata sandi sekarang")).to_have_count(0)

    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{home}/masuk?lanjut=/akun")
    page.get_by_label("Nama akun").fill("ani")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("tidak cocok")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun saya")

    # A device that does not know who holds it is not enough, and the page says so.
    page.get_by_role("button", name="Keluar").click()
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.get_by_role("alert")).to_contain_text("Kunci sandi tidak terbaca")
