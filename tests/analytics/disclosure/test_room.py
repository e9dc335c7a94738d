"""How many people totals leave room for: never less than the truth, and by hand where little is known."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure.room import ANY, Room
from analytics.period import Period

YEAR = Period.parse("2026")
QUARTER = Period.parse("2026-TW1")
#: Instead of any number.
MANY = 1000
MONTHS = [Period.parse(f"2026-0{month}") for month in (1, 2, 3)]
PERIODS = [*MONTHS, QUARTER, *map(Period.parse, ("2026-11", "2026-TW4", "2026-S1", "2026"))]


def test_a_part_has_at_most_what_the_others_leave_and_at_least_what_they_do_not() -> None:
    """20 in January by the first total, then the quarter of 50: 30 are left for the others."""
    found = Room(QUARTER, [(MONTHS[0], 20), (QUARTER, 50), (MONTHS[1], 24)]).bounds()
    bounds = {p: (low, [min(n, MANY) for n in high]) for p, (low, high) in found.items()}
    # Nobody before the first total is published about; by then there may be any number of the others.
    assert bounds[MONTHS[0]] == ([0, 20, 20, 20], [0, 20, 50, MANY])
    assert bounds[MONTHS[1]] == ([0, 0, 0, 24], [0, 24, 24, 24])
    # By the quarter the other two can have no more than 50 less 20.
    assert bounds[MONTHS[2]] == ([0, 0, 0, 0], [0, 30, 30, MANY])
    assert bounds[QUARTER] == ([0, 20, 50, 50], [0, 50, 50, MANY])


def test_totals_contradict_each_other_where_no_people_fit_them() -> None:
    assert Room(QUARTER, [(QUARTER, 50), (QUARTER, 48)]).contradictory
    assert Room(QUARTER, [(MONTHS[0], 20), (MONTHS[1], 30), (QUARTER, 49)]).contradictory
    assert not Room(QUARTER, [(QUARTER, 49), (MONTHS[0], 20), (MONTHS[1], 30)]).contradictory


def test_limits_say_how_many_can_have_come_since_the_total_before() -> None:
    totals = [(QUARTER, 50), (QUARTER, 60)]
    some = np.array([[0, ANY, 4], [0, ANY, 6], [0, ANY, 0]])
    assert not Room(QUARTER, totals, some).contradictory
    few = np.array([[0, ANY, 4], [0, ANY, 5], [0, ANY, 0]])
    assert Room(QUARTER, totals, few).contradictory


arrivals = st.tuples(st.sampled_from([0, 1, 2, 7, 10]), st.integers(1, 30))


@settings(max_examples=60)
@given(st.lists(st.one_of(arrivals, st.sampled_from(PERIODS)), max_size=16))
def test_the_people_who_came_are_within_the_bounds(happened: list[tuple[int, int] | Period]) -> None:
    people = np.zeros(12, dtype=np.int64)
    totals, truth = [], [people.copy()]
    for event in happened:
        if isinstance(event, Period):
            totals.append((event, _in(event, people)))
            truth.append(people.copy())
        else:
            people[event[0]] += event[1]
    room = Room(YEAR, totals)
    assert not room.contradictory
    for period, (fewest, most) in room.bounds().items():
        for low, counted, high in zip(fewest, truth, most, strict=True):
            assert low <= _in(period, counted) <= high


def _in(period: Period, people: np.ndarray) -> int:
    first = period.start - YEAR.start
    return int(people[first : first + period.months].sum())
