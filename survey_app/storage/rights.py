"""What the role in use may do on PostgreSQL, asked before it is too late to say it plainly.

A server may run as a role that owns nothing (docs/panduan/cadangan.md). Then its owner brings the schema up,
and grants again what is new in it: otherwise every answer would be refused in the words of PostgreSQL.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.errors import StorageError
from survey_app.storage.tables import AppendOnly, metadata
from survey_app.text import Text

#: Whose the tables are, and whether the role in use may do what he may; nothing where there are none yet.
_OWNER = sa.text(
    "SELECT relowner::regrole::text, pg_has_role(relowner, 'USAGE') FROM pg_class "
    "WHERE oid = to_regclass('alembic_version')"
)
_UNREADABLE = sa.text(
    "SELECT name FROM unnest(CAST(:tables AS text[])) AS name "
    "WHERE NOT has_table_privilege(quote_ident(name), 'SELECT') ORDER BY name"
)
_NOT_EMPTIED = sa.text(
    "SELECT EXISTS (SELECT FROM unnest(CAST(:columns AS text[])) AS name "
    "WHERE NOT has_column_privilege(quote_ident(:table), name, 'UPDATE'))"
)
_NOT_THE_OWNER = Text(
    "Susunan basis data ini versi lain, dan peran yang dipakai tidak berhak mengubah susunan itu. "
    "Jalankan satu perintah dengan peran {owner}, misalnya python -m survey_app redact --check, lalu "
    "beri lagi hak peran server. Lihat docs/panduan/cadangan.md.",
    "The schema of this database is a different version, and the role in use has no right to change it. "
    "Run one command as {owner}, such as python -m survey_app redact --check, then grant the role of the "
    "server its rights again. See docs/panduan/cadangan.md.",
)
_NO_RIGHT = Text(
    "Peran yang dipakai tidak berhak membaca tabel {tables}. Setelah setiap pembaruan, pemilik tabel "
    "harus memberikan lagi hak itu. Lihat docs/panduan/cadangan.md.",
    "The role in use has no right to read the tables {tables}. After each update the owner of the tables "
    "must grant the rights again. See docs/panduan/cadangan.md.",
)
_NO_EMPTYING = Text(
    "Peran yang dipakai tidak berhak mengosongkan data pribadi yang masa simpannya sudah habis pada tabel "
    "{table}. Pemilik tabel harus memberikan hak itu. Lihat docs/panduan/cadangan.md.",
    "The role in use has no right to empty personal data whose time is over in the table {table}. The owner "
    "of the table must grant it. See docs/panduan/cadangan.md.",
)


def check_owner(connection: Connection) -> None:
    """Do nothing where the role in use may change the schema. PostgreSQL only.

    Raises: StorageError `schema-owner`.
    """
    for owner, may in connection.execute(_OWNER):
        if not may:
            raise StorageError("schema-owner", _NOT_THE_OWNER.format(owner=owner))


def check(connection: Connection) -> None:
    """Do nothing where every table can be read; SQLite knows no roles.

    Raises: StorageError `table-unreadable`, naming those that cannot.
    """
    if connection.dialect.name == "sqlite":
        return
    names = connection.execute(_UNREADABLE, {"tables": sorted(metadata.tables)}).scalars().all()
    if names:
        raise StorageError("table-unreadable", _NO_RIGHT.format(tables=", ".join(names)))


def require_emptying(connection: Connection) -> None:
    """Do nothing where the role in use may empty what the rules of the tables let be emptied.

    Raises: StorageError `emptying-refused`, naming the table.
    """
    if connection.dialect.name == "sqlite":
        return
    for table in metadata.tables.values():
        rule = table.info.get("append_only")
        if isinstance(rule, AppendOnly) and rule.emptied:
            given = {"table": table.name, "columns": list(rule.emptied)}
            if connection.execute(_NOT_EMPTIED, given).scalar_one():
                raise StorageError("emptying-refused", _NO_EMPTYING.format(table=table.name))
