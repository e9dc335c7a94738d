"""Signing in, in a real browser: from an empty server to the first invited manager, and how rights end."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from survey_app.pages.doors.turned_away import SIGN_IN
from survey_app.services.accounts import signing_in
from survey_app.services.accounts.tokens import hashed
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.storage.tables import account_session
from survey_app.ui.acting import ENDED
from tests.browser.axe import serious
from tests.browser.conftest import PATIENCE, serving
from tests.browser.doors import check_plain, choose, drawn, opened, token_of, type_into
from tests.browser.signed_in import hold
from tests.browser.waiting import settle
from tests.signing_in import account_of, session_of
from tests.submissions import KEYS
from tests.waiting import until

PASSWORD = "tiga burung di kawat"
DESK: Final[ViewportSize] = {"width": 1280, "height": 900}
#: Two agencies with a unit each: one's manager knows nothing of the other.
MINE, OTHERS = "dinas-saya", "dinas-lain"
UNITS = {MINE: "Loket Mawar", OTHERS: "Loket Kamboja"}


@dataclass(frozen=True)
class Own:
    """A server that nobody has an account on when it starts, its database, and what it has printed."""

    url: str
    database: Database
    output: Path

    def first_link(self) -> str:
        """The one-time address of the first administrator, as the terminal shows it."""
        until(lambda: _LINK.search(self.output.read_text()) is not None)
        found = _LINK.search(self.output.read_text())
        assert found is not None
        return found.group()


_LINK = re.compile(r"http://\S+/tautan/[A-Za-z0-9_-]+")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    folder = tmp_path_factory.mktemp("sign-in")
    url = f"sqlite:///{folder}/survey.db"
    database = open_database(url)
    for agency, name in UNITS.items():
        catalogue.create_agency(database, ADMIN, agency, f"{name} dan lain-lain")
        catalogue.create_unit(database, ADMIN, agency, agency, name, time_zone="Asia/Makassar")
        for _ in range(5):
            now = runtime.now()
            sent = Submission(id=uuid7(now), unit=agency, answers=dict.fromkeys(KEYS, 3), channel=Channel.WEB)
            assert isinstance(intake.accept(database, sent, now), intake.Receipt)
    with serving(url, output=str(folder / "output")) as address:
        yield Own(address, database, folder / "output")
    database.close()


@pytest.fixture
def other_context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody else's browser, at a desk."""
    fresh = browser.new_context(viewport=DESK, locale="id-ID")
    fresh.set_default_timeout(PATIENCE)
    yield fresh
    fresh.close()


def test_from_the_printed_address_to_the_first_invited_manager(
    page: Page, other_context: BrowserContext, own: Own
) -> None:
    """On a phone with the keyboard the administrator; at a desk the manager, until the session is ended."""
    page.goto(f"{own.url}/pengaturan?unit={MINE}")
    page.wait_for_url(f"{own.url}/masuk?*")
    expect(page.get_by_text("Belum ada akun")).to_be_visible()
    check_plain(page)
    first = own.first_link()
    page.goto(first)
    check_plain(page)
    type_into(
        page, {"Nama akun": "admin@contoh.go.id", "Nama lengkap": "Sri Admin", "Kata sandi baru": PASSWORD}
    )
    opened(page)
    assert page.goto(first).status == 404  # type: ignore[union-attr]
    page.goto(f"{own.url}/akun")
    expect(page.get_by_text("Sri Admin")).to_be_visible()
    check_plain(page)

    link = _invite(page, own, "manajer", "Budi Manajer")
    theirs = other_context.new_page()
    theirs.goto(link)
    expect(theirs.get_by_text("Budi Manajer")).to_be_visible()
    type_into(theirs, {"Kata sandi baru": PASSWORD})
    opened(theirs)
    for path in ("ringkasan", "unit", "suara", "petugas", f"unit?unit={OTHERS}"):
        theirs.goto(f"{own.url}/{path}")
        opened(theirs)
        expect(theirs.get_by_test_id("stApp")).not_to_contain_text(UNITS[OTHERS])
    theirs.goto(f"{own.url}/unit")
    opened(theirs)
    expect(theirs.locator("nav.crumb")).to_contain_text(UNITS[MINE])

    _end_session(page, "Budi Manajer")
    _click_something(theirs)
    _says_it_ended(theirs)


def test_ten_wrong_passwords_a_wait_and_the_way_out_with_the_keyboard_alone(page: Page, own: Own) -> None:
    account_of(
        own.database, Role.MANAGER, Scope(agency=MINE), runtime.now(), login="ketik", password=PASSWORD
    )
    page.goto(f"{own.url}/unit?unit={MINE}")
    page.wait_for_url("**/masuk?*")
    refused = page.get_by_role("alert")
    told = []
    for number in range(10):
        login = "ketik" if number % 2 else "KETIK "
        type_into(page, {"Nama akun": login, "Kata sandi": f"salah sekali {number}"})
        expect(refused).to_be_visible()
        told.append(refused.inner_text())
    assert told[:4] == [signing_in.NOT_SIGNED_IN.id] * 4
    waits = [match for text in told if (match := re.search(r"Tunggu (\d+) detik", text))]
    assert waits
    check_plain(page)
    _wait_at_the_door(page)
    page.wait_for_url(f"{own.url}/unit?unit={MINE}")
    opened(page)
    page.set_viewport_size(DESK)
    elsewhere = page.context.new_page()
    elsewhere.goto(f"{own.url}/akun")
    old = token_of(page.context)
    button = elsewhere.get_by_role("button", name="Keluar")
    button.focus()
    elsewhere.keyboard.press("Enter")
    expect(elsewhere.get_by_text("Anda sudah keluar.")).to_be_visible()
    _click_something(page)
    _says_it_ended(page)
    # Whoever kept a copy of the cookie has nothing.
    hold(page.context, own.url, old)
    page.goto(f"{own.url}/unit?unit={MINE}")
    page.wait_for_url("**/masuk?*")


