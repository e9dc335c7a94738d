"""Filling in the light form as a person does."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

RECEIPT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")


def answer(page: Page, levels: str) -> None:
    """Tap a face for every unsur: "433443344"."""
    for group, level in zip(page.locator("fieldset:has(.faces)").all(), levels, strict=True):
        group.locator("label").nth(int(level) - 1).click()


def answer_and_send(page: Page, levels: str) -> None:
    """The same in one go inside the page, for tests that need hundreds."""
    page.evaluate(
        """levels => {
          document.querySelectorAll("fieldset:has(.faces)").forEach((group, i) =>
            group.querySelectorAll("input")[levels[i] - 1].click());
          document.querySelector(".send").click();
        }""",
        levels,
    )


def receipt(page: Page) -> str:
    """The receipt code, once it is shown."""
    code = page.locator(".code")
    expect(code).to_have_text(RECEIPT)
    return code.inner_text()
