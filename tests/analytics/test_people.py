"""The people of `benchmarks.coverage` are those of `benchmarks.sheets.Loyal`, with the truth they claim."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from analytics.ikm import Moments
from analytics.ikm.moderated import Past
from analytics.ikm.scoring import score
from benchmarks import interval_methods as methods
from benchmarks.coverage_grid import Users, measure
from benchmarks.people import Sheets, loyal, sekadau, with_angry
from benchmarks.sheets import Loyal


@pytest.mark.parametrize(("ikm", "lines", "rho"), [(65.0, 0.0, 0.1), (92.0, 0.3, 0.2), (99.0, 0.6, 0.3)])
def test_chances_are_those_of_answers_drawn(ikm: float, lines: float, rho: float) -> None:
    people, draws = loyal(ikm, lines, rho), 40_000
    answers = Loyal(ikm, lines, rho).answer(np.random.default_rng(3), draws)
    drawn = np.bincount((answers - 1).sum(axis=1), minlength=28)
    expected = np.array(people.chances) * draws
    # Pearson's statistic over steps with ten sheets or more; beyond 28 degrees of freedom 62 is 1 in 4,000.
    often = expected >= 10
    assert ((drawn - expected)[often] ** 2 / expected[often]).sum() < 62
    assert 25 + 75 * people.truth == pytest.approx(ikm)


def test_angry_people_lower_the_truth_and_widen_the_dispersion() -> None:
    others = loyal((95 - 0.03 * 25) / 0.97, 0.0, 0.1)
    angry = with_angry(others, 0.03)
    assert 25 + 75 * angry.truth == pytest.approx(95)
    assert angry.dispersion > 2 * others.dispersion


def test_the_interval_of_counted_steps_is_that_of_the_answers() -> None:
    """Nothing stands between the product and its interval in the table: it is that of `score`."""
    rng = np.random.default_rng(5)
    pasts = [None, Past(weight=20, dispersion=0.21)]
    for n, population in ((3, None), (10, 25), (40, 100)):
        answers = Loyal(88.0, 0.3, 0.2).answer(rng, 2, n)
        steps = (answers - 1).sum(axis=2)
        sheets = Sheets.of(np.array([np.bincount(row, minlength=28) for row in steps]))
        low, high = methods.product(sheets, float(Fraction(n, population)) if population else 0.0, pasts)
        for i, past in enumerate(pasts):
            whole = score(Moments.from_answers(answers[i]), population=population, past=past)
            assert whole.interval == pytest.approx((25 + 75 * low[i], 25 + 75 * high[i]), abs=1e-9)


def test_what_was_before_is_the_old_code_s_number() -> None:
    """Five sheets of all fours had 66.2 to 100, and of 100 users 66.5: 0.05^(1/5), and its counterpart."""
    fours = Sheets.of(np.eye(28, dtype=np.int64)[[27]] * 5)
    assert 25 + 75 * methods.logit_t(fours)[0][0] == pytest.approx(66.2, abs=0.05)
    known = 25 + 75 * methods.logit_t(fours, 0.05)[0][0]
    assert 66.2 < known < 68


def test_people_who_are_all_asked_nearly_have_nearly_no_error() -> None:
    """Of four people three are asked: every method knows it, and the truth is that of the four."""
    cells = measure(Users(85.0, 3, 0.3, 0.2), 200, np.random.default_rng(1))
    for method in {c.method for c in cells}:
        wide, narrow = (
            next(c.width for c in cells if (c.method, c.known) == (method, k)) for k in (0.0, 0.8)
        )
        assert narrow < 0.85 * wide
    assert {c.known: c.coverage > 0.9 for c in cells if c.method == "product"} == dict.fromkeys(
        (0, 0.4, 0.8), True
    )


def test_the_real_sheets_are_forty_nine() -> None:
    people = sekadau()
    assert [round(49 * c, 9) % 1 for c in people.chances] == [0] * 28
    assert 0.05 < people.dispersion < 0.1
