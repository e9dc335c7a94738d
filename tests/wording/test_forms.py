"""Ranges, days and moments have one form everywhere: no text for people writes its own."""

from __future__ import annotations

import re

import pytest

from tests.wording import golden

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
}
#: What explains how a file for machines writes its periods.
_FOR_MACHINES = ("web.open_data", "web.open_index")


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
    wrong = ("69,91 – {high}", "{low} s.d. {high}", "pada {at:%d-%m-%Y}", "pukul 5 UTC", "TW3", "> 99%")
    assert [bool(form.search(wording)) for form, wording in zip(FORMS.values(), wrong, strict=True)] == [
        True
    ] * 6
