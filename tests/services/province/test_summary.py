"""The summary of a scope, against values worked by hand and `analytics` on the raw sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.comparison.aggregate import Method
from analytics.comparison.compare import Adjusted, adjust_p
from analytics.ikm import Moments, scoring
from analytics.period import Period
from analytics.reason import Reason
from survey_app import instruments
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.summary import pooling_possible, summary
from survey_app.storage.database import Database
from tests.submissions import KEYS, NOW, submission

TW4 = Period.parse("2026-TW4")
AUGUST = datetime(2026, 8, 10, tzinfo=UTC)
#: Sheets by unit, now and in August.
NOW_SHEETS = {"a": [(4,) * 9, (3,) * 9], "b": [(2,) * 9, (2,) * 8 + (3,)]}
AUGUST_SHEETS = {"a": [(3,) * 9, (2,) * 9]}


@pytest.fixture
def province(database: Database) -> Database:
    """Agency one with units a and b, agency two with unit c, which has not measured."""
    for agency, units in (("one", "ab"), ("two", "c")):
        catalogue.create_agency(database, ADMIN, agency, agency)
        for code in units:
            catalogue.create_unit(database, ADMIN, agency, code, code, time_zone="Asia/Makassar")
    for sheets, moment in ((NOW_SHEETS, NOW), (AUGUST_SHEETS, AUGUST)):
        for code, answers in sheets.items():
            for scores in answers:
                sent = submission(scores, unit=code, client_time=moment, time_source=intake.TimeSource.ROW)
                assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    return database


def test_the_index_is_the_mean_of_the_units_that_measured(province: Database) -> None:
    overall = summary(province, PROVINCE, TW4)
    # a: 25 x 3.5 = 87.5; b: 25 x 37/18 = 51.3889; mean 69.4444.
    assert overall.index.estimate.value == pytest.approx((87.5 + 25 * 37 / 18) / 2)
    assert (overall.index.coverage.reporting, overall.index.coverage.total) == (2, 3)
    assert overall.by_mutu == (("A", 0), ("B", 1), ("C", 0), ("D", 1))
    assert [u.entry.unit.code for u in overall.unmeasured] == ["c"]


@pytest.mark.parametrize("method", [Method.MEAN_OF_UNITS, Method.POOLED])
def test_the_change_is_of_the_units_measured_in_both_periods(province: Database, method: Method) -> None:
    """In August a alone had 62.5; that b has begun to measure since is no fall from 62.5 to 69.44."""
    overall = summary(province, PROVINCE, TW4, method)
    assert (overall.change.value, overall.compared, overall.other_units) == (87.5 - 62.5, 1, True)
    alone = summary(province, Scope(unit="a"), TW4, method)
    assert (alone.change.value, alone.compared, alone.other_units) == (87.5 - 62.5, 1, False)
    nobody = summary(province, Scope(unit="b"), TW4, method)
    assert (nobody.change.value, nobody.change.reason) == (None, Reason.NO_UNITS)


@pytest.mark.parametrize(("q", "listed"), [(None, False), (0.0501, False), (0.05, True), (0.001, True)])
def test_a_list_of_changes_is_wrong_in_one_of_twenty_at_most(
    province: Database, q: float | None, listed: bool
) -> None:
    change = summary(province, PROVINCE, TW4).changes[0]
    assert replace(change, adjusted=Adjusted(q, q, q)).beyond_chance is listed


@pytest.mark.parametrize(
    ("p", "listed"),
    [
        # By hand: BH is 4/4 x .04 for each of four; Holm (.04, .06, .06, .06) would list the first alone.
        ((0.01, 0.02, 0.03, 0.04), [True, True, True, True]),
        # Each alone is below .05, the list of two is not expected to hold at most 5 % chance: BH .08 for one.
        ((0.04, 0.9), [False, False]),
    ],
)
def test_a_list_of_changes_holds_its_share_of_chance_and_is_no_single_statement(
    province: Database, p: tuple[float, ...], listed: list[bool]
) -> None:
    """Screening bounds the expected share of false ones in the list (Benjamini and Hochberg 1995)."""
    change = summary(province, PROVINCE, TW4).changes[0]
    family = adjust_p([replace(change.difference, p=value) for value in p])
    assert [replace(change, adjusted=a).beyond_chance for a in family] == listed


def test_a_scope_narrows_to_its_agency(province: Database) -> None:
    overall = summary(province, Scope(agency="two"), TW4)
    assert [u.entry.unit.code for u in overall.units] == ["c"]
    assert overall.index.estimate.exact is None


def test_respondents_of_different_questionnaires_are_not_pooled(province: Database) -> None:
    """Unit c asked eight unsur in August and asks nine today, so nothing in its settings shows it."""
    eight = [key for key in KEYS if key != "biaya"]
    sent = submission(
        unit="c", instrument="skm-2017-tanpa-biaya@1", client_time=AUGUST, time_source=intake.TimeSource.ROW
    )
    sent = replace(sent, answers=dict.fromkeys(eight, 4))
    assert isinstance(intake.accept(province, sent, NOW), intake.Receipt)
    aggregate = summary(province, PROVINCE, Period.parse("2026-TW3"), Method.POOLED).index
    assert (aggregate.estimate.exact, aggregate.estimate.reason, aggregate.band) == (
        None,
        Reason.DIFFERENT_UNSUR,
        None,
    )
    assert (aggregate.method, aggregate.coverage.reporting) == (Method.POOLED, 2)
    # The mean of units needs no common unsur: a is 25 x 2.5, c is 100.
    mean = summary(province, PROVINCE, Period.parse("2026-TW3"))
    assert mean.index.estimate.exact == Fraction(625 + 1000, 20)


def test_pooling_counts_respondents_alike(province: Database) -> None:
    overall = summary(province, PROVINCE, TW4, Method.POOLED)
    everyone = [sheet for sheets in NOW_SHEETS.values() for sheet in sheets]
    assert overall.index.estimate.exact == scoring.score(Moments.from_answers(everyone)).exact
    assert overall.index.n == 4


def test_a_unit_that_measured_twice_has_its_change(province: Database) -> None:
    overall = summary(province, PROVINCE, TW4)
    # a alone measured in August: 62.5 then, 87.5 now.
    assert [(c.result.entry.unit.code, c.difference.value) for c in overall.changes] == [("a", 25.0)]
    # Four sheets cannot show it: Welch's t on one degree of freedom each, p = 0.11.
    assert not overall.changes[0].beyond_chance


@pytest.mark.parametrize("method", Method)
def test_the_index_changed_as_the_one_unit_that_can_be_compared(province: Database, method: Method) -> None:
    overall = summary(province, PROVINCE, TW4, method)
    assert overall.compared == 1
    assert overall.change == overall.changes[0].difference


def test_the_trend_ends_with_the_period_and_leaves_gaps(province: Database) -> None:
    overall = summary(province, PROVINCE, TW4, back=2)
    assert [str(p) for p, _ in overall.trend] == ["2026-TW2", "2026-TW3", "2026-TW4"]
    assert [a.estimate.exact is None for _, a in overall.trend] == [True, False, False]
    assert overall.trend[1][1].estimate.value == 62.5


def test_another_questionnaire_prevents_pooling_and_spak_is_no_ikm(province: Database) -> None:
    assert pooling_possible(catalogue.list_units(province, PROVINCE), PROVINCE)
    catalogue.choose_instrument(province, ADMIN, "c", "spak@1")
    assert pooling_possible(catalogue.list_units(province, PROVINCE), PROVINCE)
    assert [u.entry.unit.code for u in summary(province, PROVINCE, TW4).units] == ["a", "b"]
    catalogue.choose_instrument(province, ADMIN, "c", "skm-2017-tanpa-biaya@1")
    assert not pooling_possible(catalogue.list_units(province, PROVINCE), PROVINCE)
    assert Decimal("51.39") in {u.score.ikm for u in summary(province, PROVINCE, TW4).units}


def test_what_was_shown_before_is_never_shown_for_other_answers(province: Database) -> None:
    def value() -> float | None:
        return summary(province, Scope(agency="two"), TW4).index.estimate.value

    def add(score: int) -> None:
        assert isinstance(intake.accept(province, submission((score,) * 9, unit="c"), NOW), intake.Receipt)

    seen = [value()]
    for score in (4, 2, None, 1):
        results.refresh(province) if score is None else add(score)
        seen.append(value())
    # Sheets of 4; 4 and 2; the same rolled up; 4, 2 and 1: 25 x 4, 3, 3, 7/3.
    assert seen == [None, 100, 75, 75, pytest.approx(175 / 3)]


def test_recorded_users_change_the_interval_at_once(province: Database) -> None:
    def width() -> float:
        low, high = summary(province, Scope(agency="one"), TW4).index.estimate.interval or (0, 0)
        return high - low

    before = width()
    for code in "ab":
        catalogue.record_volume(province, ADMIN, code, "umum", TW4, 2)
    # Two of two users answered in both units: a census has no sampling error.
    assert before > 0
    assert width() == 0


def _measure(database: Database, unit: str, year: int, score: int, form: str = "skm-2017@1") -> None:
    """Two sheets of one score throughout."""
    for _ in range(2):
        sent = submission(
            answers=dict.fromkeys(instruments.get(form).keys, score),
            unit=unit,
            instrument=form,
            client_time=datetime(year, 5, 5, tzinfo=UTC),
            time_source=intake.TimeSource.ROW,
        )
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)


def test_neither_the_index_nor_a_unit_is_compared_across_a_rule(province: Database) -> None:
    for year, score in ((2015, 1), (2017, 3), (2018, 4)):
        _measure(province, "a", year, score)
    _measure(province, "a", 2016, 2)
    across = summary(province, PROVINCE, Period.parse("2017"))
    assert (across.change.value, across.change.reason) == (None, Reason.RULE_CHANGED)
    assert across.changes == ()
    after = summary(province, PROVINCE, Period.parse("2018"))
    assert (after.change.value, after.change.reason) == (25.0, None)
    assert [c.difference.value for c in after.changes] == [25.0]
    # 2013 to 2018: a value from 2015 on, and the rule of 2017 once, where its values begin.
    assert [[str(b.start) for b in marks] for marks in after.breaks] == [[], [], [], [], ["2017"], []]


def test_a_unit_that_changed_its_questionnaire_is_not_compared_and_counted(province: Database) -> None:
    other = "skm-2017-tanpa-biaya@1"
    for unit in "ab":
        _measure(province, unit, 2022, 2)
    _measure(province, "a", 2023, 3)
    _measure(province, "b", 2023, 4, other)
    overall = summary(province, PROVINCE, Period.parse("2023"))
    # Unit a from 50 to 75; the 100 of unit b is of another questionnaire than its 50.
    assert (overall.change.value, overall.compared, overall.changed_forms) == (25.0, 1, 1)
    assert [(c.result.entry.unit.code, c.difference.value) for c in overall.changes] == [("a", 25.0)]
    alone = summary(province, Scope(unit="b"), Period.parse("2023"))
    assert (alone.change.value, alone.change.reason) == (None, Reason.QUESTIONNAIRE_CHANGED)
