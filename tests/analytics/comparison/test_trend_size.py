"""How often steady series are called moving, and moving ones are: a sample of benchmarks.directions.

Nothing here stands on a formula of the product: series are drawn, judged and counted. With 1,000 series a
share of .06 has a standard error of .0075. Mann-Kendall's test for independent periods calls .12 to .19 of
these steady series rising or falling at a correlation of .5.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.directions import Course, measure

LENGTHS = [(8, False), (12, False), (24, True), (36, True)]


def share(course: Course, n: int, seasonal: bool, series: int = 400, way: str = "ours") -> float:
    return measure(course, n, seasonal, np.random.default_rng(20261130), series, [way])[0]


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.5])
@pytest.mark.parametrize(("n", "seasonal"), LENGTHS)
def test_a_steady_series_is_seldom_called_moving(n: int, seasonal: bool, correlation: float) -> None:
    """Most where it is most likely: at .5."""
    series = 1_000 if correlation == 0.5 else 400
    assert share(Course(correlation), n, seasonal, series) <= 0.06 + 3 * (0.06 * 0.94 / series) ** 0.5


@pytest.mark.parametrize(
    ("n", "seasonal", "rise", "least"),
    [
        (8, False, 4.0, 0.1),
        (8, False, 8.0, 0.5),
        (12, False, 4.0, 0.5),
        (24, True, 4.0, 0.55),
        (36, True, 4.0, 0.97),
    ],
)
def test_a_rise_is_found(n: int, seasonal: bool, rise: float, least: float) -> None:
    """By 4 or 8 times what one period varies by, from the first to the last."""
    assert share(Course(0.0, rise=rise), n, seasonal) >= least


def test_the_test_for_independent_periods_would_not_do() -> None:
    """What the sample above can see: it is no test that everything passes."""
    assert share(Course(0.5), 12, False, way="before") > 0.12
