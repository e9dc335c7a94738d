"""The interval of an index by its sheets: better answers, few users, unsur left out, how often it is true."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.ikm import Moments
from analytics.ikm.intervals import Interval
from analytics.ikm.moderated import Past, sample_of
from analytics.ikm.scoring import Reason, score

#: Expected dispersion of nine unsur of equal weight and four levels, by hand in test_moderated.py.
NINE_UNSUR = 358 / 1125


def of(rows: object, population: int | None = None, past: Past | None = None) -> Interval:
    found = score(Moments.from_answers(np.asarray(rows)), population=population, past=past).interval
    assert found is not None
    return found


@pytest.mark.parametrize("n", [2, 3, 5, 7, 10, 15, 30, 100, 300])
def test_the_worse_of_two_samples_near_the_top_has_no_better_end(n: int) -> None:
    """All fours, against the same with one three and with one sheet of threes.

    By one three an end may come .06 points higher (.057 at 15 sheets, .017 at 100): it shows that people
    differ little, which all fours do not show. The interval of before gave it 2 points at 100 sheets.
    """
    best = of([[4] * 9] * n)
    one_three, one_sheet = of([[4] * 9] * (n - 1) + [[4] * 8 + [3]]), of([[4] * 9] * (n - 1) + [[3] * 9])
    for worse, slack in ((one_three, 0.06), (one_sheet, 0.0)):
        assert worse[0] <= best[0] + slack
        assert worse[1] <= best[1]


def test_a_better_answer_lowers_an_end_by_six_hundredths_of_a_point_at_most() -> None:
    """One answer of a sheet raised by one, in 3,000 drawn samples of 3 to 30 sheets, many near the top."""
    rng = np.random.default_rng(20261130)
    falls = []
    for n in rng.choice([3, 5, 10, 30], 3000):
        mean = rng.uniform(0.6, 0.99)
        x = 1 + rng.binomial(3, rng.beta(4 * mean, 4 * (1 - mean), size=(n, 1)), size=(n, 9))
        x = np.where(rng.random((n, 1)) < 0.3, x[:, :1], x)
        below_four = np.argwhere(x < 4)
        if not len(below_four):
            continue
        before = of(x)
        x[tuple(rng.choice(below_four))] += 1
        falls.append(min(now - then for now, then in zip(of(x), before, strict=True)))
    assert len(falls) > 2500
    assert min(falls) > -0.06


def test_a_census_has_no_width() -> None:
    """Nobody is unseen, whatever the past says; so of a single user as well."""
    past = Past(weight=60, dispersion=0.9)
    assert of([[4, 3], [2, 3]], population=2, past=past) == (75.0, 75.0)
    assert of([[3] * 9], population=1) == (75.0, 75.0)
    assert of([[4] * 9] * 3, population=3) == (100.0, 100.0)


def test_of_six_users_five_who_agree_leave_a_sixth_of_the_scale_open() -> None:
    assert of([[4] * 9] * 5, population=6)[0] >= 25 + 75 * 5 / 6 - 1e-9
    assert of([[1] * 9] * 5, population=6)[1] <= 25 + 75 / 6 + 1e-9


@pytest.mark.parametrize("weights", [None, [3, 1]])
def test_the_sheets_of_an_index_are_the_harmonic_mean_of_its_answers(weights: list[int] | None) -> None:
    """Sixty fours, one unsur answered by six: 1 / (1/2 / 60 + 1/2 / 6) = 120/11; by 3 to 1 it is 240/13."""
    result = score(Moments.from_answers([[4, 4]] * 6 + [[4, 0]] * 54), weights=weights)
    assert result.sample is not None
    assert result.sample.sheets == pytest.approx(120 / 11 if weights is None else 240 / 13)


def test_an_unsur_answered_by_few_who_agree_leaves_the_users_unseen_who_left_it_out() -> None:
    """All forty users gave a sheet, one answered the second unsur: 39 of 40 are unseen there."""
    sheets = [[4, 4]] + [[4, 0]] * 39
    result = score(Moments.from_answers(sheets), population=40)
    assert result.sample is not None
    assert (result.reason("interval"), result.sample.unseen) == (Reason.NO_VARIATION, 39 / 40)
    assert of(sheets, population=40)[0] < 60
    assert score(Moments.from_answers([[3, 4], *sheets]), population=41).interval is None


@pytest.mark.parametrize(
    ("mean", "n", "alike"), [(0.55, 5, 0.3), (0.8, 3, 0.0), (0.8, 30, 0.6), (0.93, 10, 0.3), (0.97, 30, 0.3)]
)
def test_the_interval_holds_the_truth_as_often_as_it_says(mean: float, n: int, alike: float) -> None:
    """2,000 samples a cell, the truth known: people by a beta of correlation .2, `alike` give one score.

    A share of .935, the least that is allowed, has the binomial error sqrt(.935 x .065 / 2000) = .0055; 2.6
    of them below it leave .92 (.5 % a cell). The whole table: `python -m benchmarks.coverage`.
    """
    rng = np.random.default_rng(20261130)
    held = 0
    for _ in range(2000):
        own = rng.beta(4 * mean, 4 * (1 - mean), size=(n, 1))
        x = 1 + rng.binomial(3, own, size=(n, 9))
        x = np.where(rng.random((n, 1)) < alike, x[:, :1], x)
        y = ((x - 1) / 3).mean(axis=1)
        found = sample_of(
            position=float(y.mean()),
            variance=float(y.var(ddof=1)) if np.ptp(y) > 1e-9 else 0.0,
            sheets=n,
            unseen=1.0,
            expected=NINE_UNSUR,
        ).interval()
        held += found[0] <= mean <= found[1]
    assert held / 2000 >= 0.92


def test_who_leaves_an_unsur_out_has_not_been_seen_on_it() -> None:
    """Nine of ten sheets answer one unsur of two: 1/(.5/10 + .5/9) = 180/19 answers of 12."""
    sheets = [[4, 3]] * 6 + [[3, 4]] * 3 + [[2, 0]]
    gaps = score(Moments.from_answers(sheets), population=12).sample
    whole = score(Moments.from_answers([*sheets[:9], [2, 2]]), population=12).sample
    assert gaps is not None
    assert whole is not None
    assert gaps.unseen == pytest.approx(1 - 180 / 19 / 12)
    assert whole.unseen == pytest.approx(1 - 10 / 12)


def test_a_sample_with_gaps_of_nearly_all_users_holds_what_all_would_have_said() -> None:
    """36 of 40 users, a tenth of the answers missing: with 36/40 for what is known it was .937 of 300."""
    rng, held = np.random.default_rng(7), 0
    for _ in range(300):
        users = np.clip(rng.integers(2, 5, (40, 1)) + rng.integers(-1, 2, (40, 9)), 1, 4)
        asked = np.where(rng.random((36, 9)) < 0.1, 0, users[:36])
        low, high = score(Moments.from_answers(asked), population=40).interval or (0.0, 0.0)
        held += low <= 25 * users.mean() <= high
    assert held >= 0.95 * 300
