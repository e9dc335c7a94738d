"""What the tail costs, beside an insert without it and one that adds the answer to its cell at once.

All of one run, by turns, so that whatever else the machine does meanwhile meets each of them alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import sqlalchemy as sa
from sqlalchemy import Connection

from benchmarks import inserts
from survey_app.services.answers.ids import uuid7
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import folding, imports, responses, rollup
from survey_app.storage.database import Database
from survey_app.storage.responses import INSERT_ROWS, NewResponse, values_of
from survey_app.storage.tables import tail

UNITS, ANSWERS, ROUNDS = 500, 500, 9
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def main() -> None:
    print(f"The tail: {ANSWERS} answers one after another in one transaction, {UNITS} units (medians)")
    heads = (
        "no tail",
        "tail",
        "ratio",
        "cell at once",
        "ratio",
        f"fold, {UNITS} cells",
        "fold, 20 cells",
        "read",
    )
    print(f"{'database':>12}  " + "  ".join(f"{head:>15}" for head in heads))
    for name, opened in (("SQLite", inserts.sqlite()), ("PostgreSQL", inserts.postgresql())):
        with opened as database:
            print(f"{name:>12}  " + "  ".join(f"{value:>15}" for value in _measure(database)))
    print()


def _measure(database: Database) -> list[str]:
    catalogue.create_agency(database, ADMIN, "opd", "OPD")
    for i in range(UNITS):
        catalogue.create_unit(database, ADMIN, "opd", f"u{i}", f"Unit {i}", time_zone="Asia/Makassar")
    units = catalogue.list_units(database, PROVINCE)
    file = database.write(lambda connection: imports.begin(connection, units[0].unit.id, "", NOW))
    ways: list[Callable[[Connection, NewResponse], object]] = [
        partial(_alone, file=file),
        responses.insert,
        partial(_at_once, file=file),
    ]
    times: list[list[float]] = [[], [], []]
    wide, narrow, reading = list[float](), list[float](), list[float]()
    _fold(database, _answers(units))
    for _ in range(ROUNDS):
        for way, taken in zip(ways, times, strict=True):
            taken.append(_ms(partial(_insert, database, way, _answers(units))))
        database.write(lambda connection: connection.execute(sa.delete(tail)))
        wide.append(_fold(database, _answers(units)))
        narrow.append(_fold(database, _answers(units[:20])))
        _insert(database, responses.insert, _answers(units[:20]))
        reading.append(_ms(partial(_read, database, units[0].unit.id)))
    alone, tailed, at_once = (statistics.median(taken) for taken in times)
    return [
        f"{alone:.0f} ms",
        f"{tailed:.0f} ms",
        f"{tailed / alone:.2f}",
        f"{at_once:.0f} ms",
        f"{at_once / alone:.2f}",
        *(f"{statistics.median(taken):.1f} ms" for taken in (wide, narrow, reading)),
    ]


def _answers(units: Sequence[UnitEntry]) -> list[NewResponse]:
    return [_answer(units[i % len(units)]) for i in range(ANSWERS)]


def _answer(entry: UnitEntry) -> NewResponse:
    return NewResponse(
        id=uuid7(NOW),
        unit_id=entry.unit.id,
        service_id=entry.services[0].id,
        instrument="skm-2017@1",
        scores="343344334",
        profile={"jenis_kelamin": "P", "usia": "26-35"},
        comment=None,
        channel="web",
        client_id="phone",
        answered_at=NOW,
        received_at=NOW,
        time_source="server",
        month=202611,
        duration_ms=40_000,
    )


def _insert(
    database: Database, way: Callable[[Connection, NewResponse], object], new: Sequence[NewResponse]
) -> None:
    def job(connection: Connection) -> None:
        for one in new:
            way(connection, one)

    database.write(job)


def _alone(connection: Connection, new: NewResponse, file: int) -> None:
    """As a row of a file, which enters no tail."""
    connection.execute(INSERT_ROWS[connection.dialect.name], values_of(new) | {"import_id": file})


def _at_once(connection: Connection, new: NewResponse, file: int) -> None:
    """The cell read, added to and stored again with every answer."""
    _alone(connection, new, file)
    folding.add(connection, rollup.sums_of([new]))


def _fold(database: Database, new: Sequence[NewResponse]) -> float:
    database.write(partial(responses.insert_many, new=new))
    return _ms(lambda: database.write(folding.refresh))


def _read(database: Database, unit_id: int) -> None:
    with database.read() as connection:
        rollup.read(connection, [unit_id], (202601, 202612))


def _ms(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
