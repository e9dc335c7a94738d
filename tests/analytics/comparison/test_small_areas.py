"""Estimates of small units: against direct likelihood, properties, and simulation with the truth known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit

from analytics import AnalyticsError, Reason
from analytics.comparison import linking
from analytics.comparison.ranking import FloatArray
from analytics.comparison.small_areas import FEWEST_UNITS, Area, AreaEstimate, _averaged, small_areas
from analytics.ikm.moderated import Sample, sample_of
from benchmarks import small_areas as simulation


def sample(position: float, sheets: int = 12, unseen: float = 1.0) -> Sample:
    return sample_of(position=position, variance=0.03, sheets=sheets, unseen=unseen, expected=0.318)


def estimated(units: Sequence[Area], seed: int = 1, draws: int = 60) -> tuple[AreaEstimate, ...]:
    return small_areas(units, np.random.default_rng(seed), draws=draws).estimates


def usual(units: int = 20, sheets: int = 12, past: int | None = 100) -> list[Area]:
    """Units from .6 to .9, each where its past was but for a wave of .03."""
    return [
        Area(
            sample(0.6 + 0.3 * i / units + 0.03 * (-1) ** i, sheets),
            None if past is None else sample(0.6 + 0.3 * i / units, past),
        )
        for i in range(units)
    ]


def test_the_past_stands_for_all_users_whatever_part_was_asked() -> None:
    """It tells how the office is, so that even a past census is uncertain."""
    asked = [Area(u.sample, replace(u.past, unseen=0.1)) for u in usual() if u.past is not None]
    assert estimated(asked) == estimated(usual())


def _directly(y: FloatArray, errors: FloatArray, design: FloatArray) -> tuple[float, FloatArray]:
    """Variance and line by the matrices of the residual likelihood, as Yoshimori and Lahiri write it."""

    def solved(variance: float) -> tuple[Any, FloatArray]:
        inverse = np.diag(1 / (variance + errors))
        information = design.T @ inverse @ design
        return np.asarray(np.linalg.solve(information, design.T @ inverse @ y)), information

    def minus_likelihood(log_variance: float) -> float:
        variance = float(np.exp(log_variance))
        line, information = solved(variance)
        rest = y - design @ line
        likely = np.log(variance + errors).sum() + np.linalg.slogdet(information)[1]
        likely += rest @ (rest / (variance + errors))
        return float(likely / 2 - np.log(np.arctan((variance / (variance + errors)).sum())) / len(y))

    variance = float(np.exp(minimize_scalar(minus_likelihood, bounds=(-9, 2), method="bounded").x))
    return variance, np.asarray(design @ solved(variance)[0])


@pytest.mark.parametrize("with_past", [True, False])
def test_line_and_variance_are_those_of_the_likelihood_written_out(with_past: bool) -> None:
    rng = np.random.default_rng(3)
    errors, past = rng.uniform(0.02, 0.4, 25), rng.normal(0, 0.5, 25)
    y = 1.2 + 0.8 * past + rng.normal(0, 0.3, (4, 25)) + rng.normal(0, errors**0.5, (4, 25))
    found = linking.fit(y, errors, past if with_past else None)
    columns = np.column_stack([np.ones(25), past] if with_past else [np.ones(25)])
    for row in range(4):
        variance, line = _directly(y[row], errors, columns)
        assert found.variances[row] == pytest.approx(variance, rel=0.02)
        assert found.lines[row] == pytest.approx(line, abs=0.002)


def test_the_variance_between_units_is_never_none() -> None:
    errors = np.full(12, 0.2)
    assert linking.fit(np.full((1, 12), 1.5), errors, None).variances[0] > 0.001


def test_fewer_than_ten_units_have_no_estimate() -> None:
    units = usual(FEWEST_UNITS - 1)
    assert small_areas(units, np.random.default_rng(1)).estimates == ()
    assert small_areas(units, np.random.default_rng(1)).reason is Reason.TOO_FEW
    assert len(estimated(usual(FEWEST_UNITS))) == FEWEST_UNITS


def test_few_sheets_are_moved_and_many_hardly() -> None:
    for sheets, least, most in ((5, 0.45, 0.99), (2_000, 0.0, 0.05)):
        units = usual(sheets=sheets)
        moved = [
            abs(e.position - u.sample.position) / 0.03 for e, u in zip(estimated(units), units, strict=True)
        ]
        assert least < float(np.mean(moved)) < most


def test_a_unit_far_from_the_line_is_moved_one_standard_error_at_most() -> None:
    units = [*usual(), Area(sample(0.3, 8), sample(0.8, 100))]
    found = estimated(units)[-1]
    assert found.held
    phi = units[-1].sample.moderated[0]
    room = found.position * (1 - found.position)
    assert logit(found.position) - logit(0.3) < 1.25 * (phi / 8 / room) ** 0.5
    # Its interval is as wide as by its own sheets and holds what they say.
    assert found.interval[0] < 0.3
    assert found.interval[1] - found.interval[0] > 0.3


def test_a_unit_at_the_end_of_the_scale_is_told_as_less() -> None:
    highest = sample_of(position=1.0, variance=0.0, sheets=6, unseen=1.0, expected=0.318)
    lowest = sample_of(position=0.0, variance=0.0, sheets=6, unseen=1.0, expected=0.318)
    top, bottom = estimated([*usual(), Area(highest, sample(0.85)), Area(lowest, None)])[-2:]
    assert 0.85 < top.position < 0.99
    assert 0.01 < bottom.position < 0.5


def test_where_everybody_is_at_the_end_all_are_told_alike() -> None:
    same = sample_of(position=1.0, variance=0.0, sheets=30, unseen=1.0, expected=0.318)
    found = estimated([Area(same, same)] * 12)
    assert {round(e.position, 9) for e in found} == {round(found[0].position, 9)}
    assert 0.97 < found[0].position < 1
    assert found[0].interval[0] < found[0].position < found[0].interval[1] <= 1


def test_a_census_keeps_its_value_and_moves_nobody() -> None:
    units = usual()
    known = Area(sample(0.1, 40, unseen=0.0), None)
    assert estimated([*units, known])[-1] == AreaEstimate(
        position=0.1, interval=(0.1, 0.1), rmse=0.0, share=1.0, held=False
    )
    assert estimated([*units, known])[:-1] == estimated(units)


def test_what_the_people_who_were_asked_leave_open_is_not_left() -> None:
    # Half of four people were asked: at least .5 x .3, and at most .5 more.
    found = estimated([*usual(), Area(sample(0.3, 2, unseen=0.5), sample(0.9))])[-1]
    assert 0.15 <= found.interval[0] <= found.position <= found.interval[1] == pytest.approx(0.65)


def test_few_users_lie_farther_from_the_line_and_intervals_hold_their_mean() -> None:
    """Alike units of which half of the users or more were asked: .91 without their own variance."""
    rng, held = np.random.default_rng(11), list[bool]()
    for _ in range(30):
        units, truths = list[Area](), list[float]()
        for asked, users in ((5, 7), (8, 16), (100, 200), (200, 300)) * 10:
            a, b = (3 * part for part in (0.76, 0.24))
            people = rng.beta(a, b, users)
            seen = people[:asked]
            told = sample_of(
                position=float(seen.mean()),
                variance=float(seen.var(ddof=1)),
                sheets=asked,
                unseen=1 - asked / users,
                expected=0.318,
            )
            units.append(Area(told, sample(0.76 + 0.02 * float(rng.standard_normal()), 100)))
            truths.append(float(people.mean()))
        for estimate, truth, unit in zip(estimated(units), truths, units, strict=True):
            if unit.sample.sheets < 10:
                held.append(estimate.interval[0] <= truth <= estimate.interval[1])
    assert np.mean(held) > 0.94


def test_a_unit_whose_past_is_uncertain_keeps_more_of_its_own() -> None:
    units = [Area(u.sample, sample(0.6 + 0.015 * i, 6 if i % 2 else 600)) for i, u in enumerate(usual())]
    shares = [e.share for e in estimated(units)]
    assert min(shares[1::2]) > max(shares[::2])


def test_units_without_a_past_lean_on_their_own_kind_where_they_are_ten() -> None:
    new = [Area(sample(0.3 + 0.005 * i), None) for i in range(10)]
    own_kind = estimated([*usual(), *new])[-10:]
    assert all(e.position < 0.45 for e in own_kind)
    # Nine of them lean on the level of all, which is higher; nobody with a past is moved by them.
    with_all = estimated([*usual(), *new[:9]])
    assert with_all[-1].position > own_kind[8].position
    assert [e.position for e in with_all[:-9]] == [e.position for e in estimated(usual())]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.floats(0, 0.25),
            st.integers(2, 300),
            st.floats(0.05, 1),
            st.none() | st.floats(0, 1),
        ),
        min_size=10,
        max_size=24,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_estimate_lies_on_the_scale_and_in_its_interval(
    told: list[tuple[float, float, int, float, float | None]],
) -> None:
    units = [
        Area(
            sample_of(position=m, variance=v * 4 * m * (1 - m), sheets=n, unseen=unseen, expected=0.318),
            None if past is None else sample(past, 40),
        )
        for m, v, n, unseen, past in told
    ]
    found = estimated(units, draws=20)
    for estimate in found:
        low, high = estimate.interval
        assert 0 <= low <= estimate.position + 1e-9 <= high + 2e-9 <= 1 + 3e-9
        assert 0 <= estimate.share <= 1
        assert estimate.rmse >= 0
    # In another order, the same.
    again = estimated(units[::-1], draws=20)[::-1]
    assert [e.position for e in again] == pytest.approx([e.position for e in found], abs=1e-7)


@pytest.mark.parametrize(("kind", "most"), [("drifting", 0.65), ("two groups", 0.6), ("no past", 0.8)])
def test_intervals_hold_the_truth_and_estimates_are_nearer_to_it(kind: str, most: float) -> None:
    # 900 units of provinces of 60; the standard error of .96 is .007.
    found = simulation.measure(kind, 60, 900)
    province, own = found["own"]
    everyone = simulation.kinds_of_unit(province)["all"]
    coverage, width, ratio, bias = simulation.told(province, found["estimate"][1], own, everyone)
    assert 0.935 < coverage < 0.985
    assert width < 0.9 * simulation.told(province, own, own, everyone)[1]
    assert ratio < most
    assert abs(bias) < 0.4


def test_the_error_that_is_told_is_the_one_that_happens() -> None:
    rng = np.random.default_rng(8)
    provinces = [simulation.draw("drifting", 60, rng) for _ in range(10)]
    squares, told = list[float](), list[float]()
    for province in provinces:
        for estimate, true, odd in zip(estimated(province.areas), province.true, province.odd, strict=True):
            if not odd:
                squares.append((estimate.position - true) ** 2)
                told.append(estimate.rmse**2)
    assert np.mean(told) == pytest.approx(np.mean(squares), rel=0.35)
    assert np.mean(told) > 0.95 * np.mean(squares)


def test_the_back_transform_adds_no_error_worth_naming() -> None:
    rng = np.random.default_rng(4)
    mean, variance = np.array([0.0, 1.5, 3.0]), np.array([0.3, 0.3, 0.6])
    drawn = expit(mean + variance**0.5 * rng.standard_normal((200_000, 3))).mean(axis=0)
    assert _averaged(mean, variance) == pytest.approx(drawn, abs=0.0012)


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="areas-draws"):
        small_areas(usual(), np.random.default_rng(1), draws=0)
    with pytest.raises(AnalyticsError, match="interval-level"):
        small_areas(usual(), np.random.default_rng(1), level=1.0)
