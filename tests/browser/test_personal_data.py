"""Pages on personal data in a browser: axe finds nothing, nothing sticks out, slow phones have them soon."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import pale, violations
from tests.browser.forms import answer, receipt
from tests.servers import PlainServer

#: What comes over the network in a second of Slow 3G (400 kbit/s), with its headers.
A_SECOND = 50_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_pages_are_read_on_every_screen(page: Page, plain_server: PlainServer, language: str) -> None:
    page.goto(f"{plain_server.url}/s/ptsp?lang={language}")
    answer(page, "333333333")
    page.locator(".send").click()
    receipt(page)
    page.locator("#kept").click()
    page.wait_for_url("**/data*")
    for address in (page.url, f"{plain_server.url}/data-pribadi?lang={language}"):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert (pale(page) if scheme == "dark" else violations(page)) == []
        for width in (320, 360, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_needs_no_script_and_little_of_the_network(page: Page, plain_server: PlainServer) -> None:
    got: list[int] = []
    page.on(
        "requestfinished",
        lambda r: got.append(r.sizes()["responseBodySize"] + r.sizes()["responseHeadersSize"]),
    )
    page.goto(f"{plain_server.url}/data-pribadi")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("script").count() == 0
    assert sum(got) < A_SECOND
