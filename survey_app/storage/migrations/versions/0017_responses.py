"""An answer is its id and its unit together; files of answers get a table of their own.

On SQLite the table of responses is made anew, on PostgreSQL it is altered; either way in one transaction.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import BIG_KEY, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_KEPT = (
    "seq, id, unit_id, service_id, instrument, scores, channel, answered_at, received_at, time_source, "
    "month, duration_ms, profile, comment"
)
_FIXED = "id, unit_id, service_id, instrument, scores, profile, month, answered_at, received_at"
_REFUSAL = "response is append-only"
_FILE = "file:"


def upgrade() -> None:
    _let_nobody_write()
    _create_imports()
    if _is_postgresql():
        _alter_responses()
    else:
        _rebuild_responses()
    _index_imports()
    if not _is_postgresql():
        _refuse_changes()
        _write_tail("WHEN NEW.import_id IS NULL")


def downgrade() -> None:
    _let_nobody_write()
    _refuse_what_counts_for_nobody()
    _refuse_ids_of_two_units()
    if _is_postgresql():
        _alter_responses_back()
    else:
        _rebuild_responses_back()
    op.drop_table("answer_import")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _let_nobody_write() -> None:
    """What is looked at first must be all there is when it is used; SQLite has one writer anyway."""
    if _is_postgresql():
        op.execute("LOCK TABLE response IN ACCESS EXCLUSIVE MODE")


def _refuse_what_counts_for_nobody() -> None:
    """The version before would count every row."""
    query = sa.text("SELECT count(*) FROM answer_import WHERE state <> 'counted'")
    if op.get_bind().execute(query).scalar_one():
        raise RuntimeError(
            "downgrade-uncounted: there are imports that are staged or withdrawn, and the schema before 0017 "
            "counts every row; restore the backup made before the update instead"
        )


def _refuse_ids_of_two_units() -> None:
    """The version before knows an answer by its id alone."""
    query = sa.text("SELECT 1 FROM response GROUP BY id HAVING count(*) > 1 LIMIT 1")
    if op.get_bind().execute(query).first() is not None:
        raise RuntimeError(
            "downgrade-ids: answers of two units have the same id, which the schema before 0017 cannot hold; "
            "restore the backup made before the update instead"
        )


# What came from files


def _create_imports() -> None:
    op.create_table(
        "answer_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_index("ix_answer_import_unit_id", "answer_import", ["unit_id"])
    op.execute(
        "INSERT INTO answer_import (unit_id, digest, state, made_at) "  # noqa: S608  # constants
        f"SELECT unit_id, {_digest('client_id')}, 'counted', min(received_at) FROM response "
        "WHERE channel = 'import' GROUP BY unit_id, client_id ORDER BY min(seq)"
    )


def _digest(client: str) -> str:
    """Of a file, which stood in the place of a device; of anything else that stood there all of it."""
    return f"CASE WHEN {client} LIKE '{_FILE}%' THEN substr({client}, 6) ELSE coalesce({client}, '') END"


def _imported(row: str) -> str:
    """The import that a row came from."""
    same = f"i.unit_id = {row}.unit_id AND i.digest = {_digest(f'{row}.client_id')}"
    return f"(SELECT i.id FROM answer_import i WHERE {same} AND {row}.channel = 'import')"  # noqa: S608


def _proven(row: str) -> str:
    """The kiosk that an answer came from: on its channel alone a name was proved."""
    return f"(SELECT d.id FROM device d WHERE d.code = {row}.client_id AND {row}.channel = 'kiosk')"  # noqa: S608


def _client(row: str) -> str:
    return f"CASE WHEN {row}.channel = 'import' THEN NULL ELSE {row}.client_id END"


def _index_imports() -> None:
    from_file = sa.text("import_id IS NOT NULL")
    op.create_index(
        "ix_response_import_id",
        "response",
        ["import_id"],
        sqlite_where=from_file,
        postgresql_where=from_file,
    )


# The responses on PostgreSQL


def _alter_responses() -> None:
    op.drop_index("ix_response_xid", "response")
    op.drop_column("response", "xid")
    op.execute("ALTER TABLE response DROP CONSTRAINT uq_response_id, DROP CONSTRAINT pk_response")
    for column in _added():
        op.add_column("response", sa.Column(column.name, column.type))
    op.execute(
        f"UPDATE response SET import_id = {_imported('response')}, device_id = {_proven('response')}, "  # noqa: S608
        f"client_id = {_client('response')} WHERE channel IN ('import', 'kiosk')"
    )
    # Only now: every row that changed would have to be looked up in them, one by one.
    op.execute(
        "ALTER TABLE response ADD CONSTRAINT pk_response PRIMARY KEY (seq, unit_id), "
        "ADD CONSTRAINT uq_response_id_unit_id UNIQUE (id, unit_id), "
        "ADD CONSTRAINT fk_response_import_id FOREIGN KEY (import_id) REFERENCES answer_import (id), "
        "ADD CONSTRAINT fk_response_device_id FOREIGN KEY (device_id) REFERENCES device (id)"
    )


def _added() -> list[sa.Column[Any]]:
    return [
        _pointing("import_id", "answer_import"),
        _pointing("device_id", "device"),
        sa.Column("page_at", UtcDateTime),
        sa.Column("network", sa.String(32)),
    ]


def _alter_responses_back() -> None:
    op.execute(
        f"UPDATE response SET client_id = {_client_before('i')} "  # noqa: S608  # constants
        "FROM answer_import i WHERE i.id = response.import_id"
    )
    op.drop_index("ix_response_import_id", "response")
    for column in _added():
        op.drop_column("response", column.name)
    op.add_column("response", sa.Column("xid", sa.BigInteger, nullable=False, server_default="0"))
    op.execute("ALTER TABLE response ALTER COLUMN xid SET DEFAULT pg_current_xact_id()::text::bigint")
    op.create_index("ix_response_xid", "response", ["xid"])
    for statement in (
        "ALTER TABLE response DROP CONSTRAINT uq_response_id_unit_id",
        "ALTER TABLE response DROP CONSTRAINT pk_response",
        "ALTER TABLE response ADD CONSTRAINT pk_response PRIMARY KEY (seq)",
        "ALTER TABLE response ADD CONSTRAINT uq_response_id UNIQUE (id)",
    ):
        op.execute(statement)


def _client_before(row: str) -> str:
    return f"CASE WHEN {row}.digest = '' THEN NULL ELSE '{_FILE}' || substr({row}.digest, 1, 32) END"


# The responses on SQLite


def _rebuild_responses() -> None:
    _new_table(
        [*_columns(), *_added()[:3], *_emptied(), _added()[3]],
        sa.UniqueConstraint("id", "unit_id", name="uq_response_id_unit_id"),
    )
    op.execute(
        f"INSERT INTO response_new ({_KEPT}, client_id, import_id, device_id) "  # noqa: S608  # constants
        f"SELECT {_KEPT}, {_client('r')}, {_imported('r')}, {_proven('r')} FROM response r ORDER BY seq"
    )
    _take_its_place()


def _rebuild_responses_back() -> None:
    xid: sa.Column[Any] = sa.Column("xid", sa.BigInteger, nullable=False, server_default="0")
    _new_table([*_columns(), *_emptied(), xid], sa.UniqueConstraint("id", name="uq_response_id"))
    client = f"(SELECT {_client_before('i')} FROM answer_import i WHERE i.id = r.import_id)"  # noqa: S608
    op.execute(
        f"INSERT INTO response_new ({_KEPT}, client_id) "  # noqa: S608  # constants
        f"SELECT {_KEPT}, CASE WHEN r.import_id IS NULL THEN r.client_id ELSE {client} END "
        "FROM response r ORDER BY seq"
    )
    _take_its_place()
    op.create_index("ix_response_xid", "response", ["xid"])
    _refuse_changes()
    _write_tail("")


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Uuid, nullable=False),
        _pointing("unit_id", "unit", nullable=False),
        _pointing("service_id", "service", nullable=False),
        sa.Column("instrument", sa.String(60), nullable=False),
        sa.Column("scores", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("answered_at", UtcDateTime, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("time_source", sa.String(10), nullable=False),
        sa.Column("month", sa.Integer, nullable=False),
        sa.Column("duration_ms", sa.Integer),
    ]


def _pointing(name: str, table: str, *, nullable: bool = True) -> sa.Column[Any]:
    """By its name in the end: on SQLite the table has another one when it is made."""
    key = sa.ForeignKey(f"{table}.id", name=f"fk_response_{name}")
    return sa.Column(name, sa.Integer, key, nullable=nullable)


def _emptied() -> list[sa.Column[Any]]:
    return [
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("client_id", sa.String(64)),
    ]


def _new_table(columns: list[sa.Column[Any]], unique: sa.UniqueConstraint) -> None:
    op.create_table("response_new", *columns, unique, sqlite_autoincrement=True)


def _take_its_place() -> None:
    """Names and conditions of the indexes are those of before: only the table under them is another."""
    op.drop_table("response")
    op.rename_table("response_new", "response")
    op.create_index("ix_response_unit_id_month", "response", ["unit_id", "month"])
    op.create_index(
        "ix_response_month_answered_at_unit_id",
        "response",
        ["month", "answered_at", "unit_id"],
        sqlite_where=sa.text("comment IS NOT NULL"),
    )
    op.create_index(
        "ix_response_undated",
        "response",
        ["unit_id", "month"],
        sqlite_where=sa.text("time_source = 'period'"),
    )


def _refuse_changes() -> None:
    for event, name in ((f"UPDATE OF {_FIXED}", "update"), ("DELETE", "delete")):
        op.execute(
            f"CREATE TRIGGER response_no_{name} BEFORE {event} ON response "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def _write_tail(when: str) -> None:
    """Whichever way an answer is stored, none can forget it. Rows of files count together, by another way."""
    op.execute(
        f"CREATE TRIGGER response_counts AFTER INSERT ON response {when} "  # noqa: S608  # constants
        "BEGIN INSERT INTO tail (unit_id, seq) VALUES (NEW.unit_id, NEW.seq); END"
    )
