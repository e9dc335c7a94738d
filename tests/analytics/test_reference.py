"""Every number of tests/analytics/reference/*.json, computed here and compared with R's to 1e-9.

Each topic has one function that gives the same names in the same order as its R script. A name that only one
side has is a failure, so nothing R printed goes uncompared.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.analytics.reference import HERE, Reference, answers, published, rows
from tests.analytics.reference.samples import compare, mean, strata, weighting
from tests.analytics.reference.units import ranking, trends

TOPICS: dict[str, Callable[[], Reference]] = {
    "mean": mean,
    "strata": strata,
    "compare": compare,
    "trend": trends,
    "ranking": ranking,
    "weighting": weighting,
}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_number_of_r_is_reproduced(topic: str) -> None:
    ours, theirs = TOPICS[topic](), published(topic)
    assert list(ours) == list(theirs)
    for name, expected in theirs.items():
        assert ours[name] == pytest.approx(expected, rel=1e-9, abs=0), name


def test_at_least_seven_hundred_computed_statistics_are_compared() -> None:
    """Numbers that R was merely given (data of trend.R and ranking.R) do not count."""
    given = {
        "years",
        "rising",
        "flat",
        "tied",
        "gappy_years",
        "gappy",
        "monthly",
        "lasting",
        "left",
        "values",
        "ses",
        "n",
        "many",
    }
    counts = [len(v) for topic in TOPICS for name, v in published(topic).items() if name not in given]
    assert sum(counts) >= 700


def test_the_rows_r_read_are_the_published_ones() -> None:
    """sekadau.csv repeats the 49 rows of data/published/skm.json, where their source is written."""
    cases = json.loads((HERE.parents[2] / "data/published/skm.json").read_text(encoding="utf-8"))
    sekadau = next(c for c in cases if c["agency"].startswith("Kabupaten Sekadau"))
    assert answers(rows("sekadau.csv")).tolist() == sekadau["raw_rows"]
