"""Nothing computes with NaN or infinity: what takes a float refuses them with a code."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from analytics import AnalyticsError
from analytics.comparison.ahead import ahead
from analytics.comparison.beside_mean import beside_mean
from analytics.comparison.cells import stand_out
from analytics.comparison.compare import Difference, adjust_p, benjamini_hochberg, change, difference, holm
from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.funnel import funnel, funnel_limits
from analytics.comparison.laney import false_alarm_rate, laney
from analytics.comparison.limits import angles, around
from analytics.comparison.linking import fit
from analytics.comparison.persistence import persistence
from analytics.comparison.rank_sets import (
    clearly_above,
    indistinguishable_groups,
    level_of_pairs,
    rank_sets,
)
from analytics.comparison.ranking import rank_intervals, shrink
from analytics.comparison.series import Point, Series
from analytics.comparison.shares import shares_above
from analytics.comparison.small_areas import small_areas
from analytics.comparison.trend import seasonal_trend, trend
from analytics.finite import require_finite
from analytics.formulas import FORMULAS
from analytics.ikm import Moments
from analytics.ikm.bands import classify
from analytics.ikm.correlation import bonett_wright_interval, critical_r, fisher_interval
from analytics.ikm.estimate import Estimate, estimate, satterthwaite
from analytics.ikm.intervals import logit_t, plain_t
from analytics.ikm.jackknife import jackknife_interval
from analytics.ikm.moderated import Past, Sample, expected_dispersion, sample_of
from analytics.ikm.odds import odds
from analytics.ikm.omega import minres
from analytics.ikm.polychoric import polychoric
from analytics.ikm.scoring import score
from analytics.ikm.sheets import Sheets, pooled_shape
from analytics.ikm.target import against_target, chance_of_target
from analytics.ikm.weights import normalised_weights
from analytics.ikm.what_if import what_if
from analytics.ip_asn.categories import category
from analytics.ip_asn.employee import given_scores
from analytics.ip_asn.link import kompetensi_kinerja, link, pearson
from analytics.ip_asn.scoring import rated
from analytics.period import Period
from analytics.rounding import half_up
from analytics.sampling.raking import Margin, rake
from analytics.sampling.size import half_width, krejcie_morgan
from analytics.sampling.ways import compare_ways
from tests.analytics.ip_asn.samples import R2019

CaseOf = Callable[[Any], object]

TWO = [80.0, 81.0]
SHAPE = np.array([0.5, 0.5])
ONES = np.ones(3, dtype=np.int64)
FOUR = [80.0, 81.0, 82.0, 83.0]
ESTIMATE = Estimate(exact=Fraction(80), se=1.0, df=9.0, interval=(78.0, 82.0))
RESULT = score(Moments.from_answers([[4, 3], [3, 3]]))


def series(value: Any) -> Series:
    return Series(tuple(Point(Period(24240 + i, 1), v) for i, v in enumerate([*FOUR, value])))


def chart(**changed: Any) -> object:
    sheets = [Sheets(9, changed.get("squares", 90.0), (0, 9))] * 4
    points = series(84.0).points[:4]
    return laney(
        Series(points),
        sheets,
        rng(),
        expected=changed.get("expected", 0.3),
        multiplier=changed.get("multiplier", 3.0),
        draws=2,
    )


def raked(**changed: Any) -> object:
    sizes = {name: changed.pop(name, 50.0) for name in ("yes", "no", "nobody")}
    return rake([[4, 3], [3, 3], [2, 4], [1, 1]], [Margin("m", ["yes", "no"] * 2, sizes)], **changed)


def sampled(**changed: Any) -> Sample:
    return sample_of(
        **{"position": 0.8, "variance": 0.02, "sheets": 9, "unseen": 1.0, "expected": 0.3} | changed
    )


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def array(bad: Any) -> np.ndarray:
    return np.array([1.0, 2.0, float(bad)])


#: By formula: calls with a number that may not pass, one for each place where one can stand.
CASES: dict[str, Sequence[CaseOf]] = {
    "analytics.ikm.bands.classify": [lambda b: classify(Decimal(b))],
    "analytics.ikm.moderated.expected_dispersion": [lambda b: expected_dispersion((Fraction(1),), b)],
    "analytics.ikm.moderated.sample_of": [
        lambda b: sampled(position=b),
        lambda b: sampled(variance=b),
        lambda b: sampled(sheets=b),
        lambda b: sampled(unseen=b),
        lambda b: sampled(expected=b),
    ],
    "analytics.ikm.intervals.logit_t": [
        lambda b: logit_t(b, 1, 9),
        lambda b: logit_t(80, b, 9),
        lambda b: logit_t(80, 1, 9, low=b),
        lambda b: logit_t(80, 1, 9, high=b),
        lambda b: logit_t(80, 1, 9, level=b),
        lambda b: logit_t(80, 1, -abs(b)),
    ],
    "analytics.ikm.intervals.plain_t": [
        lambda b: plain_t(b, 1, 9),
        lambda b: plain_t(80, b, 9),
        lambda b: plain_t(80, 1, 9, low=b),
        lambda b: plain_t(80, 1, 9, high=b),
        lambda b: plain_t(80, 1, 9, level=b),
        lambda b: plain_t(80, 1, -abs(b)),
    ],
    "analytics.rounding.half_up": [half_up],
    "analytics.ikm.estimate.satterthwaite": [
        lambda b: satterthwaite([(4.0, 9.0), (b, 9.0)]),
        lambda b: satterthwaite([(4.0, 9.0), (1.0, -abs(b))]),
    ],
    "analytics.sampling.raking.rake": [
        lambda b: raked(yes=b),
        lambda b: raked(nobody=b),
        lambda b: raked(tolerance=b),
        lambda b: raked(max_iterations=b),
    ],
    "analytics.sampling.ways.compare_ways": [lambda b: compare_ways(array(b), ONES, ONES, ONES, 0)],
    "analytics.ikm.odds.odds": [
        lambda b: odds(replace(ESTIMATE, se=b)),
        lambda b: odds(replace(ESTIMATE, df=b)),
        lambda b: odds(replace(ESTIMATE, low=b)),
    ],
    "analytics.comparison.compare.difference": [
        lambda b: difference(replace(ESTIMATE, se=b), ESTIMATE),
        lambda b: difference(ESTIMATE, replace(ESTIMATE, se=b)),
        lambda b: difference(ESTIMATE, replace(ESTIMATE, df=b)),
        lambda b: difference(replace(ESTIMATE, high=b), replace(ESTIMATE, high=b)),
    ],
    "analytics.comparison.compare.change": [
        lambda b: change(replace(ESTIMATE, se=b), ESTIMATE),
        lambda b: change(ESTIMATE, replace(ESTIMATE, df=b)),
        lambda b: change(replace(ESTIMATE, high=b), replace(ESTIMATE, high=b)),
    ],
    "analytics.comparison.compare.holm": [lambda b: holm([0.1, b])],
    "analytics.comparison.compare.benjamini_hochberg": [lambda b: benjamini_hochberg([0.1, b])],
    "analytics.comparison.ranking.shrink": [
        lambda b: shrink([80.0, b], [1.0, 1.0]),
        lambda b: shrink(TWO, [1.0, b]),
    ],
    "analytics.comparison.dispersion.pooled_ses": [
        lambda b: pooled_ses([80.0, b], [1.0, 1.0], [9, 9]),
        lambda b: pooled_ses(TWO, [1.0, b], [9, 9]),
        lambda b: pooled_ses(TWO, [1.0, 1.0], [9, b]),
    ],
    "analytics.comparison.ranking.rank_intervals": [
        lambda b: rank_intervals([80.0, b], [1.0, 1.0], rng(), draws=9),
        lambda b: rank_intervals(TWO, [1.0, b], rng(), draws=9),
        lambda b: rank_intervals(TWO, [1.0, 1.0], rng(), draws=b),
        lambda b: rank_intervals(TWO, [1.0, 1.0], rng(), draws=9, level=b),
    ],
    "analytics.comparison.rank_sets.clearly_above": [
        lambda b: clearly_above([ESTIMATE, replace(ESTIMATE, se=b)]),
        lambda b: clearly_above([ESTIMATE, replace(ESTIMATE, df=b)]),
        lambda b: clearly_above([ESTIMATE, ESTIMATE], level=b),
    ],
    "analytics.comparison.rank_sets.rank_sets": [
        lambda b: rank_sets([ESTIMATE, replace(ESTIMATE, se=b)]),
        lambda b: rank_sets([ESTIMATE, replace(ESTIMATE, df=b)]),
        lambda b: rank_sets([ESTIMATE, ESTIMATE], level=b),
    ],
    "analytics.comparison.rank_sets.indistinguishable_groups": [
        lambda b: indistinguishable_groups([ESTIMATE, replace(ESTIMATE, se=b)]),
        lambda b: indistinguishable_groups([ESTIMATE, replace(ESTIMATE, df=b)]),
        lambda b: indistinguishable_groups([ESTIMATE, ESTIMATE], level=b),
    ],
    "analytics.comparison.rank_sets.level_of_pairs": [
        lambda b: level_of_pairs(b),
        lambda b: level_of_pairs(3, b),
    ],
    "analytics.comparison.funnel.funnel": [
        lambda b: funnel([80.0, b], [1.0, 1.0], [9, 9]),
        lambda b: funnel(TWO, [1.0, b], [9, 9]),
    ],
    "analytics.comparison.funnel.funnel_limits": [
        lambda b: funnel_limits(b, 9, 9, 0.95),
        lambda b: funnel_limits(80, b, 9, 0.95),
        lambda b: funnel_limits(80, 9, b, 0.95),
        lambda b: funnel_limits(80, 9, 9, b),
    ],
    "analytics.comparison.trend.trend": [lambda b: trend(series(b))],
    "analytics.comparison.trend.seasonal_trend": [lambda b: seasonal_trend(series(b))],
    "analytics.comparison.persistence.persistence": [
        lambda b: persistence(tuple(range(7)), (*FOUR, 80.0, 81.0, b), None)
    ],
    "analytics.comparison.laney.laney": [
        lambda b: chart(squares=b),
        lambda b: chart(multiplier=b),
        lambda b: chart(expected=b),
    ],
    "analytics.comparison.limits.angles": [
        lambda b: angles(np.array([0.5, b]), np.array([9.0, 9.0])),
        lambda b: angles(np.array([0.5, 0.5]), np.array([9.0, b])),
    ],
    "analytics.comparison.limits.around": [
        lambda b: around(np.array([b]), np.array([9.0]), np.array([3.0])),
        lambda b: around(np.array([0.5]), np.array([b]), np.array([3.0])),
        lambda b: around(np.array([0.5]), np.array([9.0]), np.array([b])),
    ],
    "analytics.comparison.linking.fit": [
        lambda b: fit(np.array([[0.1, 0.2, b]]), np.ones(3), None),
        lambda b: fit(np.zeros((1, 3)), np.array([1.0, 1.0, b]), None),
        lambda b: fit(np.zeros((1, 3)), np.ones(3), np.array([0.0, 1.0, b])),
    ],
    "analytics.comparison.shares.shares_above": [lambda b: shares_above([], b)],
    "analytics.comparison.ahead.ahead": [
        lambda b: ahead(ESTIMATE, [ESTIMATE], level=b),
        lambda b: ahead(replace(ESTIMATE, se=b), [ESTIMATE]),
        lambda b: ahead(ESTIMATE, [replace(ESTIMATE, se=b)]),
    ],
    "analytics.comparison.beside_mean.beside_mean": [
        lambda b: beside_mean([], estimate(80, 1, 9), 3, level=b),
    ],
    "analytics.comparison.cells.stand_out": [
        lambda b: stand_out(np.array([1.0, b]), np.array([0, 1]), rng(), least=1),
    ],
    "analytics.comparison.small_areas.small_areas": [lambda b: small_areas([], rng(), level=b)],
    "analytics.comparison.laney.false_alarm_rate": [
        lambda b: false_alarm_rate([9, 9, 9], np.array([0.5, b]), rng(), expected=0.3, draws=2),
        lambda b: false_alarm_rate([9, 9, 9], SHAPE, rng(), expected=0.3, draws=2, multiplier=b),
        lambda b: false_alarm_rate([9, 9, 9], SHAPE, rng(), expected=b, draws=2),
    ],
    "analytics.ikm.sheets.pooled_shape": [
        lambda b: pooled_shape([Sheets(9, 90.0, (0, 9))], b, 9.0),
        lambda b: pooled_shape([Sheets(9, 90.0, (0, 9))], 80.0, b),
    ],
    "analytics.ikm.correlation.critical_r": [lambda b: critical_r(9, b)],
    "analytics.ikm.correlation.fisher_interval": [
        lambda b: fisher_interval(b, 9),
        lambda b: fisher_interval(0.5, 9, b),
    ],
    "analytics.ikm.correlation.bonett_wright_interval": [
        lambda b: bonett_wright_interval(b, 9),
        lambda b: bonett_wright_interval(0.5, 9, b),
    ],
    "analytics.ikm.what_if.what_if": [lambda b: what_if(RESULT, {0: b})],
    "analytics.ip_asn.employee.given_scores": [
        lambda b: given_scores("p", "u", "PNS", {"kinerja": b}, R2019)
    ],
    "analytics.ip_asn.categories.category": [lambda b: category(b, R2019)],
    "analytics.ip_asn.scoring.rated": [lambda b: rated(b, R2019)],
    "analytics.ip_asn.link.link": [
        lambda b: link({"total": [*FOUR, b]}, [*FOUR, 84.0], [1.0] * 5),
        lambda b: link({"total": [*FOUR, 84.0]}, [*FOUR, b], [1.0] * 5),
        lambda b: link({"total": [*FOUR, 84.0]}, [*FOUR, 84.0], [*FOUR, b]),
    ],
    "analytics.ip_asn.link.pearson": [
        lambda b: pearson(array(b), array(3)),
        lambda b: pearson(array(3), array(b)),
    ],
    "analytics.ip_asn.link.kompetensi_kinerja": [
        lambda b: kompetensi_kinerja([*FOUR, b], [*FOUR, 84.0], R2019),
        lambda b: kompetensi_kinerja([*FOUR, 84.0], [*FOUR, b], R2019),
    ],
}
#: Not formulas of their own, or of whole numbers, which a caller without types can get wrong all the same.
MORE: dict[str, Sequence[CaseOf]] = {
    "adjust_p": [lambda b: adjust_p([Difference(value=1.0, se=1.0, df=9.0, interval=None, t=1.0, p=b)])],
    "against_target": [
        lambda b: against_target(Decimal(b), (78.0, 82.0), Decimal(80)),
        lambda b: against_target(Decimal(80), (78.0, b), Decimal(80)),
        lambda b: against_target(Decimal(80), (78.0, 82.0), Decimal(b)),
    ],
    "chance_of_target": [
        lambda b: chance_of_target(ESTIMATE, Decimal(b)),
        lambda b: chance_of_target(replace(ESTIMATE, se=b), Decimal(80)),
    ],
    "estimate": [
        lambda b: estimate(b, 1, 9),
        lambda b: estimate(80, b, 9),
        lambda b: estimate(80, 0, None, low=b),
        lambda b: estimate(80, 0, None, high=b),
        lambda b: estimate(80, 1, -abs(b)),
    ],
    "half_width": [lambda b: half_width(b, 9), lambda b: half_width(90, b)],
    "krejcie_morgan": [krejcie_morgan],
    "moderated.Past": [
        lambda b: Past(weight=b, dispersion=0.3),
        lambda b: Past(weight=5, dispersion=b),
    ],
    "moderated.Sample": [
        lambda b: replace(sampled(), dispersion=b),
        lambda b: replace(sampled(), freedom=b),
        lambda b: sampled().interval(b),
    ],
    "normalised_weights": [
        lambda b: normalised_weights([1.0, b], 2),
        lambda b: normalised_weights([1.0, Decimal(b)], 2),
        lambda b: normalised_weights(["1", str(b)], 2),
    ],
    "point": [lambda b: Point(Period(24240, 1), 80.0, b)],
}
CASES |= {
    "analytics.ikm.jackknife.jackknife_interval": [
        lambda b: jackknife_interval(b, np.array([0.5, 0.4])),
        lambda b: jackknife_interval(0.5, np.array([0.5, b])),
    ],
    "analytics.ikm.omega.minres": [
        lambda b: minres(np.full((1, 3, 3), b)),
        lambda b: minres(np.ones((1, 3, 3)), np.array([[b, 1.0, 1.0]])),
    ],
    "analytics.ikm.polychoric.polychoric": [
        lambda b: polychoric(np.array([[[b, 1.0], [1.0, 1.0]]])),
        lambda b: polychoric(np.ones((1, 2, 2)), np.array([b])),
    ],
}
#: Annotations of what can hold a number that is none.
FLOATS = ("float", "Decimal", "Number", "FloatArray", "Series", "Estimate")
#: Of sums, which are whole numbers, or of weights, which `analytics.ikm.scoring` reads.
ELSEWHERE = {"analytics.ikm.reliability.item_rest"}


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", [*CASES, *MORE])
def test_what_is_no_number_is_refused_with_a_code(name: str, bad: float) -> None:
    for number, compute in enumerate((CASES | MORE)[name]):
        with pytest.raises(AnalyticsError) as error:
            print(number, compute(bad))
        assert error.value.code


def test_no_formula_that_takes_a_float_is_left_out() -> None:
    takes_floats = set()
    for path in {formula.function for formula in FORMULAS}:
        module, name = path.rsplit(".", 1)
        parameters = inspect.signature(getattr(import_module(module), name)).parameters.values()
        if any(kind in str(p.annotation) for p in parameters for kind in FLOATS):
            takes_floats.add(path)
    assert takes_floats - ELSEWHERE <= set(CASES)


def test_the_error_names_what_and_where() -> None:
    require_finite(a=1, b=Fraction(1, 3), c=Decimal("0.1"), d=[1.0, None, 10**400], e=None, f=np.ones(3))
    with pytest.raises(AnalyticsError, match=r"not-finite: got .b nan., expected finite numbers\. Leave out"):
        require_finite(a=[1.0], b=[1.0, None, math.nan, math.inf])
    for wrong in (math.inf, Decimal("nan"), np.array([[1.0], [np.inf]])):
        with pytest.raises(AnalyticsError, match="not-finite"):
            require_finite(value=wrong)


def test_weights_are_the_decimals_that_they_are_written_as() -> None:
    """A half as numpy, Python and text write it; a text that is no number is refused."""
    for half in (np.float64(0.5), 0.5, Decimal("0.5"), "0.5", "1/2"):
        assert normalised_weights([half, 1.5], 2) == (Fraction(1, 4), Fraction(3, 4))
    for wrong in ("dua", "", "1/0"):
        with pytest.raises(AnalyticsError, match=r"^weights-value"):
            normalised_weights(["1", wrong], 2)
