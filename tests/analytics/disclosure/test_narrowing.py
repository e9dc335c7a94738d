"""Nobody who subtracts what is shown gets at a few people: tried by an attacker who tries everything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure.narrowing import PublishedTotal, to_withhold, worked_out
from analytics.period import Period

MINIMUM = 5
MONTHS = [Period.parse(f"2026-{month:02d}") for month in range(1, 7)]
PERIODS = [*MONTHS, *map(Period.parse, ("2026-TW1", "2026-TW2", "2026-S1"))]
#: What happens, in order: so many answers to a month come in, or a period is published.
Event = tuple[Period, int] | Period

arrivals = st.tuples(st.sampled_from(MONTHS), st.integers(1, 9))
events = st.lists(st.one_of(arrivals, st.sampled_from(PERIODS)), min_size=2, max_size=14)


def totals(*published: tuple[str, int]) -> list[PublishedTotal]:
    return [PublishedTotal(Period.parse(period), n) for period, n in published]


@pytest.mark.parametrize(
    ("published", "withheld"),
    [
        # The quarter less two of its months is the third one: 3 people, or 5.
        ([("2026-01", 20), ("2026-02", 30), ("2026-TW1", 53)], [False, False, True]),
        ([("2026-01", 20), ("2026-02", 30), ("2026-TW1", 55)], [False, False, False]),
        # Published the other way round it is the last month that gives it away.
        ([("2026-TW1", 53), ("2026-01", 20), ("2026-02", 30)], [False, False, True]),
        # A second version with 4 late answers, and a third with 5.
        ([("2026-TW1", 50), ("2026-TW1", 54), ("2026-TW1", 55)], [False, True, False]),
        # The month published after its quarter has 2 late answers more than the quarter knew.
        ([("2026-02", 20), ("2026-03", 30), ("2026-TW1", 60), ("2026-01", 12)], [False] * 3 + [True]),
        # Of 8 late answers in the semester 6 are the quarter's: 2 are left.
        ([("2026-S1", 99), ("2026-TW1", 40), ("2026-S1", 107), ("2026-TW1", 46)], [False] * 3 + [True]),
        # A small month is hidden by itself, and the quarter would give it away.
        ([("2026-01", 3), ("2026-02", 30), ("2026-03", 30), ("2026-TW1", 63)], [True, False, False, True]),
        # Four are a few, five are not.
        ([("2026-01", 4), ("2026-02", 5)], [True, False]),
        # Nobody at all is no group.
        ([("2026-01", 20), ("2026-TW1", 20)], [False, False]),
    ],
)
def test_the_later_one_that_leaves_a_few_is_withheld(
    published: list[tuple[str, int]], withheld: list[bool]
) -> None:
    assert list(to_withhold(totals(*published), MINIMUM)) == withheld


@pytest.mark.parametrize(
    ("published", "period", "known"),
    [
        # Of nothing published only that there may have been nobody.
        ([], "2026-02", {0}),
        # Every version of the period itself.
        ([("2026-TW1", 50), ("2026-TW1", 54), ("2025-TW1", 40)], "2026-TW1", {0, 50, 54}),
        # Parts of it, alone and together; what lies elsewhere says nothing.
        ([("2026-01", 20), ("2026-02", 30), ("2026-04", 7)], "2026-TW1", {0, 20, 30, 50}),
        # The quarter, and the quarter less either version of another of its months.
        ([("2026-TW1", 53), ("2026-01", 20), ("2026-01", 22)], "2026-02", {0, 53, 33, 31}),
        # The semester less its other quarter, less another month of this one.
        ([("2026-S1", 120), ("2026-TW2", 60), ("2026-01", 20)], "2026-02", {0, 120, 100, 60, 40}),
        # The months of the other quarter stand for it where it was not published.
        ([("2026-S1", 120), ("2026-05", 9)], "2026-TW1", {0, 120, 111}),
        # The period, its part, and what a longer one leaves of it.
        (
            [("2026-TW1", 50), ("2026-03", 6), ("2026-S1", 99), ("2026-TW2", 45)],
            "2026-TW1",
            {0, 6, 50, 99, 54},
        ),
    ],
)
def test_what_is_known_of_a_total_is_all_that_can_be_added_and_subtracted(
    published: list[tuple[str, int]], period: str, known: set[int]
) -> None:
    assert worked_out(totals(*published), Period.parse(period)) == known


@settings(max_examples=300)
@given(events)
def test_an_attacker_who_adds_and_subtracts_what_is_shown_finds_no_small_group(happened: list[Event]) -> None:
    batches = [event for event in happened if not isinstance(event, Period)]
    sizes = np.array([n for _, n in batches], dtype=np.int64)
    known = _published(happened, [month for month, _ in batches])
    counted = [PublishedTotal(period, int(rows @ sizes)) for period, rows in known]
    few = to_withhold(counted, MINIMUM)
    shown = [rows for (_, rows), hide in zip(known, few, strict=True) if not hide][:7]
    for signs in product((-1, 0, 1), repeat=len(shown)):
        group = sum((sign * rows for sign, rows in zip(signs, shown, strict=True)), np.zeros_like(sizes))
        if group.any() and np.isin(group, (0, 1)).all():
            assert int(group @ sizes) >= MINIMUM


def _published(happened: Sequence[Event], months: Sequence[Period]) -> list[tuple[Period, np.ndarray]]:
    """Each published period with the batches of answers in it, as zeros and ones."""
    found, arrived = [], 0
    for event in happened:
        if isinstance(event, Period):
            inside = [
                i < arrived and event.start <= month.start < event.start + event.months
                for i, month in enumerate(months)
            ]
            found.append((event, np.array(inside, dtype=np.int64)))
        else:
            arrived += 1
    return found
