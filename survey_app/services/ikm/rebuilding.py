"""Computing the roll-up and the flags anew from what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from survey_app.errors import InstrumentError, NotFound, Problem, StorageError, Unavailable
from survey_app.services.ikm import results
from survey_app.storage import folding, places
from survey_app.storage.database import Database
from survey_app.text import Text


def rebuild(database: Database) -> int:
    """Compute the whole roll-up and every flag anew from the responses; the number of cells.

    A unit whose answers or questionnaire cannot be read keeps the sums it had, and holds up no other one.

    Raises: StorageError `rebuild-incomplete`, with each such unit and why, when all others are done.
    """
    with database.read() as connection:
        units = places.units(connection)
    cells, unreadable = 0, list[Problem]()
    for unit in units:
        try:
            cells += _rebuild_unit(database, unit.id)
        except Unavailable:
            raise
        except (NotFound, InstrumentError, StorageError) as error:
            unreadable.append(Problem(error.code, unit.code, error.text))
    results.refresh(database)
    if unreadable:
        raise _incomplete(unreadable)
    return cells


def _incomplete(unreadable: Sequence[Problem]) -> StorageError:
    text = Text(
        "Unit ini tidak dihitung ulang dan tetap seperti semula ({n}); semua unit lain sudah dihitung ulang.",
        "These units were not recalculated and stay as they were ({n}); all others were recalculated.",
    )
    return StorageError("rebuild-incomplete", text.format(n=len(unreadable)), unreadable)


def _rebuild_unit(database: Database, unit_id: int) -> int:
    """In a snapshot, while citizens go on; where answers are folded in meanwhile, again with folds held."""
    with database.read() as connection:
        rebuilt = folding.compute(connection, unit_id)
    if not database.write(partial(folding.replace, rebuilt=rebuilt)):
        rebuilt = database.write(partial(folding.rebuild, unit_id=unit_id))
    return len(rebuilt.cells)
