"""Waiting after failed tries: doubling, never for good, and whatever the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app.services.accounts.delays import ACCOUNT, ADDRESS, PAIR, Keys, Patience, remaining
from tests.conftest import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("patience", [PAIR, ADDRESS, ACCOUNT])
def test_a_few_failures_cost_nothing_then_each_costs_twice_as_much(patience: Patience) -> None:
    assert patience.wait(patience.free) == timedelta()
    assert [patience.wait(patience.free + i) for i in range(1, 5)] == [
        SECOND,
        2 * SECOND,
        4 * SECOND,
        8 * SECOND,
    ]
    assert patience.wait(10**9) == patience.longest


def test_the_longest_of_the_three_waits_counts() -> None:
    keys = Keys.of("budi", "10.0.0.1")
    counted = {keys.pair: (PAIR.free + 3, NOW), keys.address: (ADDRESS.free + 1, NOW)}
    assert remaining(keys, counted, NOW) == 4 * SECOND
    assert remaining(keys, counted, NOW + 3 * SECOND) == SECOND
    assert remaining(keys, counted, NOW + 4 * SECOND) <= timedelta()


def test_a_known_address_waits_for_what_fails_there_alone() -> None:
    keys = Keys.of("budi", "10.0.0.1")
    counted = {keys.account: (ACCOUNT.free + 3, NOW), keys.address: (ADDRESS.free + 1, NOW)}
    assert remaining(keys, counted, NOW) == 4 * SECOND
    assert remaining(keys, {**counted, keys.known: (0, NOW)}, NOW) == SECOND


def test_a_clock_set_back_makes_nobody_wait_longer_than_is_due() -> None:
    keys = Keys.of("budi", "10.0.0.1")
    counted = {keys.pair: (PAIR.free + 1, NOW)}
    assert remaining(keys, counted, NOW - timedelta(days=400)) == SECOND


def test_keys_tell_accounts_and_addresses_apart_and_name_neither() -> None:
    mine, others = Keys.of("budi", "10.0.0.1"), Keys.of("budi", "10.0.0.2")
    assert mine.account == others.account
    assert (mine.pair, mine.address) != (others.pair, others.address)
    assert Keys.of("budi", "x").address == Keys.of("siti", "x").address
    assert len({mine.pair, mine.address, mine.account, mine.known, others.known}) == 5
    assert "budi" not in "".join(mine.patience())
