"""Without a network: the form opens, answers wait, and each arrives exactly once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from survey_app.services.answers import consent
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import open_database
from tests.browser import chromium
from tests.browser.forms import answer, answer_and_send, receipt
from tests.browser.waiting import PATIENCE_SHORTENED, PAUSES_SHORTENED, until_in_page
from tests.outages import own_postgres
from tests.servers import PlainServer, consents, fill_catalogue, scores
from tests.waiting import until


def different(count: int) -> list[str]:
    """Answer sheets, all different, so that one lost and one doubled cannot cancel out."""
    return ["".join(digits) for digits in itertools.islice(itertools.product("1234", repeat=9), count)]


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[PlainServer]:
    database_url = f"sqlite:///{tmp_path}/survey.db"
    fill_catalogue(database_url)
    with PlainServer(database_url) as started:
        yield started


def visit(page: Page, url: str) -> None:
    """Open the form and wait until it can be opened without a network."""
    page.goto(url)
    kept = "async url => !!(await (await caches.open('pages')).match(url))"
    until(lambda: page.evaluate(kept, url) and page.evaluate("!!navigator.serviceWorker.controller"))


def next_form(page: Page) -> None:
    """Leave the thanks for an empty form whose script has begun: before, sending it would be a plain POST."""
    page.locator("#done a:not([id])").click()
    page.locator(".progress").wait_for()


def waiting(page: Page) -> int:
    """Answers in the outbox, refused ones included."""
    found: int = page.evaluate(
        """() => new Promise(done => {
          indexedDB.open("outbox").onsuccess = opened => {
            const counting = opened.target.result.transaction("answers").objectStore("answers").count();
            counting.onsuccess = () => { opened.target.result.close(); done(counting.result); };
          };
        })"""
    )
    return found


def test_many_answers_survive_a_dead_browser_and_a_restarting_server(
    browser: Browser, own_server: PlainServer, tmp_path: Path, soak: bool
) -> None:
    sheets = different(200 if soak else 30)
    url = f"{own_server.url}/s/ptsp"
    context = start_browser(browser, tmp_path)
    page = context.new_page()
    visit(page, url)
    own_server.kill()
    for sheet in sheets:
        answer_and_send(page, sheet)
        next_form(page)
    crash(context, page)

    page = start_browser(browser, tmp_path).new_page()
    page.goto(url)
    expect(page.get_by_text(f"Jawaban dari {len(sheets)} survei menunggu dikirim")).to_be_visible()
    own_server.start()
    until(lambda: len(scores(own_server.database_url)) > len(sheets) // 5)
    own_server.kill()
    assert len(scores(own_server.database_url)) < len(sheets)
    own_server.start()
    until(lambda: len(scores(own_server.database_url)) >= len(sheets), 120)
    expect(page.locator("#net")).to_be_hidden(timeout=120_000)
    page.context.close()
    assert sorted(scores(own_server.database_url)) == sheets


def start_browser(browser: Browser, profile: Path) -> BrowserContext:
    return browser.browser_type.launch_persistent_context(
        profile / "profile", executable_path=chromium.executable(), args=chromium.ARGUMENTS, locale="id-ID"
    )


def crash(context: BrowserContext, page: Page) -> None:
    """End the browser as a power cut does."""
    with pytest.raises(Error):
        context.new_cdp_session(page).send("Browser.crash")


def test_after_one_visit_the_form_opens_and_waits_without_a_network(
    page: Page, own_server: PlainServer
) -> None:
    visit(page, f"{own_server.url}/s/ptsp")
    own_server.kill()
    page.goto(f"{own_server.url}/s/ptsp?lang=en")  # never opened in English: the kept page does
    first = page.evaluate("history.state.id")
    answer(page, "433443344")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    page.get_by_role("link", name="Isi survei lain").click()
    expect(page.get_by_text("Jawaban dari 1 survei menunggu dikirim")).to_be_visible()
    assert page.evaluate("history.state.id") != first
    assert page.goto(f"{own_server.url}/s/samsat").status == 503  # type: ignore[union-attr]
    expect(page.get_by_text("belum pernah dibuka")).to_be_visible()
    page.go_back()
    own_server.start()
    until(lambda: scores(own_server.database_url) == ["433443344"])
    expect(page.locator("#net")).to_be_hidden()


def test_a_kept_form_is_sent_with_the_version_of_the_consent_that_it_showed(
    page: Page, own_server: PlainServer
) -> None:
    """Kept by the browser since the release before: what this release shows, that citizen has not read."""
    visit(page, f"{own_server.url}/s/ptsp")
    named = [f'name="consent" value="{version}"' for version in (consent.VERSION, consent.VERSION - 1)]
    page.evaluate(
        """async ([now, before]) => {
          const cache = await caches.open("pages"), [key] = await cache.keys();
          const {headers} = await cache.match(key), html = await (await cache.match(key)).text();
          await cache.put(key, new Response(html.replace(now, before), {headers}));
        }""",
        named,
    )
    own_server.kill()
    page.reload()
    answer_and_send(page, "4" * 9)
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    own_server.start()
    until(lambda: consents(own_server.database_url) == [consent.VERSION - 1])


def test_while_the_database_is_away_the_kept_form_opens_and_its_answer_waits(
    page: Page, tmp_path: Path
) -> None:
    with own_postgres(str(tmp_path)) as postgres:
        fill_catalogue(postgres.url)
        with PlainServer(postgres.url) as server:
            visit(page, f"{server.url}/s/ptsp")
            postgres.stop()
            page.reload()
            answer_and_send(page, "433443344")
            expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
            postgres.start()
            until(lambda: scores(postgres.url) == ["433443344"])
            expect(page.locator("#net")).to_be_hidden()
            expect(page.locator("#done .code")).not_to_be_empty()


def test_a_confirmation_that_comes_while_the_next_form_loads_does_not_bring_the_thanks_back(
    page: Page, own_server: PlainServer
) -> None:
    page.add_init_script(
        "window.setTimeout = (later => (go, ms) => later(go, ms === 8000 ? 50 : ms))(setTimeout)"
    )
    visit(page, f"{own_server.url}/s/ptsp")
    held: list[Route] = []
    page.route("**/api/responses", lambda route: held.append(route))
    answer_and_send(page, "4" * 9)
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    first = page.evaluate("history.state.id")
    # The link is followed, and before its page is there the answer is confirmed.
    page.evaluate(
        "document.querySelector('#done a:not([id])')"
        ".addEventListener('click', event => event.preventDefault())"
    )
    page.get_by_role("link", name="Isi survei lain").click()
    until(lambda: page.evaluate("true") and bool(held))
    held[0].continue_()
    expect(page.locator("#done .code")).not_to_be_empty()
    page.reload()
    expect(page.get_by_text("0 dari 9 dijawab")).to_be_visible()
    assert page.evaluate("history.state.id") != first
    assert scores(own_server.database_url) == ["4" * 9]


def test_what_waits_is_told_without_moving_what_is_under_the_finger(
    page: Page, own_server: PlainServer
) -> None:
    visit(page, f"{own_server.url}/s/ptsp")
    own_server.kill()
    answer_and_send(page, "4" * 9)
    link = page.get_by_role("link", name="Isi survei lain")
    link.wait_for()
    before = link.bounding_box()
    expect(page.get_by_text("Jawaban dari 1 survei menunggu dikirim")).to_be_visible()
    assert link.bounding_box() == before


def test_a_refused_answer_is_kept_aside_and_blocks_nobody(page: Page, own_server: PlainServer) -> None:
    visit(page, f"{own_server.url}/s/samsat/pajak")
    visit(page, f"{own_server.url}/s/ptsp")
    own_server.kill()
    for path, sheet in (("samsat/pajak", "1" * 9), ("ptsp", "2" * 9), ("ptsp", "3" * 9)):
        page.goto(f"{own_server.url}/s/{path}")
        if page.locator("#done").is_visible():
            next_form(page)
        answer_and_send(page, sheet)
        expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    database = open_database(own_server.database_url)
    catalogue.set_service_active(database, ADMIN, "samsat", "pajak", False)
    database.close()
    own_server.start()
    until(lambda: len(scores(own_server.database_url)) == 2, 120)
    for _ in range(2):
        expect(page.get_by_text("jawaban dari 1 survei belum dapat diterima")).to_be_visible()
        expect(page.get_by_text("Survei untuk Pajak kendaraan sudah ditutup.")).to_be_visible()
        page.reload()
    assert sorted(scores(own_server.database_url)) == ["2" * 9, "3" * 9]
    assert waiting(page) == 1


def test_a_new_version_keeps_pages_and_answers(page: Page, own_server: PlainServer) -> None:
    visit(page, f"{own_server.url}/s/ptsp")
    own_server.kill()
    answer_and_send(page, "4" * 9)
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    own_server.start()
    page.evaluate("navigator.serviceWorker.register('/sw.js?another', {scope: '/s/'})")
    until_in_page(page, "() => navigator.serviceWorker.controller.scriptURL.endsWith('another')")
    until(lambda: scores(own_server.database_url) == ["4" * 9])
    own_server.kill()
    page.get_by_role("link", name="Isi survei lain").click()
    expect(page.get_by_text("0 dari 9 dijawab")).to_be_visible()


def test_a_database_that_never_answers_holds_no_answer_back(page: Page, plain_server: PlainServer) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => new EventTarget()")
    page.add_init_script(PATIENCE_SHORTENED)
    before = len(scores(plain_server.database_url))
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "344444433")
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    assert scores(plain_server.database_url)[before:] == ["344444433"]


def test_where_nothing_can_be_kept_the_form_says_so_and_sends_directly(
    page: Page, plain_server: PlainServer
) -> None:
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    page.add_init_script(PAUSES_SHORTENED)
    before = len(scores(plain_server.database_url))
    page.goto(f"{plain_server.url}/s/ptsp")
    blocked = [True]
    page.route("**/api/responses", lambda route: route.abort() if blocked[0] else route.continue_())
    answer(page, "344444443")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Perangkat ini tidak dapat menyimpan jawaban")).to_be_visible()
    expect(page.get_by_text("jawaban belum terkirim karena jaringan")).to_be_visible()
    blocked[0] = False
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    assert scores(plain_server.database_url)[before:] == ["344444443"]
