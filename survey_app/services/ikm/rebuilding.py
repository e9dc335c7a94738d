"""Computing the roll-up and the flags anew from what is stored."""

from __future__ import annotations

from functools import partial

from survey_app.errors import InstrumentError, NotFound
from survey_app.services.ikm import results
from survey_app.storage import folding, places
from survey_app.storage.database import Database


def rebuild(database: Database) -> int:
    """Compute the whole roll-up and every flag anew from the responses; the number of cells.

    Raises:
        NotFound, InstrumentError: `instrument-unknown`, `instrument-damaged` of units with answers to a
            questionnaire that cannot be read, which stay as they are; all others are computed anew before.
    """
    with database.read() as connection:
        units = [unit.id for unit in places.units(connection)]
    cells, unreadable = 0, list[NotFound | InstrumentError]()
    for unit_id in units:
        try:
            cells += _rebuild_unit(database, unit_id)
        except (NotFound, InstrumentError) as error:
            unreadable.append(error)
    results.refresh(database)
    if unreadable:
        raise unreadable[0]
    return cells


def _rebuild_unit(database: Database, unit_id: int) -> int:
    """In a snapshot, while citizens go on; where answers are folded in meanwhile, again with folds held."""
    with database.read() as connection:
        rebuilt = folding.compute(connection, unit_id)
    if not database.write(partial(folding.replace, rebuilt=rebuilt)):
        rebuilt = database.write(partial(folding.rebuild, unit_id=unit_id))
    return len(rebuilt.cells)
