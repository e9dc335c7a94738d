"""Taking a file of answers back: its rows stay stored and count no more, as if it had never come.

What was published stays as it was published. After it the mended file can come, and the same one too.
"""

from __future__ import annotations

from datetime import datetime

from survey_app.errors import NotFound, Problem, Refused
from survey_app.services.ikm import results
from survey_app.services.places import catalogue, clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited, place_of
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage import folding, imports
from survey_app.storage.database import Connection, Database
from survey_app.storage.imports import ToldImport
from survey_app.storage.tables import ImportState
from survey_app.text import Text

REASON_MAX = 500


@asked(Action.SEE_SETTINGS)
def listed(database: Database, acting: Acting, unit_code: str) -> list[ToldImport]:
    """The files that were imported for a unit, the newest first, with their state, rows and moment.

    Raises: NotFound `unit-unknown`; Refused `role-refused`, `scope-refused`.
    """
    entry = catalogue.required(database, acting, unit_code, Action.SEE_SETTINGS)
    with database.read() as connection:
        return imports.told_of_unit(connection, entry.unit.id)


def _place(database: Database, given: Given) -> Scope:
    return place_of(_entry(database, given["import_id"]))


@audited(Action.WITHDRAW_IMPORT, "import_id", "reason", place=_place)
def withdraw(database: Database, acting: Acting, import_id: int, reason: str, now: datetime) -> None:
    """Let the rows of an import count no more, all at once.

    Args:
        reason: why, for whoever looks at the unit's imports later.

    Raises:
        NotFound: `import-unknown`.
        Refused: `role-refused`, `scope-refused`; `input-refused` without a reason, or with too long a one.
        Conflict: `import-state` when its rows do not count.
        Unavailable: `clock-implausible`.
    """
    _require(database, acting, import_id)
    said = _checked(reason)
    clock.check(database, now)
    with database.read() as connection:
        # Rows of an import never change once they count: nor do their sums. Before, more may come.
        imports.require_state(connection, import_id, ImportState.COUNTED)
        sums = folding.sums_of_import(connection, import_id)

    def write(connection: Connection) -> None:
        folding.withdraw_import(connection, import_id, sums)
        imports.note_withdrawal(connection, import_id, now, acting.role, said)

    database.write(write)
    results.refresh(database)


def _require(database: Database, acting: Acting, import_id: int) -> None:
    """Let nobody pass who does not look after the unit of the import."""
    acting.require_action(Action.WITHDRAW_IMPORT)
    acting.require(_entry(database, import_id), Action.WITHDRAW_IMPORT)


def _entry(database: Database, import_id: int) -> UnitEntry:
    """The unit of an import. Raises: NotFound `import-unknown`."""
    with database.read() as connection:
        found = imports.told(connection, import_id)
    if found is None:
        text = Text("Impor {number} tidak dikenal.", "There is no import {number}.")
        raise NotFound("import-unknown", text.format(number=import_id))
    units = catalogue.list_units(database, PROVINCE)
    return next(entry for entry in units if entry.unit.id == found.unit_id)


def _checked(reason: str) -> str:
    said = reason.strip()
    if 0 < len(said) <= REASON_MAX:
        return said
    text = Text(
        "Tulis mengapa berkas ini ditarik, paling panjang {limit} huruf.",
        "Say why this file is withdrawn, in at most {limit} letters.",
    )
    problem = Problem("reason-length", "reason", text.format(limit=REASON_MAX))
    raise Refused.entries([problem])
