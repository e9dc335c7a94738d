"""The Streamlit pages in a real browser: a citizen's way from the form to the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from analytics.reason import Reason
from survey_app.services.answers import consent
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import rollup
from survey_app.storage.database import Database, open_database
from survey_app.wording.reasons import reason_text
from tests.browser.conftest import Server
from tests.browser.signed_in import hold
from tests.submissions import consents

UNSUR = 9


@dataclass
class Watched:
    """A page, what its console complained about, and the hosts it asked ("itself": data: and blob:)."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)


@pytest.fixture
def watched(context: BrowserContext) -> Watched:
    seen = Watched(context.new_page())
    seen.page.on(
        "console",
        lambda message: (
            seen.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc or "itself"))
    return seen


@pytest.fixture
def server_database(server: Server) -> Iterator[Database]:
    opened = open_database(server.database_url)
    yield opened
    opened.close()


@pytest.fixture
def unit_code(server_database: Database, request: pytest.FixtureRequest) -> str:
    """A unit of this test alone, in the database the running server reads."""
    code = catalogue.slug(request.node.name)[-40:].strip("-")
    agency = catalogue.create_agency(server_database, ADMIN, code, "Dinas Uji")
    catalogue.create_unit(server_database, ADMIN, agency.code, code, "Loket Uji", time_zone="Asia/Makassar")
    return code


def test_a_citizen_answers_and_is_in_the_result_at_once(
    watched: Watched, server: Server, admin: str, unit_code: str, server_database: Database
) -> None:
    """Whoever answers has not signed in; who looks at the result has."""
    page = watched.page
    page.goto(f"{server.url}/survei?unit={unit_code}")
    _answer_every_unsur(page, level=4)
    page.get_by_text("Perempuan", exact=True).click()
    said, send = page.locator(".consent"), page.get_by_role("button", name="Kirim", exact=True)
    expect(said).to_contain_text("Dengan menekan Kirim, Anda menyetujui pemakaian ini.")
    above, below = said.bounding_box(), send.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    send.click()
    expect(page.get_by_text("Terima kasih!")).to_be_visible()
    hold(page.context, server.url, admin)
    page.goto(f"{server.url}/unit?unit={unit_code}")
    # Nine answers of 4: 25 x 4 = 100.00, one respondent.
    expect(page.locator(".un .big")).to_have_text("100,00")
    expect(page.get_by_text(reason_text(Reason.ONE_RESPONDENT).id)).to_be_visible()
    assert _responses(server_database, unit_code) == 1
    assert consents(server_database, unit_code) == [consent.VERSION]
    assert watched.complaints == []
    assert watched.hosts <= {urlsplit(server.url).netloc, "itself"}


def test_a_double_tap_gives_one_response_and_the_next_person_another(
    watched: Watched, server: Server, unit_code: str, server_database: Database
) -> None:
    page = watched.page
    page.goto(f"{server.url}/survei?unit={unit_code}")
    for person in (1, 2):
        _answer_every_unsur(page, level=3)
        page.get_by_role("button", name="Kirim", exact=True).dblclick()
        expect(page.get_by_text("Terima kasih!")).to_be_visible()
        assert _responses(server_database, unit_code) == person
        page.get_by_role("button", name="Mulai untuk orang berikutnya").click()
        expect(page.locator("fieldset.unsur input:checked")).to_have_count(0)


def test_what_is_missing_is_said_at_its_unsur_and_the_answers_stay(
    watched: Watched, server: Server, unit_code: str, server_database: Database
) -> None:
    page = watched.page
    page.goto(f"{server.url}/survei?unit={unit_code}")
    _answer_every_unsur(page, level=2, leave_out="waktu")
    page.get_by_role("button", name="Kirim", exact=True).click()
    problem = page.locator('fieldset[data-key="waktu"] .problem')
    expect(problem).to_have_text("U3 Waktu Penyelesaian belum dijawab.")
    expect(problem).to_be_in_viewport()
    expect(page.locator(".problem:visible")).to_have_count(1)
    expect(page.locator("fieldset.unsur input:checked")).to_have_count(UNSUR - 1)
    assert _responses(server_database, unit_code) == 0


def test_the_questionnaire_works_with_the_keyboard_and_is_named_for_screen_readers(
    watched: Watched, server: Server, unit_code: str
) -> None:
    page = watched.page
    page.goto(f"{server.url}/survei?unit={unit_code}")
    group = page.get_by_role("group", name="U1 · Persyaratan")
    first = group.get_by_role("radio", name="Tidak sesuai")
    expect(first).to_be_attached()
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="Sesuai", exact=True)).to_be_checked()
    for box in page.locator(".choice").all():
        size = box.bounding_box()
        assert size is not None
        assert min(size["width"], size["height"]) >= 64


def test_the_language_switch_keeps_the_answers(watched: Watched, server: Server, unit_code: str) -> None:
    page = watched.page
    page.goto(f"{server.url}/survei?unit={unit_code}")
    _answer_every_unsur(page, level=1)
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_text("How easy is the service procedure of this unit?")).to_be_visible()
    expect(page.locator("fieldset.unsur input:checked")).to_have_count(UNSUR)


def test_the_page_says_its_language_and_shows_nothing_of_streamlit(
    watched: Watched, server: Server, admin: str
) -> None:
    page = watched.page
    hold(page.context, server.url, admin)
    page.goto(server.url)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "id"
    expect(page.locator('[data-testid="stMainMenu"]')).to_have_count(0)
    expect(page.locator('[data-testid="stAppDeployButton"]')).to_have_count(0)
    assert watched.complaints == []


def _answer_every_unsur(page: Page, level: int, leave_out: str = "") -> None:
    expect(page.locator("fieldset.unsur")).to_have_count(UNSUR)
    expect(page.locator("fieldset.unsur input:checked")).to_have_count(0)
    for fieldset in page.locator("fieldset.unsur").all():
        if fieldset.get_attribute("data-key") != leave_out:
            fieldset.locator(".choice").nth(level - 1).click()


def _responses(database: Database, unit_code: str) -> int:
    with database.read() as connection:
        cells = rollup.read(connection, [catalogue.find_unit(database, unit_code, PROVINCE).unit.id])
    return sum(cell.n for cell in cells)
