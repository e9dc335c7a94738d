"""Migrations run up, down and up again, and end where the tables say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from analytics.period import Period
from survey_app.services.answers import intake, paper
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt
from survey_app.services.answers.paper import PaperForm
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import guards, imports, migrating
from survey_app.storage.database import Database, create_engine
from survey_app.storage.migrating import migrate
from survey_app.storage.tables import ImportState, metadata
from tests.submissions import KEYS, NOW, submission

VERSIONS = Path(migrating.__file__).with_name("migrations") / "versions"


def table_names(connection: sa.Connection) -> set[str]:
    return set(sa.inspect(connection).get_table_names())


def test_up_down_and_up_again(database_url: str) -> None:
    engine = create_engine(database_url).execution_options(write=True)
    with engine.begin() as connection:
        migrate(connection, "base")
        assert table_names(connection) == {"alembic_version"}
    with engine.begin() as connection:
        migrate(connection)
        assert table_names(connection) == {*metadata.tables, "alembic_version"}
        assert connection.execute(sa.text("SELECT count(*) FROM tail")).scalar_one() == 0
    engine.dispose()


def shape(connection: sa.Connection) -> dict[str, object]:
    """Columns, keys, indexes and triggers of every table, in no order."""
    seen = sa.inspect(connection)
    sqlite = connection.dialect.name == "sqlite"
    query = (
        "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    triggers = sorted((table, " ".join(does.split())) for table, does in connection.execute(sa.text(query)))
    return {
        "triggers": triggers,
        "columns": _told(seen.get_multi_columns(), "name", "type", "nullable"),
        "keys": _told({k: [v] for k, v in seen.get_multi_pk_constraint().items()}, "constrained_columns"),
        "unique": _told(seen.get_multi_unique_constraints(), "column_names"),
        "points": _told(seen.get_multi_foreign_keys(), "constrained_columns", "referred_table"),
        "indexes": _told(seen.get_multi_indexes(), "name", "column_names"),
    }


def _told(found: Mapping[Any, Sequence[Mapping[str, Any]]], *what: str) -> list[tuple[str, ...]]:
    return sorted(
        (table, *(str(one[key]) for key in what)) for (_, table), all_ in found.items() for one in all_
    )


def test_each_way_back_leaves_what_was_there_before(database_url: str) -> None:
    revisions = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    engine, before = create_engine(database_url).execution_options(write=True), dict[str, object]()
    with engine.begin() as connection:
        migrate(connection, "base")
        for revision in revisions:
            migrate(connection, revision)
            before[revision] = shape(connection)
        for revision in reversed(revisions[:-1]):
            migrate(connection, revision)
            assert shape(connection) == before[revision], revision
    engine.dispose()


def test_the_migrated_schema_is_that_of_the_tables(database: Database) -> None:
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_a_migrated_database_again_changes_nothing(database: Database) -> None:
    with database.engine.execution_options(write=True).begin() as connection:
        migrate(connection)
        assert table_names(connection) == {*metadata.tables, "alembic_version"}


def test_paper_sheets_go_into_the_half_year_of_their_answers(database: Database, unit: UnitEntry) -> None:
    """Before, a number was taken for ever: of two sheets with one number the first is known then."""
    answers: dict[str, int | None] = dict.fromkeys(KEYS, 3)
    for number, day in (("1", date(2026, 1, 5)), ("1", date(2026, 7, 1)), ("2", date(2026, 7, 1))):
        form = PaperForm(
            id=uuid7(NOW), unit="ptsp", number=number, operator="loket-1", answers=answers, filled_on=day
        )
        assert isinstance(paper.enter(database, ADMIN, form, NOW), Receipt)
    engine = database.engine.execution_options(write=True)
    with engine.begin() as connection:
        migrate(connection, "0012")
        before = connection.execute(sa.text("SELECT number FROM paper_sheet ORDER BY number")).scalars().all()
        migrate(connection)
        found = connection.execute(
            sa.text("SELECT series, number, operator FROM paper_sheet ORDER BY number")
        )
        assert before == ["1", "2"]
        assert found.all() == [("2026-S1", "1", "loket-1"), ("2026-S2", "2", "loket-1")]
        assert connection.execute(sa.text("SELECT count(*) FROM response")).scalar_one() == 3


def test_a_schema_that_would_count_withdrawn_files_again_is_not_gone_back_to(
    database: Database, unit: UnitEntry
) -> None:
    engine = database.engine.execution_options(write=True)
    with engine.begin() as connection:
        number = imports.begin(connection, unit.unit.id, "0" * 64, NOW, turn=1)
    with pytest.raises(RuntimeError, match="downgrade-uncounted"), engine.begin() as connection:
        migrate(connection, "0018")
    with engine.begin() as connection:
        imports.switch(connection, number, ImportState.STAGED, ImportState.COUNTED)
        migrate(connection, "0018")
        migrate(connection)
        (found,) = imports.of_unit(connection, unit.unit.id)
    assert (found.id, found.state, found.turn) == (number, ImportState.COUNTED, 0)


def test_answers_of_before_have_no_version_of_the_consent_and_are_not_written_anew(
    database: Database, unit: UnitEntry
) -> None:
    for shown in (None, 1, 2):
        intake.accept(database, submission((1 + (shown or 0), *[3] * 8), consent_version=shown), NOW)
    told = results.unit_result(database, "ptsp", Period.parse("2026"), within=PROVINCE)
    kept = "SELECT seq, id, scores, profile, month FROM response ORDER BY seq"
    versions = sa.text("SELECT consent_version FROM response ORDER BY seq")
    with database.engine.execution_options(write=True).begin() as connection:
        before = connection.execute(sa.text(kept)).all()
        assert connection.execute(versions).scalars().all() == [None, 1, 2]
        migrate(connection, "0022")
        assert connection.execute(sa.text(kept)).all() == before
        stands = _where_it_stands(connection)
        migrate(connection)
        assert _where_it_stands(connection) == stands
        assert connection.execute(sa.text(kept)).all() == before
        assert connection.execute(versions).scalars().all() == [None] * 3
        guards.check(connection)
    assert results.unit_result(database, "ptsp", Period.parse("2026"), within=PROVINCE) == told


def _where_it_stands(connection: sa.Connection) -> object:
    """The file or the root page of the answers: both are others where a table was written anew."""
    query = (
        "SELECT rootpage FROM sqlite_master WHERE name = 'response'"
        if connection.dialect.name == "sqlite"
        else "SELECT pg_relation_filenode('response')"
    )
    return connection.execute(sa.text(query)).scalar_one()


def test_schedules_and_their_runs_outlive_the_change_of_their_table(database_url: str) -> None:
    engine = create_engine(database_url).execution_options(write=True)
    run = "SELECT s.unit, r.period FROM report_run r JOIN schedule s ON s.id = r.schedule_id"
    with engine.begin() as connection:
        migrate(connection, "base")
        migrate(connection, "0005")
        connection.execute(sa.text("INSERT INTO schedule VALUES (7, '', 'ptsp', 'year', 'id', '2024', true)"))
        connection.execute(
            sa.text(
                "INSERT INTO report_run (id, schedule_id, period, status, not_before, attempts) "
                "VALUES (1, 7, '2024', 'due', '2025-01-01 00:00:00', 0)"
            )
        )
    with engine.begin() as connection:
        migrate(connection)
    with engine.begin() as connection:
        assert connection.execute(sa.text(run)).all() == [("ptsp", "2024")]
        assert connection.execute(sa.text("SELECT report FROM schedule")).scalar_one() == "skm"
    with engine.begin() as connection:
        migrate(connection, "base")
    engine.dispose()
