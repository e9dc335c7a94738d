"""Odds of the letters: they sum to 1, agree with the interval, and begin where rounding begins."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import xlogy
from scipy.stats import beta

from analytics.ikm import Moments
from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moderated import Past
from analytics.ikm.moments import IntArray
from analytics.ikm.odds import Told, lower_edges, odds, odds_at
from analytics.ikm.past import Month
from analytics.ikm.peers import Peers, density, peers_of
from analytics.ikm.scoring import Reason, score

#: Of 60 units: most round 82, users of .2.
PEERS = Peers(
    shares=(*[0] * 18, 20, 50, 80, 150, 200, 200, 150, 80, 50, 20, 0, 0),
    dispersion=0.2,
    units=60,
    calibration=3,
)
EDGES = [(edge - 25) / 75 for edge in lower_edges(SKM_2017)]
answers = st.integers(2, 25).flatmap(lambda n: arrays(np.int64, (n, 9), elements=st.integers(1, 4)))


def of(rows: object, population: int | None = None) -> Estimate:
    return Estimate.of(score(Moments.from_answers(np.asarray(rows)), population=population))


@given(answers)
def test_odds_sum_to_one(rows: IntArray) -> None:
    found = odds(of(rows)).probabilities
    assume(found is not None)
    assert sum(p for _, p in found or ()) == pytest.approx(1.0, abs=1e-12)
    assert all(0 <= p <= 1 for _, p in found or ())


@settings(max_examples=25)
@given(answers, st.sampled_from([None, PEERS]), st.sampled_from([0, 3, 40]))
def test_the_odds_are_what_bayes_says(rows: IntArray, peers: Peers | None, others: int) -> None:
    """By integrals of density times likelihood over each letter, part of the scale by part."""
    e = of(rows, len(rows) + others if others else None)
    sample = e.sample
    assume(sample is not None)
    assert sample is not None
    phi = sample.moderated[0]
    if peers is not None:
        phi = (20 * peers.dispersion + sample.freedom * sample.dispersion) / (20 + sample.freedom)
    m, known, heights = sample.position, 1 - sample.unseen, density(peers)

    theta = (np.arange(400_000) + 0.5) / 400_000
    log = sample.sheets / phi * (xlogy(m, theta) + xlogy(1 - m, 1 - theta))
    posterior = np.exp(log - log.max()) * heights[(theta * 30).astype(int)]
    posterior /= posterior.sum()
    found = odds(e, peers=peers).probabilities or ()
    for (mutu, chance), (low, high) in zip(found, pairwise([0.0, *EDGES, 1.0]), strict=True):
        expected = posterior[(theta >= low) & (theta < high)].sum()
        if known:
            size = sample.sheets * sample.unseen / known / phi - 1
            ends = [min(max((x - known * m) / sample.unseen, 0), 1) for x in (low, high)]
            coarse, at = posterior.reshape(4000, -1).sum(axis=1), theta.reshape(4000, -1).mean(axis=1)
            rest = beta(at * size, (1 - at) * size)
            expected = coarse @ (rest.cdf(ends[1]) - rest.cdf(ends[0]))
        assert chance == pytest.approx(expected, abs=2e-3 if known else 2e-4), mutu


def test_a_past_tells_how_much_people_differ() -> None:
    """(20 x .2 + 30 x .1 + nu phi)/(20 + 30 + nu) users' dispersion: less than without, so surer."""
    e = of([[4, 3, 3, 3, 3, 3, 3, 3, 3], [3] * 9, [4] * 9, [3, 3, 3, 3, 3, 3, 3, 3, 2]] * 3)
    assert e.sample is not None
    told = replace(e, sample=replace(e.sample, past=Past(weight=30, dispersion=0.1)))
    assert (odds(told, peers=PEERS).of("B") or 0) > (odds(e, peers=PEERS).of("B") or 0) + 0.01


def test_a_past_that_the_sample_contradicts_weighs_less() -> None:
    """(phi_past/phi_own)^2 as much, as in the interval."""
    e = of([[1] * 9, [4] * 9] * 6)
    assert e.sample is not None
    past = Past(weight=60, dispersion=0.1)
    told = replace(e, sample=replace(e.sample, past=past))
    weight = 60 * (0.1 / e.sample.dispersion) ** 2
    assert told.sample is not None
    assert told.sample.past_weight == pytest.approx(weight)
    own = e.sample.freedom * e.sample.dispersion
    phi = (20 * 0.2 + weight * 0.1 + own) / (20 + weight + e.sample.freedom)
    same = replace(e, sample=replace(e.sample, dispersion=phi, freedom=1e9))
    assert odds(told, peers=PEERS).of("B") == pytest.approx(odds(same, peers=PEERS).of("B"), abs=1e-6)


def test_peers_draw_few_sheets_towards_them() -> None:
    """Five fours are less likely A where units lie round 75 than round 82; five hundred are A anywhere."""
    lower = replace(PEERS, shares=(*PEERS.shares[3:], 0, 0, 0))
    fours, many = of([[4] * 9] * 5), of([[4] * 9] * 500)
    assert (odds(fours, peers=lower).of("A") or 0) < (odds(fours, peers=PEERS).of("A") or 0) - 0.2
    assert (odds(many, peers=lower).of("A") or 0) > 0.99


