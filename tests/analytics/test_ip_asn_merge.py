"""Units put together, and what their missing records would move: by hand, and against all staff at once."""

from __future__ import annotations

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
    merge_missing,
    merge_units,
    missing,
    unit_index,
)
from analytics.ip_asn.categories import CategoryRule
from analytics.ip_asn.employee import summed
from analytics.ip_asn.ruleset import DIMENSIONS
from tests.analytics.ip_asn_data import R2019, given_total

Scores = tuple[int | None, int | None, int | None, int | None]


def person(scores: Scores, recorded: str = "1111", status: str = "PNS", moved: bool = False) -> EmployeeScore:
    """An employee with these four scores; recorded "1011" assumes the competence."""
    dimensions = tuple(
        DimensionScore(key, None if score is None else Decimal(score), "", flag == "1" and score is not None)
        for key, score, flag in zip(DIMENSIONS, scores, recorded, strict=True)
    )
    return summed("p", "u", status, moved, dimensions, R2019, CategoryRule.ABOVE)


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


@given(st.lists(people, min_size=1, max_size=4))
def test_units_merge_to_the_index_of_all_their_staff(units: list[list[EmployeeScore]]) -> None:
    everyone = [score for unit in units for score in unit]
    assert merge_units([unit_index(unit) for unit in units], R2019) == unit_index(everyone)


@given(st.lists(people, min_size=1, max_size=4))
def test_missing_records_of_units_add_up_to_those_of_all_their_staff(
    units: list[list[EmployeeScore]],
) -> None:
    everyone = [score for unit in units for score in unit]
    apart = [missing(unit) for unit in units]
    assert tuple(merge_missing(parts) for parts in zip(*apart, strict=True)) == missing(everyone)


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


def test_what_cannot_be_merged() -> None:
    with pytest.raises(AnalyticsError, match="staff-empty"):
        merge_units([], R2019)
    with pytest.raises(AnalyticsError, match="staff-empty"):
        missing([])
    sample = unit_index([given_total(Decimal(t)) for t in (70, 80)], population=4)
    with pytest.raises(AnalyticsError, match="units-sampled"):
        merge_units([sample], R2019)
    sums: tuple[MissingSums, ...] = missing([given_total(Decimal(70))])
    with pytest.raises(AnalyticsError, match="dimensions-differ"):
        merge_missing(sums[:2])
