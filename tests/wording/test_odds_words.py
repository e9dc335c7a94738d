"""Chances are told in percent where they are that exact, and in words where they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.ikm import Odds, Told
from analytics.reason import Reason
from survey_app.wording import odds_words
from survey_app.wording.voice import Voice

ID, EN = Voice("id"), Voice("en")
CHANCES = Odds((("D", 0.001), ("C", 0.05), ("B", 0.61), ("A", 0.339)))


def rough(**chances: float) -> Odds:
    return Odds(tuple(chances.items()), told=Told.IN_WORDS)


def test_the_likeliest_comes_first_in_percent() -> None:
    assert odds_words.of_letters(CHANCES, ID) == "Peluang bermutu **B**: 61%, **A**: 34%, **C**: 5%"
    assert odds_words.of_letters(CHANCES, EN) == "Probability of grade **B**: 61%, **A**: 34%, **C**: 5%"


def test_a_census_is_sure_and_a_sample_never() -> None:
    sure = Odds((("D", 0.0), ("C", 0.0), ("B", 1.0), ("A", 0.0)), Reason.CENSUS)
    assert odds_words.of_letters(sure, ID) == "Peluang bermutu **B**: 100%"
    assert "100%" not in odds_words.of_letters(replace(sure, reason=None), ID)


@pytest.mark.parametrize(
    ("odds", "said"),
    [
        (rough(C=0.01, B=0.03, A=0.96), "Mutu sebenarnya hampir pasti **A**"),
        (rough(C=0.01, B=0.04, A=0.95), "Mutu sebenarnya hampir pasti **A**"),
        (rough(C=0.02, B=0.04, A=0.94), "Mutu sebenarnya kemungkinan besar **A**"),
        (rough(C=0.2, B=0.75, A=0.05), "Mutu sebenarnya kemungkinan besar **B**"),
        (rough(C=0.2, B=0.74, A=0.06), "Mutu sebenarnya belum dapat dipastikan: **B** atau **C**"),
        (rough(C=0.3, B=0.4, A=0.3), "Mutu sebenarnya belum dapat dipastikan: **B**, **C**, atau **A**"),
    ],
)
def test_rough_odds_are_words(odds: Odds, said: str) -> None:
    assert odds_words.of_letters(odds, ID) == said
    assert "%" not in odds_words.of_letters(odds, EN)


def test_as_open_no_letter_is_probable() -> None:
    open_ = replace(rough(C=0.01, B=0.03, A=0.96), told=Told.AS_OPEN)
    assert odds_words.of_letters(open_, ID) == "Mutu sebenarnya belum dapat dipastikan: **A** atau **B**"
    reached = replace(rough(**{"-": 0.0, "+": 1.0}), told=Told.AS_OPEN)
    assert odds_words.of_target(reached, ID).startswith("Belum dapat dipastikan")


def test_without_odds_nothing_is_said() -> None:
    nothing = Odds(None, Reason.ONE_RESPONDENT)
    assert odds_words.of_letters(nothing, ID) == odds_words.of_target(nothing, ID) == ""


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1.0, "hampir pasti mencapai"),
        (0.95, "hampir pasti mencapai"),
        (0.9, "kemungkinan besar mencapai"),
        (0.75, "kemungkinan besar mencapai"),
        (0.5, "Belum dapat dipastikan"),
        (0.25, "Belum dapat dipastikan"),
        (0.2, "kemungkinan besar belum mencapai"),
        (0.05, "kemungkinan besar belum mencapai"),
        (0.01, "hampir pasti belum mencapai"),
        (0.0, "hampir pasti belum mencapai"),
    ],
)
def test_a_target_is_reached_almost_certainly_probably_or_not(chance: float, said: str) -> None:
    assert said in odds_words.of_target(rough(**{"-": 1 - chance, "+": chance}), ID)
    exact = odds_words.of_target(Odds((("-", 1 - chance), ("+", chance))), ID)
    assert exact.startswith("Peluang nilai sebenarnya mencapai target: ")
