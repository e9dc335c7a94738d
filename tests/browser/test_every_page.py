"""Every page in a real browser: nothing serious for axe, no complaint of the console, no other host asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

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
from tests.browser.conftest import Server
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


DESK: Final[ViewportSize] = {"width": 1440, "height": 900}


@pytest.mark.parametrize(
    ("address", "schemes"),
    [
        *((address, ("light", "dark")) for address in ADDRESSES),
        *((address, ("light",)) for address in VARIANTS),
    ],
)
def test_a_page_complains_of_nothing_asks_no_other_host_and_has_no_serious_finding_of_axe(
    address: str, schemes: tuple[str, ...], page: Page, filled: Server, admin: str
) -> None:
    """Opened as on a phone, then looked at on a desk, in each of its tabs and schemes; loaded once."""
    if not address.startswith("/survei?"):  # a citizen's, who never signs in
        hold(page.context, filled.url, admin)
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    refused: list[str] = []
    page.on("response", lambda r: refused.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", lambda r: hosts.add(urlsplit(r.url).netloc) if r.url.startswith("http") else None)
    _open(page, filled.url + address)
    assert complaints == []
    # Not a file that pages made: those are for who had them made, and the icon is for everybody.
    icon = page.locator('link[rel~="icon"]').evaluate_all("all => all.map(e => new URL(e.href).pathname)")
    assert icon == ["/favicon.png"]
    page.set_viewport_size(DESK)
    for scheme in schemes:
        _look_at_every_tab(page, scheme)
    assert complaints == []
    assert hosts == {urlsplit(filled.url).netloc}
    assert refused == []


#: What a page is drawn on in each scheme, as .streamlit/config.toml says.
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 24, 31)"}
_FINDINGS = {"light": serious, "dark": pale}


def _look_at_every_tab(page: Page, scheme: str) -> None:
    """One scheme after the other, and not both in each tab: every change of it draws the page anew."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[scheme])
    settle(page)
    tabs = page.get_by_role("tab")
    for tab in range(max(1, tabs.count())):
        if tabs.count():
            tabs.nth(tab).click()
            expect(tabs.nth(tab)).to_have_attribute("aria-selected", "true")
            settle(page)
        assert _FINDINGS[scheme](page) == [], (scheme, tab)


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
def test_the_summary_stands_on_one_screen(
    browser: Browser, filled: Server, admin: str, size: tuple[int, int]
) -> None:
    with browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="id-ID") as context:
        hold(context, filled.url, admin)
        page = context.new_page()
        _open(page, f"{filled.url}/ringkasan")
        expect(page.locator(".sum-card").first).to_be_visible()
        expect(page.locator(".js-plotly-plot")).to_have_count(0)
        # Below it are the tabs: every alarm, every change, who has no value.
        assert page.locator(".sum-low").evaluate("e => e.getBoundingClientRect().bottom") <= size[1]
        main = page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_streamlits_own_words_are_indonesian_too(browser: Browser, filled: Server, admin: str) -> None:
    """On a tablet, where the navigation has more pages than room."""
    with browser.new_context(viewport={"width": 1024, "height": 768}, locale="id-ID") as context:
        hold(context, filled.url, admin)
        page = context.new_page()
        _open(page, f"{filled.url}/ip-asn")
        page.get_by_role("tab", name="Impor").click()
        expect(page.get_by_test_id("stFileUploader")).to_be_visible()
        assert _shown_instead(page, ".rc-overflow-item-rest p") == ["0px", '"Lainnya"']
        assert _shown_instead(page, '[data-testid="stFileUploader"] button p') == ["0px", '"Pilih berkas"']
        _open(page, f"{filled.url}/ip-asn?lang=en")
        assert _shown_instead(page, ".rc-overflow-item-rest p")[1] == "none"


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_title_of_the_navigation_is_cut(
    language: str, browser: Browser, filled: Server, admin: str
) -> None:
    """What does not fit is behind the last entry, and that entry is whole."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID") as context:
        hold(context, filled.url, admin)
        page = context.new_page()
        _open(page, f"{filled.url}/ringkasan?lang={language}")
        bar = page.get_by_test_id("stTopNav")
        expect(bar).to_have_css("padding-right", "0px")
        settle(page)
        for width in (1280, 1200, 1100, 1024):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            ends = "e => [...e.children].filter(c => !c.inert).map(c => c.getBoundingClientRect().right)"
            assert max(bar.evaluate(ends)) <= width, width


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
