"""What is stored of earlier months always says what was found last, in few rows, and under what number."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest

from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import calibrations
from survey_app.storage.calibrations import WHOLE, Key, StoredPast
from survey_app.storage.database import Database
from tests.submissions import NOW

MONTHS = [202600 + month for month in range(1, 13)]
Step = tuple[int, int, int]


def store(
    database: Database, unit: UnitEntry, found: dict[Key, list[Step]], until: int = 202612
) -> int | None:
    return database.write(
        partial(calibrations.store, unit_ids=[unit.unit.id], found=found, until=until, made_at=NOW)
    )


def rows(database: Database, service_id: int = WHOLE, through: int = 202612) -> list[StoredPast]:
    with database.read() as connection:
        return calibrations.read(connection, None, (0, through), service_id)


def holds(steps: list[Step] | list[StoredPast], month: int) -> tuple[int, int]:
    """What the last row or step up to `month` says."""
    found = [
        (s.weight, s.dispersion) if isinstance(s, StoredPast) else s[1:] for s in steps if _of(s) <= month
    ]
    return found[-1] if found else (0, 0)


def _of(step: Step | StoredPast) -> int:
    return step.month if isinstance(step, StoredPast) else step[0]


def test_what_is_known_stays_under_its_number_and_what_is_new_has_the_next(
    database: Database, unit: UnitEntry
) -> None:
    whole, umum = (unit.unit.id, WHOLE, "a"), (unit.unit.id, unit.services[0].id, "a")
    first = {whole: [(202603, 10, 20), (202606, 20, 18)], umum: [(202603, 5, 25)]}
    assert store(database, unit, first) == 1
    assert store(database, unit, first) is None
    assert store(database, unit, first | {whole: [(202603, 10, 20), (202606, 25, 18)]}) == 2
    assert [row[2:] for row in rows(database)] == [("a", 202603, 10, 20, 1), ("a", 202606, 25, 18, 2)]
    assert [row[3:] for row in rows(database, unit.services[0].id)] == [(202603, 5, 25, 1)]
    assert [row.month for row in rows(database, through=202605)] == [202603]
    with database.read() as connection:
        assert calibrations.newest(connection) == (2, NOW)


def test_a_questionnaire_without_answers_any_more_lends_nothing(database: Database, unit: UnitEntry) -> None:
    key = (unit.unit.id, WHOLE, "a")
    store(database, unit, {key: [(202603, 10, 20)]})
    assert store(database, unit, {}) == 2
    assert holds(rows(database), 202606) == (0, 0)


def test_months_that_were_not_looked_at_stay(database: Database, unit: UnitEntry) -> None:
    key = (unit.unit.id, WHOLE, "a")
    store(database, unit, {key: [(202603, 10, 20), (202609, 20, 20)]})
    store(database, unit, {key: [(202603, 15, 20)]}, until=202608)
    assert [holds(rows(database), month) for month in (202602, 202608, 202609)] == [
        (0, 0),
        (15, 20),
        (20, 20),
    ]


@pytest.mark.parametrize("first", MONTHS)
def test_of_months_no_row_is_read_but_what_holds_in_them(
    database: Database, unit: UnitEntry, first: int
) -> None:
    steps = [(202602, 10, 20), (202605, 15, 20), (202609, 20, 18)]
    keys = [(unit.unit.id, service, name) for service in (WHOLE, unit.services[0].id) for name in ("a", "b")]
    store(database, unit, dict.fromkeys(keys, steps))
    with database.read() as connection:
        found = calibrations.read(connection, [unit.unit.id], (first, 202612))
    began = [month for month, _, _ in steps if month <= first][-1:]
    wanted = [*began, *(month for month, _, _ in steps if month > first)]
    assert [(row.series, row.month) for row in found] == [(name, m) for name in "ab" for m in wanted]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_was_stored_before_what_was_found_last_holds(
    database: Database, unit: UnitEntry, seed: int
) -> None:
    random, key = Random(seed), (unit.unit.id, WHOLE, "a")
    for _ in range(6):
        chosen = sorted(random.sample(MONTHS, random.randrange(5)))
        steps = [(month, random.choice((0, 5, 10)), random.choice((10, 20))) for month in chosen]
        store(database, unit, {key: steps})
        assert [holds(rows(database), m) for m in MONTHS] == [holds(steps, m) for m in MONTHS]
