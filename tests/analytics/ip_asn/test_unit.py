"""IP ASN of a unit: headcount means by hand, completeness, census and sample."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import AnalyticsError
from analytics.ip_asn import score_employee, unit_index
from analytics.ip_asn.categories import category
from analytics.reason import Reason
from analytics.rounding import half_up
from tests.analytics.ip_asn.samples import R2019, R2022, employee, given_total, training


def test_unit_of_pns_and_pppk_apart_and_together() -> None:
    """Hand: PNS 80, 90 mean 85; PPPK 70; together 240/3 = 80.00; simple mean of groups 77.50."""
    scores = [given_total(Decimal(t)) for t in (80, 90)] + [given_total(Decimal(70), "PPPK")]
    unit = unit_index(scores)
    assert unit.pns is not None
    assert unit.pppk is not None
    assert (unit.pns.value, unit.pppk.value) == (Decimal("85.00"), Decimal("70.00"))
    assert (unit.total.value, unit.mean_of_groups) == (Decimal("80.00"), Decimal("77.50"))
    assert (unit.headcount, unit.pns.headcount, unit.pppk.headcount) == (3, 2, 1)
    assert unit.total.category == category(80, R2019)


def test_dimension_means_add_up_to_the_total() -> None:
    unit = unit_index([given_total(Decimal("81.5")), given_total(Decimal("33.25"))])
    assert unit.total.dimensions is not None
    assert sum(unit.total.dimensions) == unit.total.exact == Fraction("57.375")
    assert unit.total.value == Decimal("57.38")


def test_a_mean_in_a_gap_is_flagged() -> None:
    unit = unit_index([given_total(Decimal(80)), given_total(Decimal(81))])
    assert unit.total.category is not None
    assert (unit.total.category.name, unit.total.category.in_gap) == ("Tinggi", True)


def test_a_census_has_no_interval_and_says_so() -> None:
    scores = [given_total(Decimal(t)) for t in (80, 90)]
    for unit in (unit_index(scores), unit_index(scores, population=2)):
        assert (unit.total.interval, unit.total.interval_reason) == (None, Reason.CENSUS)


def test_a_sample_of_staff_has_an_interval() -> None:
    """Hand: 70, 80, 90 of 12: mean 80, s = 10, fpc 0.75, t(2) = 4.302653: half = 4.302653 x 5 = 21.513."""
    unit = unit_index([given_total(Decimal(t)) for t in (70, 80, 90)], population=12)
    assert unit.total.interval == pytest.approx((80 - 21.513264, 100), abs=1e-5)
    assert unit.total.interval_reason is None
    assert unit_index([given_total(Decimal(70))], population=12).total.interval_reason is Reason.TOO_FEW
    equal = unit_index([given_total(Decimal(70))] * 2, population=12)
    assert (equal.total.interval, equal.total.interval_reason) == (None, Reason.NO_VARIATION)


def test_staff_without_a_total_make_a_census_a_sample() -> None:
    unknown = score_employee(employee(rating=None), R2019)
    unit = unit_index([given_total(Decimal(70)), given_total(Decimal(80)), unknown], population=3)
    assert unit.total.interval is not None
    assert unit.total.n == 2


def test_with_and_without_penyetaraan() -> None:
    unit = unit_index([given_total(Decimal(65), penyetaraan=True), given_total(Decimal(85))])
    assert unit.without_penyetaraan is not None
    assert (unit.total.value, unit.without_penyetaraan.value) == (Decimal("75.00"), Decimal("85.00"))
    assert unit_index([given_total(Decimal(85))]).without_penyetaraan is None


def test_completeness_stands_beside_the_mean() -> None:
    whole = score_employee(employee(trainings=[training("seminar")]), R2019)
    bare = score_employee(employee(), R2019)
    unknown = score_employee(employee(pendidikan=None, rating=None), R2019)
    unit = unit_index([whole, bare, unknown, bare])
    assert unit.recorded == (3, 1, 3, 4)
    assert unit.completeness == (0.75, 0.25, 0.75, 1.0)
    assert (unit.total.headcount, unit.total.n) == (4, 3)
    assert (unknown.total, unknown.category) == (None, None)


def test_nobody_with_a_total_is_undefined_and_not_zero() -> None:
    unit = unit_index([score_employee(employee(rating=None), R2019)])
    assert (unit.total.value, unit.total.category, unit.total.reason) == (None, None, Reason.NOT_RECORDED)
    assert unit.mean_of_groups is None


def test_units_that_cannot_be() -> None:
    with pytest.raises(AnalyticsError, match="staff-empty"):
        unit_index([])
    mixed = [score_employee(employee(), R2019), score_employee(employee(rating="Baik"), R2022)]
    with pytest.raises(AnalyticsError, match="rulesets-mixed"):
        unit_index(mixed)
    with pytest.raises(AnalyticsError, match="population-below-n"):
        unit_index([given_total(Decimal(70))] * 3, population=2)


totals = st.lists(
    st.tuples(st.integers(0, 400).map(lambda q: Decimal(q) / 4), st.sampled_from(["PNS", "PPPK"])), min_size=1
)


@given(totals, st.integers(0, 50))
def test_the_unit_is_the_headcount_mean_and_its_interval_stays_on_the_scale(
    people: list[tuple[Decimal, str]], unseen: int
) -> None:
    unit = unit_index([given_total(t, s) for t, s in people], population=len(people) + unseen)
    exact = sum((Fraction(t) for t, _ in people), Fraction(0)) / len(people)
    assert (unit.total.exact, unit.total.value) == (exact, half_up(exact))
    parts = [g for g in (unit.pns, unit.pppk) if g is not None and g.exact is not None]
    assert sum((g.n * (g.exact or Fraction(0)) for g in parts), Fraction(0)) / len(people) == exact
    if unit.total.interval is not None:
        assert 0 <= unit.total.interval[0] <= float(exact) <= unit.total.interval[1] <= 100
