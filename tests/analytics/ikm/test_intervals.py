"""Intervals of a value with a standard error: within the scale, and around the value."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ikm.estimate import satterthwaite
from analytics.ikm.intervals import logit_t, plain_t


@given(st.floats(25, 100), st.floats(0, 40), st.floats(1, 500))
def test_every_interval_holds_its_value_and_stays_on_the_scale(value: float, se: float, df: float) -> None:
    for low, high in (logit_t(value, se, df), plain_t(value, se, df)):
        assert 25 <= low <= value + 1e-9
        assert value - 1e-9 <= high <= 100


def test_the_logit_is_symmetrical_about_the_middle_of_the_scale() -> None:
    low, high = logit_t(62.5, 3.0, 10)
    assert low + high == pytest.approx(125.0)


def test_a_value_off_the_scale_is_refused() -> None:
    with pytest.raises(AnalyticsError, match="interval-value"):
        logit_t(101.0, 1.0, 5)


def test_infinite_degrees_of_freedom_are_the_normal_distribution() -> None:
    assert logit_t(80, 1, math.inf) == pytest.approx(logit_t(80, 1, 1e9), abs=1e-6)


def test_known_variances_have_infinite_degrees_of_freedom() -> None:
    """(4 + 1)^2 / (4^2/9 + 0) by hand."""
    assert satterthwaite([(4.0, 9.0), (1.0, math.inf)]) == pytest.approx(225 / 16)
    assert satterthwaite([(4.0, math.inf)]) == math.inf
    with pytest.raises(AnalyticsError, match=r"^interval-df"):
        satterthwaite([(4.0, 0.0)])
