"""The rules that judge samples: what they tell of drawn provinces, and how seldom they ring for nothing.

`python -m benchmarks.alarms` counts more of them; docs/decisions/alarms.md has its table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from numpy.random import Generator
from scipy.stats import false_discovery_control

from analytics import Period
from analytics.comparison import change
from analytics.ikm import Estimate
from benchmarks import alarms
from benchmarks.alarms import NOW, Province, province
from survey_app.services.alarms.alarm import Kind, Sure
from survey_app.services.alarms.limits import rules
from survey_app.services.alarms.rules import below_target, fell, grade
from survey_app.services.ikm.results import UnitResult

SOME = (60, 120)


def drawn(seed: int, *means: float, fall: float = 0.0) -> Province:
    return province(np.random.default_rng(seed), means, SOME, fall=fall)


def test_a_fall_is_adjusted_for_every_unit_and_both_comparisons() -> None:
    """By SciPy's function on the one-sided p-values of all."""
    units = drawn(1, *[80.0] * 6, fall=9).units
    pairs = [(u, before) for u in units for before in u.trend[:-1]]
    changes = [change(Estimate.of(before.score), Estimate.of(u.current.score)) for u, before in pairs]
    p = [(c.p or 0) / 2 if (c.value or 0) < 0 else 1 - (c.p or 0) / 2 for c in changes]
    adjusted = false_discovery_control(p)
    by_unit = {
        u.entry.unit.code: [a for a, (v, _) in zip(adjusted, pairs, strict=True) if v is u] for u in units
    }
    found = fell.falls(units)
    assert {f.unit.entry.unit.code: f.wrong for f in found} == pytest.approx(
        {f.unit.entry.unit.code: min(by_unit[f.unit.entry.unit.code]) for f in found}
    )
    assert found[0].unit is units[0]
    assert found[0].wrong < 0.001
    assert found[0].points == pytest.approx(
        float((found[0].before.score.exact or 0) - (units[0].score.exact or 0))
    )


def test_a_fall_since_another_questionnaire_or_without_a_value_is_none() -> None:
    unit = drawn(2, 80.0, fall=20).units[0]
    assert fell.falls([unit])
    assert not fell.falls([replace(unit, trend=unit.trend[-1:])])
    long_ago = replace(unit.trend[0], period=Period.parse("2020-TW1"))
    assert not fell.falls([replace(unit, trend=(long_ago, unit.current))])


def test_it_is_said_since_when_an_index_is_lower() -> None:
    units = drawn(3, 80.0, fall=9).units
    (fall,) = fell.falls(units)
    assert fell.lower_since(fall.unit, units[0].trend[0]) == NOW


def test_an_unsur_of_the_lowest_letter_is_told_with_its_odds_and_for_how_long() -> None:
    unit = drawn(4, 58.0).units[0]
    claims = grade.lowest([unit], lambda _: None, 0.2)
    worst = {e.key for e, u in zip(unit.instrument.elements, unit.score.unsur, strict=True) if u.mutu == "D"}
    assert {c.element.key for c in claims if c.element} == worst
    index = next(c for c in claims if c.element is None)
    assert (index.value, index.periods) == (unit.score.ikm, 3)
    assert index.odds > 0.99
    assert [c.odds for c in claims] == sorted((c.odds for c in claims), reverse=True)


@pytest.mark.parametrize(
    ("sheets", "surest"),
    [(9, Sure.NOT_YET), (10, Sure.FAIRLY), (19, Sure.FAIRLY), (20, Sure.ALMOST_CERTAIN)],
)
def test_of_few_answers_less_is_said_than_their_odds_would_say(sheets: int, surest: Sure) -> None:
    """A unit's page asks fewer than ten for more respondents; of ten to twenty the odds promise too much."""
    units = province(np.random.default_rng(4), (45.0, 58.0), (sheets, sheets + 1)).units
    claims = grade.lowest(units, lambda _: None, 0.2)
    assert claims[0].odds > 0.99
    told = grade.how_sure(claims, alarms.rule(Kind.GRADE), rules())
    assert told[0][1] is surest
    steps = [list(Sure).index(sure) for _, sure in told]
    assert steps == sorted(steps)


def test_few_answers_do_not_use_up_what_others_may_be_wrong_by() -> None:
    units = drawn(4, 58.0).units
    claims = grade.lowest(units, lambda _: None, 0.2)
    few = [replace(claim, sheets=12, odds=0.96) for claim in claims] * 3
    told = grade.how_sure([*few, *claims], alarms.rule(Kind.GRADE), rules())
    assert told[0] == (claims[0], Sure.ALMOST_CERTAIN)
    assert all(sure is not Sure.ALMOST_CERTAIN for claim, sure in told if claim.sheets == 12)


def test_odds_of_an_index_without_peers_are_told_in_no_number() -> None:
    (first, *_) = grade.lowest(drawn(4, 58.0).units, lambda _: None, 0.2)
    assert not first.exactly


RATES: dict[str, Callable[[Generator], tuple[Sure, ...]]] = {
    "fell": lambda rng: alarms.falls(province(rng, list(rng.normal(80, 5, 16)), SOME)),
    "grade": lambda rng: alarms.letters(province(rng, list(rng.normal(72, 4, 8)), SOME)),
    "target": lambda rng: alarms.targets(province(rng, [82.0] * 12, SOME), 82),
    "flagged": lambda rng: alarms.unusual(rng, list(rng.uniform(0.015, 0.045, 60)), SOME),
    "theme": lambda rng: alarms.themes(rng, [0.13, 0.11, *[0.04] * 6], (400, 400)),
}


@pytest.mark.parametrize("name", RATES)
def test_a_stable_province_is_seldom_told_that_something_is_almost_certain(name: str) -> None:
    """Of 12 quarters less than one is to be expected: three or more have a chance of .02."""
    rng = np.random.default_rng([20261130, len(name)])
    found = alarms.rung(lambda: RATES[name](rng), 12)
    assert found.certain <= 2


def test_what_there_is_to_find_is_found() -> None:
    rng = np.random.default_rng(20261130)
    found = alarms.cases(rng)
    for name in ("found: 20% unusual in one unit", "found: a theme from 11% to 18%"):
        assert alarms.rung(found[name], 20).certain >= 10
    assert Sure.ALMOST_CERTAIN in alarms.fall_of_first(drawn(5, *[80.0] * 20, fall=9))
    assert alarms.rule(Kind.FLAGGED).limits["times"] == 2


def test_a_target_that_is_far_is_missed_for_almost_certain() -> None:
    unit: UnitResult = drawn(6, 75.0).units[0]
    near, far = (below_target.of_unit(unit.current, Decimal(t), None) for t in ("75.5", "85"))
    assert far[0] < 0.001 < 0.05 < near[0]
    # Without peers no odds are told.
    assert (near[1], far[1]) == (None, None)
