"""Recaps on the public results: published values only, and none that gives away a few people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from analytics.comparison.aggregate import Method
from analytics.disclosure.totals import PublishedTotal, UnitTotal
from analytics.period import Period
from survey_app.reports.unit.report import all_passages
from survey_app.services.disclosure import foretelling, public_recaps, public_results, withholding
from survey_app.services.disclosure.public_recaps import PublicRecap
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from tests.reports import samples

PERIOD = Period.parse("2019-S1")
AGENCY = "dinas-a"


def unit(database: Database, code: str, scores: list[int], agency: str = "Dinas A", name: str = "") -> None:
    """A unit whose people each give one score throughout, so that its IKM is 25 times their mean."""
    samples.create_unit(database, code, name or f"Loket {code}", agency=agency)
    samples.insert(database, code, [[score] * 9 for score in scores], "2019-05")


def publish_unseen(database: Database, code: str, day: int = 0, period: Period = PERIOD) -> None:
    """Nothing is read of it, and so kept, before it is asked for."""
    result = results.unit_result(database, code, period, within=PROVINCE)
    moment = samples.MADE_AT + timedelta(days=day)
    unit_publishing.publish(database, ADMIN, result, all_passages(result), None, moment)


def publish(database: Database, code: str, day: int = 0) -> None:
    """Whatever a test is about: what a publisher is told before is what comes."""
    foretold = foretelling.would_be_withheld(
        database, results.unit_result(database, code, PERIOD, within=PROVINCE)
    )
    publish_unseen(database, code, day)
    with database.read() as connection:
        headings = publications.headings(connection, code)
    assert (headings[-1] in withholding.withheld(database, headings)) == foretold


def publish_recap_unseen(
    database: Database, agency: str | None = None, day: int = 0, period: Period = PERIOD
) -> None:
    """As `publish_unseen`."""
    recap_publishing.publish(
        database, ADMIN, recap(database, agency, period), samples.MADE_AT + timedelta(days=day)
    )


def publish_recap(database: Database, agency: str | None = None, day: int = 0) -> None:
    """As `publish`."""
    foretold = foretelling.recap_would_be_withheld(database, Scope(agency=agency), PERIOD)
    publish_recap_unseen(database, agency, day)
    with database.read() as connection:
        newest = recap_publications.versions(connection, agency or "", str(PERIOD))[-1]
    hidden = {(h.agency, h.version) for h in withholding.beside_recaps(database).recaps}
    assert ((agency or "", newest.version) in hidden) == foretold


def total_of(database: Database, code: str, period: Period, n: int) -> UnitTotal:
    """What would be told if the unit's `period` were shown with `n` people."""
    result = results.unit_result(database, code, period, within=PROVINCE)
    return UnitTotal(unit_key(result.entry.unit.code, result.instrument), PublishedTotal(period, n))


def only(database: Database) -> PublicRecap:
    (found,) = public_recaps.latest_of(public_recaps.published(database))
    return found


def test_nothing_is_seen_before_it_is_published(database: Database) -> None:
    unit(database, "a1", [3] * 10)
    assert public_recaps.latest_of(public_recaps.published(database)) == ()


def test_the_provinces_value_is_the_published_one_whatever_comes_in_later(database: Database) -> None:
    unit(database, "a1", [3] * 10)
    unit(database, "b1", [4] * 6, "Dinas B")
    samples.create_unit(database, "b2", "Loket diam", agency="Dinas B")
    publish_recap(database)
    samples.insert(database, "a1", [[1] * 9] * 40, "2019-06")
    found = only(database)
    assert (found.agency, found.period, found.version) == (None, PERIOD, 1)
    assert found.index is not None
    # The mean of 75 and 100; b2 has no answers.
    assert found.index.estimate.exact == Decimal("87.5")
    assert (found.index.n, found.index.method) == (16, Method.MEAN_OF_UNITS)
    assert (found.index.coverage.reporting, found.index.coverage.total) == (2, 3)


def test_the_province_comes_first_and_agencies_by_name(database: Database) -> None:
    for code, agency in (("z1", "Zakat"), ("a1", "Dinas A")):
        unit(database, code, [3] * 10, agency)
    wanted: list[str | None] = ["zakat", None, "dinas-a"]
    for recap_of in wanted:
        publish_recap(database, recap_of)
    names = [r.agency and r.agency.name for r in public_recaps.latest_of(public_recaps.published(database))]
    assert names == [None, "Dinas A", "Zakat"]


def test_a_recap_without_a_value_does_not_take_the_place_of_one_with_a_value(database: Database) -> None:
    unit(database, "a1", [3] * 10)
    publish_recap(database)
    # Nobody answered U1 in July, so no unit has a value.
    samples.insert(database, "a1", [[0, *[3] * 8]] * 10, "2019-07")
    content = recap(database, None, Period.parse("2019-07"))
    recap_publishing.publish(database, ADMIN, content, samples.MADE_AT)
    assert [str(r.period) for r in public_recaps.published(database)] == ["2019-S1", "2019-07"]
    assert only(database).period == PERIOD


