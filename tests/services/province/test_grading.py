"""Tables of several questionnaires: when they are one, and what is said where they are not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from analytics.comparison.aggregate import Method, aggregate
from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.moments import Moments
from analytics.reason import Reason
from analytics.sampling.strata import Stratum
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.province.grading import background, grading, limits, why_not_ordinary
from survey_app.text import Text

SKM = instruments.get("skm-2017@1")


def graded(*bands: tuple[str, str, str], word: str = "Elok") -> Instrument:
    """The questionnaire of 2017 with another table."""
    table = tuple(Band(letter, word, Decimal(low), Decimal(high)) for letter, low, high in bands)
    return replace(SKM, bands=table, kinerja=MappingProxyType({b.mutu: Text(word, word) for b in table}))


LOW = graded(("B", "25.00", "80.00"), ("A", "80.01", "100.00"))
HIGH = graded(("B", "25.00", "90.00"), ("A", "90.01", "100.00"))
LATER_WORDS = graded(("B", "25.00", "80.00"), ("A", "80.01", "100.00"), word="Unggul")


def test_tables_are_one_when_letters_and_limits_are() -> None:
    assert limits(LOW.bands) == limits(LATER_WORDS.bands) != limits(HIGH.bands)
    assert limits(LOW.bands) != limits(graded(("B", "25.00", "79.00"), ("A", "80.01", "100.00")).bands)
    assert limits(LOW.bands) != limits(graded(("C", "25.00", "80.00"), ("A", "80.01", "100.00")).bands)
    assert grading([LOW, LATER_WORDS]).bands == LATER_WORDS.bands
    assert grading([LOW, HIGH]).bands is None
    assert grading([]).bands is None


def test_letters_stand_the_best_first() -> None:
    assert grading([SKM]).letters == ("A", "B", "C", "D")
    assert grading([graded(("Z", "25.00", "50.00"), ("Q", "50.01", "100.00")), SKM]).letters[0] in ("A", "Q")
    assert grading([LOW, HIGH]).letters == ("A", "B")


def test_a_letter_that_two_questionnaires_name_differently_has_no_word() -> None:
    assert set(grading([LOW]).words) == {"A", "B"}
    assert grading([LOW, LATER_WORDS]).words == {}


def test_behind_values_of_different_tables_stands_their_whole_scale() -> None:
    short = graded(("B", "20.00", "80.00"), ("A", "80.01", "99.00"))
    (band,) = background([LOW, short])
    assert (band.mutu, band.low, band.high) == ("", Decimal("20.00"), Decimal("100.00"))
    assert background([SKM]) == SKM.bands
    assert background([]) == ()


def test_the_first_of_value_interval_and_letter_that_is_missing_is_told() -> None:
    """A unit of one sheet has neither an interval nor, here, a letter."""
    alone = Stratum("a", Moments.from_answers(np.array([[3] * 9])), None)
    pooled = replace(aggregate([alone], Method.MEAN_OF_UNITS, bands=SKM_2017), band=None)
    assert why_not_ordinary(pooled) is Reason.ONE_RESPONDENT
    two = Stratum("b", Moments.from_answers(np.array([[3] * 9, [4] * 9])), None)
    whole = aggregate([two], Method.MEAN_OF_UNITS, bands=SKM_2017)
    assert why_not_ordinary(whole) is None
    assert why_not_ordinary(replace(whole, band=None)) is Reason.DIFFERENT_BANDS
