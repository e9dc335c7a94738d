"""No character can stop a report: what the fonts lack is replaced."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app import instruments
from survey_app.reports.statements import comments_chapter
from survey_app.reports.typesetting.blocks import Bullets, Paragraph
from survey_app.reports.typesetting.printable import (
    FONTS,
    REPLACEMENT,
    drawable,
    legible,
    printable,
    printable_tree,
)
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import Quotes
from survey_app.wording.voice import Voice
from tests.reports.typesetting.font_coverage import coverage


def test_the_recorded_coverage_is_that_of_the_font_files() -> None:
    assert json.loads((FONTS / "coverage.json").read_text(encoding="utf-8")) == coverage()


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Pelayanan “cepat” – 78,74 × 1/9; naïve & <b>*x*</b> #panic()"
    assert printable(text) == text


def test_a_run_of_emoji_becomes_one_mark() -> None:
    # A thumb with a skin tone, a family joined by zero-width joiners, and a heart with a variation selector.
    assert printable("Bagus \U0001f44d\U0001f3fd\u2764\ufe0f!") == f"Bagus {REPLACEMENT}!"


def test_signs_the_font_lacks_are_written_in_others() -> None:
    assert printable("\u22120,08 ≤ x → y \u25cf satu") == "-0,08 <= x -> y • satu"


def test_line_breaks_and_control_characters_do_not_survive() -> None:
    assert printable("a\r\nb\tc\x00d\x07e") == f"a  b c{REPLACEMENT}d{REPLACEMENT}e"


def test_a_very_long_word_may_break_but_markup_of_a_drawing_stays_whole() -> None:
    assert printable("x" * 40) == "x" * 32 + "\u200b" + "x" * 8
    assert drawable("x" * 40) == "x" * 40


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Baik → ramah", "Baik → ramah"),
        ("\U0001f44d Bagus \U0001f44d\U0001f3fd sekali", "Bagus sekali"),
        ("Petugas 服务 ramah sekali", "Petugas […] ramah sekali"),
        ("5 \u2b50", "5"),
        ("!!!", "!!!"),
        ("\U0001f44d\U0001f44d\U0001f44d", None),
        ("مرحبا الخدمة جيدة", None),
        ("服务很好 ok", None),
        ("\ufffd\ufffd?", None),
    ],
)
def test_a_quote_has_words_or_is_none(text: str, quoted: str | None) -> None:
    assert legible(text) == quoted


def test_comments_that_cannot_be_printed_are_counted_instead() -> None:
    """Three of the five of a file that once gave three bullets without a word."""
    said = ("\U0001f44d\U0001f44d\U0001f44d", "مرحبا الخدمة جيدة", "服务很好", "baik", "ramah")
    group = CommentGroup(None, (("", 5),), said)
    _, _, _, *rest = comments_chapter.blocks(instruments.get("skm-2017@1"), Quotes((group,)), Voice("id"))
    assert rest[0] == Bullets(("baik", "ramah"))
    assert isinstance(rest[1], Paragraph)
    assert rest[1].text == comments_chapter.NOT_PRINTABLE.format(n=3).id
    alone = CommentGroup(None, (("", 1),), said[:1])
    blocks = comments_chapter.blocks(instruments.get("skm-2017@1"), Quotes((alone,)), Voice("en"))
    assert not any(isinstance(block, Bullets) for block in blocks)
    assert REPLACEMENT not in str(blocks)


def test_every_string_of_a_tree_is_made_printable() -> None:
    assert printable_tree({"a": ["\u65e5", {"b": "c"}], "n": 1}) == {"a": [REPLACEMENT, {"b": "c"}], "n": 1}


@given(st.text())
def test_printable_text_has_only_characters_the_fonts_have(text: str) -> None:
    allowed = {p for first, last in coverage_ranges() for p in range(first, last + 1)}
    assert {ord(c) for c in printable(text)} <= allowed


def coverage_ranges() -> list[list[int]]:
    ranges: list[list[int]] = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    return ranges