def test_a_recap_with_one_small_unit_is_withheld_whoever_else_has_published(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [4, 1])
    publish_recap(database, AGENCY)
    assert only(database).index is None
    # With five people it is no small unit any more.
    samples.insert(database, "a2", [[4] * 9, [1] * 9, [4] * 9, [4] * 9, [4] * 9], "2019-05")
    publish_recap(database, AGENCY, day=1)
    found = only(database)
    assert found.version == 2
    assert found.index is not None


def test_the_older_version_stays_when_the_newer_adds_a_few(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    publish_recap(database, AGENCY)
    samples.insert(database, "a1", [[3] * 9] * 20 + [[1] * 9] * 2, "2019-05")
    publish_recap(database, AGENCY, day=1)
    assert only(database).version == 1


def test_late_answers_of_the_only_unit_that_differs_withhold_the_recap(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [4] * 20)
    for code in ("a1", "a2"):
        publish(database, code)
    samples.insert(database, "a1", [[3] * 9] * 20 + [[1] * 9] * 3, "2019-05")
    publish_recap(database, AGENCY, day=1)
    # Twice the mean less 100 would be a1 with its three late answers; less 20 x 75 the three alone.
    assert only(database).index is None
    assert all(r.score is not None for r in public_results.latest(database))


def test_what_is_withheld_of_a_unit_is_not_subtracted_from_a_recap(database: Database) -> None:
    """20 are shown and 22 are not: of 25 in the recap 5 came since, and not the 3 beside the 22."""
    unit(database, "a1", [3] * 20)
    publish(database, "a1")
    for day, n in ((1, 22), (2, 25)):
        samples.insert(database, "a1", [[3] * 9] * n, "2019-05")
        if day == 1:
            publish(database, "a1", day)
    publish_recap(database, AGENCY, day=2)
    assert only(database).index is not None


def test_of_the_same_second_the_unit_was_first(database: Database) -> None:
    """A recap is published with the units in sight, so it gives way to a unit of its second."""
    unit(database, "a1", [3] * 20)
    publish(database, "a1")
    samples.insert(database, "a1", [[3] * 9] * 20 + [[1] * 9] * 2, "2019-05")
    publish_recap(database, AGENCY)
    (shown,) = public_results.of_unit(database, "a1")
    assert shown.score is not None
    # The recap of this one unit has two answers more than the unit.
    assert only(database).index is None


def test_a_unit_published_after_a_recap_it_would_solve_is_withheld_and_nothing_else(
    database: Database,
) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [4] * 20)
    publish(database, "a2")
    publish_recap(database, AGENCY, day=1)
    samples.insert(database, "a1", [[3] * 9] * 20 + [[1] * 9] * 3, "2019-05")
    result = results.unit_result(database, "a1", PERIOD, within=PROVINCE)
    assert foretelling.would_be_withheld(database, result)
    publish(database, "a1", day=2)
    assert only(database).index is not None
    (later,) = public_results.of_unit(database, "a1")
    assert (later.withheld, later.score) == (True, None)
    assert [r.withheld for r in public_results.latest(database)] == [True, False]


def test_another_questionnaire_is_another_unit(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    samples.create_unit(database, "spak", "Loket SPAK", agency="Dinas A", instrument="spak@1")
    samples.insert(database, "spak", [[3] * 5] * 2, "2019-05")
    publish_recap(database, AGENCY)
    found = only(database)
    assert found.index is not None  # SPAK is no IKM, and not in the recap
    assert found.index.coverage.total == 1


def test_a_recap_of_units_without_a_value_has_none_and_is_not_withheld(database: Database) -> None:
    samples.create_unit(database, "a1", "Loket", agency="Dinas A")
    # Nobody answered U1.
    samples.insert(database, "a1", [[0, *[3] * 8]] * 10, "2019-05")
    publish_recap(database, AGENCY)
    found = only(database)
    assert found.index is not None
    assert found.index.estimate.exact is None


def test_what_is_said_before_publishing_is_what_becomes_of_it(database: Database) -> None:
    """Before each publishing: whether the recap would be shown, and then whether it is."""

    def told_and_shown(day: int, agency: str | None = AGENCY) -> tuple[bool, bool]:
        told = foretelling.recap_would_be_withheld(database, Scope(agency=agency), PERIOD)
        publish_recap(database, agency, day)
        newest = max(r.version for r in public_recaps.published(database) if r.index is not None)
        return not told, newest == len(recap_publishing.publications_of(database, agency))

    unit(database, "a1", [3] * 20)
    unit(database, "a2", [4] * 20)
    assert told_and_shown(0) == (True, True)
    # Two more of a1 than the recap told.
    samples.insert(database, "a1", [[3] * 9] * 20 + [[1] * 9] * 2, "2019-05")
    assert told_and_shown(1) == (False, False)
    publish(database, "a2", day=2)
    # Now 42 of a1, of whom the recap that is shown told 20.
    samples.insert(database, "a1", [[3] * 9] * 40 + [[1] * 9] * 2, "2019-05")
    assert told_and_shown(3) == (True, True)
