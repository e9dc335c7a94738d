"""Nobody who subtracts units and recaps from each other gets at a few people: tried by linear algebra."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure import narrowing
from analytics.disclosure.recap_narrowing import recaps_to_withhold
from analytics.disclosure.totals import Files, PublishedTotal, RecapTotal, Unit, UnitTotal
from analytics.period import Period
from tests.analytics.disclosure.lives import Batch, Imported, Mended, Record, Withdrawn, imports

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
        # Five are no small unit, so they hide no three: a1 is less than five alone.
        ([recap(a1=3, a2=5)], [True]),
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
        ([recap(a1=23, a2=30), unit("a1", 20), unit("a2", 30)], [False, False, True]),
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
        # a1 solves two recaps at once. What the second tells of b1 is known as well, and as old as it: 10,
        # before February's 10. Of the quarter's 16 so 6 came since, and February's may be 5 of them.
        (
            [
                *(recap(a1=20, a2=20), recap(a1=20, b1=10), unit("a1", 20)),
                *(unit("b1", 10, "2026-02"), unit("b1", 16)),
            ],
            [False] * 4 + [True],
        ),
        # A unit's own totals have passed `narrowing`, beside one that was not shown but said who was there:
        # one person of the quarter, between these two. Only what recaps tell is judged here.
        ([unit("a1", 5, "2026-S1"), unit("a1", 6)], [False, False]),
        # February came meanwhile and is public, nothing came to a2: one more person of a1. With a third
        # version, as below, that person's answers are worked out exactly, though nothing of a2 is known.
        (
            [recap(a1=5, a2=30), unit("a1", 10, "2026-02"), recap(a1=16, a2=30)],
            [False, False, True],
        ),
        ([recap(a1=5, a2=30), unit("a1", 10, "2026-02"), recap(a1=20, a2=30)], [False] * 3),
        # Then it is February that would tell of that person.
        ([recap(a1=5, a2=30), recap(a1=16, a2=30), unit("a1", 10, "2026-02")], [False, False, True]),
        # February was published before, so it is in both versions.
        ([unit("a1", 10, "2026-02"), recap(a1=25, a2=30), recap(a1=36, a2=30)], [False] * 3),
        # January, February and one more, in two units of which both quarters are unknown.
        (
            [
                *(unit(name, 5) for name in ("a1", "a2")),
                *(unit(name, 10, "2026-02") for name in ("a1", "a2")),
                recap(a1=16, a2=16),
            ],
            [False] * 4 + [True],
        ),
        # The other unit's month is what came to it.
        (
            [recap(a1=20, a2=30), unit("a2", 9, "2026-03"), recap(a1=22, a2=39)],
            [False, False, True],
        ),
        # The same of the province, where nothing came to agency B, and where B's recap has what did.
        (
            [
                recap(a1=5, a2=30, b1=20, b2=20),
                unit("a1", 10, "2026-02"),
                recap(a1=16, a2=30, b1=20, b2=20),
            ],
            [False, False, True],
        ),
        (
            [
                *(recap(a1=5, a2=30, b1=20, b2=20), recap(b1=20, b2=20), unit("a1", 10, "2026-02")),
                *(recap(b1=30, b2=20), recap(a1=16, a2=30, b1=30, b2=20)),
            ],
            [False] * 4 + [True],
        ),
        # The half-year has all of the first quarter, and of the second but two people of a1, with or without
        # a month that a1 has published.
        ([recap(a1=20, a2=30), recap("2026-S1", a1=22, a2=30)], [False, True]),
        (
            [recap(a1=20, a2=30), unit("a1", 10, "2026-04"), recap("2026-S1", a1=32, a2=30)],
            [False, False, True],
        ),
        # Less both of its quarters, and the month that came late to the second.
        (
            [
                *(recap(a1=20, a2=30), recap("2026-TW2", a1=20, a2=30), unit("a1", 9, "2026-05")),
                recap("2026-S1", a1=51, a2=60),
            ],
            [False, False, False, True],
        ),
        (
            [recap(a1=20, a2=30), recap("2026-TW2", a1=20, a2=30), recap("2026-S1", a1=45, a2=60)],
            [False] * 3,
        ),
        # Three late answers of a2 in both. a1 weighs as much in either recap and falls away. With five
        # more in the half-year it is left five of itself by the factor that fits, and more by any other.
        (
            [
                *(unit("a2", 5, "2026-01"), unit("a2", 5, "2026-04")),
                *(recap(a1=5, a2=8), recap("2026-S1", a1=5, a2=13)),
            ],
            [False, False, False, True],
        ),
        (
            [
                *(unit("a2", 5, "2026-01"), unit("a2", 5, "2026-04")),
                *(recap(a1=5, a2=8), recap("2026-S1", a1=10, a2=13)),
            ],
            [False] * 4,
        ),
        # Two units have other weights there, and one factor is not enough for both.
        (
            [
                *(unit("a2", 5, "2026-01"), unit("a2", 5, "2026-04")),
                *(recap(a1=20, b1=40, a2=8), recap("2026-S1", a1=20, b1=46, a2=13)),
            ],
            [False] * 4,
        ),
        # The same content again tells nothing new.
        ([recap(a1=20, a2=20), recap(a1=20, a2=20), unit("a1", 20), unit("a2", 20)], [False] * 4),
    ],
)
def test_the_later_one_that_leaves_a_few_is_withheld(
    published: list[UnitTotal | RecapTotal], withheld: list[bool]
) -> None:
    assert list(recaps_to_withhold(published, MINIMUM)) == withheld


#: Months of both quarters, and what units and recaps are published of.
MONTHS = tuple(map(Period.parse, ("2026-01", "2026-02", "2026-04")))
WHOLES = tuple(map(Period.parse, (QUARTER_NAME, "2026-TW2", "2026-S1")))


@dataclass(frozen=True)
class Publishing:
    """Of a unit, of an agency or of all."""

    units: tuple[str, ...]
    period: Period


Event = Batch | Imported | Withdrawn | Mended | Publishing

arrivals = st.builds(Batch, st.sampled_from(UNITS), st.sampled_from(MONTHS), st.integers(1, 7))
by_units = st.builds(
    Publishing, st.sampled_from([(name,) for name in UNITS]), st.sampled_from((*MONTHS, *WHOLES))
)
recaps = st.builds(Publishing, st.sampled_from((*AGENCIES.values(), UNITS)), st.sampled_from(WHOLES))
#: How many people each unit has in January to begin with, so that not all events go by to get at them.
beginnings = st.tuples(*(st.integers(0, 9) for _ in UNITS))
events = st.lists(st.one_of(arrivals, by_units, recaps), min_size=3, max_size=14)
with_files = imports(UNITS[:2], MONTHS, 7)
events_with_files = st.lists(
    st.one_of(arrivals, with_files, with_files, by_units, recaps), min_size=3, max_size=14
)


@settings(max_examples=400)
@given(beginnings, events)
def test_no_group_of_a_few_people_is_in_the_span_of_what_is_shown(
    beginning: tuple[int, ...], happened: list[Event]
) -> None:
    first = [Batch(name, MONTHS[0], n) for name, n in zip(UNITS, beginning, strict=True) if n]
    assert _few_given_away([*first, *happened]) is None


@settings(max_examples=250)
@given(beginnings, events_with_files)
def test_nor_is_one_where_files_are_withdrawn_and_come_again(
    beginning: tuple[int, ...], happened: list[Event]
) -> None:
    first = [Batch(name, MONTHS[0], n) for name, n in zip(UNITS, beginning, strict=True) if n]
    assert _few_given_away([*first, *happened]) is None


@pytest.mark.parametrize(
    "happened",
    [
        # Three versions: a2's 30 people and a1's first 5 are in all of them, so that weights are left with
        # which both fall away. What came to a1 apart from two months that it published is one person.
        [
            *(Batch("a1", MONTHS[0], 5), Batch("a2", MONTHS[0], 30), Publishing(("a1", "a2"), WHOLES[0])),
            *(Batch("a1", MONTHS[1], 10), Publishing(("a1",), MONTHS[1]), Batch("a1", MONTHS[0], 1)),
            *(Publishing(("a1", "a2"), WHOLES[0]), Batch("a1", MONTHS[1], 5), Publishing(("a1",), MONTHS[1])),
            Publishing(("a1", "a2"), WHOLES[0]),
        ],
        # a1 published what it had in the first version, and the month that came meanwhile.
        [
            *(Batch(name, MONTHS[0], 20) for name in UNITS),
            *(Publishing(("a1",), WHOLES[0]), Publishing(UNITS, WHOLES[0]), Batch("a1", MONTHS[1], 10)),
            *(Publishing(("a1",), MONTHS[1]), Batch("a1", MONTHS[0], 2), Publishing(UNITS, WHOLES[0])),
        ],
        # a1's first quarter, then the half-year with two people more.
        [
            *(Batch(name, MONTHS[0], 20) for name in UNITS),
            *(Publishing(("a1",), WHOLES[0]), Publishing(UNITS, WHOLES[0]), Batch("a1", MONTHS[2], 2)),
            Publishing(UNITS, WHOLES[2]),
        ],
        # A half-year of as many people in either quarter, but for two of a1, which has published both.
        [
            *(Batch(name, month, 20) for name in UNITS for month in (MONTHS[0], MONTHS[2])),
            *(Publishing(("a1",), WHOLES[0]), Publishing(("a1",), WHOLES[1])),
            *(Publishing(UNITS, WHOLES[0]), Publishing(UNITS, WHOLES[1]), Batch("a1", MONTHS[0], 2)),
            Publishing(UNITS, WHOLES[2]),
        ],
        # b1 alone has a second quarter. Its half-year less that and January is one person, its first
        # quarter less January as well. It is the same one, but with another weight in either recap.
        [
            *(Batch("b1", MONTHS[0], 5), Batch("b1", MONTHS[1], 1), Batch("b1", MONTHS[2], 5)),
            *(Batch("b2", MONTHS[0], 5), Publishing(("b1",), MONTHS[0])),
            *(Publishing(("b1", "b2"), period) for period in WHOLES),
        ],
        # Of b2's half-year, January and the second quarter are known, but January with five who came later.
        # So nobody is left of b2, and its half-year is told all the same once b1's is known: less the quarter
        # it is the one person of January.
        [
            *(Batch("b1", MONTHS[0], 5), Batch("b2", MONTHS[0], 1), Batch("b2", MONTHS[2], 5)),
            *(Publishing(("b1", "b2"), WHOLES[2]), Publishing(("b1", "b2"), WHOLES[1])),
            *(Batch("b2", MONTHS[0], 5), Publishing(("b2",), MONTHS[0]), Publishing(("b1",), MONTHS[0])),
        ],
        # a2's half-year less its January and April are three late answers, and so is its quarter less
        # January: they are the same three, in both recaps, and a1 weighs as much in either.
        [
            *(Batch("a1", MONTHS[0], 5), Batch("a2", MONTHS[0], 5), Batch("a2", MONTHS[2], 5)),
            *(Publishing(("a2",), MONTHS[0]), Batch("a2", MONTHS[0], 3), Publishing(("a2",), MONTHS[2])),
            *(Publishing(("a1", "a2"), WHOLES[0]), Publishing(("a1", "a2"), WHOLES[2])),
        ],
        # The same of the province, where agency B falls away by its own recap of either period.
        [
            *(Batch("a1", MONTHS[0], 5), Batch("a2", MONTHS[0], 5), Batch("a2", MONTHS[2], 5)),
            *(Batch("b1", MONTHS[0], 6), Batch("b2", MONTHS[0], 7), Batch("b2", MONTHS[2], 8)),
            *(Publishing(("a2",), MONTHS[0]), Batch("a2", MONTHS[0], 3), Publishing(("a2",), MONTHS[2])),
            *(Publishing(units, period) for units in (("b1", "b2"), UNITS) for period in WHOLES[::2]),
        ],
        # A half-year less its first version and less the second quarter, each with its own weight: one person
        # of b1, who is in the new version and the quarter, and one of b2, who is in both versions.
        [
            *(Batch("b1", MONTHS[0], 4), Batch("b2", MONTHS[0], 1), Publishing(("b1", "b2"), WHOLES[2])),
            *(Batch("b1", MONTHS[2], 1), Batch("b2", MONTHS[2], 4)),
            *(Publishing(("b1", "b2"), WHOLES[1]), Publishing(("b1", "b2"), WHOLES[2])),
        ],
        # Two quarters added up are a1's and b1's half-years, which both have published; a2's quarters are
        # known but for three who came late to the first.
        [
            *(Batch(name, month, 5) for name in ("a1", "a2", "b1") for month in (MONTHS[0], MONTHS[2])),
            *(Publishing(("a1",), WHOLES[2]), Publishing(("b1",), WHOLES[2])),
            *(Publishing(("a2",), WHOLES[0]), Publishing(("a2",), WHOLES[1]), Batch("a2", MONTHS[0], 3)),
            *(Publishing(UNITS, WHOLES[0]), Publishing(UNITS, WHOLES[1])),
        ],
    ],
)
def test_what_no_single_recap_tells_is_not_told_by_several(happened: list[Event]) -> None:
    assert _few_given_away(happened) is None


def _few_given_away(happened: Sequence[Event]) -> tuple[Batch, ...] | None:
    """Too few people whom a combination of what is shown is about alone; None where there are none.

    A batch is answered alike by all, and so one unknown. Those of a unit are a group when all count in the
    same direction, as in `narrowing`: what one person answered more than another is not counted as known.
    """
    published, rows, batches = _published(happened)
    sizes = [batch.n for batch in batches]
    few = recaps_to_withhold(published, MINIMUM)
    shown = np.array([row for row, hide in zip(rows, few, strict=True) if not hide])
    if not len(shown):
        return None
    # Rows at right angles, of which every combination of what is shown is one as well.
    _, sizes_of, rows_of = np.linalg.svd(shown, full_matrices=False)
    basis = rows_of[sizes_of > 1e-9]
    small = [i for i, n in enumerate(sizes) if n < MINIMUM]
    groups = (group for count in range(1, MINIMUM) for group in combinations(small, count))
    for group in groups:
        if sum(sizes[i] for i in group) >= MINIMUM:
            continue
        weights = _alone(basis, list(group))
        directions = {(batches[i].unit, w > 0) for i, w in zip(group, weights, strict=False)}
        if len(weights) and len(directions) == len({batches[i].unit for i in group}):
            return tuple(batches[i] for i in group)
    return None


def _alone(basis: np.ndarray, group: list[int]) -> np.ndarray:
    """With what weights the group, all of it, is in a combination of rows with nobody else; empty if in none.

    Where it is in several, fewer of it are in one of them.
    """
    others = basis.copy()
    others[:, group] = 0
    values, vectors = np.linalg.eigh(others @ others.T)
    if np.count_nonzero(values < 1e-12) != 1:
        return np.array([])
    weights: np.ndarray = vectors[:, 0] @ basis[:, group]
    return weights if (np.abs(weights) > 1e-7).all() else np.array([])


def _published(
    happened: Sequence[Event],
) -> tuple[list[UnitTotal | RecapTotal], list[np.ndarray], list[Batch]]:
    """Publications that pass alone, with their values as sums over batches of answers."""
    record = Record()
    found: list[tuple[UnitTotal | RecapTotal, list[list[int]]]] = []
    earlier: dict[str, list[PublishedTotal]] = {name: [] for name in UNITS}
    for event in happened:
        if not isinstance(event, Publishing):
            record.happen(event)
            continue
        inside = {name: record.inside(name, event.period) for name in event.units}
        people = {name: int(record.sizes[mine].sum()) for name, mine in inside.items() if mine}
        files: dict[Unit, Files] = {name: record.files_in(name, event.period) for name in people}
        if not people:
            continue
        if len(event.units) > 1:
            total = recap(str(event.period), **people)
            found.append((RecapTotal(total.period, total.people, files), list(inside.values())))
            continue
        name = event.units[0]
        earlier[name].append(PublishedTotal(event.period, people[name], files[name]))
        if not narrowing.to_withhold(earlier[name], MINIMUM)[-1]:
            found.append((UnitTotal(name, earlier[name][-1]), list(inside.values())))
    rows = [_value(record.sizes, of_units) for _, of_units in found]
    return [total for total, _ in found], rows, record.batches


def _value(sizes: np.ndarray, inside: Sequence[Sequence[int]]) -> np.ndarray:
    """A unit's value is a mean of its people's, a recap's the mean of these; as weights of all batches."""
    row = np.zeros(len(sizes))
    units = [list(mine) for mine in inside if mine]
    for mine in units:
        row[mine] = sizes[mine] / sizes[mine].sum() / len(units)
    return row
