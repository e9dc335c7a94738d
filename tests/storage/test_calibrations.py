"""What is stored of earlier months always says what was found last, in few rows, and under what number."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random

import pytest

from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import calibrations
from survey_app.storage.calibrations import WHOLE, Key, StoredPast
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell
from tests.reports import samples
from tests.submissions import NOW

MONTHS = [202600 + month for month in range(1, 13)]
Step = tuple[int, int, int]


def store(
    database: Database,
    unit: UnitEntry,
    found: dict[Key, list[Step]],
    through: int = 202612,
    number: int | None = None,
) -> int | None:
    job = partial(
        calibrations.revise,
        unit_id=unit.unit.id,
        through=through,
        find=lambda cells: found,
        made_at=NOW,
        number=number,
    )
    return database.write(job)


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


def test_what_is_part_of_a_calibration_has_its_number(database: Database, unit: UnitEntry) -> None:
    key = (unit.unit.id, WHOLE, "a")
    assert store(database, unit, {}) is None
    assert store(database, unit, {}, number=None) is None
    assert store(database, unit, {key: [(202603, 10, 20)]}) == 1
    assert store(database, unit, {key: [(202603, 15, 20)]}, number=1) == 1
    assert store(database, unit, {key: [(202603, 15, 20)]}, number=1) == 1
    assert [row.calibration for row in rows(database)] == [1]


def test_any_number_of_rows_is_stored(database: Database, unit: UnitEntry) -> None:
    months = [y * 100 + m for y in range(2001, 2027) for m in range(1, 13)]
    steps = [(month, 5, i % 50) for i, month in enumerate(months)]
    store(database, unit, {(unit.unit.id, WHOLE, "a"): steps})
    assert [row[3:6] for row in rows(database)] == steps


def test_the_month_that_is_not_over_is_not_read(database: Database, unit: UnitEntry) -> None:
    samples.insert(database, unit.unit.code, [[3] * 9] * 6, "2025-12")
    samples.insert(database, unit.unit.code, [[3] * 9] * 6, "2026-01")
    read = list[int]()

    def find(cells: Sequence[Cell]) -> dict[Key, list[Step]]:
        read.extend(cell.month for cell in cells)
        return {}

    for through in (202512, 202601, 202602):
        job = partial(
            calibrations.revise, unit_id=unit.unit.id, through=through, find=find, made_at=NOW, number=None
        )
        database.write(job)
    assert read == [202512, 202512, 202601]


def test_two_calibrations_at_once_come_one_after_the_other(database: Database, unit: UnitEntry) -> None:
    """The one that began first stores what it read before the other reads."""
    key, reading, done = (unit.unit.id, WHOLE, "a"), threading.Event(), list[str]()

    def slow(cells: Sequence[Cell]) -> dict[Key, list[Step]]:
        reading.set()
        time.sleep(0.3)
        done.append("first")
        return {key: [(202603, 10, 20)]}

    def quick(cells: Sequence[Cell]) -> dict[Key, list[Step]]:
        done.append("second")
        return {key: [(202603, 20, 20)]}

    def revise(find: Callable[[Sequence[Cell]], dict[Key, list[Step]]]) -> int | None:
        with database.engine.execution_options(write=True).begin() as connection:
            return calibrations.revise(connection, unit.unit.id, 202612, find, NOW)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(revise, slow)
        assert reading.wait(20)
        second = pool.submit(revise, quick)
        assert (first.result(), second.result()) == (1, 2)
    assert done == ["first", "second"]
    assert [row[3:] for row in rows(database)] == [(202603, 20, 20, 2)]


def test_a_questionnaire_without_answers_any_more_lends_nothing(database: Database, unit: UnitEntry) -> None:
    key = (unit.unit.id, WHOLE, "a")
    store(database, unit, {key: [(202603, 10, 20)]})
    assert store(database, unit, {}) == 2
    assert holds(rows(database), 202606) == (0, 0)


def test_months_that_were_not_looked_at_stay(database: Database, unit: UnitEntry) -> None:
    key = (unit.unit.id, WHOLE, "a")
    store(database, unit, {key: [(202603, 10, 20), (202609, 20, 20)]})
    store(database, unit, {key: [(202603, 15, 20)]}, through=202608)
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


def store_peers(database: Database, found: dict[str, list[tuple[int, int, int, str]]]) -> int | None:
    job = partial(calibrations.revise_peers, found=found, through=202612, made_at=NOW)
    return database.write(job)


def test_peers_hold_from_their_month_on(database: Database) -> None:
    first = [(202602, 20, 18, "1000"), (202605, 0, 0, ""), (202609, 21, 19, "999 1")]
    assert store_peers(database, {"a": first, "b": [(202603, 40, 20, "1")]}) == 1
    assert store_peers(database, {"a": first, "b": [(202603, 40, 20, "1")]}) is None
    with database.read() as connection:
        found = {
            month: [(row.series, *row[2:5]) for row in sorted(calibrations.read_peers(connection, month))]
            for month in (202601, 202602, 202604, 202608, 202612)
        }
    b = ("b", 40, 20, "1")
    assert found == {
        202601: [],
        202602: [("a", 20, 18, "1000")],
        202604: [("a", 20, 18, "1000"), b],
        202608: [("a", 0, 0, ""), b],
        202612: [("a", 21, 19, "999 1"), b],
    }
    assert store_peers(database, {"b": [(202603, 41, 20, "1")]}) == 2
    with database.read() as connection:
        rows = sorted(calibrations.read_peers(connection, 202612))
    assert [(row.series, row.units, row.calibration) for row in rows] == [("a", 0, 2), ("b", 41, 2)]
