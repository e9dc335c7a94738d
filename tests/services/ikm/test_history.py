"""A trend is cut at a new rule and at another questionnaire, and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.period import Period
from analytics.reason import Reason
from survey_app import instruments
from survey_app.reports.statements import findings
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.ikm.history import Step, history, unsur_history
from survey_app.services.ikm.insight import insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.submissions import NOW, submission

WITHOUT_COST = "skm-2017-tanpa-biaya@1"


def answer(database: Database, year: int, score: int, form: str = "skm-2017@1") -> None:
    given = submission(
        answers=dict.fromkeys(instruments.get(form).keys, score),
        instrument=form,
        client_time=datetime(year, 5, 5, tzinfo=UTC),
        time_source=intake.TimeSource.ROW,
    )
    assert isinstance(intake.accept(database, given, NOW), intake.Receipt)


def result(database: Database, year: int) -> UnitResult:
    return results.unit_result(database, "ptsp", Period.parse(str(year)), within=PROVINCE)


def told(steps: tuple[Step, ...]) -> list[tuple[str, Decimal | None, int]]:
    return [(str(s.result.period), s.result.score.ikm, len(s.breaks)) for s in steps]


def test_the_rule_of_2017_cuts_even_after_a_gap(database: Database, unit: UnitEntry) -> None:
    for year, score in ((2015, 2), (2018, 3), (2019, 4)):
        answer(database, year, score)
    assert told(history(result(database, 2019))) == [
        ("2015", Decimal("50.00"), 0),
        ("2016", None, 0),
        ("2017", None, 0),
        ("2018", Decimal("75.00"), 1),
        ("2019", Decimal("100.00"), 0),
    ]


def test_another_questionnaire_cuts_before_and_after(database: Database, unit: UnitEntry) -> None:
    for year, score, form in ((2021, 2, "skm-2017@1"), (2022, 3, WITHOUT_COST), (2023, 4, "skm-2017@1")):
        answer(database, year, score, form)
    steps = history(result(database, 2023))[2:]
    assert told(steps) == [
        ("2021", Decimal("50.00"), 0),
        ("2022", Decimal("75.00"), 1),
        ("2023", Decimal("100.00"), 1),
    ]
    assert [s.instrument.ref for s in steps] == ["skm-2017@1", WITHOUT_COST, "skm-2017@1"]


def test_a_unit_that_changed_its_questionnaire_keeps_its_past_in_sight(
    database: Database, unit: UnitEntry
) -> None:
    answer(database, 2022, 2)
    answer(database, 2023, 3, WITHOUT_COST)
    catalogue.choose_instrument(database, ADMIN, "ptsp", WITHOUT_COST)
    assert told(history(result(database, 2023)))[-2:] == [
        ("2022", Decimal("50.00"), 0),
        ("2023", Decimal("75.00"), 1),
    ]


def test_an_unsur_that_a_questionnaire_does_not_ask_is_a_gap(database: Database, unit: UnitEntry) -> None:
    for year, score, form in ((2021, 2, "skm-2017@1"), (2022, 3, WITHOUT_COST), (2023, 4, "skm-2017@1")):
        answer(database, year, score, form)
    found = result(database, 2023)
    assert told(unsur_history(found, "biaya"))[2:] == [
        ("2021", Decimal("50.00"), 0),
        ("2022", None, 0),
        ("2023", Decimal("100.00"), 0),
    ]
    assert [ikm for _, ikm, _ in told(unsur_history(found, "waktu"))[2:]] == [
        Decimal("50.00"),
        Decimal("75.00"),
        Decimal("100.00"),
    ]


def test_nothing_is_compared_across_a_rule(database: Database, unit: UnitEntry) -> None:
    for year, score in ((2016, 2), (2017, 3), (2018, 4)):
        answer(database, year, score)
        answer(database, year, score - 1)
    across = insight(result(database, 2017), NOW.date()).change
    assert (across.value, across.reason) == (None, Reason.RULE_CHANGED)
    assert findings.previous(result(database, 2017)) is None
    # Sheets of 3 and 2, then of 4 and 3: 62.50 and 87.50.
    assert float(insight(result(database, 2018), NOW.date()).change.value or 0) == 25.0
    of_period = findings.previous(result(database, 2018))
    assert of_period is not None
    assert str(of_period.period) == "2017"


def test_nothing_is_compared_across_questionnaires(database: Database, unit: UnitEntry) -> None:
    for year, score, form in ((2021, 2, "skm-2017@1"), (2022, 3, WITHOUT_COST)):
        answer(database, year, score, form)
    across = insight(result(database, 2022), NOW.date()).change
    assert (across.value, across.reason) == (None, Reason.QUESTIONNAIRE_CHANGED)


def test_the_map_of_priorities_has_the_interval_of_the_unsur(database: Database, unit: UnitEntry) -> None:
    for score in (2, 3, 3, 4):
        answer(database, 2023, score)
    # One sheet leaves the second unsur open: its interval is that of the other four.
    blank = submission(
        channel=intake.Channel.IMPORT,
        answers={key: 4 if key != "prosedur" else None for key in instruments.get("skm-2017@1").keys},
        client_time=datetime(2023, 5, 5, tzinfo=UTC),
        time_source=intake.TimeSource.ROW,
    )
    assert isinstance(intake.accept(database, blank, NOW), intake.Receipt)
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2023"), 12)
    found = result(database, 2023)
    drawn = [u.nrr_interval for u in insight(found, NOW.date()).priorities.unsur]
    told = [unsur_history(found, e.key)[-1].result.score for e in found.instrument.elements]
    assert [s.n for s in told[:3]] == [5, 4, 5]
    for interval, one in zip(drawn, told, strict=True):
        assert interval is not None
        assert [25 * end for end in interval] == pytest.approx(one.interval)
