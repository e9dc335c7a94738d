"""An agency is the mean of its measured units, says how many those are, and has other methods beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.comparison.aggregate import Method
from analytics.period import Period
from survey_app.errors import NotFound
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.comparison import RANKS_SEED, comparison
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database
from tests.reports import samples

PERIOD = Period.parse("2026-03")
AGENCY = "kabupaten-sekadau"


def unit(database: Database, code: str, *months: tuple[str, list[list[int]]], **options: str) -> None:
    samples.create_unit(database, code, f"Unit {code}", **options)
    for month, rows in months:
        samples.insert(database, code, rows, month)


def test_the_agency_is_the_mean_of_the_units_that_have_a_value(database: Database) -> None:
    # All 3 is 75, all 4 is 100: the mean of the units is 87.5, of the 4 respondents 81.25.
    unit(database, "a", ("2026-03", [[3] * 9] * 3))
    unit(database, "b", ("2026-03", [[4] * 9]))
    unit(database, "c")
    result = result_of(recap(database, AGENCY, PERIOD))
    values = {a.method: a.estimate.exact for a in result.aggregates}
    assert result.summary.index.method is Method.MEAN_OF_UNITS
    assert values[Method.MEAN_OF_UNITS] == Fraction(175, 2)
    assert values[Method.POOLED] == Fraction(325, 4)
    assert values[Method.BY_VOLUME] is None  # nobody recorded the users
    coverage = result.summary.index.coverage
    assert (coverage.reporting, coverage.total, coverage.missing) == (2, 3, ("c",))


def test_units_of_eight_and_nine_unsur_are_averaged_but_not_pooled(database: Database) -> None:
    unit(database, "a", ("2026-03", [[3] * 9] * 3))
    unit(database, "b", ("2026-03", [[4] * 8] * 3), instrument="skm-2017-tanpa-biaya@1")
    unit(database, "c", ("2026-03", [[1] * 5] * 3), instrument="spak@1")  # another survey altogether
    result = result_of(recap(database, AGENCY, PERIOD))
    assert [a.method for a in result.aggregates] == [Method.MEAN_OF_UNITS]
    assert result.summary.index.estimate.exact == Fraction(175, 2)
    assert [u.score.ikm for u in result.summary.units] == [Decimal("75.00"), Decimal("100.00")]


def test_a_unit_that_closed_with_another_questionnaire_does_not_stop_the_pooling(database: Database) -> None:
    """It answered eight unsur in February and is gone in March: March has nine everywhere."""
    unit(database, "a", ("2026-02", [[3] * 9]), ("2026-03", [[3] * 9] * 3))
    unit(database, "b", ("2026-03", [[4] * 9]))
    unit(database, "c", ("2026-02", [[4] * 8] * 3), instrument="skm-2017-tanpa-biaya@1")
    catalogue.set_unit_active(database, ADMIN, "c", active=False)
    result = result_of(recap(database, AGENCY, PERIOD))
    values = {a.method: a.estimate.exact for a in result.aggregates}
    assert values[Method.POOLED] == Fraction(325, 4)  # three of 75 and one of 100


def test_the_report_ranks_as_the_page_of_the_comparison_does(database: Database) -> None:
    """Eight units with 40 sheets each, a few better than the next: ranges that other draws would move."""
    for i in range(8):
        sheets = [[4] * 9] * (16 + i) + [[2] * 9] * (24 - i)
        unit(database, f"u{i}", ("2026-03", sheets))
    reported = result_of(recap(database, None, PERIOD)).comparison.places
    seen = comparison(database, PROVINCE, PERIOD, RANKS_SEED).places
    assert [p.rank for p in reported] == [p.rank for p in seen]
    others = [comparison(database, PROVINCE, PERIOD, seed).places for seed in range(20)]
    assert any([p.rank for p in places] != [p.rank for p in seen] for places in others)


def test_an_agency_without_units_has_no_value(database: Database) -> None:
    unit(database, "x", agency="Dinas Lain")
    samples.create_agency(database, "kosong", "Dinas Kosong")
    result = result_of(recap(database, "kosong", PERIOD))
    assert (result.summary.units, result.summary.index.estimate.exact) == ((), None)


def test_an_unknown_agency_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound) as caught:
        result_of(recap(database, "tidak-ada", PERIOD))
    assert caught.value.code == "agency-unknown"
