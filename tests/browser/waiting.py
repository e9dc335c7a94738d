"""Waiting for something to become true in a page.

Playwright's `wait_for_function` is not used: from its second look on it evaluates inside the page, which the
product's content security policy forbids, so it only works where the condition holds at once.
"""

from __future__ import annotations

from playwright.sync_api import Error, Page, expect

from tests.waiting import until

#: For `add_init_script`: what a page puts off comes twenty times as soon.
PAUSES_SHORTENED = (
    "window.setTimeout = (later => (go, ms, ...more) => later(go, ms / 20, ...more))(setTimeout)"
)
#: And what it waits for without an answer is given up as soon.
PATIENCE_SHORTENED = """
  AbortSignal.timeout = (timeout => ms => timeout.call(AbortSignal, ms / 20))(AbortSignal.timeout);
"""


def until_in_page(page: Page, condition: str, arg: object = None) -> None:
    """Wait until the JavaScript function `condition` is true of `arg` in a page that may reload meanwhile."""
    until(lambda: holds_in_page(page, condition, arg))


def holds_in_page(page: Page, condition: str, arg: object = None) -> bool:
    """Whether `condition` is true of `arg`; not yet in a page that still loads or is just replaced."""
    loaded = f"async arg => document.readyState === 'complete' && await ({condition})(arg)"
    try:
        return bool(page.evaluate(loaded, arg))
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return False


def settle(page: Page) -> None:
    """Wait until a Streamlit page's script has run and everything it asked for is there."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    # A grey bar stands for what the browser still fetches the code of, such as a chart.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_load_state("networkidle")
