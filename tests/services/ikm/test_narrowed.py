"""What is left in a result of few people: by hand, on either side of five."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.ikm.moments import Moments
from analytics.ikm.scoring import score
from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import PeriodResult

SHEETS = [[3] * 9, [4] * 9, [4, *[3] * 8], [2, *[4] * 8], [3, 4, *[3] * 7], [4, 4, *[3] * 7]]


def result(n: int, *, gaps: int = 0, users: int | None = 400, ignored: bool = True) -> PeriodResult:
    """`n` sheets, of which the last `gaps` leave the first unsur out."""
    sheets = np.array(SHEETS[:n]).reshape(n, 9)
    sheets[n - gaps :, 0] = 0
    moments = Moments.from_answers(sheets)
    return PeriodResult(Period.parse("2026-10"), moments, score(moments, population=users), ignored)


@pytest.mark.parametrize(("n", "why"), [(0, None), (1, Reason.FEW_PEOPLE), (4, Reason.FEW_PEOPLE), (5, None)])
def test_fewer_than_five_are_few_and_nobody_is_not(n: int, why: Reason | None) -> None:
    of_period = narrowed.period(result(n))
    assert narrowed.hidden(of_period.score) is why
    assert narrowed.people(of_period.score) == (None if why else n)
    assert of_period.moments.n == (0 if why else n)


def test_nothing_is_left_of_what_is_hidden() -> None:
    """Neither a number nor what one could be worked out from; only why."""
    for of_period in (narrowed.period(result(4)), narrowed.period(result(6), Reason.SINGLED_OUT)):
        s = of_period.score
        assert (s.n, s.population, s.exact, s.ikm, s.band, s.se, s.interval, s.interval_t) == (0, *[None] * 7)
        assert [(u.n, u.total, u.nrr) for u in s.unsur] == [(0, 0, None)] * 9
        assert (of_period.moments.n, of_period.population_ignored) == (0, False)
        assert {s.reason(field) for field in ("ikm", "interval", "unsur")} == {s.reason("ikm")}


def test_one_unsur_of_few_hides_all_unsur_and_not_the_index() -> None:
    """Four of six answered the first; the others would tell it beside the index."""
    whole = result(6, gaps=2)
    of_period = narrowed.period(whole)
    assert narrowed.unsur_hidden(of_period.score)
    assert [u.nrr for u in of_period.score.unsur] == [None] * 9
    assert (of_period.score.ikm, of_period.score.n, of_period.moments.n) == (whole.score.ikm, 6, 0)
    assert of_period.population_ignored
    assert not narrowed.unsur_hidden(narrowed.period(result(6, gaps=1)).score)


def test_what_is_hidden_keeps_its_first_reason() -> None:
    first = narrowed.period(result(6), Reason.NOT_PUBLISHED)
    assert narrowed.period(first, Reason.SINGLED_OUT) is first
    assert narrowed.hidden(narrowed.period(result(4), Reason.NOT_PUBLISHED).score) is Reason.FEW_PEOPLE
