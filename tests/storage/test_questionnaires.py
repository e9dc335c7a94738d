"""Questionnaires in the database: found by whoever meets their ref, never altered, noticed when damaged."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from analytics import Period
from survey_app import instruments
from survey_app.errors import Conflict, InstrumentError, NotFound, StorageError
from survey_app.instruments import registry
from survey_app.services.answers import intake, questionnaires
from survey_app.services.answers.intake import Receipt
from survey_app.services.ikm import rebuilding, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import folding
from survey_app.storage.database import Database, open_database
from survey_app.storage.migrating import migrate
from survey_app.storage.tables import flag_cell, questionnaire, rollup, tail
from tests.questionnaires import KEYS, content, damage, text
from tests.submissions import NOW, submission

NOVEMBER = Period.parse("2026-11")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process has one database; what other tests have opened is not looked into here."""
    monkeypatch.setattr(registry, "_shelves", ())


def publish(database: Database, id_: str, **changes: object) -> str:
    return questionnaires.publish(database, ADMIN, text(id_, **changes), NOW).ref


def answer(database: Database, unit: str, score: int) -> None:
    own = intake.accept(database, submission(unit=unit, answers=dict.fromkeys(KEYS, score)), NOW)
    assert isinstance(own, Receipt)


def count(database: Database, table: sa.Table) -> int:
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_it_is_known_by_its_ref_in_every_open_database_of_the_same_place(
    database: Database, database_url: str
) -> None:
    """Another process sees what this one published, also inside a snapshot that began before."""
    other = open_database(database_url)
    with pytest.raises(NotFound, match=r"instrument-unknown.*lokal.lain@1|lokal.lain@1.*instrument-unknown"):
        instruments.get("lokal.lain@1")
    with other.read() as snapshot:
        snapshot.execute(sa.select(questionnaire))
        assert publish(database, "lokal.lain") == "lokal.lain@1"
        database.close()  # what this one knows is forgotten with it
        assert instruments.get("lokal.lain@1").keys == KEYS
    assert list(instruments.published())[-1] == "lokal.lain@1"
    assert instruments.locked("lokal.lain@1") == instruments.fingerprint(content("lokal.lain"))
    other.close()
    with pytest.raises(NotFound):
        instruments.get("lokal.lain@1")


def test_a_version_is_published_once_and_never_with_another_content(database: Database) -> None:
    assert publish(database, "lokal.tetap") == publish(database, "lokal.tetap") == "lokal.tetap@1"
    other = {"title": {"id": "Lain", "en": "Other"}}
    with pytest.raises(Conflict, match="instrument-published"):
        publish(database, "lokal.tetap", **other)
    assert publish(database, "lokal.tetap", version=2, **other) == "lokal.tetap@2"
    assert instruments.get("lokal.tetap@1").title.id == "Survei pasar"
    assert count(database, questionnaire) == 2
    with database.read() as connection:
        row = connection.execute(sa.select(questionnaire).where(questionnaire.c.version == 1)).one()
    assert instruments.fingerprint_of(row.content) == row.fingerprint
    assert (row.role, row.published_at) == ("admin", NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE questionnaire SET content = '{}'",
        "UPDATE questionnaire SET fingerprint = 'another'",
        "UPDATE questionnaire SET version = 2",
        "DELETE FROM questionnaire",
    ],
)
def test_a_row_cannot_be_altered_or_deleted(database: Database, statement: str) -> None:
    publish(database, "lokal.tetap")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        database.write(lambda connection: connection.execute(sa.text(statement)))
    assert count(database, questionnaire) == 1


def test_a_row_cannot_be_replaced_or_swept_away(database: Database) -> None:
    publish(database, "lokal.tetap")
    statement = (
        "INSERT OR REPLACE INTO questionnaire SELECT id, version, '{}', fingerprint, published_at, role "
        "FROM questionnaire"
        if database.is_sqlite
        else "TRUNCATE questionnaire"
    )
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        database.write(lambda connection: connection.execute(sa.text(statement)))
    assert instruments.get("lokal.tetap@1").keys == KEYS


