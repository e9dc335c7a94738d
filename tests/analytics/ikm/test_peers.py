"""What the units of a province tell: which of them, where their indices lie, how much their users differ."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from analytics import AnalyticsError
from analytics.ikm.moderated import Sample
from analytics.ikm.past import Month
from analytics.ikm.peers import PARTS, UNITS, Peers, density, likelihood, peers_of

#: The period begins in month 100: its peers are found from months 88 to 99.
START = 100


def month(position: float, sheets: float = 40, dispersion: float = 0.2, start: int = 95) -> Month:
    told = Sample(
        position=position,
        dispersion=dispersion,
        freedom=sheets - 1,
        sheets=sheets,
        unseen=1.0,
        expected=0.318,
    )
    return Month(start=start, sample=told)


units = st.lists(
    st.lists(
        st.builds(month, st.floats(0, 1), st.floats(5, 300), st.floats(0, 1), st.integers(86, 101)),
        max_size=6,
    ),
    max_size=40,
)


@given(units)
def test_shares_are_of_all_units_that_count(drawn: list[list[Month]]) -> None:
    found = peers_of(drawn, START)
    counted = [sum(m.sample.sheets for m in months if 88 <= m.start < 100) >= 10 for months in drawn]
    if sum(counted) < UNITS:
        assert found is None
        return
    assert found is not None
    assert found.units == sum(counted)
    assert (len(found.shares), min(found.shares) >= 0) == (PARTS, True)
    assert sum(found.shares) == pytest.approx(100, abs=PARTS / 2)
    assert density(found).mean() == pytest.approx(1.0)
    other = peers_of(drawn[::-1], START)
    assert other is not None
    assert max(abs(a - b) for a, b in zip(found.shares, other.shares, strict=True)) <= 1


def test_by_hand() -> None:
    """Twenty units of 4,000 sheets at .7 and twenty at .9, users of .2: all of them where they are.

    F = (40 w x .2 + .318)/(40 w + 1) with w = 3999/4007: .203, said as .21.
    """
    found = peers_of([[month(0.7 + 0.2 * (i % 2), 4000)] for i in range(40)], START, calibration=7)
    assert found is not None
    assert (found.dispersion, found.units, found.calibration) == (0.21, 40, 7)
    # Parts 20 and 21 meet at .7, parts 26 and 27 at .9.
    assert sum(found.shares[20:22]) + sum(found.shares[26:28]) == pytest.approx(100, abs=1)
    assert sum(found.shares[26:28]) == pytest.approx(50, abs=1)


@pytest.mark.parametrize(("start", "counts"), [(87, False), (88, True), (99, True), (100, False)])
def test_only_the_twelve_months_before_count(start: int, counts: bool) -> None:
    found = peers_of([[month(0.8, start=start)] for _ in range(UNITS)], START)
    assert (found is not None) is counts


def test_units_of_few_sheets_and_fewer_than_twenty_units_tell_nothing() -> None:
    enough = [[month(0.8)] for _ in range(UNITS)]
    assert peers_of(enough, START) is not None
    assert peers_of(enough[1:], START) is None
    assert peers_of([*enough[1:], [month(0.8, 9)]], START) is None
    assert peers_of([*enough[1:], [month(0.8, 5, start=90), month(0.8, 5)]], START) is not None


def test_a_part_without_units_is_not_impossible_and_less_likely_the_more_units_there_are() -> None:
    heights = [
        density(Peers(shares=(*[0] * 25, 100, *[0] * 4), dispersion=0.2, units=k))[10] for k in (20, 200)
    ]
    assert heights[0] > heights[1] > 0
    assert heights[0] == pytest.approx(density(None)[10] / 21)


def test_nothing_known_is_mostly_round_82() -> None:
    """Four fifths of a beta distribution of mean .76 and size 16, one fifth anywhere."""
    line = np.linspace(0, 1, PARTS + 1)
    expected = 0.8 * np.diff(beta(12.16, 3.84).cdf(line)) + 0.2 / PARTS
    assert density(None) / PARTS == pytest.approx(expected, abs=1e-12)


def test_a_likelihood_is_the_beta_function_between_two_positions() -> None:
    line = np.array([0.0, 0.3, 0.8, 1.0])
    assert likelihood(0.6, 10, line) == pytest.approx(np.diff(beta(7, 5).cdf(line)))


def test_shares_are_those_of_two_rounds_of_bayes_over_units() -> None:
    """The same from the formula, with integrals over a grid: units of few sheets and of unlike users."""
    rng = np.random.default_rng(7)
    drawn = [
        [
            month(float(rng.beta(8, 2)), int(rng.integers(6, 30)), float(rng.uniform(0.05, 0.5)), start)
            for start in (90, 97)
        ]
        for _ in range(25)
    ]
    found = peers_of(drawn, START)
    theta = (np.arange(30_000) + 0.5) / 30_000
    samples = [m.sample for months in drawn for m in months]
    weights = [s.freedom / (s.freedom + 8) for s in samples]
    dispersion = (sum(w * s.dispersion for w, s in zip(weights, samples, strict=True)) + 0.318) / (
        sum(weights) + 1
    )
    chances = []
    for months in drawn:
        told = [m.sample for m in months]
        n, freedom = sum(s.sheets for s in told), sum(s.freedom for s in told)
        m = sum(s.sheets * s.position for s in told) / n
        phi = (20 * dispersion + sum(s.freedom * s.dispersion for s in told)) / (20 + freedom)
        log = n / phi * (m * np.log(theta) + (1 - m) * np.log(1 - theta))
        chances.append(np.exp(log - log.max()).reshape(PARTS, -1).sum(axis=1))
    shares = np.full(PARTS, 1 / PARTS)
    for _ in range(2):
        told_of = [c * shares / (c @ shares) for c in chances]
        shares = np.mean(told_of, axis=0)
    assert found is not None
    assert found.shares == tuple(np.rint(100 * shares).astype(int).tolist())
    assert found.dispersion == pytest.approx(np.ceil(100 * dispersion) / 100)


@pytest.mark.parametrize(
    ("shares", "dispersion", "code"),
    [
        ((1,) * 29, 0.2, "peers-shares"),
        ((0,) * 30, 0.2, "peers-shares"),
        ((2, -1, *(1,) * 28), 0.2, "peers-shares"),
        ((1,) * 30, 0.0, "peers-dispersion"),
    ],
)
def test_peers_that_cannot_be_are_refused(shares: tuple[int, ...], dispersion: float, code: str) -> None:
    with pytest.raises(AnalyticsError) as raised:
        Peers(shares=shares, dispersion=dispersion, units=20)
    assert raised.value.code == code
