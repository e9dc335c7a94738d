"""Ranges, days and moments have one form everywhere: no text for people writes its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import survey_app
from survey_app.text import Text
from tests.wording import elsewhere, golden, refusals

#: What a number, a day or a period ends with, in a text or in what fills it.
_END = r"[\d%})]"
FORMS = {
    "a range has no spaces around its dash: voice.between": re.compile(rf"{_END} [–-] [\d{{(]"),
    "sampai, and in a range of numbers a dash": re.compile(r"\bs\.?d\.(?!\w)|\bs/d\b"),
    "a day, a moment: survey_app.days": re.compile(
        r"\{[^}]*:?%[a-zA-Z]|\b\d\d-\d\d-\d{4}\b|\b\d{1,2}:\d\d\b"
    ),
    "told by people's clocks": re.compile(r"\bUTC\b"),
    "Triwulan III 2026, TW III 2026": re.compile(r"\b(TW|Q|S)[1-4]\b(?! )|kuartal", re.IGNORECASE),
    "never almost certain: voice.chance": re.compile(r"[<>] ?\d+ ?%"),
    "what somebody typed stands in “ ”": re.compile(r"""["'‘’][{‹]|[}›]["'‘’](?!\w)|!r\}|(?<![=\w])"\w"""),
    "an ellipsis is one character": re.compile(r"\.\."),
}
#: What explains how a file for machines writes its periods.
_FOR_MACHINES = ("web.open_data", "web.open_index", "web.api.")
_CLI = Path(survey_app.__file__).parent / "cli"
#: Held in what has one language only, too.
_TYPED = ("what somebody typed stands in “ ”", "an ellipsis is one character")


@pytest.mark.parametrize("form", FORMS)
def test_no_text_has_a_form_of_its_own(form: str) -> None:
    found = {
        name: wording
        for name, text in golden.everything().items()
        if not name.startswith(_FOR_MACHINES)
        for wording in (text.id, text.en)
        if FORMS[form].search(wording)
    }
    assert found == {}


def test_each_form_is_found_where_it_stands() -> None:
    wrong = (
        "69,91 – {high}",
        "{low} s.d. {high}",
        "pada {at:%d-%m-%Y}",
        "pukul 5 UTC",
        "TW3",
        "> 99%",
        "Kode '{code}' salah.",
        "Membuat laporan ...",
    )
    found = [bool(form.search(wording)) for form, wording in zip(FORMS.values(), wrong, strict=True)]
    assert found == [True] * len(wrong)


#: A number with decimals as the other language writes it. A chapter, a time and a version have a point too.
_POINT = re.compile(r"(?<![\d.,])(?!\d\.\d [A-Z])\d{1,3}\.\d{1,2}(?![\d.])(?! WIT| WIB)")
_COMMA = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,])")
#: As it stands in the JSON of a questionnaire; two neighbours in Bahasa Indonesia.
_NO_PAIR = ("instruments.check._bands", "pages.unit.formula_words")


def test_decimals_have_a_comma_in_indonesian_and_a_point_in_english() -> None:
    texts = {
        name: Text(*(re.sub(r"\{[^}]*\}|https?://\S+", "", wording) for wording in (text.id, text.en)))
        for name, text in golden.everything().items()
        if not name.startswith(_NO_PAIR)
    }
    assert [name for name, text in texts.items() if _POINT.search(text.id)] == []
    assert [name for name, text in texts.items() if _COMMA.search(text.en)] == []


def test_a_point_of_a_number_is_told_from_that_of_a_chapter() -> None:
    assert _POINT.search("78.74 dari 100")
    assert not any(map(_POINT.search, ("3.2 Nilai per unsur", "pukul 14.05 WITA", "1.500 jawaban", "78,74")))
    assert _COMMA.search("78,74 of 100")
    assert not any(map(_COMMA.search, ("1,500 answers", "78.74", "1,2,3")))


@pytest.mark.parametrize(
    "wrong", ['Kode "{code}"', "Kode {code!r}", "‘{code}’", "'‹code›'", 'halaman "Laporan"']
)
def test_each_other_quote_is_found(wrong: str) -> None:
    assert FORMS[_TYPED[0]].search(wrong)


@pytest.mark.parametrize(
    "right", ["the unit's {name}", "{name}'s", "Cronbach's alpha", "Kode “{code}”", "{a}’s"]
)
def test_an_apostrophe_is_no_quote(right: str) -> None:
    assert not FORMS[_TYPED[0]].search(right)


@pytest.mark.parametrize("form", _TYPED)
def test_commands_and_guides_have_the_same_forms(form: str) -> None:
    said = refusals.strings_of_commands(_CLI)
    said |= {name: text.id for name, text in elsewhere.guides().items()}
    assert len(said) > 300
    assert {name for name, wording in said.items() if FORMS[form].search(wording)} == set()
