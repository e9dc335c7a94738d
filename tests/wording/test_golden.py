"""The words of the product, held in one place: whoever changes one sees it here, and only here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from survey_app.text import Text
from tests.wording import golden


@pytest.fixture(scope="module")
def texts() -> Mapping[str, Text]:
    return golden.everything()


def test_every_text_says_what_was_agreed(texts: Mapping[str, Text]) -> None:
    """Changed on purpose? `python -m tests.wording.golden` writes the page anew; its diff shows the words."""
    assert golden.page(texts).splitlines() == golden.DOCUMENT.read_text(encoding="utf-8").splitlines()


def test_the_page_holds_the_words_of_every_layer(texts: Mapping[str, Text]) -> None:
    layers = {name.split(".")[0] for name in texts}
    assert layers >= {"services", "storage", "wording", "reports", "ui", "pages", "web", "cli"}


@pytest.mark.parametrize(
    "name",
    [
        "pages.unit.sampling_view.show_sampling(1)",  # words.t
        "reports.unit.chapters._required(1)",  # voice.say
        "services.files.tabular._csv_lines(1)",  # file_refused
        "storage.queue_codes._refusal(2)",  # Text in a function
        "services.follow_up.actions._of_status(0)",  # Problem.of with more before it
        "web.api.submitted._MISSING",
        "web/templates/public_unit.html(0)",
        "web.words.json[skip]",
        "web.kiosk_words.json[skip_all]",
    ],
)
def test_what_is_written_where_it_is_said_is_on_it_too(name: str, texts: Mapping[str, Text]) -> None:
    """One place of each kind of saying; the words stand on the page."""
    assert texts[name].id != texts[name].en


def test_both_languages_say_something_and_are_filled_with_the_same(texts: Mapping[str, Text]) -> None:
    assert {name for name, text in texts.items() if not (text.id.strip() and text.en.strip())} == set()
    named = golden.named() | golden.kept_for_scripts()
    assert {
        name for name, text in named.items() if golden.placeholders(text.id) != golden.placeholders(text.en)
    } == set()


def test_no_sample_stands_for_another() -> None:
    """Two that look alike could change places in a sentence, and the page would not show it."""
    samples = golden.SAMPLES.values()
    assert len({text.id for text in samples}) == len({text.en for text in samples}) == len(samples)
