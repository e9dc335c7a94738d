"""Codes of queue slips: random, readable, and wrong as soon as one character is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.errors import NotFound, Refused
from survey_app.services.answers import queue_codes
from survey_app.services.answers.ids import CROCKFORD
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.submissions import NOW


def luhn_of(code: str) -> int:
    """The textbook's sum in base 32: from the right, every second value doubled and its digits added."""
    values = [CROCKFORD.index(letter) for letter in reversed(code)]
    doubled = [2 * v if i % 2 else v for i, v in enumerate(values)]
    return sum(v // 32 + v % 32 for v in doubled) % 32


@pytest.fixture
def codes(database: Database, unit: UnitEntry) -> tuple[str, ...]:
    batch = queue_codes.issue(database, ADMIN, "ptsp", "umum", 500, NOW, random_bits=Random(7).getrandbits)
    return batch.codes


def test_codes_are_different_readable_and_carry_their_check_character(codes: tuple[str, ...]) -> None:
    assert len(set(codes)) == 500
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code) for code in codes)
    assert {luhn_of(code.replace("-", "")) for code in codes} == {0}
    # Nine random places of 32 characters each: over 500 codes every character turns up in every place.
    assert all({code.replace("-", "")[place] for code in codes} == set(CROCKFORD) for place in range(9))


def test_the_last_day_is_one_of_the_units_own_calendar(database: Database, unit: UnitEntry) -> None:
    """20 November 2026, 23:30 in Makassar (UTC+8), is 15:30 UTC; the day after ends at 16:00 UTC."""
    evening = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    batch = queue_codes.issue(database, ADMIN, "ptsp", "umum", 1, evening, valid_days=1)
    assert batch.last_day == date(2026, 11, 21)
    [state] = queue_codes.states(database, ADMIN, evening)
    assert state.batch.expires_at == datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


@given(st.data())
def test_one_wrong_character_or_two_exchanged_are_always_found(data: st.DataObject) -> None:
    letters = data.draw(st.lists(st.sampled_from(CROCKFORD), min_size=9, max_size=9))
    check = next(c for c in CROCKFORD if luhn_of("".join([*letters, c])) == 0)
    code = "".join([*letters, check])
    assert queue_codes.is_code(code)
    place = data.draw(st.integers(0, 9))
    other = data.draw(st.sampled_from([c for c in CROCKFORD if c != code[place]]))
    assert not queue_codes.is_code(code[:place] + other + code[place + 1 :])
    left = data.draw(st.integers(0, 8))
    pair = code[left : left + 2]
    # Luhn's known gap: the first and the last value of the alphabet exchanged.
    if pair[0] != pair[1] and set(pair) != {"0", "Z"}:
        assert not queue_codes.is_code(code[:left] + pair[::-1] + code[left + 2 :])


@given(st.text(max_size=30))
def test_no_text_makes_the_check_fail(typed: str) -> None:
    if queue_codes.is_code(typed):
        assert len(re.sub(r"[^0-9A-Za-z]", "", typed)) == queue_codes.LENGTH


@pytest.mark.parametrize(
    ("unit_code", "service", "count", "valid_days", "problem"),
    [
        ("nowhere", "umum", 1, None, "unit-unknown"),
        ("ptsp", "nowhere", 1, None, "service-unknown"),
        ("ptsp", "umum", 0, None, "batch-size"),
        ("ptsp", "umum", 20_001, None, "batch-size"),
        ("ptsp", "umum", 1, -1, "batch-validity"),
        ("ptsp", "umum", 1, 10**6, "batch-validity"),
    ],
)
def test_what_cannot_be_issued_is_refused_and_stores_nothing(
    database: Database,
    unit: UnitEntry,
    unit_code: str,
    service: str,
    count: int,
    valid_days: int | None,
    problem: str,
) -> None:
    with pytest.raises((NotFound, Refused)) as caught:
        queue_codes.issue(database, ADMIN, unit_code, service, count, NOW, valid_days=valid_days)
    assert caught.value.code == problem
    assert queue_codes.states(database, ADMIN, NOW) == []
