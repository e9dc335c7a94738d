"""Groups that stand out: the exact test against SciPy's, and how often nothing is called clear."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, false_discovery_control, fisher_exact

from analytics.comparison.shares import Counted, shares_above, shares_beside
from analytics.errors import AnalyticsError


def test_it_is_fishers_test_adjusted_for_all() -> None:
    rng = np.random.default_rng(3)
    counted = []
    for _ in range(40):
        n, others = rng.integers(5, 90, 2).tolist()
        counted.append(
            Counted(int(rng.integers(0, n // 3)), n, int(rng.integers(0, others // 2 + 1)), others)
        )
    found = shares_beside(counted)
    p = [
        fisher_exact(np.array([[c.part, c.n - c.part], [c.others_part, c.others - c.others_part]])).pvalue
        for c in counted
    ]
    assert [f.p for f in found] == pytest.approx(p)
    assert [f.adjusted for f in found] == pytest.approx(false_discovery_control(p).tolist())
    assert [f.clear for f in found] == [f.adjusted <= 0.05 for f in found]
    assert any(f.clear for f in found)
    assert [f.more for f in found] == [c.part / c.n > c.others_part / c.others for c in counted]


def test_of_nothing_at_most_five_of_a_hundred_are_called_clear() -> None:
    """Nine unsur left open at random by people of fourteen options in three fields, each against others."""
    rng = np.random.default_rng(20261130)
    draws, called = 150, 0
    for _ in range(draws):
        n = 160
        left = rng.random((n, 9)) < rng.uniform(0.02, 0.3, 9)
        counted = []
        for options in (2, 5, 7):
            chosen = rng.integers(0, options, n)
            for option in range(options):
                mine = chosen == option
                parts = zip(left[mine].sum(axis=0).tolist(), left[~mine].sum(axis=0).tolist(), strict=True)
                counted += [Counted(part, int(mine.sum()), rest, int((~mine).sum())) for part, rest in parts]
        called += any(f.clear for f in shares_beside(counted))
    assert called / draws <= 0.05


def test_nothing_to_look_at_and_what_are_no_shares() -> None:
    assert shares_beside([]) == ()
    for wrong in (Counted(0, 0, 1, 5), Counted(1, 5, 0, 0), Counted(6, 5, 0, 5), Counted(0, 5, -1, 5)):
        with pytest.raises(AnalyticsError, match="shares-range"):
            shares_beside([wrong])


def test_a_group_far_above_the_others_is_told_by_the_binomial_tail() -> None:
    """Of SciPy's exact test against twice the others' share, and adjusted by SciPy's function."""
    counted = [Counted(12, 60, 30, 999), Counted(3, 40, 39, 1019), Counted(0, 9, 42, 1050)]
    p = [
        binomtest(c.part, c.n, 2 * (c.others_part + 1) / (c.others + 1), alternative="greater").pvalue
        for c in counted
    ]
    assert shares_above(counted, 2) == pytest.approx(false_discovery_control(p).tolist())
    # 20% beside 3% is far above; at ten times the others' share it is what was to be expected.
    assert shares_above(counted, 2)[0] < 0.01 < 0.9 < shares_above(counted, 10)[0]


@pytest.mark.parametrize(
    ("one", "times"), [(Counted(3, 2, 0, 5), 2), (Counted(0, 0, 0, 5), 2), (Counted(1, 2, 0, 5), 0)]
)
def test_what_is_no_share_is_refused(one: Counted, times: float) -> None:
    with pytest.raises(AnalyticsError, match="shares-range"):
        shares_above([one], times)
