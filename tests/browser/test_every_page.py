"""Every page in a real browser: nothing serious for axe, no complaint of the console, no other host asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, ViewportSize, expect

from analytics.period import Period
from survey_app.pages.specs import PAGES
from survey_app.reports.unit import drafting
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database, open_database
from survey_app.text import Text
from tests.browser.axe import pale, serious, violations
from tests.browser.conftest import PATIENCE, Server
from tests.browser.signed_in import hold
from tests.browser.waiting import settle
from tests.reports import samples
from tests.submissions import KEYS, NOW

UNIT = "loket-aksesibilitas"
#: Fewer than five people in its only month.
FEW = "loket-sedikit"
#: Its month is public, and its quarter withheld, because three are left of it.
WITHHELD = "loket-tertahan"
ADDRESSES = ["/", *(f"/{spec.path}?unit={UNIT}" for spec in PAGES[1:])]
#: The same pages with other words and numbers on them: of no other colours.
VARIANTS = [
    f"/unit?unit={FEW}",
    f"/laporan?unit={WITHHELD}",
    f"/survei?unit={UNIT}&coba=1",
    f"/unit?unit={UNIT}&lang=en",
]


@pytest.fixture(scope="module")
def filled(server: Server) -> Server:
    """The running server with a unit that has answers and a comment."""
    database = open_database(server.database_url)
    catalogue.create_agency(database, ADMIN, UNIT, "Dinas Uji")
    catalogue.create_unit(database, ADMIN, UNIT, UNIT, "Loket Aksesibilitas", time_zone="Asia/Makassar")
    for score in (2, 3, 4, 4):
        answers = dict.fromkeys(KEYS, score) | {"waktu": 3}
        sent = Submission(
            id=uuid7(NOW), unit=UNIT, answers=answers, channel=Channel.WEB, comment="Petugas ramah"
        )
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    _govern(database)
    _hide(database)
    database.close()
    return server


def _hide(database: Database) -> None:
    """Units of which the public is not shown everything, and a recap that is withheld with them."""
    for code, months in ((FEW, (("2026-11", 3),)), (WITHHELD, (("2026-10", 20), ("2026-11", 3)))):
        samples.create_unit(database, code, f"Loket {code}", agency="Dinas Uji Kecil")
        for month, n in months:
            samples.insert(database, code, samples.random_rows(n), month)
    for code, period in ((FEW, "2026-11"), (WITHHELD, "2026-10"), (WITHHELD, "2026-TW4")):
        drafting.publish(database, ADMIN, code, Period.parse(period), NOW, running=True)
    content = recap(database, "dinas-uji-kecil", Period.parse("2026-TW4"))
    recap_publishing.publish(database, ADMIN, content, NOW, running=True)


def _govern(database: Database) -> None:
    """What the unit adds to its answers, of which the one with nothing but 3 carries a flag."""
    entry = catalogue.find_unit(database, UNIT, PROVINCE)
    catalogue.record_volume(database, ADMIN, UNIT, entry.services[0].code, Period.parse("2026-TW4"), 90)
    for scope in (PROVINCE, Scope(unit=UNIT)):
        targets.set_target(database, ADMIN, scope, Index.IKM, Period.parse("2026"), Decimal("88.5"), NOW)
    said = Pair(Text("Antrean lama", "Long queues"), Text("Dua loket dibuka", "Two counters opened"))
    done = Action(
        period=Period.parse("2026-TW3"),
        unsur="waktu",
        plan="Menambah loket",
        responsible="Kepala Seksi",
        due=Period.parse("2026-TW4"),
        status=Status.DONE,
        realisation="Dua loket dibuka",
        pair=said,
        published=True,
    )
    plans.add(database, Acting(Role.ADMIN), UNIT, done, NOW)
    devices.create_pairing(database, ADMIN, UNIT, "Loket 1", NOW)


PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
DESK: Final[ViewportSize] = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def _window(browser: Browser) -> Iterator[Page]:
    """One page for all tests here: half of what a fresh one costs is to compile Streamlit's scripts."""
    with browser.new_context(viewport=PHONE, locale="id-ID") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def staff(_window: Page, filled: Server, admin: str) -> Iterator[Page]:
    """The page of an administrator, as large as a phone, as if nobody had used it before."""
    hold(_window.context, filled.url, admin)
    _window.set_viewport_size(PHONE)
    _window.emulate_media(color_scheme="light")
    yield _window
    _window.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    _window.goto("about:blank")
    _window.context.clear_cookies()


@pytest.mark.parametrize(
    ("address", "schemes"),
    [
        *((address, ("light", "dark")) for address in ADDRESSES),
        *((address, ("light",)) for address in VARIANTS),
    ],
)
def test_a_page_complains_of_nothing_asks_no_other_host_and_has_no_serious_finding_of_axe(
    address: str, schemes: tuple[str, ...], filled: Server, request: pytest.FixtureRequest
) -> None:
    """Opened as on a phone, then looked at on a desk, in each of its tabs and schemes; loaded once."""
    # The form is a citizen's, who never signs in.
    page: Page = request.getfixturevalue("page" if address.startswith("/survei?") else "staff")
    with _Heard(page) as heard:
        _open(page, filled.url + address)
        _look_at(page, schemes, heard)
    assert heard.hosts == {urlsplit(filled.url).netloc}
    assert heard.refused == []


