"""Nobody who subtracts what is shown gets at a few people: tried by an attacker who tries everything."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure import told_groups
from analytics.disclosure.narrowing import to_withhold
from analytics.disclosure.totals import AnswerFile, PublishedTotal
from analytics.period import Period
from tests.analytics.disclosure.lives import Batch, Imported, Mended, Record, Withdrawn, imports

MINIMUM = 5
MONTHS = [Period.parse(f"2026-{month:02d}") for month in range(1, 7)]
PERIODS = [*MONTHS, *map(Period.parse, ("2026-TW1", "2026-TW2", "2026-S1", "2026"))]
#: What happens, in order: answers to a month come in, a file of them does or is withdrawn, or a period is
#: published.
Event = Batch | Imported | Withdrawn | Mended | Period

arrivals = st.builds(Batch, st.just(""), st.sampled_from(MONTHS), st.integers(1, 9))
events = st.lists(st.one_of(arrivals, st.sampled_from(PERIODS)), min_size=2, max_size=14)
#: Few months and periods, so that what happens is about the same answers.
near = {"months": MONTHS[3:5], "periods": [*MONTHS[3:5], *map(Period.parse, ("2026-TW2", "2026-S1"))]}
with_files = st.lists(
    st.one_of(
        st.builds(Batch, st.just(""), st.sampled_from(near["months"]), st.integers(1, 9)),
        imports([""], near["months"], 9),
        imports([""], near["months"], 9),
        st.sampled_from(near["periods"]),
        st.sampled_from(near["periods"]),
    ),
    min_size=4,
    max_size=16,
)


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
        # A running quarter, then a month of which it had nobody, then the quarter again: 11 - 5 - 5.
        ([("2026-TW2", 5), ("2026-05", 5), ("2026-TW2", 11)], [False, False, True]),
        # The same, where the month is published last, and where it has more people than came to the quarter.
        ([("2026-TW2", 5), ("2026-TW2", 11), ("2026-05", 5)], [False, False, True]),
        ([("2026-TW2", 7), ("2026-TW2", 12), ("2026-05", 7)], [False, False, True]),
        # The first version is one of the semester: the quarter less what it had by then, less the month.
        ([("2026-S1", 5), ("2026-05", 5), ("2026-TW2", 11)], [False, False, True]),
        # The quarter less February is 8 of January, whom the semester knew already: 2 of the other quarter.
        ([("2026-S1", 10), ("2026-TW1", 28), ("2026-02", 20)], [False, False, True]),
        # A month published before the quarter is in both its versions: 12 less 10 is nobody.
        ([("2026-05", 12), ("2026-TW2", 50), ("2026-TW2", 60)], [False] * 3),
        # So it is with 8 of the month; its later 15 can hold 7 who came, and 3 of others.
        (
            [("2026-05", 8), ("2026-TW2", 50), ("2026-05", 15), ("2026-TW2", 60)],
            [False] * 3 + [True],
        ),
        # What came to the month before the first version did not come between it and the second.
        ([("2026-05", 12), ("2026-05", 20), ("2026-TW2", 50), ("2026-TW2", 60)], [False] * 4),
        # A month of 3 is hidden, and still says that the quarter had them: the month's 8 did not come later.
        ([("2026-05", 3), ("2026-TW2", 20), ("2026-TW2", 31), ("2026-05", 8)], [True] + [False] * 3),
        # Fewer than before, as if people had been taken out: by two, and by twenty.
        ([("2026-TW1", 50), ("2026-TW1", 48), ("2026-TW1", 30)], [False, True, False]),
        # Nobody at all is no group.
        ([("2026-01", 20), ("2026-TW1", 20)], [False, False]),
    ],
)
def test_the_later_one_that_leaves_a_few_is_withheld(
    published: list[tuple[str, int]], withheld: list[bool]
) -> None:
    assert list(to_withhold(totals(*published), MINIMUM)) == withheld


@pytest.mark.parametrize(
    ("published", "withheld"),
    [
        # Three were withdrawn, or twenty.
        ([("2026-TW1", 30, {"a": 3}), ("2026-TW1", 27, {})], [False, True]),
        ([("2026-TW1", 60, {"a": 20}), ("2026-TW1", 40, {})], [False, False]),
        # Then two more have come, who are not seen beside the twenty but in the version after.
        ([("2026-TW1", 60, {"a": 20}), ("2026-TW1", 42, {}), ("2026-TW1", 44, {})], [False, False, True]),
        # The mended file has one sheet more, or five.
        ([("2026-TW1", 60, {"a": 40}), ("2026-TW1", 61, {"b": 41})], [False, True]),
        ([("2026-TW1", 60, {"a": 40}), ("2026-TW1", 65, {"b": 45})], [False, False]),
        # Also where the first corrected version had none of them.
        (
            [("2026-TW1", 60, {"a": 40}), ("2026-TW1", 20, {}), ("2026-TW1", 61, {"b": 41})],
            [False, False, True],
        ),
        # And where they came again one by one.
        ([("2026-TW1", 60, {"a": 40}), ("2026-TW1", 20, {}), ("2026-TW1", 61, {})], [False, False, True]),
        # As many have come as were withdrawn: none of them can be told apart.
        ([("2026-TW1", 30, {"a": 5}), ("2026-TW1", 30, {})], [False, False]),
        # A file that nobody withdrew is like other answers.
        ([("2026-TW1", 30, {"a": 3}), ("2026-TW1", 57, {"a": 3, "b": 27})], [False, False]),
        # The month less what its file brought to the quarter: 12 - (60 - 50). Without a file the 12 would be
        # in the quarter twice, as above.
        (
            [("2026-02", 12, {"a": 10}), ("2026-TW1", 50, {}), ("2026-TW1", 60, {"b": 10})],
            [False, False, True],
        ),
        # Published while only the file was there, then without it, then with both: 93 - 40 - 50.
        (
            [("2026-TW1", 40, {"a": 40}), ("2026-TW1", 50, {}), ("2026-TW1", 93, {"b": 43})],
            [False, False, True],
        ),
    ],
)
def test_nor_are_a_few_of_a_withdrawn_file_left(
    published: list[tuple[str, int, dict[str, int]]], withheld: list[bool]
) -> None:
    """Every file is of February."""
    february = Period.parse("2026-02").start
    totals = [
        PublishedTotal(
            Period.parse(period), n, frozenset(AnswerFile(a, ((february, of),)) for a, of in files.items())
        )
        for period, n, files in published
    ]
    assert list(to_withhold(totals, MINIMUM)) == withheld


def test_a_total_of_a_month_has_nobody_of_what_a_file_has_of_another() -> None:
    """The mended file may have the same 40 of January, and one is left, whatever the first had of another."""
    january, february = (Period.parse(month).start for month in ("2026-01", "2026-02"))
    first = frozenset({AnswerFile("a", ((january, 40), (february, 9)))})
    mended = frozenset({AnswerFile("b", ((january, 41),))})
    totals = [
        PublishedTotal(Period.parse("2026-TW1"), 90, first),
        PublishedTotal(Period.parse("2026-01"), 50, first),
        PublishedTotal(Period.parse("2026-01"), 51, mended),
    ]
    assert list(to_withhold(totals, MINIMUM)) == [False, False, True]


@pytest.mark.parametrize(
    ("published", "withheld"),
    [
        # The file was of February, not of January; the right one has a sheet more, or five, or comes alone.
        ([("01", 50, "a"), ("02", 30, ""), ("01", 10, ""), ("02", 71, "b")], [False] * 3 + [True]),
        ([("01", 50, "a"), ("02", 30, ""), ("01", 10, ""), ("02", 75, "b")], [False] * 4),
        ([("01", 50, "a"), ("01", 10, ""), ("02", 41, "b")], [False, False, True]),
        # January is published again last.
        ([("01", 50, "a"), ("02", 30, ""), ("02", 71, "b"), ("01", 10, "")], [False] * 3 + [True]),
        # February got its 41 without a file, or had the file before.
        ([("01", 50, "a"), ("01", 10, ""), ("02", 41, "")], [False] * 3),
        ([("02", 41, "b"), ("01", 50, "a"), ("01", 10, "")], [False] * 3),
    ],
)
def test_nor_where_it_came_again_about_another_month(
    published: list[tuple[str, int, str]], withheld: list[bool]
) -> None:
    totals = []
    for month, n, name in published:
        period = Period.parse(f"2026-{month}")
        file = AnswerFile(name, ((period.start, 41 if name == "b" else 40),))
        totals.append(PublishedTotal(period, n, frozenset([file] if name else [])))
    assert list(to_withhold(totals, MINIMUM)) == withheld


def test_nor_do_answers_come_again_with_a_file_that_counted_beside_their_own() -> None:
    """As above, but that a total of both months counted the two files together: they are of other people."""
    january, february = (Period.parse(month).start for month in ("2026-01", "2026-02"))
    one, other = AnswerFile("a", ((january, 40),)), AnswerFile("b", ((february, 41),))
    totals = [
        PublishedTotal(Period.parse(f"2026-{period}"), n, frozenset(files))
        for period, n, files in (
            ("01", 50, {one}),
            ("TW1", 250, {one, other}),
            ("01", 10, ()),
            ("02", 41, {other}),
        )
    ]
    assert list(to_withhold(totals, MINIMUM)) == [False] * 4


def test_a_file_is_not_withdrawn_because_a_period_it_says_nothing_of_lacks_it() -> None:
    """Its answers are like all others: what is withheld is what would be without files."""
    file = AnswerFile("a", ((Period.parse("2026-02").start, 5),))
    published = [("2026-TW1", 25, {file}), ("2026-01", 26, set[AnswerFile]())]
    plain = totals(*((period, n) for period, n, _ in published))
    told = [PublishedTotal(Period.parse(period), n, frozenset(files)) for period, n, files in published]
    assert list(to_withhold(told, MINIMUM)) == list(to_withhold(plain, MINIMUM)) == [False, True]


def test_what_would_take_too_long_to_look_through_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    published = totals(("2025-01", 20), ("2025-02", 30), ("2025-TW1", 90))
    monkeypatch.setattr(told_groups, "_STEPS", 5)
    told_groups._tells_few.cache_clear()
    assert to_withhold(published, MINIMUM) == (False, False, True)
    monkeypatch.undo()
    told_groups._tells_few.cache_clear()
    assert to_withhold(published, MINIMUM) == (False, False, False)


#: Every way to add, to leave out and to subtract seven totals.
SIGNS = np.array([*product((-1, 0, 1), repeat=7)], dtype=np.int64)


@settings(max_examples=200)
@given(events)
def test_an_attacker_who_adds_and_subtracts_what_is_shown_finds_no_small_group(happened: list[Event]) -> None:
    assert _least_group(happened) >= MINIMUM


@settings(max_examples=200)
@given(with_files)
def test_nor_one_who_knows_which_answers_were_withdrawn_and_came_again(happened: list[Event]) -> None:
    assert _least_group(happened) >= MINIMUM


@pytest.mark.parametrize(
    "happened",
    [
        # Nobody of May when the quarter was published first; then 5 of May, and one more of April.
        [("2026-04", 1), ("2026-04", 4), "2026-TW2", ("2026-04", 1), ("2026-05", 5), "2026-05", "2026-TW2"],
        # The same where it was the semester.
        [("2026-04", 1), ("2026-04", 4), "2026-S1", ("2026-04", 1), ("2026-05", 5), "2026-05", "2026-TW2"],
        # What came to the semester before its first version and after its second, less the quarter of which
        # nobody came between them: 7 + (22 - 12) - 15.
        [
            *[("2026-04", 2), ("2026-02", 5), "2026-S1", ("2026-04", 5), "2026-S1", ("2026-02", 10)],
            *["2026-S1", "2026-TW1"],
        ],
    ],
)
def test_the_attacker_finds_no_small_group_where_a_part_had_nobody_before(
    happened: list[tuple[str, int] | str],
) -> None:
    events = [
        Period.parse(e) if isinstance(e, str) else Batch("", Period.parse(e[0]), e[1]) for e in happened
    ]
    assert _least_group(events) >= MINIMUM


def _least_group(happened: Sequence[Event]) -> int:
    """The smallest group of people that what is shown tells of; the minimum where there is none."""
    record, known, counted = Record(), [], []
    for event in happened:
        if isinstance(event, Period):
            known.append(record.inside("", event))
            people = int(record.sizes[known[-1]].sum())
            counted.append(PublishedTotal(event, people, record.files_in("", event)))
        else:
            record.happen(event)
    few = to_withhold(counted, MINIMUM)
    shown = record.rows([inside for inside, hide in zip(known, few, strict=True) if not hide][:7])
    if not shown.size:
        return MINIMUM
    signs = SIGNS[: 3 ** len(shown), -len(shown) :]  # the last ones change fastest
    groups = signs @ shown
    people = groups[((groups == 0) | (groups == 1)).all(axis=1)] @ record.sizes
    return int(people[people > 0].min(initial=MINIMUM))
