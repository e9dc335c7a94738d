"""What each reader comes for, from the screen alone: in three clicks at most, counted as somebody clicks.

Seconds are told and not judged: a machine that runs tests is no tablet (`pytest -s` shows them).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analytics.period import Period
from survey_app.pages.laporan import publish_many_view
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import unit_publishing
from survey_app.storage.database import Database, open_database
from survey_app.text import Text
from tests.browser.conftest import Server, serving
from tests.browser.signed_in import sign_in
from tests.browser.waiting import settle
from tests.reports import samples
from tests.submissions import KEYS, NOW

MOST_CLICKS = 3
QUARTER = Period.parse("2026-TW3")
REPLY = "Loket kedua sudah dibuka"
#: One who complained.
ANSWER = uuid7(NOW - timedelta(days=3))


@dataclass
class Reader:
    """Somebody at a page, whose clicks are counted."""

    page: Page
    url: str
    clicks: int = 0
    begun: float = field(default_factory=time.monotonic)

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
        settle(self.page)

    def finish(self, task: str) -> None:
        print(f"{task}: {self.clicks} clicks, {time.monotonic() - self.begun:.1f} s")
        assert self.clicks <= MOST_CLICKS


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Three units of two quarters: one of the lowest letter, with an action that helped; a silent kiosk."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('tasks')}/survey.db"
    database = open_database(database_url)
    for code, (earlier, later) in {"izin": (1, 2), "terminal": (3, 3), "arsip": (4, 4)}.items():
        samples.create_unit(database, code, f"Unit {code.title()}", agency="Dinas Perhubungan")
        for month, score in (("2026-05", earlier), ("2026-08", later)):
            rows = [[score if i % 4 else 3, 3, score, *[3 + i % 2] * 6] for i in range(60)]
            samples.insert(database, code, rows, month)
    _plan(database)
    _complain(database)
    pairing = devices.create_pairing(database, ADMIN, "terminal", "Anjungan loket 2", NOW - timedelta(days=9))
    devices.pair(database, pairing.code, NOW - timedelta(days=9))
    database.close()
    with serving(database_url, "tests.browser.standing_clock", SURVEY_SCHEDULE_SECONDS="0") as url:
        yield Server(url, database_url)


def _plan(database: Database) -> None:
    """An action on the lowest unsur of the second quarter, whose quarter is over."""
    action = Action(
        period=Period.parse("2026-TW2"),
        unsur="waktu",
        plan="Dua loket dibuka",
        responsible="Kepala Dinas Perhubungan",
        due=Period.parse("2026-TW3"),
        status=Status.RUNNING,
    )
    plans.add(database, ADMIN, "izin", action, NOW - timedelta(days=200))


def _complain(database: Database) -> None:
    """A complaint that the office has answered."""
    answers = dict.fromkeys(KEYS, 2)
    sent = Submission(
        id=ANSWER, unit="arsip", answers=answers, channel=Channel.WEB, comment="Antrean lama sekali"
    )
    assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    (case,) = cases.worklist(database, ADMIN, Scope(unit="arsip"), NOW).cases
    done = Decision(state=State.DONE, owner="Kepala Seksi", reply=Text(REPLY, ""))
    handling.decide(database, ADMIN, "arsip", case.seen, done, NOW)


def reader(
    browser: Browser,
    server: Server,
    role: Role | None,
    scope: Scope = PROVINCE,
    size: tuple[int, int] = (1024, 768),
) -> Iterator[Reader]:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    if role is not None:
        sign_in(context, server.url, server.database_url, role, scope, now=NOW)
    page = context.new_page()
    yield Reader(page, server.url)
    context.close()


@pytest.fixture
def governor(browser: Browser, filled: Server) -> Iterator[Reader]:
    yield from reader(browser, filled, Role.LEADERSHIP)


@pytest.fixture
def manager(browser: Browser, filled: Server) -> Iterator[Reader]:
    yield from reader(browser, filled, Role.MANAGER, Scope(unit="izin"), (1280, 800))


@pytest.fixture
def analyst(browser: Browser, filled: Server) -> Iterator[Reader]:
    yield from reader(browser, filled, Role.MANAGER, Scope(agency="dinas-perhubungan"), (1440, 900))


@pytest.fixture
def operator(browser: Browser, filled: Server) -> Iterator[Reader]:
    yield from reader(browser, filled, Role.OPERATOR, size=(1280, 800))


@pytest.fixture
def citizen(browser: Browser, filled: Server) -> Iterator[Reader]:
    yield from reader(browser, filled, None, size=(360, 640))


def test_a_governor_reads_what_to_decide_and_who_must_act(governor: Reader) -> None:
    page = governor.page
    page.goto(f"{governor.url}/")
    settle(page)
    card = page.locator(".sum-card").filter(has_text="Unit Izin").first
    expect(card).to_be_in_viewport()
    for told in ("Lewat tenggat", "Sejak", "Yakin", "Kepala Dinas Perhubungan"):
        expect(card).to_contain_text(told)
    expect(page.get_by_role("heading", level=1)).to_contain_text("keputusan")
    governor.finish("governor")


def test_a_manager_reads_what_to_lift_by_how_much_and_whether_it_works(manager: Reader) -> None:
    page = manager.page
    page.goto(f"{manager.url}/")
    settle(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("paling rendah")
    expect(main).to_contain_text("Naik 0,")
    manager.click(page.get_by_role("link", name="Perbaiki"))
    expect(main).to_contain_text("Dua loket dibuka")
    expect(main).to_contain_text("1,00 → 2,00")
    expect(main).to_contain_text("Jelas naik")
    manager.finish("manager")


def test_an_analyst_publishes_the_quarter_of_all_units(analyst: Reader, filled: Server) -> None:
    page = analyst.page
    page.goto(f"{analyst.url}/")
    settle(page)
    page.keyboard.press("/")
    page.keyboard.type("serentak")
    analyst.click(page.get_by_role("option", name="Publikasi serentak"))
    n = "3"
    expect(page.get_by_text(publish_many_view.READY.format(n=n, all=n).id)).to_be_visible()
    analyst.click(page.get_by_text(publish_many_view.SURE.format(n=n).id))
    analyst.click(page.get_by_role("button", name=publish_many_view.PUBLISH.format(n=n).id))
    expect(page.get_by_text(publish_many_view.ALL_PUBLISHED.id)).to_be_visible()
    database = open_database(filled.database_url)
    made = {code: unit_publishing.publications_of(database, code) for code in ("izin", "terminal", "arsip")}
    database.close()
    assert [[(period, version) for period, version, _ in of] for of in made.values()] == [[(QUARTER, 1)]] * 3
    analyst.finish("analyst")


def test_an_operator_finds_the_kiosk_that_is_silent(operator: Reader) -> None:
    page = operator.page
    page.goto(f"{operator.url}/")
    settle(page)
    operator.click(page.get_by_role("link", name="Kelola"))
    kiosks = page.get_by_role("link", name="Anjungan survei")
    if kiosks.count() and "armada" not in page.url:
        operator.click(kiosks.first)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Anjungan loket 2")
    expect(main).to_contain_text("Tidak terhubung")
    operator.finish("operator")


def test_a_citizen_reads_what_became_of_a_complaint(citizen: Reader) -> None:
    page = citizen.page
    page.goto(f"{citizen.url}/s/arsip/arsip/{ANSWER}")
    expect(page.get_by_text(REPLY)).to_be_in_viewport()
    expect(page.get_by_text("Antrean lama sekali")).to_have_count(0)
    citizen.finish("citizen")