class _Heard:
    """What a page complains of, whom it asks, and what it is refused, as long as one listens."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self.refused: list[str] = []

    def __enter__(self) -> _Heard:
        self._page.on("console", self._console)
        self._page.on("pageerror", self._error)
        self._page.on("response", self._response)
        self._page.on("request", self._request)
        return self

    def __exit__(self, *_: object) -> None:
        self._page.remove_listener("console", self._console)
        self._page.remove_listener("pageerror", self._error)
        self._page.remove_listener("response", self._response)
        self._page.remove_listener("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _error(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(f"{response.status} {response.url}")

    def _request(self, request: Request) -> None:
        if request.url.startswith("http"):
            self.hosts.add(urlsplit(request.url).netloc)


def _look_at(page: Page, schemes: tuple[str, ...], heard: _Heard) -> None:
    assert heard.complaints == []
    # Not a file that pages made: those are for who had them made, and the icon is for everybody.
    icon = page.locator('link[rel~="icon"]').evaluate_all("all => all.map(e => new URL(e.href).pathname)")
    assert icon == ["/favicon.png"]
    page.set_viewport_size(DESK)
    for scheme in schemes:
        _look_at_every_tab(page, scheme)
    assert heard.complaints == []


#: What a page is drawn on in each scheme, as .streamlit/config.toml says.
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 24, 31)"}
_FINDINGS = {"light": serious, "dark": pale}


def _look_at_every_tab(page: Page, scheme: str) -> None:
    """One scheme after the other, and not both in each tab: every change of it draws the page anew."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[scheme])
    settle(page)
    tabs, around = page.get_by_role("tab"), ""
    for tab in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(tab).click()
            expect(tabs.nth(tab)).to_have_attribute("aria-selected", "true")
            settle(page)
        # What stands around the tabs has been looked at, as long as it is the same.
        before, around = around, page.evaluate(_AROUND, ", ".join(TABS))
        within = TABS if tab and around == before else ()
        assert _FINDINGS[scheme](page, within) == [], (scheme, tab)


#: Tabs and what is open of them. Axe looks at no hidden one.
TABS = ("[role=tablist]", "[role=tabpanel]")
_AROUND = """tabs => {
  const copy = document.body.cloneNode(true)
  copy.querySelectorAll(tabs).forEach(e => e.remove())
  return copy.innerHTML
}"""


@pytest.mark.parametrize("path", ["", f"/{FEW}", f"/{WITHHELD}", f"/{WITHHELD}?period=2026-10"])
def test_the_public_page_of_what_is_hidden_has_no_finding_of_axe(
    path: str, page: Page, filled: Server
) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{filled.url}/hasil{path}")
    expect(page.locator("h1")).to_be_visible()
    if "period" not in path:
        expect(page.get_by_text("tidak ditampilkan").first).to_be_visible()
    for scheme, found in (("light", violations), ("dark", pale)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert found(page) == [], scheme


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768)], ids=["desk", "tablet"])
def test_the_summary_stands_on_one_screen(filled: Server, staff: Page, size: tuple[int, int]) -> None:
    staff.set_viewport_size({"width": size[0], "height": size[1]})
    _open(staff, f"{filled.url}/ringkasan")
    expect(staff.locator(".sum-card").first).to_be_visible()
    expect(staff.locator(".js-plotly-plot")).to_have_count(0)
    # Below it are the tabs: every alarm, every change, who has no value.
    assert staff.locator(".sum-low").evaluate("e => e.getBoundingClientRect().bottom") <= size[1]
    main = staff.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_streamlits_own_words_are_indonesian_too(filled: Server, staff: Page) -> None:
    staff.set_viewport_size({"width": 1024, "height": 768})
    _open(staff, f"{filled.url}/ip-asn?tab=impor")
    expect(staff.get_by_test_id("stFileUploader")).to_be_visible()
    assert _shown_instead(staff, '[data-testid="stFileUploader"] button p') == ["0px", '"Pilih berkas"']


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_head_of_a_page_fits_every_window(language: str, filled: Server, staff: Page) -> None:
    """Kelola has the most pages. On a phone the groups lie at the lower edge, and the pages scroll."""
    _open(staff, f"{filled.url}/pengaturan?lang={language}")
    for width in (1440, 1280, 1024, 768, 390):
        staff.set_viewport_size({"width": width, "height": 800})
        settle(staff)
        main = staff.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") == 0, width
        shown = staff.locator(
            ".st-key-groups a, .st-key-own button" + (", .st-key-pages a" if width > 700 else "")
        )
        boxes = shown.evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])"
        )
        assert len(boxes) > 6
        assert all(0 <= left < right <= width for left, right in boxes), (width, boxes)
    groups = staff.locator(".st-key-groups").bounding_box()
    assert groups is not None
    assert groups["y"] + groups["height"] == 800


def _shown_instead(page: Page, selector: str) -> list[str]:
    """The size of the element's own words, and the words that follow it."""
    found: list[str] = page.locator(selector).evaluate(
        "e => [getComputedStyle(e).fontSize, getComputedStyle(e, '::after').content]"
    )
    return found


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    settle(page)
