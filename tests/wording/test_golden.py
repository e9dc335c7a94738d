"""The words of the product, held in one place: whoever changes one sees it here, and only here."""

from __future__ import annotations

import pytest

from survey_app.text import Text
from tests.wording import golden


@pytest.fixture(scope="module")
def named() -> dict[str, Text]:
    return golden.named()


def test_every_text_with_a_name_says_what_was_agreed(named: dict[str, Text]) -> None:
    """Changed on purpose? `python -m tests.wording.golden` writes the page anew; its diff shows the words."""
    assert golden.page(named).splitlines() == golden.DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_the_page_holds_the_words_of_every_layer(named: dict[str, Text]) -> None:
    layers = {name.split(".")[0] for name in named}
    assert layers >= {"services", "wording", "reports", "ui", "pages", "web", "cli"}


def test_both_languages_say_something_and_are_filled_with_the_same(named: dict[str, Text]) -> None:
    assert {name for name, text in named.items() if not (text.id.strip() and text.en.strip())} == set()
    assert {
        name for name, text in named.items() if golden.placeholders(text.id) != golden.placeholders(text.en)
    } == set()


def test_no_sample_stands_for_another() -> None:
    """Two that look alike could change places in a sentence, and the page would not show it."""
    samples = golden.SAMPLES.values()
    assert len({text.id for text in samples}) == len({text.en for text in samples}) == len(samples)
