"""Units put together, and what their missing records would move: by hand, and against all staff at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ip_asn import (
    DimensionScore,
    EmployeeScore,
    MissingSums,
    Staff,
    add_sums,
    merge_staff,
    person_sums,
    staff_index,
    staff_missing,
    unit_index,
)
from analytics.ip_asn.employee import with_total
from analytics.ip_asn.ruleset import DIMENSIONS
from tests.analytics.ip_asn.samples import R2019, counted_missing

Scores = tuple[int | None, int | None, int | None, int | None]


def person(scores: Scores, recorded: str = "1111", status: str = "PNS", moved: bool = False) -> EmployeeScore:
    """An employee with these four scores; recorded "1011" assumes the competence."""
    dimensions = tuple(
        DimensionScore(key, None if score is None else Decimal(score), "", flag == "1" and score is not None)
        for key, score, flag in zip(DIMENSIONS, scores, recorded, strict=True)
    )
    return with_total("p", "u", status, moved, dimensions, R2019)


people = st.lists(
    st.builds(
        person,
        st.tuples(*(st.none() | st.integers(0, int(maximum)) for maximum in R2019.maxima)),
        st.text("01", min_size=4, max_size=4),
        st.sampled_from(["PNS", "PPPK"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def sums_of(scores: Sequence[EmployeeScore]) -> Staff:
    """One employee after the other."""
    return merge_staff(
        {
            (s.status, s.penyetaraan): person_sums(
                [d.score for d in s.dimensions], [d.recorded for d in s.dimensions]
            )
        }
        for s in scores
    )


@given(st.lists(people, min_size=1, max_size=4))
def test_sums_of_units_give_the_index_of_all_their_staff(units: list[list[EmployeeScore]]) -> None:
    everyone = [score for unit in units for score in unit]
    assert staff_index(merge_staff(map(sums_of, units)), R2019) == unit_index(everyone)


@given(st.lists(people, min_size=1, max_size=4))
def test_missing_records_of_units_add_up_to_those_of_all_their_staff(
    units: list[list[EmployeeScore]],
) -> None:
    everyone = [score for unit in units for score in unit]
    assert staff_missing(merge_staff(map(sums_of, units)), R2019) == counted_missing(everyone)


def missing(scores: Sequence[EmployeeScore]) -> tuple[MissingSums, ...]:
    return staff_missing(sums_of(scores), R2019)


@given(people, st.integers(1, 5))
def test_staff_alike_are_one_of_them_so_many_times(scores: list[EmployeeScore], times: int) -> None:
    once = add_sums(sums_of(scores).values())
    assert once.times(times) == add_sums([once] * times)


@given(people, st.integers(0, 3), st.integers(0, 5))
def test_a_gain_is_the_index_with_the_records_filled_in_less_the_index_without(
    scores: list[EmployeeScore], i: int, score: int
) -> None:
    """Independent of the sums: every employee without a record is given the score, then the means differ."""
    filled = [_fill(s, i, score) for s in scores]
    before, after = unit_index(scores).total.exact, unit_index(filled).total.exact
    expected = None if before is None or after is None else after - before
    assert missing(scores)[i].gain(Fraction(score)) == expected


def _fill(score: EmployeeScore, i: int, value: int) -> EmployeeScore:
    values = [None if d.score is None else int(d.score) for d in score.dimensions]
    if not score.dimensions[i].recorded:
        values[i] = value
    one, two, three, four = values
    return person((one, two, three, four))


def test_training_that_was_never_entered_by_hand() -> None:
    """Totals 75, 45 and 85; two have competence 30 and 40, mean 35; the third would then stand at 80.

    Typical gain 35/3, highest gain 40/3.
    """
    scores = [person((15, 30, 25, 5)), person((15, 0, 25, 5), "1011"), person((15, 40, 25, 5))]
    competence = missing(scores)[1]
    assert (competence.key, competence.staff, competence.scored, competence.entering) == (
        "kompetensi",
        1,
        1,
        0,
    )
    assert (competence.typical, competence.typical_gain, competence.highest_gain) == (
        Fraction(35),
        Fraction(35, 3),
        Fraction(40, 3),
    )


def test_a_rating_that_is_missing_brings_its_employee_into_the_mean_by_hand() -> None:
    """One total of 75; the other has 15 + 0 + 5 = 20 and would enter with a rating of 25 at 45: mean 60."""
    rating = missing([person((15, 30, 25, 5)), person((15, 0, None, 5))])[2]
    assert (rating.staff, rating.scored, rating.entering) == (1, 0, 1)
    assert (rating.typical, rating.typical_gain) == (Fraction(25), Fraction(-15))
    assert rating.highest_gain == Fraction(75 + 50, 2) - 75


def test_two_missing_dimensions_count_in_both_and_enter_by_neither() -> None:
    found = missing([person((15, 30, 25, 5)), person((None, 30, None, 5))])
    assert [(m.staff, m.entering, m.typical_gain) for m in (found[0], found[2])] == [(1, 0, Fraction(0))] * 2


def test_without_anyone_recorded_the_typical_gain_is_undefined_and_not_zero() -> None:
    found = missing([person((15, 0, 25, 5), "1011")])[1]
    assert (found.typical, found.typical_gain, found.highest_gain) == (None, None, Fraction(40))
    assert missing([person((15, 0, None, 5))])[1].highest_gain is None


def test_without_staff_there_is_no_index() -> None:
    with pytest.raises(AnalyticsError, match="staff-empty"):
        staff_index({}, R2019)
