"""One name for every way in which a database fails to serve: gone, full, read-only, damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import exc

from survey_app.errors import Unavailable
from survey_app.text import Text

UNREACHABLE = (
    "database-unavailable",
    Text(
        "Basis data sedang tidak menjawab. Tunggu sebentar, lalu coba lagi.",
        "The database is not responding. Wait a moment, then try again.",
    ),
)
_FULL = (
    "database-full",
    Text(
        "Ruang penyimpanan basis data penuh. Kosongkan sebagian ruang, lalu layanan pulih secara otomatis.",
        "The database has run out of disk space. Free some space, and the service will resume automatically.",
    ),
)
_CLOSED = (
    "database-read-only",
    Text(
        "Basis data tidak dapat dibuka atau ditulisi. Periksa letak berkas, serta izin berkas dan folder "
        "tempatnya.",
        "The database cannot be opened or written to. Check its location and the permissions of the file "
        "and its folder.",
    ),
)
_DAMAGED = (
    "database-damaged",
    Text(
        "Berkas basis data rusak atau bukan basis data. Pulihkan cadangan: docs/panduan/cadangan.md.",
        "The database file is damaged or is not a database. Restore a backup: docs/panduan/cadangan.md.",
    ),
)

#: SQLite's primary result codes. What is missing here is a mistake of ours and stays what it is.
_SQLITE = {
    sqlite3.SQLITE_BUSY: UNREACHABLE,
    sqlite3.SQLITE_LOCKED: UNREACHABLE,
    sqlite3.SQLITE_IOERR: UNREACHABLE,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _CLOSED,
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Raise Unavailable for whatever says that the database cannot serve now; let everything else through."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        found = _kind(error)
        if found is None:
            raise
        code, text = found
        raise Unavailable(code, text, _cause(error)) from error


def _kind(error: exc.SQLAlchemyError) -> tuple[str, Text] | None:
    if isinstance(error, exc.TimeoutError):
        return UNREACHABLE  # every connection of the pool is waiting for an answer
    if not isinstance(error, exc.DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _SQLITE.get((getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF)
    if isinstance(error.orig, psycopg.errors.DiskFull):
        return _FULL
    if isinstance(error.orig, psycopg.errors.ReadOnlySqlTransaction):
        return _CLOSED
    lost = error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    return UNREACHABLE if lost else None


def _cause(error: exc.SQLAlchemyError) -> str:
    """The driver's own first line: it names host and port or the state of the file, and no data."""
    original = error.orig if isinstance(error, exc.DBAPIError) else error
    return (str(original).strip().splitlines() or [type(original).__name__])[0]
