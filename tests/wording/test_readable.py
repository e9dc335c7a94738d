"""What citizens read is short: they stand at a counter, with a phone in their hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from statistics import median

import pytest

from survey_app.text import LANGUAGES, Language, Text
from tests.wording import golden

#: The form on phones, the kiosk, the form on tablets, and what either says of an answer.
CITIZENS = (
    "web.words.json",
    "web.kiosk_words.json",
    "web.form.",
    "pages.survei",
    "ui.choosing.CLOSED",
    "storage.queue_codes",
    "services.answers.checks.check_",
)
#: Words in the middle sentence, and in the longest; the goal of nine sentences in ten is held for all.
MEDIAN, LONGEST = 10, 14
#: A label or a button is no sentence.
_SENTENCE = re.compile(r"[^.?!:]+(?:[.?!:](?!\s|$)[^.?!:]*)*[.?!:](?=\s|$)")
_WORD = re.compile(r"\w[\w'’/-]*|‹\w+›")


def lengths(texts: Mapping[str, Text], language: Language) -> list[int]:
    """Words of each sentence that citizens read, the shortest first; a name that is filled in is one word."""
    told = (text.in_language(language) for name, text in texts.items() if name.startswith(CITIZENS))
    return sorted(len(_WORD.findall(sentence)) for text in told for sentence in _SENTENCE.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_that_citizens_read_are_short(language: Language) -> None:
    found = lengths(golden.everything(), language)
    assert len(found) > 80
    assert median(found) <= MEDIAN
    assert found[-1] <= LONGEST


def test_words_are_counted_by_the_sentence() -> None:
    said = {
        "web.words.json[a]": Text("Hanya 9 pertanyaan, sekitar 2 menit. Nama tidak ditanya.", ""),
        "web.words.json[b]": Text("Kirim", ""),
        "reports.unit.report.LONG": Text("Bukan untuk warga.", ""),
    }
    assert lengths(said, "id") == [3, 6]
