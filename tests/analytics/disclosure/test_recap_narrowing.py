"""Nobody who subtracts units and recaps from each other gets at a few people: tried by linear algebra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure import narrowing
from analytics.disclosure.narrowing import PublishedTotal
from analytics.disclosure.recap_narrowing import RecapTotal, Unit, UnitTotal, to_withhold
from analytics.period import Period

MINIMUM = 5
QUARTER_NAME = "2026-TW1"
QUARTER = Period.parse(QUARTER_NAME)
AGENCIES = {"A": ("a1", "a2"), "B": ("b1", "b2")}
UNITS = ("a1", "a2", "b1", "b2")


def unit(name: str, n: int, period: str = QUARTER_NAME) -> UnitTotal:
    return UnitTotal(name, PublishedTotal(Period.parse(period), n))


def recap(period: str = QUARTER_NAME, **people: int) -> RecapTotal:
    by_agency: dict[str, dict[Unit, int]] = {}
    for agency, names in AGENCIES.items():
        units: dict[Unit, int] = {name: people[name] for name in names if name in people}
        if units:
            by_agency[agency] = units
    return RecapTotal(Period.parse(period), by_agency)


@pytest.mark.parametrize(
    ("published", "withheld"),
    [
        # a1 less than five: the province less the three others would be its value, whoever publishes when.
        ([recap(a1=3, a2=20, b1=30, b2=40)], [True]),
        ([unit("a2", 20), recap(a1=3, a2=20)], [False, True]),
        # Two small ones are six people together, who cannot be told apart.
        ([unit("b1", 30), unit("b2", 40), recap(a1=3, a2=3, b1=30, b2=40)], [False] * 3),
        # Six people in agency A, which may be shown, and three in B: the province less A less b2 is b1.
        ([recap(a1=3, a2=3), recap(a1=3, a2=3, b1=3, b2=40)], [False, True]),
        # Three and three in different agencies: each agency's recap is withheld, the province's is not.
        (
            [recap(a1=3, a2=20), recap(b1=3, b2=20), recap(a1=3, a2=20, b1=3, b2=20)],
            [True, True, False],
        ),
        # a1 has published 20 and 3 more came in before the recap; everyone else has published.
        ([unit("a1", 20), unit("a2", 30), recap(a1=23, a2=30)], [False, False, True]),
        # The same with 5 more, and with another unit of which nothing is known.
        ([unit("a1", 20), unit("a2", 30), recap(a1=25, a2=30)], [False] * 3),
        ([unit("a1", 20), recap(a1=23, a2=30)], [False, False]),
        # Then it is the other unit, publishing exactly what was in the recap, that would give them away.
        ([unit("a1", 20), recap(a1=23, a2=30), unit("a2", 30)], [False, False, True]),
        ([unit("a1", 20), recap(a1=23, a2=30), unit("a2", 35)], [False] * 3),
        # The recap tells a1's value of 23 people, because a2 is known: 26 is 3 more.
        ([unit("a2", 30), recap(a1=23, a2=30), unit("a1", 26)], [False, False, True]),
        ([unit("a2", 30), recap(a1=23, a2=30), unit("a1", 28)], [False] * 3),
        # A month of a1 that was never published, by the quarter's recap: 53 less 20 less 30.
        (
            [unit("a1", 20, "2026-01"), unit("a1", 30, "2026-02"), unit("a2", 40), recap(a1=53, a2=40)],
            [False, False, False, True],
        ),
        # The second quarter by the semester less the first: 97 less 95 is what the recap would tell.
        (
            [unit("a1", 150, "2026-S1"), unit("a1", 53), recap("2026-TW2", a1=95)],
            [False, False, True],
        ),
        # The recap of a quarter tells a2's, that of the semester would tell a2's: 3 are left for the other.
        (
            [
                unit("a1", 20),
                recap(a1=20, a2=50),
                unit("a1", 40, "2026-S1"),
                recap("2026-S1", a1=40, a2=53),
            ],
            [False, False, False, True],
        ),
        # A second version in which three units have one answer more each.
        ([recap(a1=20, a2=20, b1=20, b2=20), recap(a1=21, a2=21, b1=21, b2=20)], [False, True]),
        ([recap(a1=20, a2=20, b1=20, b2=20), recap(a1=21, a2=22, b1=22, b2=20)], [False, False]),
        # The province 2 answers after agency A's recap, with agency B known.
        ([recap(a1=20, a2=20), recap(b1=9, b2=9), recap(a1=21, a2=21, b1=9, b2=9)], [False, False, True]),
        # What the recap tells of a1, once a2 is known, is as old as it: 5, before anybody of February. The
        # quarter's 16 less those and less February is one person.
        (
            [recap(a1=5, a2=30), unit("a1", 10, "2026-02"), unit("a1", 16), unit("a2", 30)],
            [False, False, False, True],
        ),
        # The same content again tells nothing new.
        ([recap(a1=20, a2=20), recap(a1=20, a2=20), unit("a1", 20), unit("a2", 20)], [False] * 4),
    ],
)
def test_the_later_one_that_leaves_a_few_is_withheld(
    published: list[UnitTotal | RecapTotal], withheld: list[bool]
) -> None:
    assert list(to_withhold(published, MINIMUM)) == withheld


#: What happens, in order: so many answers to a unit come in, or a unit, an agency or all are published.
arrivals = st.tuples(st.sampled_from(UNITS), st.integers(1, 7))
publishing = st.sampled_from([(name,) for name in UNITS] + [*AGENCIES.values(), UNITS])
events = st.lists(st.one_of(arrivals, publishing), min_size=3, max_size=14)


@settings(max_examples=400)
@given(events)
def test_no_group_of_a_few_people_is_in_the_span_of_what_is_shown(
    happened: list[tuple[str, int] | tuple[str, ...]],
) -> None:
    batches = [event for event in happened if isinstance(event[-1], int)]
    sizes = [int(n) for _, n in batches]
    published, rows = _published(happened, [str(name) for name, _ in batches], sizes)
    few = to_withhold(published, MINIMUM)
    shown = np.array([row for row, hide in zip(rows, few, strict=True) if not hide])
    if not len(shown):
        return
    rank = np.linalg.matrix_rank(shown)
    # A batch is answered alike by all, and so one unknown. A few people are given away when a combination of
    # what is shown is about them alone.
    for count in range(1, min(len(sizes), MINIMUM - 1) + 1):
        for group in combinations(range(len(sizes)), count):
            if sum(sizes[i] for i in group) < MINIMUM:
                alone = np.eye(len(sizes))[list(group)]
                assert np.linalg.matrix_rank(np.vstack([shown, alone])) == rank + count, group


def _published(
    happened: Sequence[tuple[str, int] | tuple[str, ...]], of: Sequence[str], sizes: Sequence[int]
) -> tuple[list[UnitTotal | RecapTotal], list[np.ndarray]]:
    """Publications that pass alone, with their values as sums over batches of answers."""
    found: list[UnitTotal | RecapTotal] = []
    rows: list[np.ndarray] = []
    earlier: dict[str, list[PublishedTotal]] = {name: [] for name in UNITS}
    arrived = 0
    for event in happened:
        if isinstance(event[-1], int):
            arrived += 1
            continue
        values = _values(of[:arrived], sizes)
        people = {name: sum(n for i, n in enumerate(sizes[:arrived]) if of[i] == name) for name in UNITS}
        named = [str(name) for name in event if people[str(name)]]
        if not named:
            continue
        if len(event) > 1:
            found.append(recap(QUARTER_NAME, **{name: people[name] for name in named}))
            rows.append(sum((values[name] for name in named), np.zeros(len(sizes))) / len(named))
            continue
        mine = earlier[named[0]]
        mine.append(PublishedTotal(QUARTER, people[named[0]]))
        if not narrowing.to_withhold(mine, MINIMUM)[-1]:
            found.append(UnitTotal(named[0], mine[-1]))
            rows.append(values[named[0]])
    return found, rows


def _values(of: Sequence[str], sizes: Sequence[int]) -> Mapping[str, np.ndarray]:
    """Each unit's value as a mean over the batches that have arrived."""
    found = {}
    for name in set(of):
        row = np.array([n if i < len(of) and of[i] == name else 0 for i, n in enumerate(sizes)], dtype=float)
        found[name] = row / row.sum()
    return found