def test_a_damaged_one_stops_its_own_unit_and_no_other(
    database: Database, database_url: str, unit: UnitEntry, caplog: pytest.LogCaptureFixture
) -> None:
    # Told once in a process: under another name on each kind of database.
    ref = publish(database, f"lokal.rusak-{database.engine.dialect.name}")
    catalogue.create_unit(
        database, ADMIN, "dpmptsp", "pasar", "Pasar", time_zone="Asia/Makassar", instrument=ref
    )
    answer(database, "pasar", 4)
    database.write(folding.refresh)  # it is in its cell, and has no flags yet; the next one stays in the tail
    answer(database, "pasar", 4)
    # Units before and after it in the tail.
    catalogue.create_unit(database, ADMIN, "dpmptsp", "zakat", "Zakat", time_zone="Asia/Makassar")
    for code in ("ptsp", "zakat"):
        assert isinstance(intake.accept(database, submission(unit=code), NOW), Receipt)
    damage(database, "UPDATE questionnaire SET content = replace(content, 'Survei', 'survei')")
    database.close()
    # A process that begins after the damage.
    damaged = open_database(database_url)
    with pytest.raises(InstrumentError, match="instrument-damaged"):
        instruments.get(ref)
    assert ref not in instruments.published()
    assert f"{ref} cannot be read [instrument-damaged]" in caplog.text
    for _ in range(3):
        results.refresh(damaged)
    assert caplog.text.count("the flags of unit") == 1
    assert [count(damaged, table) for table in (tail, rollup, flag_cell)] == [1, 3, 2]
    assert results.unit_result(damaged, "ptsp", NOVEMBER, within=PROVINCE).score.n == 1
    with pytest.raises(InstrumentError, match="instrument-damaged"):
        results.unit_result(damaged, "pasar", NOVEMBER, within=PROVINCE)
    # Mended from a backup, it goes on where it was.
    damage(damaged, "UPDATE questionnaire SET content = replace(content, 'survei', 'Survei')")
    results.refresh(damaged)
    assert [count(damaged, table) for table in (tail, rollup, flag_cell)] == [0, 3, 3]
    assert results.unit_result(damaged, "pasar", NOVEMBER, within=PROVINCE).score.n == 2
    damaged.close()


def test_a_damaged_one_keeps_no_other_unit_from_being_rebuilt(
    database: Database, database_url: str, unit: UnitEntry
) -> None:
    ref = publish(database, "lokal.terhenti")
    # Before and after the other one by their names, as units are listed.
    for code in ("awal", "zakat"):
        catalogue.create_unit(
            database, ADMIN, "dpmptsp", code, code.title(), time_zone="Asia/Makassar", instrument=ref
        )
        answer(database, code, 4)
    assert isinstance(intake.accept(database, submission(), NOW), Receipt)
    results.refresh(database)
    right = cells(database)
    database.write(lambda connection: connection.execute(sa.update(rollup).values(profile="spoilt")))
    spoilt = cells(database)
    damage(database)
    database.close()
    damaged = open_database(database_url)
    with pytest.raises(StorageError, match="rebuild-incomplete"):
        rebuilding.rebuild(damaged)
    mine = unit.unit.id
    assert cells(damaged) == {of: right[of] if of == mine else spoilt[of] for of in right}
    damaged.close()


def cells(database: Database) -> dict[int, tuple[object, ...]]:
    """The only cell of each unit."""
    with database.read() as connection:
        return {row.unit_id: tuple(row) for row in connection.execute(sa.select(rollup))}


def test_the_schema_before_takes_no_questionnaire_away(database: Database) -> None:
    """Its answers would be digits that nothing explains."""
    publish(database, "lokal.tetap")
    with (
        pytest.raises(RuntimeError, match="downgrade-questionnaires"),
        database.engine.execution_options(write=True).begin() as connection,
    ):
        migrate(connection, "0018")
    assert count(database, questionnaire) == 1


def test_bytes_that_are_no_text_are_damage(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    ref = publish(database, "lokal.bita")
    damage(database, "UPDATE questionnaire SET content = CAST(x'7bff7d' AS TEXT)")
    with pytest.raises(InstrumentError, match="instrument-damaged"):
        instruments.get(ref)
    database.close()


def test_one_under_the_name_of_another_is_damage(database: Database) -> None:
    publish(database, "lokal.asli")
    damage(database, "UPDATE questionnaire SET id = 'lokal.palsu'")
    with pytest.raises(InstrumentError, match="instrument-damaged"):
        instruments.get("lokal.palsu@1")


def test_a_ref_that_nothing_can_have_is_not_looked_for(database: Database) -> None:
    """Anybody can send a form with one of his own making."""
    asked: list[str] = []
    for engine in (database.engine, database._lookups):
        sa.event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for ref in ("skm-1999@1", "lokal.", "lokal.x@0", "lokal.x@1@1", "lokal.\x00@1", f"lokal.{'x' * 35}@1"):
        with pytest.raises(NotFound, match="instrument-unknown"):
            instruments.get(ref)
    assert asked == []
    with pytest.raises(NotFound, match="instrument-unknown"):
        instruments.get("lokal.x@1")
    assert len([statement for statement in asked if "questionnaire" in statement]) == 1


def test_many_who_read_at_once_do_not_wait_for_each_other(sqlite_url: str) -> None:
    """More than there are connections, each of which holds one when it asks for a questionnaire."""
    database = open_database(sqlite_url)
    together, readers = threading.Barrier(20), 20

    def read(_: int) -> int:
        together.wait(10)
        with database.read() as connection:
            connection.execute(sa.text("SELECT 1"))
            time.sleep(0.05)
            return len(instruments.published())

    with ThreadPoolExecutor(readers) as pool:
        start = time.monotonic()
        assert set(pool.map(read, range(readers))) == {len(instruments.published())}
    # Whoever waits for a connection that nobody gives back waits for half a minute.
    assert time.monotonic() - start < 15
    database.close()
