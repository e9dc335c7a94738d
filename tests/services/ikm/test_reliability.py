"""What sheets tell of a unit's questionnaire: its own sheets, anew after an answer, none that are hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics import Period, Reason
from analytics.ikm import alpha_interval, omega
from benchmarks.sheets import Users
from survey_app.services.ikm import narrowed, results
from survey_app.services.ikm.reliability import sheet_reliability
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.reports import samples

MONTH = Period.parse("2026-10")
ROWS = Users.at(80).answer(np.random.default_rng(2), 40).astype(np.int64)


def test_it_is_that_of_the_units_own_sheets_in_the_period(database: Database) -> None:
    for code, rows, month in (("u", ROWS, "2026-10"), ("u", ROWS[:9], "2026-09"), ("v", 5 - ROWS, "2026-10")):
        if month == "2026-10":
            samples.create_unit(database, code, code)
        samples.insert(database, code, rows.tolist(), month)
    found = sheet_reliability(database, results.unit_result(database, "u", MONTH, within=PROVINCE))
    assert found is not None
    assert found.omega == omega(ROWS, 4)
    assert found.omega.n == 40
    assert found.alpha_interval == alpha_interval(ROWS)


def test_another_answer_counts_at_once(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    samples.insert(database, "u", ROWS[:30].tolist(), "2026-10")
    before = sheet_reliability(database, results.unit_result(database, "u", MONTH, within=PROVINCE))
    samples.insert(database, "u", ROWS[:31].tolist(), "2026-10")
    after = sheet_reliability(database, results.unit_result(database, "u", MONTH, within=PROVINCE))
    assert before is not None
    assert after is not None
    assert (before.omega, after.omega) == (omega(ROWS[:30], 4), omega(ROWS[:31], 4))


def test_a_period_without_sheets_has_none_and_says_why(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    found = sheet_reliability(database, results.unit_result(database, "u", MONTH, within=PROVINCE))
    assert found is not None
    assert (found.omega.omega, found.omega.reason, found.alpha_interval) == (None, Reason.TOO_FEW, None)


def test_a_hidden_result_tells_nothing_of_its_sheets(database: Database) -> None:
    """Hidden as a whole, or its values per unsur alone, though the sheets are stored."""
    samples.create_unit(database, "u", "u")
    samples.insert(database, "u", ROWS.tolist(), "2026-10")
    result = results.unit_result(database, "u", MONTH, within=PROVINCE)
    for hidden in (
        narrowed.period(result.current, Reason.SINGLED_OUT),
        narrowed.period(result.current, unsur=True),
    ):
        assert sheet_reliability(database, replace(result, trend=(*result.trend[:-1], hidden))) is None
