"""What came of an action: the unsur before and after, and what a report says of the register."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analytics.comparison import change
from analytics.ikm import Moments, unsur_estimate
from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.follow_up import effect, plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.reports import samples
from tests.submissions import NOW

LAST = Period.parse("2026-05")
#: Ten sheets: unsur 3 (waktu) 2, 2, 3, 3 ... and 3, 3, 4, 4 ...; every other unsur always 3.
LOW = [[3, 3, 2 + i % 2, 3, 3, 3, 3, 3, 3] for i in range(10)]
HIGH = [[3, 3, 3 + i % 2, 3, 3, 3, 3, 3, 3] for i in range(10)]


def action(period: str, unsur: str = "waktu", plan: str = "Loket kedua", **changes: Any) -> Action:
    return replace(Action(period=Period.parse(period), unsur=unsur, plan=plan), **changes)


def measured(database: Database, **months: list[list[int]]) -> None:
    samples.create_unit(database, "u", "Unit")
    for month, rows in months.items():
        samples.insert(database, "u", rows, month[1:].replace("_", "-"))


def test_a_rise_beyond_chance_with_its_interval(database: Database) -> None:
    measured(database, m2026_02=LOW, m2026_05=HIGH)
    (moved,) = effect.since(database, "u", [action("2026-TW1")], LAST)
    assert moved.until == Period.parse("2026-TW2")
    assert (float(moved.before.exact or 0), moved.after and float(moved.after.exact or 0)) == (2.5, 3.5)
    assert moved.change is not None
    low, high = (unsur_estimate(Moments.from_answers(rows), 2) for rows in (LOW, HIGH))
    assert moved.change == change(low, high)
    assert moved.change.value == 1.0
    assert moved.change.distinguishable is True


def test_until_the_unsur_is_measured_again_there_is_no_after(database: Database) -> None:
    measured(database, m2026_02=LOW)
    (moved,) = effect.since(database, "u", [action("2026-TW1")], Period.parse("2026-02"))
    assert (moved.after, moved.change, moved.until) == (None, None, None)
    assert float(moved.before.exact or 0) == 2.5


def test_an_unsur_the_later_questionnaire_does_not_ask_is_not_compared(database: Database) -> None:
    measured(database, m2026_02=LOW)
    catalogue.choose_instrument(database, ADMIN, "u", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "u", [[3] * 8, [2] * 8], "2026-05")
    by_cost, by_time = effect.since(database, "u", [action("2026-TW1", "biaya"), action("2026-TW1")], LAST)
    assert (by_cost.after, by_cost.until) == (None, Period.parse("2026-TW2"))
    assert by_time.after is not None  # the same question with the same scores
    assert by_time.after.exact == 2.5


def test_one_sheet_cannot_tell_chance(database: Database) -> None:
    measured(database, m2026_02=LOW, m2026_05=HIGH[:1])
    (moved,) = effect.since(database, "u", [action("2026-TW1")], LAST)
    assert moved.change is not None
    assert (moved.change.value, moved.change.interval) == (0.5, None)
    assert moved.change.reason is Reason.ONE_RESPONDENT


def test_a_report_has_its_own_plan_and_what_became_of_the_earlier_ones(database: Database) -> None:
    measured(database, m2026_02=LOW, m2026_05=HIGH)
    finished = {"status": Status.DONE, "realisation": "Sudah"}
    for new in (
        action("2025-TW3", "biaya", **finished),  # older and finished: told in an earlier report
        action("2025-TW3", "produk"),  # older and still open
        action("2026-TW1", **finished),
        action("2026-TW1", "sarpras", status=Status.CANCELLED),
        action("2026-TW2", "perilaku"),
        action("2026-TW2", "prosedur", status=Status.CANCELLED),
        action("2026-TW3", "kompetensi"),  # of a later period
    ):
        plans.add(database, ADMIN, "u", new, NOW)
    plans.accept(database, ADMIN, "u", Period.parse("2026-TW1"), "pengaduan", NOW)  # a draft left empty
    result = results.unit_result(database, "u", Period.parse("2026-TW2"), within=PROVINCE)
    told = effect.of_report(database, result)
    assert [a.unsur for a in told.planned] == ["perilaku"]
    assert [a.unsur for a in told.previous] == ["produk", "waktu", "sarpras"]
    assert [str(f.measured.period) for f in told.findings] == ["2025-TW3", "2026-TW1"]
    moved = told.movement(told.previous[1], effect.Finding.of(result))
    assert moved.change is not None
    assert moved.change.value == pytest.approx(1.0)


def test_a_period_that_overlaps_the_report_is_not_an_earlier_one(database: Database) -> None:
    measured(database, m2026_02=LOW)
    plans.add(database, ADMIN, "u", action("2026-TW1"), NOW)
    told = effect.of_report(
        database, results.unit_result(database, "u", Period.parse("2026-S1"), within=PROVINCE)
    )
    assert (told.planned, told.previous) == ((), ())
