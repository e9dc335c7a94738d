"""What is said of the past of an interval: what it adds, that it adds nothing, and of a census that alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.ikm import Past, Sample
from survey_app.text import LANGUAGES, Language
from survey_app.wording.spread_words import of_past, of_sample
from survey_app.wording.voice import Voice

PAST = Past(weight=30.0, dispersion=0.12, calibration=7)
ALONE = Sample(position=0.8, dispersion=0.24, freedom=9.0, sheets=10.0, unseen=1.0, expected=0.318)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weight_is_the_one_in_use(language: Language) -> None:
    """The sample differs twice as much as its past, which so weighs a quarter of 30."""
    voice, told = Voice(language), replace(ALONE, past=PAST)
    assert f" {voice.decimal(7.5, 0)} " in of_past(told, voice)
    assert voice.decimal(7.5, 2) in of_sample(told, voice)
    assert voice.decimal(0.12) in of_past(told, voice)
    assert "30" not in of_past(told, voice)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_past_no_reason_is_made_up(language: Language) -> None:
    voice = Voice(language)
    assert of_past(ALONE, voice)
    assert not any(sign.isdigit() for sign in of_past(ALONE, voice))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_all_were_asked_nothing_is_said_that_was_not_used(language: Language) -> None:
    voice, census = Voice(language), replace(ALONE, unseen=0.0, past=PAST)
    assert of_past(census, voice) == ""
    assert not any(sign.isdigit() for sign in of_sample(census, voice))


def test_a_past_that_is_worth_nothing_is_not_taken_into_account() -> None:
    """A sample that differs ten times as much as its past leaves of 30 degrees of freedom .3."""
    told = replace(ALONE, past=replace(PAST, dispersion=0.024))
    assert of_past(told, Voice("id")) == of_past(ALONE, Voice("id"))
