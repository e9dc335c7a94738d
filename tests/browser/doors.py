"""What tests of signing in do with a page: fill it in by keys, look at it, ask for it without a browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.browser.axe import violations
from tests.browser.waiting import settle
from tests.signing_in import COOKIE
from tests.waiting import until


def check_plain(page: Page) -> None:
    """Nothing for axe, and nothing beside the screen of a phone."""
    assert violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def type_into(page: Page, fields: dict[str, str]) -> None:
    """Fill the fields of a form and send it, with keys only: Tab from one to the next, Enter in the last."""
    first = page.get_by_label(next(iter(fields)), exact=True)
    first.focus()
    for number, (label, text) in enumerate(fields.items()):
        if number:
            page.keyboard.press("Tab")
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opened(page: Page) -> None:
    expect(page.locator("h1")).to_be_visible()
    settle(page)


def choose(page: Page, field: Locator, option: str) -> None:
    chosen = page.get_by_role("option", name=option)

    def is_open() -> bool:
        """A list that is just closing takes the next one with it."""
        if not page.get_by_role("listbox").count():
            field.click()
        page.wait_for_timeout(100)
        return chosen.is_visible()

    until(is_open)
    chosen.click()
    expect(page.get_by_role("listbox")).to_have_count(0)
    settle(page)


def drawn(url: str, page: str, query: str, token: str) -> str:
    """All that a server sends to whoever asks in Streamlit's own protocol for a page; no token, no cookie."""
    request = BackMsg()
    request.rerun_script.page_name = page
    request.rerun_script.query_string = query
    address, sent = url.replace("http", "ws", 1) + "/_stcore/stream", bytearray()
    headers = {"Cookie": f"{COOKIE}={token}"} if token else {}
    streamlit = Subprotocol("streamlit")
    with connect(address, subprotocols=[streamlit], additional_headers=headers, max_size=None) as socket:
        socket.send(request.SerializeToString())
        for message in socket:
            assert isinstance(message, bytes)
            sent += message
            if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
                break
    return sent.decode(errors="replace")


def token_of(context: BrowserContext) -> str:
    """What the browser holds of a session; empty without one."""
    return next((c["value"] for c in context.cookies() if c["name"] == COOKIE), "")
