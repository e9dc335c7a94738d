"""Where every table stands on several machines, and that its keys hold there: by the metadata and for real.

The distributed engine refuses a key without the column it distributes by, and foreign keys to rows that
another machine may have: tried on Citus 13.2 with this schema.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from survey_app.services.answers import intake, paper, queue_codes
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt
from survey_app.services.answers.paper import PaperForm
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database, open_database
from survey_app.storage.migrating import migrate
from survey_app.storage.tables import Placed, metadata
from tests.submissions import KEYS, NOW, submission

Rule = tuple[str, frozenset[str]]

PLACES = {table.name: table.info.get("placed") for table in metadata.tables.values()}
#: How a table names an answer.
ANSWER = {"id", "response_id", "seq"}


def test_every_table_says_where_it_stands() -> None:
    assert {name for name, place in PLACES.items() if place not in set(Placed)} == set()
    # What there is an answer of, or a month of them, goes with them.
    by_unit = {name for name, place in PLACES.items() if place is Placed.BY_UNIT}
    assert by_unit >= {"response", "tail", "rollup", "paper_sheet", "queue_code"}
    assert {name for name in PLACES if name.startswith(("flag_", "response"))} <= by_unit


def test_keys_hold_on_the_machine_of_a_unit() -> None:
    assert broken(declared()) == set()


def test_foreign_keys_point_to_what_every_machine_has() -> None:
    pointing = {
        (table.name, key.column.table.name)
        for table in metadata.tables.values()
        for key in table.foreign_keys
    }
    assert len(pointing) > 20
    assert {(here, there) for here, there in pointing if PLACES[there] is not Placed.COPIED} == set()


def test_no_rule_of_once_holds_what_the_server_derives() -> None:
    """The month follows from a clock and a time zone: sent again after midnight, an answer is the same."""
    rules = [columns for _, columns in declared() if columns & ANSWER]
    assert any("response_id" in columns for columns in rules)
    assert [columns for columns in rules if "month" in columns] == []


def test_a_rule_that_breaks_is_found() -> None:
    """The tests above can fail."""
    assert broken([("response", frozenset({"id"})), ("tail", frozenset({"unit_id", "seq"}))]) == {
        ("response", frozenset({"id"}))
    }


def test_the_keys_of_a_real_schema(database: Database) -> None:
    with database.read() as connection:
        rules = set(_of_sqlite(connection) if database.is_sqlite else _of_postgresql(connection))
    assert rules >= {("response", frozenset({"id", "unit_id"})), ("unit", frozenset({"code"}))}
    # One machine: there a number of its own is the key, and what makes it grow.
    named = {("response", frozenset({"seq"}))} if database.is_sqlite else set()
    assert broken(rules) == named
    assert rules - named == set(declared()) - (
        {("response", frozenset({"seq", "unit_id"}))} if named else set()
    )


def test_the_foreign_keys_of_a_real_schema(fresh_postgres_url: str) -> None:
    database = open_database(fresh_postgres_url)
    query = sa.text(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    )
    with database.read() as connection:
        pointing = [(here, there) for here, there in connection.execute(query)]
    database.close()
    assert ("response", "unit") in pointing
    assert {(here, there) for here, there in pointing if PLACES[there] is not Placed.COPIED} == set()


def test_sheets_and_codes_outlive_the_change_of_their_keys(database: Database, unit: UnitEntry) -> None:
    """Down and up again; with one id of two units there is no way down, in words."""
    catalogue.create_unit(database, ADMIN, "dpmptsp", "other", "Lain", time_zone="Asia/Makassar")
    same = uuid7(NOW)
    for code, number, answer in (("ptsp", "1", same), ("ptsp", "2", uuid7(NOW)), ("other", "1", uuid7(NOW))):
        form = PaperForm(
            id=answer, unit=code, number=number, operator="loket-1", answers=dict.fromkeys(KEYS, 3)
        )
        assert isinstance(paper.enter(database, ADMIN, form, NOW), Receipt)
    codes = [queue_codes.issue(database, ADMIN, code, "umum", 2, NOW).codes for code in ("ptsp", "other")]
    queue_codes.require(database, ADMIN, "ptsp", "umum", required=True)
    used, free = codes[0]
    assert isinstance(intake.accept(database, submission(code=used), NOW), Receipt)
    before = stored(database)
    with database.engine.execution_options(write=True).begin() as connection:
        migrate(connection, "0018")
        assert [row[0] for row in connection.execute(sa.text(_SHEETS))] == ["1", "1", "2"]
        migrate(connection)
    after = stored(database)
    assert after == before
    assert len(before["queue_code"]) == 4
    assert isinstance(intake.accept(database, submission(code=free), NOW), Receipt)
    again = PaperForm(id=same, unit="other", number="3", operator="loket-1", answers=dict.fromkeys(KEYS, 3))
    assert isinstance(paper.enter(database, ADMIN, again, NOW), Receipt)
    with (
        pytest.raises(RuntimeError, match="downgrade-keys"),
        database.engine.execution_options(write=True).begin() as connection,
    ):
        migrate(connection, "0018")
    assert len(stored(database)["paper_sheet"]) == 4


_SHEETS = "SELECT number FROM paper_sheet ORDER BY number"


def stored(database: Database) -> dict[str, list[tuple[object, ...]]]:
    found = {}
    with database.read() as connection:
        for name in ("paper_sheet", "queue_code"):
            table = metadata.tables[name]
            rows = connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            found[name] = [tuple(row) for row in rows]
    return found


def declared() -> list[Rule]:
    """The columns of every primary key, unique constraint and unique index of the metadata."""
    rules = []
    for table in metadata.tables.values():
        keys = [table.primary_key, *(c for c in table.constraints if isinstance(c, sa.UniqueConstraint))]
        rules += [(table.name, frozenset(key.columns.keys())) for key in keys]
        rules += [(table.name, frozenset(i.columns.keys())) for i in table.indexes if i.unique]
    return rules


def broken(rules: Iterable[Rule]) -> set[Rule]:
    """Rules of tables placed by unit that another machine would have to be asked about."""
    return {rule for rule in rules if PLACES.get(rule[0]) is Placed.BY_UNIT and "unit_id" not in rule[1]}


def _of_postgresql(connection: sa.Connection) -> list[Rule]:
    query = sa.text(
        "SELECT t.relname, array_agg(a.attname) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid "
        "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey) "
        "WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace "
        "AND t.relname <> 'alembic_version' GROUP BY t.relname, i.indexrelid"
    )
    return [(table, frozenset(columns)) for table, columns in connection.execute(query)]


def _of_sqlite(connection: sa.Connection) -> list[Rule]:
    keys = sa.text(
        "SELECT m.name, 'key', c.name FROM sqlite_master m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND c.pk > 0 AND m.name <> 'alembic_version' "
        "UNION SELECT m.name, i.name, c.name FROM sqlite_master m, pragma_index_list(m.name) i, "
        "pragma_index_info(i.name) c "
        """WHERE m.type = 'table' AND i."unique" AND m.name <> 'alembic_version'"""
    )
    found: dict[tuple[str, str], set[str]] = {}
    for table, rule, column in connection.execute(keys):
        found.setdefault((table, rule), set()).add(column)
    return [(table, frozenset(columns)) for (table, _), columns in found.items()]
