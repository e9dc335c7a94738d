"""What never changes is kept by one rule and two guards, and a database without them is not opened.

What is expected is written out here by hand, from docs/decisions/record.md; the migrations, which make the
triggers, and the look at them, which reads the rule beside the tables, are held to it and to each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from survey_app.errors import StorageError
from survey_app.services.answers.ids import uuid7
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import guards
from survey_app.storage.database import Database, create_engine, open_database
from survey_app.storage.tables import metadata, response
from tests.submissions import NOW

#: By hand: the columns of an answer that no retention, correction or officer may touch.
FIXED = [
    "seq",
    "id",
    "unit_id",
    "service_id",
    "instrument",
    "scores",
    "channel",
    "answered_at",
    "received_at",
    "time_source",
    "month",
    "duration_ms",
    "import_id",
    "device_id",
    "page_at",
    "consent_version",
]
EMPTIED = ["profile", "comment", "client_id", "network"]
TABLES = [
    "response",
    "publication",
    "recap_publication",
    "follow_up",
    "questionnaire",
    "comment_judgement",
    "complaint_step",
    "audit",
]


@pytest.fixture
def connection(database: Database, unit: UnitEntry) -> Iterator[sa.Connection]:
    """What a test does to the schema is taken back with its transaction."""
    with database.engine.execution_options(write=True).connect() as opened, opened.begin() as transaction:
        yield opened
        transaction.rollback()


def test_what_is_fixed_and_what_may_be_emptied() -> None:
    assert guards.fixed("response") == FIXED
    assert list(guards.append_only()["response"].emptied) == EMPTIED
    assert sorted(FIXED + EMPTIED) == sorted(response.columns.keys())
    assert sorted(guards.append_only()) == sorted(TABLES)


# What the triggers of the migrations do


def store(connection: sa.Connection, unit: UnitEntry, **what: Any) -> int:
    """A response with something in every column that may be emptied, unless `what` says otherwise."""
    values = {
        "id": uuid7(NOW),
        "unit_id": unit.unit.id,
        "service_id": unit.services[0].id,
        "instrument": "skm-2017@1",
        "scores": "343434343",
        "channel": "web",
        "answered_at": NOW,
        "received_at": NOW,
        "time_source": "server",
        "month": 202611,
        "profile": '{"usia":"56+"}',
        "comment": "Ramah",
        "client_id": "phone",
        "network": "0123456789abcdef",
        "consent_version": 2,
    }
    made = connection.execute(sa.insert(response).values({**values, **what}).returning(response.c.seq))
    return int(made.scalar_one())


def change(connection: sa.Connection, seq: int, assignment: str) -> Any:
    """Do it and take it back; the row as it was in between."""
    with connection.begin_nested() as savepoint:
        row = sa.text(f"UPDATE response SET {assignment} WHERE seq = {seq} RETURNING *")
        changed = connection.execute(row).one()
        savepoint.rollback()
    return changed


@contextmanager
def refused(connection: sa.Connection) -> Iterator[None]:
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), connection.begin_nested():
        yield


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("profile = '{}'", {"profile": "{}"}),
        ("comment = NULL", {"comment": None}),
        ("comment = '[nama]'", {"comment": "[nama]"}),
        ("client_id = ''", {"client_id": ""}),
        ("network = NULL", {"network": None}),
        (
            "profile = '{}', comment = NULL, client_id = '', network = NULL",
            {"profile": "{}", "comment": None, "client_id": "", "network": None},
        ),
        ("profile = profile, client_id = client_id, network = network", {"client_id": "phone"}),
    ],
)
def test_what_may_be_emptied_can_be(
    connection: sa.Connection, unit: UnitEntry, assignment: str, expected: dict[str, str | None]
) -> None:
    changed = change(connection, store(connection, unit), assignment)._mapping
    assert {name: changed[name] for name in expected} == expected
    assert changed["scores"] == "343434343"


def test_nothing_else_can_be(connection: sa.Connection, unit: UnitEntry) -> None:
    seq = store(connection, unit)
    forbidden = [f"{name} = {name}" for name in FIXED] + [
        """profile = '{"usia":"17-25"}'""",
        "profile = ''",
        "client_id = 'another'",
        "client_id = NULL",  # that nobody is known, and nobody ever was, are two things
        "network = 'another'",
        "network = ''",
        "comment = NULL, scores = '444444444'",
        "profile = '{}', client_id = NULL",
    ]
    for assignment in forbidden:
        with refused(connection):
            change(connection, seq, assignment)
    with refused(connection):
        connection.execute(sa.text("DELETE FROM response"))


def test_what_was_empty_is_not_filled(connection: sa.Connection, unit: UnitEntry) -> None:
    never = store(connection, unit, profile="{}", comment=None, client_id=None, network=None)
    emptied = store(connection, unit)
    everything = "profile = '{}', comment = NULL, client_id = '', network = NULL"
    connection.execute(sa.text(f"UPDATE response SET {everything} WHERE seq = {emptied}"))
    for seq in (never, emptied):
        for assignment in (
            """profile = '{"usia":"56+"}'""",
            "comment = 'Ramah'",
            "comment = ''",
            "client_id = 'phone'",
            "network = '0123456789abcdef'",
        ):
            with refused(connection):
                change(connection, seq, assignment)
    for seq, assignment in ((never, "client_id = ''"), (emptied, "client_id = NULL")):
        with refused(connection):
            change(connection, seq, assignment)


def test_the_other_tables_are_fixed_altogether(connection: sa.Connection, unit: UnitEntry) -> None:
    filled: dict[type, object] = {
        sa.Integer: 1,
        sa.String: "2026",
        sa.Text: "{}",
        sa.Boolean: False,
        sa.Uuid: uuid4(),
        sa.Float: 0.5,
    }
    filled[sa.BigInteger] = 1
    for name in (name for name in TABLES if not guards.append_only()[name].emptied):
        table = metadata.tables[name]
        row = {c.name: filled.get(type(c.type), NOW) for c in table.columns}
        connection.execute(
            sa.insert(table).values({**row, "unit_id": unit.unit.id} if "unit_id" in row else row)
        )
        for column in table.columns.keys():  # noqa: SIM118
            with refused(connection):
                connection.execute(sa.text(f"UPDATE {name} SET {column} = {column}"))
        with refused(connection):
            connection.execute(sa.text(f"DELETE FROM {name}"))
        if connection.dialect.name == "postgresql":
            with refused(connection):
                connection.execute(sa.text(f"TRUNCATE {name}"))


# The look at them


def unguarded(connection: sa.Connection) -> str:
    """What is said of a schema that is not guarded, in Indonesian; nothing where it is."""
    try:
        guards.check(connection)
    except StorageError as error:
        return error.text.id
    return ""


def triggers(connection: sa.Connection) -> list[tuple[str, str]]:
    """Every trigger of the schema, as the database lists them."""
    query = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return [(table, name) for table, name in connection.execute(sa.text(query))]


def test_each_trigger_of_the_migrations_is_missed(connection: sa.Connection) -> None:
    assert unguarded(connection) == ""
    there = triggers(connection)
    assert {table for table, _ in there} == set(TABLES)
    for table, name in there:
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        with connection.begin_nested() as savepoint:
            connection.execute(sa.text(f"DROP TRIGGER {name}{on}"))
            said = unguarded(connection)
            assert f"Tabel {table} " in said
            assert f"pemicu {name} " in said
            savepoint.rollback()
    assert unguarded(connection) == ""


OTHERS = {
    "sqlite": [
        # The name of ours, and less of what it does.
        "DROP TRIGGER response_no_delete; CREATE TRIGGER response_no_delete BEFORE DELETE ON response "
        "BEGIN SELECT 1; END",
        "DROP TRIGGER response_no_update; CREATE TRIGGER response_no_update BEFORE UPDATE OF id ON response "
        "BEGIN SELECT RAISE(ABORT, 'response is append-only'); END",
        "DROP TRIGGER response_counts; CREATE TRIGGER response_counts AFTER INSERT ON response "
        "WHEN NEW.unit_id <> 1 BEGIN INSERT INTO tail (unit_id, seq) VALUES (NEW.unit_id, NEW.seq); END",
        "DROP TRIGGER publication_no_update; CREATE TRIGGER publication_no_update BEFORE UPDATE ON follow_up "
        "BEGIN SELECT RAISE(ABORT, 'publication is append-only'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION response_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "CREATE OR REPLACE FUNCTION response_only_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "ALTER TABLE response DISABLE TRIGGER response_append_only",
        "ALTER TABLE follow_up DISABLE TRIGGER USER",
        "ALTER TABLE response ENABLE REPLICA TRIGGER response_append_only",
        "DROP TRIGGER response_append_only ON response; CREATE TRIGGER response_append_only BEFORE DELETE OR "
        "UPDATE OF id ON response FOR EACH ROW EXECUTE FUNCTION response_append_only()",
        "DROP TRIGGER publication_append_only ON publication; CREATE TRIGGER publication_append_only BEFORE "
        "UPDATE ON publication FOR EACH ROW EXECUTE FUNCTION publication_append_only()",
        "DROP TRIGGER publication_append_only ON publication; CREATE TRIGGER publication_append_only BEFORE "
        "DELETE OR UPDATE ON publication FOR EACH ROW WHEN (OLD.version > 1) "
        "EXECUTE FUNCTION publication_append_only()",
        "DROP TRIGGER publication_append_only ON publication; CREATE TRIGGER publication_append_only BEFORE "
        "DELETE OR UPDATE ON publication FOR EACH STATEMENT EXECUTE FUNCTION publication_append_only()",
    ],
}


def test_a_trigger_that_does_something_else_is_none(connection: sa.Connection) -> None:
    for other in OTHERS[connection.dialect.name]:
        with connection.begin_nested() as savepoint:
            first, _, second = other.partition("; CREATE")
            for statement in [first, f"CREATE{second}"] if second else [other]:
                connection.execute(sa.text(statement))
            assert unguarded(connection), other
            savepoint.rollback()


def test_an_unguarded_database_is_not_opened(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.execution_options(write=True).begin() as connection:
        name = "publication_no_delete" if engine.dialect.name == "sqlite" else "publication_append_only"
        on = "" if engine.dialect.name == "sqlite" else " ON publication"
        connection.execute(sa.text(f"DROP TRIGGER {name}{on}"))
    engine.dispose()
    with pytest.raises(StorageError, match="table-unguarded") as error:
        open_database(database_url)
    assert error.value.code == "table-unguarded"
    assert "Tabel publication " in error.value.text.id
    assert "table publication " in error.value.text.en
    assert "docs/panduan/cadangan.md" in error.value.text.en


# The other guard, where the engine takes no triggers


@pytest.fixture
def role(fresh_postgres_url: str) -> Iterator[str]:
    """A role of its own that may read everything and add rows, and a schema without triggers."""
    name = f"server_{sa.make_url(fresh_postgres_url).database}"
    engine = create_engine(fresh_postgres_url)
    with engine.begin() as connection:
        for table, trigger in triggers(connection):
            connection.execute(sa.text(f"DROP TRIGGER {trigger} ON {table}"))
        connection.execute(sa.text(f"CREATE ROLE {name} LOGIN"))
        connection.execute(sa.text(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {name}"))
    yield name
    with engine.begin() as connection:
        connection.execute(sa.text(f"DROP OWNED BY {name}"))
        connection.execute(sa.text(f"DROP ROLE {name}"))
    engine.dispose()


def test_a_role_without_the_rights_is_a_guard_too(fresh_postgres_url: str, role: str) -> None:
    engine = create_engine(fresh_postgres_url)
    granted = {
        "": "",
        "UPDATE (profile, comment, client_id, network) ON response": "",
        "UPDATE (scores) ON response": "response",
        "UPDATE (profile, seq) ON response": "response",
        "UPDATE ON response": "response",
        "DELETE ON response": "response",
        "TRUNCATE ON response": "response",
        "UPDATE (snapshot) ON publication": "publication",
        "DELETE ON follow_up": "follow_up",
        "TRUNCATE ON recap_publication": "recap_publication",
        "UPDATE, DELETE, TRUNCATE ON rollup": "",
    }
    for right, table in granted.items():
        with engine.connect() as connection, connection.begin() as transaction:
            if right:
                connection.execute(sa.text(f"GRANT {right} TO {role}"))
            # Who owns the tables has every right.
            assert "Tabel response " in unguarded(connection)
            connection.execute(sa.text(f"SET LOCAL ROLE {role}"))
            said = unguarded(connection)
            assert said.startswith(f"Tabel {table} ") if table else said == "", right
            transaction.rollback()
    engine.dispose()


def test_a_server_of_that_role_opens_the_database_and_cannot_change_it(
    fresh_postgres_url: str, role: str
) -> None:
    url = sa.make_url(fresh_postgres_url).set(username=role).render_as_string(hide_password=False)
    database = open_database(url)
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        database.write(lambda connection: connection.execute(sa.text("DELETE FROM response")))
    database.close()
    with pytest.raises(StorageError, match="table-unguarded"):
        open_database(fresh_postgres_url)
