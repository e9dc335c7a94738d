"""A queue slip in a citizen's hand: scanned or typed, with and without a script, a network, and a kiosk."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from survey_app.services.answers import queue_codes
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from tests.browser.axe import violations
from tests.browser.conftest import Server
from tests.browser.forms import answer, receipt
from tests.browser.test_kiosk import FAULTS, SIZES, Kiosk, paired
from tests.browser.test_outbox import waiting
from tests.servers import PlainServer
from tests.waiting import until

_number = itertools.count()


@dataclass(frozen=True)
class Slips:
    """A unit of its own whose first service asks for codes and whose second does not."""

    database: Database
    unit: str
    codes: tuple[str, ...]

    @property
    def used(self) -> int:
        states = queue_codes.states(self.database, ADMIN, runtime.now())
        return sum(state.batch.used for state in states if state.entry.unit.code == self.unit)


def make_slips(database: Database) -> Slips:
    unit = f"slip-{next(_number)}"
    catalogue.create_unit(database, ADMIN, "opd", unit, "Samsat Samarinda", time_zone="Asia/Makassar")
    queue_codes.require(database, ADMIN, unit, "umum", required=True)
    return Slips(database, unit, queue_codes.issue(database, ADMIN, unit, "umum", 4, runtime.now()).codes)


@pytest.fixture
def slips(plain_server: PlainServer) -> Iterator[Slips]:
    database = open_database(plain_server.database_url)
    yield make_slips(database)
    database.close()


def mistyped(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def field(page: Page) -> Locator:
    return page.get_by_label("Kode pada slip antrean")


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim").click()


def test_a_scanned_slip_needs_no_typing_and_serves_once(
    context: BrowserContext, plain_server: PlainServer, slips: Slips
) -> None:
    address, page = f"{plain_server.url}/s/{slips.unit}/umum?kode={slips.codes[0]}", context.new_page()
    page.goto(address)
    expect(field(page)).to_have_value(slips.codes[0])
    assert violations(page) == []
    answer(page, "333333333")
    send(page)
    receipt(page)
    # The same slip scanned again: the answer is refused where the code is, and nothing is lost.
    page = context.new_page()
    page.goto(address)
    answer(page, "222222222")
    send(page)
    expect(page.get_by_text("Kode ini sudah dipakai")).to_be_visible()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    expect(page.locator("input:checked[value='2']")).to_have_count(9)
    field(page).fill(slips.codes[1].lower().replace("-", " "))
    expect(page.get_by_text("Kode ini sudah dipakai")).to_be_hidden()
    send(page)
    receipt(page)
    assert slips.used == 2


def test_a_typed_code_is_checked_before_anything_is_sent(
    page: Page, plain_server: PlainServer, slips: Slips
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    page.goto(f"{plain_server.url}/s/{slips.unit}")
    answer(page, "333333333")
    for typed in ("", mistyped(slips.codes[0])):
        field(page).fill(typed)
        send(page)
        expect(page.get_by_text("Kode belum diisi atau salah ketik.")).to_be_visible()
        expect(field(page)).to_be_focused()
    assert "POST" not in requests
    field(page).fill(slips.codes[0])
    send(page)
    receipt(page)
    assert slips.used == 1


def test_only_who_chose_a_service_with_codes_is_asked(
    page: Page, plain_server: PlainServer, slips: Slips
) -> None:
    catalogue.create_service(slips.database, ADMIN, slips.unit, "izin", "Izin usaha")
    page.goto(f"{plain_server.url}/s/{slips.unit}")
    expect(field(page)).to_be_hidden()
    page.get_by_label("Layanan apa").select_option("umum")
    expect(field(page)).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Layanan apa").select_option("izin")
    expect(field(page)).to_be_hidden()
    answer(page, "333333333")
    send(page)
    receipt(page)
    assert slips.used == 0


def test_without_javascript_a_slip_works(browser: Browser, plain_server: PlainServer, slips: Slips) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{plain_server.url}/s/{slips.unit}?kode={mistyped(slips.codes[0])}")
    answer(page, "222222222")
    send(page)
    expect(page.locator("#e-code")).to_contain_text("Kode salah ketik")
    expect(page.locator("input:checked[value='2']")).to_have_count(9)
    page.get_by_role("button", name="English").click()
    english = page.get_by_label("Code on your queue slip")
    expect(english).to_have_value(mistyped(slips.codes[0]))
    english.fill(slips.codes[0])
    page.get_by_role("button", name="Send").click()
    receipt(page)
    assert slips.used == 1
    context.close()


def test_the_outbox_keeps_the_code_and_the_kept_page_forgets_it(
    context: BrowserContext, plain_server: PlainServer, slips: Slips
) -> None:
    page, url = context.new_page(), f"{plain_server.url}/s/{slips.unit}"
    kept = "async () => (await (await caches.open('pages')).keys()).map(request => request.url)"
    page.goto(f"{url}?kode={slips.codes[0]}")
    until(lambda: page.evaluate(kept) == [url] and page.evaluate("!!navigator.serviceWorker.controller"))
    plain_server.kill()
    try:
        # Another person's slip, on the page that is kept from the first one's visit.
        page.goto(f"{url}?kode={slips.codes[1]}")
        expect(field(page)).to_have_value(slips.codes[1])
        answer(page, "333333333")
        send(page)
        expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
        assert waiting(page) == 1
    finally:
        plain_server.start()
    until(lambda: slips.used == 1)
    receipt(page)
    # The second slip is used, the first is not.
    page = context.new_page()
    page.goto(f"{url}?kode={slips.codes[0]}")
    answer(page, "333333333")
    send(page)
    receipt(page)
    assert slips.used == 2


def test_a_kiosk_asks_for_the_code_and_asks_again(
    browser: Browser, plain_server: PlainServer, slips: Slips
) -> None:
    kiosk = paired(browser, plain_server, slips.database, slips.unit)
    page = kiosk.page
    survey_with(kiosk, slips.codes[0])
    receipt(page)
    kiosk.button("Selesai")
    survey_with(kiosk, slips.codes[0])
    expect(page.get_by_text("Kode ini sudah dipakai")).to_be_visible()
    assert kiosk.violations() == []
    for width, height in SIZES:
        kiosk.resize(width, height)
        assert page.evaluate(FAULTS) == [], f"{width}x{height}"
    assert waiting(page) == 0
    type_code(kiosk, slips.codes[1])
    chosen = page.locator(".faces button").nth(3)
    kiosk.answer("444444444", lambda: expect(chosen).to_have_attribute("aria-pressed", "true"))
    kiosk.button("Lewati semua")
    kiosk.button("Kirim")
    receipt(page)
    assert slips.used == 2
    page.context.close()


def survey_with(kiosk: Kiosk, code: str) -> None:
    """A whole survey, the code mistyped first."""
    kiosk.begin()
    type_code(kiosk, mistyped(code))
    expect(kiosk.page.get_by_text("Kode belum lengkap atau salah ketik.")).to_be_visible()
    type_code(kiosk, code)
    kiosk.answer("444444444")
    kiosk.button("Lewati semua")
    kiosk.button("Kirim")


def type_code(kiosk: Kiosk, code: str) -> None:
    kiosk.page.get_by_label("Ketik kode pada slip antrean").fill(code)
    kiosk.button("Lanjutkan")


def test_the_tablets_page_asks_too_and_says_what_is_wrong(page: Page, server: Server) -> None:
    database = open_database(server.database_url)
    catalogue.create_agency(database, ADMIN, "opd", "Dinas Uji")
    slips = make_slips(database)
    page.goto(f"{server.url}/survei?unit={slips.unit}&kode={slips.codes[0]}")
    for expected in ("Terima kasih!", "Kode ini sudah dipakai"):
        expect(page.locator("fieldset.unsur")).to_have_count(9)
        for group in page.locator("fieldset.unsur").all():
            group.locator(".choice").nth(3).click()
        field(page).fill(slips.codes[0])
        page.get_by_role("button", name="Kirim", exact=True).click()
        expect(page.get_by_text(expected)).to_be_visible()
        if expected == "Terima kasih!":
            page.get_by_role("button", name="Mulai untuk orang berikutnya").click()
            expect(field(page)).to_have_value("")
    expect(page.locator("fieldset.unsur input:checked")).to_have_count(9)
    field(page).fill(slips.codes[1])
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Terima kasih!")).to_be_visible()
    assert slips.used == 2
    database.close()
