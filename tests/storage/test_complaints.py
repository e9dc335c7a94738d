"""Steps of complaints: one for a turn, all of some or none, and of what counts and has a comment."""

from __future__ import annotations

import csv
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from analytics.period import Period
from survey_app.services.complaints.decision import State
from survey_app.services.imports import importing, withdrawing
from survey_app.services.imports.file import Said
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import complaints
from survey_app.storage.complaints import StoredStep
from survey_app.storage.database import Connection, Database
from survey_app.storage.tables import response
from tests.services.complaints.given import SLOW, number_of, said, step
from tests.submissions import KEYS, NOW

MONTHS = (202608, 202611)
HANDS = [State.LOOKED_AT.value]


def append(database: Database, *steps: StoredStep) -> bool:
    return database.write(lambda connection: complaints.append(connection, steps[0].unit_id, steps))


def turns(database: Database) -> list[tuple[int, int]]:
    with database.read() as connection:
        return [(one.seq, one.turn) for one, _ in complaints.steps(connection, None, (0, 999912))]


def test_a_turn_is_taken_once_and_some_outdated_take_none(database: Database, unit: UnitEntry) -> None:
    unit_id = unit.unit.id
    ids = [said(database, SLOW, NOW + timedelta(minutes=n)) for n in range(2)]
    first, second = (number_of(database, one) for one in ids)
    assert append(database, step(unit_id, first))
    assert not append(database, step(unit_id, first), step(unit_id, second))
    assert not append(database, step(unit_id, first, 3))
    assert not append(database, step(unit_id, 10**6))
    assert append(database, step(unit_id, first, 2, State.DONE), step(unit_id, second))
    assert turns(database) == [(first, 1), (first, 2), (second, 1)]
    with database.read() as connection:
        standing = complaints.standing(connection, [unit_id], MONTHS, HANDS)
        assert [(c.seq, s.turn) for c, s in standing] == [(second, 1), (first, 2)]
        # Of months that are over only what is in hand.
        old = complaints.standing(connection, None, (202701, 202703), HANDS)
        assert [c.seq for c, _ in old] == [second]
        last = complaints.of_response(connection, unit_id, ids[0])
        assert last == step(unit_id, first, 2, State.DONE)
        assert complaints.of_response(connection, unit_id + 1, ids[0]) is None


def test_of_two_at_once_one_is_told_that_it_came_late(database: Database, unit: UnitEntry) -> None:
    seq = number_of(database, said(database, SLOW))
    began = threading.Event()

    def slowly(connection: Connection) -> bool:
        kept = complaints.append(connection, unit.unit.id, [step(unit.unit.id, seq)])
        began.set()
        time.sleep(0.3)
        return kept

    with ThreadPoolExecutor() as others:
        first = others.submit(database.write, slowly)
        assert began.wait(20)
        assert not append(database, step(unit.unit.id, seq, state=State.DONE))
        assert first.result()
    assert turns(database) == [(seq, 1)]


def test_an_emptied_comment_takes_no_step_and_keeps_what_it_had(database: Database, unit: UnitEntry) -> None:
    answer = said(database, SLOW)
    seq = number_of(database, answer)
    assert append(database, step(unit.unit.id, seq))
    database.write(lambda connection: connection.execute(sa.update(response).values(comment=None)))
    assert not append(database, step(unit.unit.id, seq, 2))
    with database.read() as connection:
        assert complaints.standing(connection, None, MONTHS, HANDS) == []
        assert complaints.of_response(connection, unit.unit.id, answer) == step(unit.unit.id, seq)


def test_what_was_withdrawn_is_told_no_more(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*KEYS, "Saran"], [*[2] * len(KEYS), SLOW]])
    period = Period.parse("2026-10")
    importing.import_responses(database, ADMIN, path, "ptsp", period, NOW, Said(add=True))
    with database.read() as connection:
        seq, answer = connection.execute(sa.select(response.c.seq, response.c.id)).one()
    assert append(database, step(unit.unit.id, seq))
    (found,) = withdrawing.listed(database, ADMIN, "ptsp")
    withdrawing.withdraw(database, ADMIN, found.id, "Berkas salah", NOW)
    assert not append(database, step(unit.unit.id, seq, 2))
    with database.read() as connection:
        assert complaints.standing(connection, None, MONTHS, HANDS) == []
        assert complaints.of_response(connection, unit.unit.id, answer) is None
    assert turns(database) == []
