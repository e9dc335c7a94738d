"""Computing the roll-up and the flags anew from what is stored."""

from __future__ import annotations

from functools import partial

from survey_app.services.ikm import results
from survey_app.storage import folding, places
from survey_app.storage.database import Connection, Database
from survey_app.storage.folding import Rebuilt


def rebuild(database: Database) -> int:
    """Compute the whole roll-up and every flag anew from the responses; the number of cells."""
    with database.read() as connection:
        units = [unit.id for unit in places.units(connection)]
    cells = sum(_rebuild_unit(database, unit_id) for unit_id in units)
    results.refresh(database)
    return cells


def _rebuild_unit(database: Database, unit_id: int) -> int:
    """In a snapshot, while citizens go on; where answers are folded in meanwhile, again with folds held."""
    with database.read() as connection:
        rebuilt = folding.compute(connection, unit_id)
    if not database.write(lambda connection: folding.replace(connection, rebuilt)):
        rebuilt = database.write(partial(_rebuild_now, unit_id=unit_id))
    return len(rebuilt.cells)


def _rebuild_now(connection: Connection, unit_id: int) -> Rebuilt:
    folding.lock(connection)
    rebuilt = folding.compute(connection, unit_id)
    folding.replace(connection, rebuilt)
    return rebuilt
