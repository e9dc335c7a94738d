"""Appending the rows of a file at once: what can be done before is, as on SQLite everybody waits meanwhile.

Most of what an insert costs there is turning values into the driver's own types, row by row. SQLAlchemy does
that within the transaction; here its own types do it before (measured: half of the time others wait).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect

from survey_app.storage.responses import INSERT_ROWS, NewResponse, values_of
from survey_app.storage.tables import response


@dataclass(frozen=True)
class ReadyRows:
    """Responses as the driver takes them: on SQLite tuples in the order of `names`, else by name."""

    names: tuple[str, ...]
    values: Sequence[Any]

    def __len__(self) -> int:
        return len(self.values)

    def slices(self, size: int) -> Iterator[ReadyRows]:
        """The same rows, `size` of them at a time."""
        for start in range(0, len(self), size):
            yield ReadyRows(self.names, self.values[start : start + size])

    def placed(self, **there: int) -> ReadyRows:
        """The same rows with the numbers of what was not there when they were made, such as their import."""
        if self.values and isinstance(self.values[0], dict):
            return ReadyRows(self.names, [{**row, **there} for row in self.values])
        places = [there.get(name) for name in self.names]
        moved = [
            tuple(old if new is None else new for old, new in zip(row, places, strict=True))
            for row in self.values
        ]
        return ReadyRows(self.names, moved)


def ready(dialect: Dialect, new: Sequence[NewResponse]) -> ReadyRows:
    """What `append` takes."""
    rows = [values_of(r) for r in new]
    names = tuple(rows[0]) if rows else ()
    if dialect.name != "sqlite":
        return ReadyRows(names, rows)
    own_types = [response.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return ReadyRows(
        names,
        [
            tuple(
                value if to_driver is None else to_driver(value)
                for value, to_driver in zip(row.values(), own_types, strict=True)
            )
            for row in rows
        ],
    )


def append(connection: Connection, rows: ReadyRows) -> None:
    """Append rows of `ready`, each unless its id is known for its unit. They count when their import does."""
    if not rows.values:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(INSERT_ROWS[connection.dialect.name], rows.values)
        return
    # As for many: compiled for one it asks for its number, which a driver of Python 3.13 takes for misuse.
    statement = INSERT_ROWS["sqlite"].compile(
        dialect=connection.dialect, column_keys=list(rows.names), for_executemany=True
    )
    order = [rows.names.index(name) for name in statement.positiontup or ()]
    assert order == sorted(order)  # the columns of a row stand in the order of the table
    connection.exec_driver_sql(str(statement), list(rows.values))
