"""A draw has the size asked for, reads every group, and draws as often as it says."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text.audit import draw_comments

STRATA = ["waktu"] * 100 + ["biaya"] * 25 + ["-"] * 9 + ["urgent"]


@given(st.lists(st.sampled_from("abcde"), max_size=60), st.integers(0, 40), st.integers(0, 99))
def test_a_draw_has_its_size_and_no_comment_twice(strata: list[str], size: int, seed: int) -> None:
    drawn = draw_comments(strata, size, np.random.default_rng(seed))
    assert len({d.index for d in drawn}) == len(drawn) == min(size, len(strata))
    assert all(0 < d.probability <= 1 for d in drawn)


def test_what_it_says_is_how_often_it_draws() -> None:
    """By counting over draws: the oracle is frequency, not the formula."""
    times, rng = 1500, np.random.default_rng(3)
    drawn = [d for _ in range(times) for d in draw_comments(STRATA, 20, rng)]
    often, said = Counter(d.index for d in drawn), {d.index: d.probability for d in drawn}
    assert len(said) == len(STRATA)
    assert sum(said.values()) == pytest.approx(20)
    for index, probability in said.items():
        error = (probability * (1 - probability) / times) ** 0.5
        assert often[index] / times == pytest.approx(probability, abs=4.5 * error)


def test_small_groups_are_read_too_and_each_has_its_due() -> None:
    """By square roots, 10 : 5 : 3 : 1 of 19."""
    for seed in range(20):
        drawn = draw_comments(STRATA, 19, np.random.default_rng(seed))
        assert Counter(STRATA[d.index] for d in drawn) == {"waktu": 10, "biaya": 5, "-": 3, "urgent": 1}
        assert {d.rate for d in drawn} == {19 / 135}


def test_a_draw_is_kept_by_its_seed_and_its_order_tells_no_group() -> None:
    first, again = (draw_comments(STRATA, 30, np.random.default_rng(5)) for _ in range(2))
    assert first == again
    firsts = Counter(STRATA[draw_comments(STRATA, 30, np.random.default_rng(s))[0].index] for s in range(200))
    assert len(firsts) >= 3
