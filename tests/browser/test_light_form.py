"""A citizen and the light form, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from survey_app.services.answers import consent
from tests.browser.forms import answer, receipt
from tests.browser.waiting import PAUSES_SHORTENED
from tests.servers import PlainServer, consents, scores


@pytest.fixture
def before(plain_server: PlainServer) -> int:
    """Responses stored before the test."""
    return len(scores(plain_server.database_url))


def new_scores(server: PlainServer, before: int) -> list[str]:
    return scores(server.database_url)[before:]


def test_a_citizen_completes_the_form_on_a_phone(page: Page, plain_server: PlainServer, before: int) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "433443344")
    expect(page.get_by_text("9 dari 9 dijawab")).to_be_visible()
    page.get_by_label("Usia").select_option(label="26–35 tahun")
    page.get_by_label("Saran, keluhan").fill("Loket cepat, terima kasih")
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    expect(page.locator("#done")).to_be_focused()
    assert new_scores(plain_server, before) == ["433443344"]
    assert consents(plain_server.database_url)[before:] == [consent.VERSION]


def test_without_javascript_the_form_works(browser: Browser, plain_server: PlainServer, before: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{plain_server.url}/s/samsat")
    answer(page, "222222222")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Which service did you receive?").select_option(label="Pajak kendaraan")
    page.get_by_role("button", name="Send").click()
    code = receipt(page)
    assert "/s/samsat/pajak/" in page.url
    # Back shows the same form with the same id: sending it again is the same response.
    page.go_back()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("We already have these answers and count them only once.")).to_be_visible()
    assert receipt(page) == code
    assert new_scores(plain_server, before) == ["222222222"]
    assert consents(plain_server.database_url)[before:] == [consent.VERSION]
    context.close()


@pytest.mark.parametrize("path", ["/s/ptsp", "/s/ptsp?lang=en"])
def test_without_javascript_back_sends_the_same_answer_again(
    browser: Browser, plain_server: PlainServer, before: int, path: str
) -> None:
    """Straight from the form to the receipt: the browser shows the form it kept, with its id."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{plain_server.url}{path}")
    answer(page, "222222222")
    page.locator(".send").click()
    code = receipt(page)
    page.go_back()
    page.locator(".send").click()
    assert receipt(page) == code
    assert "again=1" in page.url
    assert new_scores(plain_server, before) == ["222222222"]
    context.close()


def test_answers_that_come_over_from_an_older_page_are_sent_with_what_this_one_shows(
    page: Page, plain_server: PlainServer, before: int
) -> None:
    """A draft outlives an update of the server: the answers come back, the older version does not."""
    url = f"{plain_server.url}/s/ptsp"
    page.route(url, _of_the_release_before)
    page.goto(url)
    answer(page, "343434343")
    assert page.locator("[name=consent]").input_value() == str(consent.VERSION - 1)
    page.unroute(url)
    page.reload()
    expect(page.get_by_text("9 dari 9 dijawab")).to_be_visible()
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    assert new_scores(plain_server, before) == ["343434343"]
    assert consents(plain_server.database_url)[before:] == [consent.VERSION]


def _of_the_release_before(route: Route) -> None:
    answered = route.fetch()
    named = 'name="consent" value="{}"'
    older = answered.text().replace(named.format(consent.VERSION), named.format(consent.VERSION - 1))
    route.fulfill(response=answered, body=older)


def test_a_double_tap_is_one_response(page: Page, plain_server: PlainServer, before: int) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "333333333")
    page.get_by_role("button", name="Kirim").dblclick()
    receipt(page)
    assert new_scores(plain_server, before) == ["333333333"]


def test_sending_the_same_three_times_is_one_response(
    browser: Browser, plain_server: PlainServer, before: int
) -> None:
    """The network swallows the first two confirmations: the server has the answer, the page does not know."""
    context = browser.new_context(service_workers="block", locale="id-ID")
    page = context.new_page()
    page.add_init_script(PAUSES_SHORTENED)
    page.goto(f"{plain_server.url}/s/ptsp")
    sent: list[int] = []

    def swallow(route: Route) -> None:
        response = route.fetch()
        sent.append(response.status)
        if len(sent) < 3:
            route.abort()
        else:
            route.fulfill(response=response)

    page.route("**/api/responses", swallow)
    answer(page, "444444444")
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    assert sent == [201, 200, 200]
    assert new_scores(plain_server, before) == ["444444444"]
    context.close()


def test_back_and_reload_after_sending_show_the_receipt_again(
    page: Page, plain_server: PlainServer, before: int
) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "311111111")
    page.get_by_role("button", name="Kirim").click()
    code = receipt(page)
    page.reload()
    assert receipt(page) == code
    page.goto(f"{plain_server.url}/s/samsat")
    page.go_back()
    assert receipt(page) == code
    page.get_by_role("link", name="Isi survei lain").click()
    expect(page.get_by_text("0 dari 9 dijawab")).to_be_visible()
    assert new_scores(plain_server, before) == ["311111111"]


def test_two_tabs_of_one_person_are_one_response(
    context: BrowserContext, plain_server: PlainServer, before: int
) -> None:
    tabs = [context.new_page() for _ in range(2)]
    codes = []
    for tab in tabs:
        tab.goto(f"{plain_server.url}/s/ptsp")
    for tab in tabs:
        tab.bring_to_front()
        answer(tab, "122222222")
        tab.get_by_role("button", name="Kirim").click()
        codes.append(receipt(tab))
    assert codes[0] == codes[1]
    expect(tabs[1].get_by_text("dihitung satu kali")).to_be_visible()
    assert new_scores(plain_server, before) == ["122222222"]


def test_the_form_is_completed_with_the_keyboard_alone(
    page: Page, plain_server: PlainServer, before: int
) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke pertanyaan")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(9):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    expect(page.get_by_text("9 dari 9 dijawab")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.send')"):
            break
    page.keyboard.press("Enter")
    receipt(page)
    assert new_scores(plain_server, before) == ["222222222"]


def test_what_is_missing_is_said_and_focused(page: Page, plain_server: PlainServer, before: int) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "333333333")
    page.reload()  # answers survive it
    expect(page.get_by_text("9 dari 9 dijawab")).to_be_visible()
    page.goto(f"{plain_server.url}/s/samsat")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_label("Layanan apa yang Anda terima?")).to_be_focused()
    expect(page.locator("fieldset .error:visible")).to_have_count(9)
    page.get_by_label("Layanan apa yang Anda terima?").select_option("pajak")
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator("fieldset:has(.faces) input").first).to_be_focused()
    assert new_scores(plain_server, before) == []


def test_changing_the_language_keeps_the_answers(page: Page, plain_server: PlainServer, before: int) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "123412341")
    page.get_by_label("Saran, keluhan").fill("Antre")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("9 of 9 answered")).to_be_visible()
    expect(page.get_by_label("Your suggestion")).to_have_value("Antre")
    page.get_by_role("button", name="Send").click()
    receipt(page)
    assert new_scores(plain_server, before) == ["123412341"]
