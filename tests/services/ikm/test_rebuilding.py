"""Sums computed anew from what is stored: what cannot be read is named, and holds up nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa

from survey_app.errors import StorageError
from survey_app.services.answers import intake, questionnaires
from survey_app.services.answers.intake import Receipt
from survey_app.services.ikm import rebuilding, results
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses, rollup
from survey_app.storage.database import Database, open_database
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import response, tail
from survey_app.storage.tables import rollup as cells
from tests.questionnaires import KEYS, damage, text
from tests.submissions import NOW, submission

DOWN = "awal", "tengah", "akhir"


@pytest.fixture
def units(database: Database, unit: UnitEntry) -> Database:
    """Three units with an answer each, which is in its cell. Damage comes to the one in the middle."""
    for code in DOWN:
        catalogue.create_unit(database, ADMIN, "dpmptsp", code, code, time_zone="Asia/Makassar")
        assert isinstance(intake.accept(database, submission(unit=code), NOW), Receipt)
    results.refresh(database)
    return database


def sheets(database: Database) -> dict[str, int]:
    """How many sheets the cells of each unit hold."""
    with database.read() as connection:
        found = {cell.unit_id: cell.n for cell in rollup.read(connection)}
    entries = {code: unit_entry.find(database, code) for code in DOWN}
    return {code: found[e.unit.id] for code, e in entries.items() if e is not None and e.unit.id in found}


def forget_the_sums(database: Database) -> None:
    database.write(lambda connection: connection.execute(sa.delete(cells)))
    assert sheets(database) == {}


def put_into(database: Database, code: str, scores: Sequence[str]) -> None:
    """Answers as they are after somebody has changed them past every check: stored, and in no tail."""
    new = intake.prepare(unit_entry.find(database, code), submission(unit=code), NOW)
    assert isinstance(new, NewResponse)

    def write(connection: sa.Connection) -> None:
        for sheet in scores:
            responses.insert(connection, replace(new, id=submission().id, scores=sheet))
        connection.execute(sa.delete(tail))

    database.write(write)


@pytest.mark.parametrize(
    "scores",
    # The last two have as many digits together as two answers: read on, they would be others.
    [["933333333"], ["33"], ["3333x3333"], ["33333333", "3333333333"]],
)
def test_a_unit_with_a_damaged_answer_is_named_and_holds_up_no_other_one(
    units: Database, scores: list[str]
) -> None:
    put_into(units, "tengah", scores)
    forget_the_sums(units)
    with pytest.raises(StorageError, match="rebuild-incomplete") as told:
        rebuilding.rebuild(units)
    (problem,) = told.value.problems
    assert (problem.path, problem.code) == ("tengah", "answers-damaged")
    assert f"“{scores[0]}”" in problem.text.id
    assert "cadangan.md" in problem.text.id
    assert sheets(units) == {"awal": 1, "akhir": 1}


def test_so_is_one_with_a_damaged_profile(units: Database) -> None:
    new = intake.prepare(unit_entry.find(units, "tengah"), submission(unit="tengah"), NOW)
    assert isinstance(new, NewResponse)
    values = {**responses.values_of(new), "id": submission().id, "profile": "rusak"}
    units.write(lambda connection: connection.execute(sa.insert(response).values(values)))
    units.write(lambda connection: connection.execute(sa.delete(tail)))
    forget_the_sums(units)
    with pytest.raises(StorageError, match="rebuild-incomplete") as told:
        rebuilding.rebuild(units)
    (problem,) = told.value.problems
    assert (problem.path, problem.code) == ("tengah", "answers-damaged")
    assert "“rusak”" in problem.text.id
    assert sheets(units) == {"awal": 1, "akhir": 1}


def test_so_is_one_whose_questionnaire_is_damaged(units: Database, database_url: str) -> None:
    # Told once in a process: under another name on each kind of database.
    ref = questionnaires.publish(units, ADMIN, text(f"lokal.ulang-{units.engine.dialect.name}"), NOW).ref
    catalogue.choose_instrument(units, ADMIN, "tengah", ref)
    answers = dict.fromkeys(KEYS, 4)
    assert isinstance(intake.accept(units, submission(unit="tengah", answers=answers), NOW), Receipt)
    results.refresh(units)
    damage(units)
    units.close()
    # A process that begins after the damage.
    damaged = open_database(database_url)
    forget_the_sums(damaged)
    with pytest.raises(StorageError, match="rebuild-incomplete") as told:
        rebuilding.rebuild(damaged)
    assert [(p.path, p.code) for p in told.value.problems] == [("tengah", "instrument-damaged")]
    assert sheets(damaged) == {"awal": 1, "akhir": 1}
    damaged.close()


def test_flags_of_a_damaged_answer_hold_up_no_other_month(
    units: Database, caplog: pytest.LogCaptureFixture
) -> None:
    put_into(units, "tengah", ["933333333"])
    for code in ("tengah", "akhir"):
        assert isinstance(intake.accept(units, submission(unit=code), NOW), Receipt)
    results.refresh(units)
    assert "answers-range" in caplog.text
    with units.read() as connection:
        waits = "SELECT count(*) FROM flag_month WHERE flagged <> revision"
        assert connection.execute(sa.text(waits)).scalar_one() == 1
