"""axe-core in the page under test."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from tests.waiting import until

_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
#: Only what is wrong is told, and no style sheet is fetched a second time.
_SHORT = {"resultTypes": ["violations"], "preload": False}
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
    """Everything axe finds on a page of ours, WCAG 2.2 AA and good practice, doing `meanwhile`."""
    return _standing(page, _RULES, ("minor", "moderate", "serious", "critical"), meanwhile)


def serious(page: Page, within: Sequence[str] = ()) -> list[str]:
    """What axe calls serious or critical, on pages whose frame is Streamlit's.

    Args:
        within: selectors of what is looked at; without any, the whole page.
    """
    return _standing(page, {}, ("serious", "critical"), lambda: None, within)


def pale(page: Page, within: Sequence[str] = ()) -> list[str]:
    """Words without contrast, and links told by their colour alone: what another colour scheme can change."""
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    return _standing(page, contrast, ("serious", "critical"), lambda: None, within)


def _standing(
    page: Page,
    options: dict[str, Any],
    impacts: tuple[str, ...],
    meanwhile: Callable[[], object],
    within: Sequence[str] = (),
) -> list[str]:
    """What is still found after ten seconds and five looks: words that fade in gain contrast.

    Not after the seconds alone: on a busy machine one look takes them all, and nobody has looked again.
    """
    end, looks = time.monotonic() + 10, 1
    while (found := _look(page, options, impacts, meanwhile, within)) and (
        time.monotonic() < end or looks < 5
    ):
        looks += 1
        time.sleep(0.25)
    return found


#: A rule that says how bad it is never finds anything worse, and what nobody is told need not be looked for:
#: `region` alone, which is moderate, looks at every element.
_RUN = """([within, options, impacts]) => {
  axe.found = null
  const untold = axe._audit.rules.filter(rule => rule.impact && !impacts.includes(rule.impact))
  const rules = Object.fromEntries(untold.map(rule => [rule.id, {enabled: false}]))
  axe.run(within.length ? within.map(one => [one]) : document, {...options, rules})
    .then(all => { axe.found = all.violations })
}"""


def _look(
    page: Page,
    options: dict[str, Any],
    impacts: tuple[str, ...],
    meanwhile: Callable[[], object],
    within: Sequence[str],
) -> list[str]:
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_SCRIPT)
    page.evaluate(_RUN, [list(within), {**_SHORT, **options}, list(impacts)])
    until(lambda: meanwhile() is None and page.evaluate("axe.found !== null"), 60)
    found = page.evaluate("axe.found")
    return [f"{v['id']}: {[n['html'] for n in v['nodes']]}" for v in found if v["impact"] in impacts]
