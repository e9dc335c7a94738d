"""A copy of a SQLite database that is in use: one file, whole, checked, and of one moment."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from survey_app.errors import Conflict, Refused, StorageError
from survey_app.storage.availability import told_plainly
from survey_app.storage.database import create_engine, parsed_url
from survey_app.text import Text


def back_up(url: str, target: Path) -> int:
    """Copy the database at `url` to the new file `target` while others write; how many answers it holds.

    It is not migrated: the copy made before an update is what the version before the update can open.

    Raises:
        Refused: `backup-postgresql`; `backup-nothing` when there is no database file.
        Conflict: `backup-exists`.
        StorageError: `backup-damaged` when the copy fails SQLite's own check, `backup-failed` when it could
            not be written; nothing is then left behind.
        Unavailable
    """
    source = _file_of(url)
    if target.exists():
        text = Text(
            "{path} sudah ada dan tidak ditimpa. Pilih nama lain.",
            "{path} already exists and was not overwritten. Choose another name.",
        )
        raise Conflict("backup-exists", text.format(path=target))
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        # A backup holds what citizens wrote: for its owner alone.
        part.touch(mode=0o600)
        _copy(url, part)
        answers = _checked(part, source)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except (sqlite3.Error, OSError) as error:
        text = Text(
            "Cadangan {path} gagal dibuat: {cause}. Periksa ruang dan izin folder itu, atau pilih tempat "
            "lain. Basis data tidak berubah.",
            "The backup {path} could not be made: {cause}. Check the free space and permissions of its "
            "folder, or choose another place. The database is unchanged.",
        )
        cause = error.strerror or error if isinstance(error, OSError) else error
        raise StorageError("backup-failed", text.format(path=target, cause=cause)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return answers


def _file_of(url: str) -> Path:
    parsed = parsed_url(url)
    if parsed.get_backend_name() != "sqlite":
        text = Text(
            "Basis data ini PostgreSQL; pakai “pg_dump --format=custom --file=BERKAS NAMA”.",
            "This database is PostgreSQL; use “pg_dump --format=custom --file=FILE NAME”.",
        )
        raise Refused("backup-postgresql", text)
    source = Path(parsed.database or "")
    if not source.is_file():
        text = Text("Tidak ada basis data di {path}.", "There is no database at {path}.")
        raise Refused("backup-nothing", text.format(path=source))
    return source


def _copy(url: str, part: Path) -> None:
    engine = create_engine(url)
    with told_plainly(), engine.connect() as connection, closing(sqlite3.connect(part)) as copy:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        # All pages in one step are one snapshot, which in WAL mode holds up no writer.
        driver.backup(copy, pages=-1)
        # One file without companions, so that it can be copied anywhere.
        copy.execute("PRAGMA journal_mode=DELETE")
    engine.dispose()


def _checked(part: Path, source: Path) -> int:
    with closing(sqlite3.connect(part)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
        if found != ["ok"]:
            text = Text("{path} rusak: {found}.", "{path} is damaged: {found}.")
            raise StorageError("backup-damaged", text.format(path=source, found=found[0]))
        return int(copy.execute("SELECT count(*) FROM response").fetchone()[0])
