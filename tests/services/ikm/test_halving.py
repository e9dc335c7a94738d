"""Answers that would halve an interval: checked by a sample that has them."""

from __future__ import annotations

import pytest

from analytics.ikm import Moments, Sample, score
from survey_app.services.ikm.halving import answers_to_halve

#: Indices of all kinds; the more, the closer to a large sample.
SHEETS = [(3,) * 9, (4,) * 9, (2,) * 9, (3, 4) * 4 + (3,)]


def told(times: int, population: int | None = None) -> tuple[Sample, float]:
    """The sample of the sheets so many times over, and how wide its interval is, in points."""
    found = score(Moments.from_answers(SHEETS * times), population=population)
    assert found.sample is not None
    assert found.interval is not None
    return found.sample, found.interval[1] - found.interval[0]


@pytest.mark.parametrize("times", [1, 3, 25])
@pytest.mark.parametrize("population", [None, 400])
def test_a_sample_with_so_many_more_is_half_as_wide(times: int, population: int | None) -> None:
    """The real thing: the sheets are there as often as it takes, and their interval is computed."""
    sample, width = told(times, population)
    more = answers_to_halve(sample, 4 * times)
    assert more is not None
    enough = told(times + -(-more // 4), population)[1]
    not_yet = told(times + more // 4 - 1, population)[1]
    assert enough <= width / 2 * 1.02
    assert not_yet > width / 2


def test_four_times_a_large_sample_halve_it_and_fewer_where_users_are_known() -> None:
    """The square root of n: 300 more than 100. Of 400 users it takes 100 x 4 / (1 + 3 x 100/400) - 100."""
    assert answers_to_halve(told(25)[0], 100) == pytest.approx(300, abs=12)
    assert answers_to_halve(told(25, 400)[0], 100) == pytest.approx(400 / 1.75 - 100, abs=8)


def test_nothing_halves_what_has_no_width() -> None:
    assert answers_to_halve(told(25, 100)[0], 100) is None
