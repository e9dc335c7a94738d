"""Token buckets, by hand: what goes at once, and what comes back with time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.services.answers import limits
from survey_app.services.answers.limits import HARD, SOFT, Allowance, Limiter


def test_a_burst_goes_through_and_then_one_per_refill() -> None:
    limiter = Limiter(Allowance(burst=3, per_second=0.5))
    assert [limiter.wait("a", 100.0) for _ in range(4)] == [0, 0, 0, 2.0]
    assert limiter.wait("a", 101.0) == 1.0
    assert [limiter.wait("a", 102.0), limiter.wait("a", 102.0)] == [0, 2.0]
    assert limiter.wait("b", 102.0) == 0
    assert [limiter.wait("a", 1e6) for _ in range(4)] == [0, 0, 0, 2.0]


def test_a_clock_set_back_refills_nothing_and_locks_nobody_out() -> None:
    limiter = Limiter(Allowance(burst=1, per_second=1))
    assert limiter.wait("a", 1000.0) == 0
    assert limiter.wait("a", 10.0) == 1.0
    assert limiter.wait("a", 11.0) == 0


def test_of_too_many_keys_the_one_longest_unused_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MAX_KEYS", 2)
    limiter = Limiter(Allowance(burst=1, per_second=1))
    for key in ("a", "b"):
        assert limiter.wait(key, 0.0) == 0
    assert limiter.wait("a", 0.0) == 1.0
    assert limiter.wait("c", 0.0) == 0
    assert (limiter.wait("a", 0.0), limiter.wait("b", 0.0)) == (1.0, 0)


def test_an_allowance_is_widened_at_once_and_by_the_second() -> None:
    assert Allowance(300, 1).widened(0.5) == Allowance(150, 0.5)


@given(gaps=st.lists(st.floats(0, 10), max_size=60))
def test_never_more_than_burst_and_refill_get_through(gaps: list[float]) -> None:
    limiter, now, allowed = Limiter(Allowance(5, 2)), 0.0, 0
    for gap in gaps:
        now += gap
        allowed += limiter.wait("a", now) == 0
    assert allowed <= 5 + 2 * now + 1e-6


def test_a_hall_of_phones_and_a_kiosk_after_an_outage_are_not_held_up() -> None:
    """Behind one address: 200 phones within a minute, and a kiosk that sends the 200 answers it kept."""
    address, device = Limiter(HARD), Limiter(SOFT)
    for i in range(200):
        assert address.wait("hall", i * 0.3) == 0
        assert device.wait("hall kiosk", 60 + i * 0.02) == 0
