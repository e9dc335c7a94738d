"""Odds are true: what is told in percent by tenths, and what is told in words. Drawn by benchmarks.odds."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import odds
from benchmarks.odds import KINDS, Told, said_surely, tenths, worst

#: Drawn units for each: with few, tenths are off by chance alone.
DRAWN = 2400
#: Units of a province, and of one in which they are too few to be peers.
UNITS, WITHOUT_PEERS = 60, 10


def drawn(kind: str, units: int, n: int, known: float = 0.0) -> dict[str, Told]:
    return odds.told(KINDS[kind], units, n, DRAWN, np.random.default_rng([20261130, units, n]), known)


@pytest.mark.parametrize(
    ("kind", "n", "off"),
    [("round 82, sd 5", 10, 0.05), ("round 82, sd 5", 30, 0.03), ("two groups, 72 and 90", 10, 0.05)],
)
def test_percentages_are_true_in_every_tenth(kind: str, n: int, off: float) -> None:
    """Two standard errors of a tenth are chance."""
    rows = list(tenths(drawn(kind, UNITS, n)["decided"]))
    assert len(rows) >= 6
    for said, true, count in rows:
        assert abs(said - true) <= off + 2 * (true * (1 - true) / count) ** 0.5, (said, true, count)


@pytest.mark.parametrize("known", [0.5, 10 / 11])
def test_they_are_where_the_users_are_known(known: float) -> None:
    """Ten sheets of twenty or eleven people: true is the letter of all of them."""
    rows = list(tenths(drawn("round 82, sd 5", UNITS, 10, known)["decided"]))
    assert len(rows) >= 5
    for said, true, count in rows:
        assert abs(said - true) <= 0.05 + 2 * (true * (1 - true) / count) ** 0.5, (said, true, count)


@pytest.mark.parametrize(
    ("kind", "units", "n"),
    [
        ("round 82, sd 5", UNITS, 3),
        ("round 82, sd 5", WITHOUT_PEERS, 10),
    ],
)
def test_words_are_true_as_often_as_they_mean(kind: str, units: int, n: int) -> None:
    """Almost certain: nine of ten at least. Probably: two of three at least."""
    both = drawn(kind, units, n)
    found = both["decided"]
    if n == 3:
        # Before odds knew of peers, what was told as .85 was true in a fourth.
        said, true, _ = worst(both["confidence"])
        assert said - true > 0.4
    for least, most, at_least in ((0.95, 1.01, 0.9), (0.75, 0.95, 2 / 3)):
        share, count = said_surely(found, least, most)
        if count >= 20:
            assert share >= at_least - 2 * (at_least * (1 - at_least) / count) ** 0.5, (share, count)
    assert said_surely(found, 0.75)[1] >= 20
