"""What a unit has finished since a period, with how its unsur moved since then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.period import Period
from survey_app import instruments
from survey_app.services.follow_up import effect
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.follow_up.practice import measured
from survey_app.services.ikm import results
from survey_app.services.ikm.results import OtherPeriod
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.reports import samples

YEAR_AGO, NOW = Period.parse("2025-TW4"), Period.parse("2026-TW4")


def test_only_what_is_done_on_what_was_found_since_the_largest_rise_first(database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    low = [[3, 3, 2, 2, 3, 3, 3, 3, 3 - i % 2] for i in range(12)]
    high = [[3, 3, 4, 3, 3, 3, 3, 3, 3 - i % 2] for i in range(12)]
    samples.insert(database, "u", low, "2025-11")
    samples.insert(database, "u", high, "2026-11")
    result = results.unit_result(database, "u", NOW, within=PROVINCE)
    done = Action(period=YEAR_AGO, unsur="biaya", plan="p", status=Status.DONE, realisation="r")
    others = [
        replace(done, status=Status.RUNNING),
        replace(done, period=Period.parse("2025-TW3")),
        replace(done, period=NOW),
    ]
    never = replace(done, unsur="waktu", period=Period.parse("2026-TW1"))
    found = measured([done, replace(done, unsur="waktu"), never, *others], result, YEAR_AGO)
    assert [(d.action.unsur, None if d.change is None else d.change.value) for d in found] == [
        ("waktu", pytest.approx(2.0)),
        ("biaya", pytest.approx(1.0)),
        ("waktu", None),
    ]


def test_what_was_found_by_another_questionnaire_is_done_and_not_compared(database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    samples.insert(database, "u", [[3, 3, 2, 2, 3, 3, 3, 3, 3 - i % 2] for i in range(12)], "2025-11")
    samples.insert(database, "u", [[3, 3, 4, 3, 3, 3, 3, 3, 3 - i % 2] for i in range(12)], "2026-11")
    result = results.unit_result(database, "u", NOW, within=PROVINCE)
    there = next(p for p in result.trend if p.period == YEAR_AGO)
    other = replace(result, elsewhere=(OtherPeriod(instruments.get("skm-2017-tanpa-biaya@1"), there),))
    done = Action(period=YEAR_AGO, unsur="waktu", plan="p", status=Status.DONE, realisation="r")
    assert [d.change and d.change.value for d in measured([done], result, YEAR_AGO)] == [pytest.approx(2.0)]
    (found,) = measured([done], other, YEAR_AGO)
    assert (found.action, found.change) == (done, None)
    assert effect.within(done, other, other.current) is None
