"""How far a mean answer is from each better letter."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.ikm import SKM_2017, classify, steps_up
from analytics.rounding import half_up


def test_the_laboratory_of_the_demonstration_needs_003_and_049() -> None:
    """490 of 190 answers: NRR 2.579, D. C begins at 65/25 = 2.600, B at 76.61/25 = 3.0644."""
    steps = steps_up(Fraction(490, 190), 190, 4)
    assert [(s.target.mutu, float(s.limit), s.told) for s in steps] == [
        ("C", 2.6, Fraction(3, 100)),
        ("B", 3.0644, Fraction(49, 100)),
        ("A", 3.5324, Fraction(96, 100)),
    ]
    # 494 of 190 are 65.00; 493 are 64.87.
    assert steps[0].sheets == 4


@given(st.integers(1, 400), st.data())
def test_what_is_told_suffices_and_no_less_does(n: int, data: st.DataObject) -> None:
    total = data.draw(st.integers(n, 4 * n))
    nrr = Fraction(total, n)
    for step in steps_up(nrr, n, 4):
        assert step.rise > 0
        assert step.rise <= step.told < step.rise + Fraction(1, 100)
        assert _letter(nrr + step.told) in _at_least(step.target.mutu)
        assert _letter(nrr + step.told - Fraction(1, 100)) not in _at_least(step.target.mutu)
        assert _letter(Fraction(total + step.sheets, n)) in _at_least(step.target.mutu)
        assert _letter(Fraction(total + step.sheets - 1, n)) not in _at_least(step.target.mutu)


def _letter(nrr: Fraction) -> str:
    return classify(half_up(min(Fraction(4), nrr) * 25), SKM_2017).mutu


def _at_least(mutu: str) -> str:
    return "ABCD"[: "ABCD".index(mutu) + 1]


def test_the_best_letter_has_no_step_and_another_scale_is_refused() -> None:
    assert steps_up(Fraction(4), 3, 4) == ()
    with pytest.raises(AnalyticsError, match="bands-of-another-scale"):
        steps_up(Fraction(3), 3, 5)