@pytest.mark.parametrize(
    ("sheets", "peers", "told"),
    [
        (9, True, Told.IN_WORDS),
        (10, True, Told.IN_PERCENT),
        (9, False, Told.AS_OPEN),
        (10, False, Told.IN_WORDS),
        (500, False, Told.IN_WORDS),
    ],
)
def test_odds_are_told_as_exactly_as_they_are_known(sheets: int, peers: bool, told: Told) -> None:
    rows = ([[3] * 9, [4] * 9] * sheets)[:sheets]
    assert odds(of(rows), peers=PEERS if peers else None).told is told


def test_of_units_whose_users_all_agree_odds_are_not_certain() -> None:
    """The dispersion of such peers is said as .01, not as none."""
    agreeing = [[Month(start=95, sample=of([[3] * 9] * 40).sample)] for _ in range(60)]  # type: ignore[arg-type]
    found = peers_of(agreeing, 100)
    assert found is not None
    assert found.dispersion == 0.01
    for rows in ([[3] * 9] * 12, [[4] * 9] * 12):
        assert sum(p for _, p in odds(of(rows), peers=found).probabilities or ()) == pytest.approx(1)


def test_letters_begin_half_a_hundredth_below_their_printed_bound() -> None:
    """76.605 rounds half up to 76.61, which is B; 76.6049 to 76.60, which is C."""
    assert lower_edges(SKM_2017) == pytest.approx((64.995, 76.605, 88.305), abs=1e-12)


def test_a_value_of_several_samples_has_no_odds() -> None:
    chances = odds(estimate(80.0, 2.0, 60))
    assert (chances.probabilities, chances.reason) == (None, Reason.SEVERAL_SAMPLES)


def test_a_census_is_certain_of_its_letter() -> None:
    chances = odds(of([[4] * 9, [3] * 9], population=2))
    assert chances.probabilities == (("D", 0.0), ("C", 0.0), ("B", 1.0), ("A", 0.0))
    assert chances.reason is Reason.CENSUS


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4] * 9], Reason.ONE_RESPONDENT),
        ([[0] * 9], Reason.NO_ANSWERS),
        ([[4, 0], [3, 0]], Reason.UNSUR_WITHOUT_ANSWERS),
    ],
)
def test_a_sample_that_cannot_tell_has_no_odds(rows: list[list[int]], reason: Reason) -> None:
    chances = odds(of(rows))
    assert (chances.probabilities, chances.of("A"), chances.reason) == (None, None, reason)


def test_more_sheets_are_surer_of_the_letter_they_stand_on() -> None:
    few, many = (odds(of([[3] * 9, [4] * 9, [3] * 9] * k), peers=PEERS).of("B") or 0 for k in (4, 40))
    assert many > few


def test_the_letter_of_an_exact_value_is_read_from_the_fraction() -> None:
    """76.605 as a fraction is B; the nearest double lies below it and would be C."""
    e = replace(estimate(Fraction("76.605"), 0.0, None), reason=Reason.CENSUS)
    assert float(Fraction("76.605")) != Fraction("76.605")
    assert odds(e).of("B") == 1.0


@given(answers, st.integers(0, 100), st.integers(0, 100))
def test_a_better_index_never_has_worse_odds_of_the_best_letter(rows: IntArray, a: int, b: int) -> None:
    e = of(rows)
    assume(e.sample is not None)
    low, high = (odds_at(e, 25 + 75 * Fraction(x, 100)) for x in sorted((a, b)))
    assert (low.of("A") or 0) <= (high.of("A") or 0) + 1e-12
    assert (high.of("D") or 0) <= (low.of("D") or 0) + 1e-12
    assert sum(p for _, p in high.probabilities or ()) == pytest.approx(1.0, abs=1e-12)


def test_the_odds_of_the_index_itself_are_its_odds() -> None:
    e = of([[4, 3, 3], [3, 3, 2], [4, 4, 4]])
    assert odds_at(e, e.exact) == odds(e)


def test_few_sheets_are_not_certain_of_the_best_letter_at_the_end_of_the_scale() -> None:
    """Three sheets can all be fours by chance."""
    few, many = of([[4, 3, 3], [3, 3, 2], [4, 4, 4]]), of([[4, 3, 3], [3, 3, 2], [4, 4, 4]] * 30)
    chances = [odds_at(e, Fraction(100), peers=PEERS).of("A") or 0 for e in (few, many)]
    assert 0.4 < chances[0] < 0.9
    assert chances[1] > 0.9999


@given(st.integers(2, 30), st.integers(0, 100), st.integers(0, 100))
def test_the_chance_of_a_higher_bound_is_never_higher(n: int, a: int, b: int) -> None:
    """Bounds anywhere on the scale, as targets are: of nearly all fours 99 is not likelier than 98."""
    e = of([[4] * 9] * (n - 1) + [[4] * 8 + [3]])
    step = Decimal("0.01")
    bounds = [Decimal(26) + Decimal(74) * x / 100 for x in sorted((a, b))]
    lower, higher = (
        odds(e, [Band("X", "", Decimal(25), x - step), Band("Y", "", x, Decimal(100))]).of("Y") or 0
        for x in bounds
    )
    assert higher <= lower + 1e-12
