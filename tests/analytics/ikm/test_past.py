"""What earlier months of a unit lend: which months, how much, and nothing of few people."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ikm import Moments
from analytics.ikm.moderated import MOST, Past, Sample
from analytics.ikm.past import DISPERSION_STEP, WEIGHT_STEP, Month, past_of, together
from analytics.ikm.scoring import score

#: The period begins in month 100: its past are months 76 to 99, the latest of them 94 to 99.
START = 100


def month(start: int, freedom: float, dispersion: float) -> Month:
    told = Sample(position=0.7, dispersion=dispersion, freedom=freedom, sheets=99, unseen=1.0, expected=0.318)
    return Month(start=start, sample=told)


def told(*months: tuple[int, float, float]) -> tuple[float, float] | None:
    found = past_of([month(*m) for m in months], START)
    return None if found is None else (found.weight, found.dispersion)


months = st.lists(
    st.builds(month, st.integers(70, 105), st.floats(0, 40), st.floats(0, 1)), min_size=1, max_size=30
)


def test_by_hand() -> None:
    """30 at .1 and 10 at .3, none of them of the latest six: half of 40, and (3 + 3) / 40 = .15."""
    assert told((80, 30, 0.1), (81, 10, 0.3)) == (20, 0.15)


@pytest.mark.parametrize(
    ("start", "counts"), [(75, False), (76, True), (99, True), (100, False), (101, False)]
)
def test_only_the_24_months_before_count(start: int, counts: bool) -> None:
    assert told((start, 40, 0.2)) == ((20, 0.2) if counts else None)


@pytest.mark.parametrize(("start", "expected"), [(93, 0.15), (94, 0.2), (99, 0.2)])
def test_the_latest_six_count_by_themselves_where_they_show_more(start: int, expected: float) -> None:
    """20 at .1 long ago and 20 at .2: together .15. Less in the latest six lowers nothing but the mean."""
    assert told((80, 20, 0.1), (start, 20, 0.2)) == (20, expected)
    assert told((80, 20, 0.2), (start, 20, 0.1)) == (20, 0.15)


@pytest.mark.parametrize(("start", "expected"), [(96, 0.2), (97, 0.3), (99, 0.3)])
def test_so_do_the_latest_three(start: int, expected: float) -> None:
    """20 at .1 in the fifth month before and 20 at .3: together .2."""
    assert told((95, 20, 0.1), (start, 20, 0.3)) == (20, expected)


def test_latest_months_that_would_lend_nothing_alone_do_not_count_by_themselves() -> None:
    """Half of 9 is below a step of five, half of 10 is a step."""
    assert told((80, 31, 0.1), (95, 9, 0.5)) == (20, 0.19)
    assert told((80, 30, 0.1), (95, 10, 0.5)) == (20, 0.5)


@pytest.mark.parametrize(
    ("freedom", "weight"), [(10, 5), (19.9, 5), (20, 10), (119, 55), (120, 60), (125, 60), (4000, 60)]
)
def test_the_weight_is_half_in_whole_steps_of_five_and_at_most_60(freedom: float, weight: int) -> None:
    assert told((80, freedom, 0.2)) == (weight, 0.2)


def test_months_that_lend_less_than_a_step_lend_nothing() -> None:
    assert told((80, 9.9, 0.2)) is None
    assert past_of([], START) is None


@pytest.mark.parametrize(("dispersion", "said"), [(0.2, 0.2), (0.2001, 0.21), (0.2099, 0.21), (0.0, 0.0)])
def test_the_dispersion_is_rounded_up(dispersion: float, said: float) -> None:
    assert told((80, 40, dispersion)) == (20, said)


def test_a_month_of_one_sheet_counts_nothing() -> None:
    """n - 1 = 0 degrees of freedom; of all users it is a sample all the same."""
    lone = score(Moments.from_answers([[2] * 9]), population=1).sample
    assert lone is not None
    many = [month(80, 40, 0.2)]
    assert past_of([*many, *(Month(start=s, sample=lone) for s in range(81, 100))], START) == past_of(
        many, START
    )
    assert past_of([Month(start=s, sample=lone) for s in range(76, 100)], START) is None


def test_the_calibration_is_handed_on() -> None:
    found = past_of([month(80, 40, 0.2)], START, calibration=7)
    assert found == Past(weight=20, dispersion=0.2, calibration=7)


@given(months)
def test_rounding_goes_the_wide_way(drawn: Sequence[Month]) -> None:
    """Never more weight than half of what the months have, never less dispersion than they show together."""
    found = past_of(drawn, START)
    counted = [m.sample for m in drawn if 76 <= m.start <= 99]
    freedom = sum(s.freedom for s in counted)
    if found is None:
        assert freedom / 2 < WEIGHT_STEP
        return
    weight, steps = int(found.weight), round(found.dispersion / DISPERSION_STEP)
    assert (weight % WEIGHT_STEP, 0 < weight <= min(MOST, freedom / 2 + 1e-6)) == (0, True)
    assert found.dispersion == pytest.approx(steps * DISPERSION_STEP, abs=1e-12)
    together = sum(s.freedom * s.dispersion for s in counted) / freedom
    assert together - 1e-9 <= found.dispersion < max(s.dispersion for s in counted) + DISPERSION_STEP


def test_places_of_few_are_put_together_among_themselves_in_their_order() -> None:
    """Two, one and two people are five; four more wait. Six and five stand alone; nobody is left out."""
    assert together([[2], [6], [1], [0], [2], [5], [4]], 5) == [[1], [0, 2, 4], [5]]


def test_no_group_is_told_while_another_is_few() -> None:
    """Of two services: the second has one person in the second place, and four more in the fourth."""
    assert together([[9, 8], [9, 1], [9, 0], [2, 4], [9, 6]], 5) == [[0], [2], [1, 3], [4]]
    assert together([[9, 1], [9, 3]], 5) == []


@given(
    st.integers(1, 3).flatmap(
        lambda k: st.lists(st.lists(st.integers(0, 12), min_size=k, max_size=k), max_size=30)
    ),
    st.integers(1, 6),
)
def test_nothing_is_told_of_few_and_nobody_twice(counts: list[list[int]], minimum: int) -> None:
    told = together(counts, minimum)
    places = [place for block in told for place in block]
    assert len(places) == len(set(places))
    assert all(block == sorted(block) for block in told)
    assert [block[-1] for block in told] == sorted(block[-1] for block in told)
    for block in told:
        sums = [sum(column) for column in zip(*(counts[p] for p in block), strict=True)]
        assert any(sums)
        assert all(n == 0 or n >= minimum for n in sums)
    for place, groups in enumerate(counts):
        clear = any(groups) and all(n == 0 or n >= minimum for n in groups)
        assert ([place] in told) is clear
