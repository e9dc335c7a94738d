"""The first sentence of the page for who decides, in both languages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from survey_app.services.province.agencies import OfAgency
from survey_app.services.province.course import Course
from survey_app.text import Text
from survey_app.wording import headline
from survey_app.wording.headline import PROVINCE, number, of_agencies, sentence


@pytest.mark.parametrize(
    ("course", "waiting", "models", "said"),
    [
        (Course.RISING_SLOWLY, 4, 0, "Layanan provinsi membaik pelan; empat hal menunggu keputusan."),
        (Course.FALLING, 1, 3, "Layanan provinsi jelas menurun; satu hal menunggu keputusan."),
        (Course.STEADY, 0, 3, "Layanan provinsi bertahan; tidak ada yang mendesak; tiga unit layak ditiru."),
        (
            Course.RISING,
            0,
            1,
            "Layanan provinsi jelas membaik; tidak ada yang mendesak; satu unit layak ditiru.",
        ),
        (Course.OPEN, 11, 0, "Layanan provinsi: 11 hal menunggu keputusan."),
        (Course.OPEN, 0, 0, "Layanan provinsi: tidak ada yang mendesak."),
    ],
)
def test_it_says_which_way_and_what_waits_and_never_only_that_nothing_changed(
    course: Course, waiting: int, models: int, said: str
) -> None:
    assert sentence(PROVINCE, course, waiting, models).id == said


def test_it_is_said_in_english_too() -> None:
    said = sentence(Text("Dinas X", "Dinas X"), Course.FALLING_SLOWLY, 2, 0).en
    assert said == "Dinas X: declining slowly; two matters await a decision."
    assert sentence(PROVINCE, Course.OPEN, 0, 2).en == (
        "The province's services: nothing is urgent; units worth learning from: two."
    )
    assert (number(10).en, number(11).en, number(0).id) == ("ten", "11", "0")


def agency(letter: str | None, *units: str) -> OfAgency:
    band = None if letter is None else SimpleNamespace(mutu=letter)
    made: Any = SimpleNamespace(
        index=SimpleNamespace(band=band),
        units=[SimpleNamespace(score=SimpleNamespace(mutu=unit)) for unit in units],
        low=sum(unit in "CD" for unit in units),
    )
    return cast(OfAgency, made)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [agency("B", "B", "C"), agency("B", "B")],
            "Instansi: semuanya bermutu B, tetapi satu memiliki unit C",
        ),
        ([agency("B", "A", "B")], "Instansi: semuanya bermutu B"),
        (
            [agency("A", "A", "D"), agency("B", "C")],
            "Instansi: bermutu B sampai A, tetapi dua memiliki unit C atau D",
        ),
        ([agency("B", "B"), agency("C", "C")], "Instansi: bermutu C sampai B; satu memiliki unit C"),
        ([agency(None), agency(None)], headline.WITHOUT_LETTER.id),
    ],
)
def test_the_agencies_are_said_by_their_letters_and_what_these_hide(rows: list[OfAgency], said: str) -> None:
    assert of_agencies(rows, ("A", "B", "C", "D"), ("C", "D")).id == said


def test_without_an_index_nothing_is_called_urgent_or_not() -> None:
    said = sentence(headline.PROVINCE, Course.OPEN, 0, 0, measured=False)
    assert said.id == "Layanan provinsi: belum ada nilai IKM pada periode ini."
    assert sentence(headline.PROVINCE, Course.OPEN, 2, 0, measured=False).id.endswith(
        "dua hal menunggu keputusan."
    )
