"""What keeps append-only tables as they are, looked at whenever a database is opened.

The rule stands beside each table (`AppendOnly`). Triggers keep it; where the engine takes none, the role in
use must have no right to change what is fixed. A trigger that somebody dropped, switched off or wrote anew
keeps nothing: so what they do is compared with the rule, not only their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.errors import StorageError
from survey_app.storage.tables import AppendOnly, metadata
from survey_app.text import Text

#: What a trigger does, by its table and its name.
Triggers = Mapping[tuple[str, str], str]

#: On SQLite also what lets an answer count: without it one would be stored and be in no result.
_COUNTS = (
    "CREATE TRIGGER response_counts AFTER INSERT ON response WHEN NEW.import_id IS NULL "
    "BEGIN INSERT INTO tail (unit_id, seq) VALUES (NEW.unit_id, NEW.seq); END"
)
# Bits of pg_trigger.tgtype: for each row, before, on which events.
_ROW, _BEFORE, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 8, 16, 32

_SQLITE_TRIGGERS = sa.text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'")
_POSTGRESQL_TRIGGERS = sa.text(
    "SELECT c.relname, t.tgname, t.tgtype, p.prosrc, "
    "ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum = ANY (t.tgattr)) "
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "WHERE c.oid IN (SELECT to_regclass(quote_ident(name)) FROM unnest(CAST(:tables AS text[])) AS name) "
    "AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND NOT t.tgisinternal"
)
#: Whether the role in use may delete rows of a table, or write a column that is fixed.
_MAY_CHANGE = sa.text(
    "SELECT has_table_privilege(quote_ident(:table), 'DELETE, TRUNCATE') OR EXISTS ("
    "SELECT FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(:table)) AND attnum > 0 "
    "AND NOT attisdropped AND attname <> ALL (CAST(:emptied AS text[])) "
    "AND has_column_privilege(attrelid, attnum, 'UPDATE'))"
)


def check(connection: Connection) -> None:
    """Do nothing where every append-only table is kept as it is.

    Raises: StorageError `table-unguarded`, naming the table and what is missing.
    """
    needed = _needed(connection.dialect.name)
    found = _found(connection)
    missing: dict[str, list[str]] = {}
    for (table, name), does in needed.items():
        if found.get((table, name)) != does:
            missing.setdefault(table, []).append(name)
    for table, names in missing.items():
        if connection.dialect.name == "sqlite" or _may_change(connection, table):
            raise _unguarded(table, names)


def append_only() -> dict[str, AppendOnly]:
    """The rule of each table that has one."""
    rules = ((table.name, table.info.get("append_only")) for table in metadata.tables.values())
    return {name: rule for name, rule in rules if isinstance(rule, AppendOnly)}


def fixed(table: str) -> list[str]:
    """The columns of an append-only table that never change, in their order."""
    emptied = append_only()[table].emptied
    return [name for name in metadata.tables[table].columns.keys() if name not in emptied]  # noqa: SIM118


def _unguarded(table: str, triggers: Iterable[str]) -> StorageError:
    text = Text(
        "Tabel {table} tidak terjaga dari perubahan: pemicu {triggers} tidak ada, dimatikan, atau bukan "
        "buatan aplikasi ini. Cari tahu siapa yang mengubah pemicu itu, bandingkan isi tabel dengan "
        "cadangan, lalu pulihkan cadangan itu. Pada PostgreSQL, cukup pula mencabut hak UPDATE, DELETE, "
        "dan TRUNCATE dari peran yang dipakai server. Lihat docs/panduan/cadangan.md.",
        "The table {table} is not protected from changes: the trigger {triggers} is missing, switched "
        "off, or not the one this application made. Find out who changed it, compare the table with a "
        "backup, and restore that. On PostgreSQL revoking UPDATE, DELETE and TRUNCATE from the role of "
        "the server is enough too. See docs/panduan/cadangan.md.",
    )
    return StorageError("table-unguarded", text.format(table=table, triggers=", ".join(sorted(triggers))))


# What must be there, by the rules


@cache
def _needed(dialect: str) -> Triggers:
    if dialect == "sqlite":
        return {key: does for table in append_only() for key, does in _on_sqlite(table)} | {
            ("response", "response_counts"): _COUNTS
        }
    return {key: does for table in append_only() for key, does in _on_postgresql(table)}


def _on_sqlite(table: str) -> Iterable[tuple[tuple[str, str], str]]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for event, name in ((_update_of(table), f"{table}_no_update"), ("DELETE", f"{table}_no_delete")):
        yield (table, name), f"CREATE TRIGGER {name} BEFORE {event} ON {table} {refusal}"
    if append_only()[table].emptied:
        name, kept = f"{table}_only_emptied", only_emptied(table, "IS")
        yield (table, name), f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({kept}) {refusal}"


def _update_of(table: str) -> str:
    return f"UPDATE OF {', '.join(fixed(table))}" if append_only()[table].emptied else "UPDATE"


def _on_postgresql(table: str) -> Iterable[tuple[tuple[str, str], str]]:
    refusal = f"RAISE EXCEPTION '{table} is append-only';"
    # Without columns an update of any is refused.
    columns = fixed(table) if append_only()[table].emptied else []
    source = f"BEGIN {refusal} END"
    yield (table, f"{table}_append_only"), _described(_ROW | _BEFORE | _DELETE | _UPDATE, columns, source)
    yield (table, f"{table}_no_truncate"), _described(_BEFORE | _TRUNCATE, [], source)
    if append_only()[table].emptied:
        kept = only_emptied(table, "IS NOT DISTINCT FROM")
        source = f"BEGIN IF NOT ({kept}) THEN {refusal} END IF; RETURN NEW; END"
        yield (table, f"{table}_only_emptied"), _described(_ROW | _BEFORE | _UPDATE, [], source)


def only_emptied(table: str, same: str) -> str:
    """That an update only empties or redacts what may be; `same` is equality that knows NULL."""
    rule = append_only()[table]
    conditions = []
    for name, empty in rule.emptied.items():
        if name in rule.redacted:
            conditions.append(f"(NEW.{name} IS NULL OR OLD.{name} IS NOT NULL)")
        elif empty is None:
            conditions.append(f"(NEW.{name} {same} OLD.{name} OR NEW.{name} IS NULL)")
        else:
            emptied = f"(NEW.{name} {same} '{empty}' AND OLD.{name} IS NOT NULL)"
            conditions.append(f"(NEW.{name} {same} OLD.{name} OR {emptied})")
    return " AND ".join(conditions)


def _described(kind: int, columns: Iterable[str], source: str) -> str:
    """A trigger of PostgreSQL, whose own text for one differs between its versions."""
    return f"{kind} of {', '.join(sorted(columns))}: {' '.join(source.split())}"


# What is there


def _found(connection: Connection) -> Triggers:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(_SQLITE_TRIGGERS)
        return {(table, name): " ".join(does.split()) for table, name, does in rows}
    rows = connection.execute(_POSTGRESQL_TRIGGERS, {"tables": list(append_only())})
    return {(table, name): _described(kind, columns, source) for table, name, kind, source, columns in rows}


def _may_change(connection: Connection, table: str) -> bool:
    """Whether the role in use has a right to change what the rule of a table keeps. PostgreSQL only."""
    emptied = list(append_only()[table].emptied)
    return bool(connection.execute(_MAY_CHANGE, {"table": table, "emptied": emptied}).scalar_one())
