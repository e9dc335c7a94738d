"""Every page in a real browser: nothing serious for axe, no complaint of the console, no other host asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from analytics.period import Period
from survey_app.pages.specs import PAGES
from survey_app.services import catalogue, devices, follow_up, intake, targets
from survey_app.services.acting import ADMIN, Acting, Role
from survey_app.services.actions import Action, Pair, Status
from survey_app.services.ids import uuid7
from survey_app.services.intake import Channel, Submission
from survey_app.services.scope import PROVINCE, Scope
from survey_app.services.targets import Index
from survey_app.storage.database import Database, open_database
from survey_app.text import Text
from tests.browser.axe import serious
from tests.browser.conftest import Server
from tests.browser.waiting import settle
from tests.submissions import KEYS, NOW

UNIT = "loket-aksesibilitas"
ADDRESSES = [
    "/",
    *(f"/{spec.path}?unit={UNIT}" for spec in PAGES[1:]),
    f"/survei?unit={UNIT}&coba=1",
    f"/unit?unit={UNIT}&lang=en",
]


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    """The running server with a unit that has answers and a comment."""
    database = open_database(server.database_url)
    catalogue.create_agency(database, UNIT, "Dinas Uji")
    catalogue.create_unit(database, UNIT, UNIT, "Loket Aksesibilitas", time_zone="Asia/Makassar")
    for score in (2, 3, 4, 4):
        answers = dict.fromkeys(KEYS, score) | {"waktu": 3}
        sent = Submission(uuid7(NOW), UNIT, answers, Channel.WEB, comment="Petugas ramah")
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    _govern(database)
    database.close()
    return server


def _govern(database: Database) -> None:
    """What the unit adds to its answers, of which the one with nothing but 3 carries a flag."""
    entry = catalogue.find_unit(database, UNIT)
    catalogue.record_volume(database, UNIT, entry.services[0].code, Period.parse("2026-TW4"), 90)
    for scope in (PROVINCE, Scope(unit=UNIT)):
        targets.set_target(database, ADMIN, scope, Index.IKM, Period.parse("2026"), Decimal("88.5"), NOW)
    said = Pair(Text("Antrean lama", "Long queues"), Text("Dua loket dibuka", "Two counters opened"))
    done = Action(
        Period.parse("2026-TW3"),
        "waktu",
        "Menambah loket",
        "Kepala Seksi",
        Period.parse("2026-TW4"),
        Status.DONE,
        "Dua loket dibuka",
        pair=said,
        published=True,
    )
    follow_up.add(database, Acting(Role.ADMIN), UNIT, done, NOW)
    devices.create_pairing(database, UNIT, "Loket 1", NOW)


@pytest.fixture(params=["light", "dark"])
def wide_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A desk's screen, light or dark."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_has_no_serious_finding_of_axe(address: str, wide_page: Page, filled: Server) -> None:
    _open(wide_page, filled.url + address)
    assert serious(wide_page) == []
    for tab in wide_page.get_by_role("tab").all()[1:]:
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        settle(wide_page)
        assert serious(wide_page) == [], tab.inner_text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_complains_of_nothing_and_asks_no_other_host(address: str, page: Page, filled: Server) -> None:
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: hosts.add(urlsplit(r.url).netloc) if r.url.startswith("http") else None)
    _open(page, filled.url + address)
    assert complaints == []
    assert hosts == {urlsplit(filled.url).netloc}


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    settle(page)