def test_an_expired_session_the_pages_of_others_and_files_without_a_cookie(
    page: Page, other_context: BrowserContext, own: Own
) -> None:
    token = session_of(own.database, Role.OPERATOR, Scope(unit=MINE))
    hold(page.context, own.url, token)
    for path in ("petugas", "perbandingan"):
        page.goto(f"{own.url}/{path}?unit={MINE}")
        opened(page)
        main = page.get_by_test_id("stMain")
        expect(main).to_contain_text("Halaman ini untuk peran")
        # Nothing of the page to press or to choose from.
        expect(main.get_by_test_id("stSelectbox")).to_have_count(0)
        expect(main.get_by_test_id("stButton")).to_have_count(0)
    page.set_viewport_size(DESK)
    page.goto(f"{own.url}/unit?unit={MINE}")
    opened(page)
    with page.expect_download() as started:
        page.get_by_role("button", name="Unduh laporan (PDF)").click()
    address = started.value.url
    assert "/media/" in address
    assert page.context.request.get(address).status == 200
    assert other_context.request.get(address).status == 403
    # Of the same account at another device, who could have had it made as well.
    hold(other_context, own.url, session_of(own.database, Role.OPERATOR, Scope(unit=MINE)))
    assert other_context.request.get(address).status == 403
    other_context.clear_cookies()
    _let_pass(own.database, token, timedelta(hours=1, minutes=1))
    _click_something(page)
    _says_it_ended(page)
    assert page.context.request.get(address).status in (401, 403, 404)
    survey = other_context.new_page()
    survey.goto(f"{own.url}/survei?unit={MINE}")
    expect(survey.locator("fieldset.unsur")).to_have_count(len(KEYS))
    assert token_of(other_context) == ""
    # What a page of a citizen could ask for, if somebody wrote its script anew.
    assert UNITS[MINE] in drawn(own.url, "unit", f"unit={MINE}", session_of(own.database))
    told = drawn(own.url, "unit", f"unit={MINE}", "")
    assert UNITS[MINE] not in told
    assert SIGN_IN.id in told


def _wait_at_the_door(page: Page) -> None:
    """Try with the right password until it is let in: not before the time that was told."""
    began = time.monotonic()
    while "/masuk" in page.url:
        type_into(page, {"Nama akun": "ketik", "Kata sandi": PASSWORD})
        if found := re.search(r"Tunggu (\d+) detik", page.content()):
            page.wait_for_timeout(int(found.group(1)) * 1000)
        assert time.monotonic() - began < 60


def _invite(page: Page, own: Own, login: str, name: str) -> str:
    """By the page of the staff; the address of the one-time link of a new manager of one agency."""
    page.goto(f"{own.url}/petugas")
    opened(page)
    assert serious(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    form = page.get_by_test_id("stForm")
    form.get_by_label("Nama", exact=True).fill(name)
    form.get_by_label("Nama akun", exact=True).fill(login)
    choose(page, form.get_by_label("Peran", exact=True), "Pengelola")
    choose(page, form.get_by_label("Berlaku untuk", exact=True), f"{UNITS[MINE]} dan lain-lain")
    form.get_by_role("button", name="Buat tautan undangan").click()
    made = page.get_by_test_id("stCode")
    expect(made).to_contain_text("/tautan/")
    return made.inner_text().strip()


def _end_session(page: Page, name: str) -> None:
    """By the page of the staff, the only session that somebody has."""
    page.reload()
    opened(page)
    # The first by name is chosen.
    expect(page.get_by_label("Petugas", exact=True)).to_have_value(re.compile(name))
    page.get_by_role("button", name="Akhiri", exact=True).click()
    expect(page.get_by_text("Sesi diakhiri.")).to_be_visible()


def _click_something(page: Page) -> None:
    """A choice beside the page of a unit's result: the page runs again."""
    choose(page, page.get_by_label("Jenis periode", exact=True), "Semester")


def _says_it_ended(page: Page) -> None:
    """The sentence, the way back in, and nothing of what stood there."""
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text(ENDED.id)
    expect(main.get_by_role("link", name="Masuk")).to_be_visible()
    settle(page)
    expect(page.get_by_test_id("stApp")).not_to_contain_text(UNITS[MINE])


def _let_pass(database: Database, token: str, time_passed: timedelta) -> None:
    """As if nobody had touched a page of this session for so long."""
    change = sa.update(account_session).where(account_session.c.id == hashed(token))
    database.write(lambda connection: connection.execute(change.values(seen_at=runtime.now() - time_passed)))
