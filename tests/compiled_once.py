"""Statements compiled once in a run of the tests, for all engines of a kind.

Each test has a database and so an engine of its own, and SQLAlchemy keeps what it compiled with the engine: a
quarter of the processor time of such tests went into compiling the same statements again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Dialect, Engine


class _Compiled(dict[tuple[Any, ...], Any]):
    """SQLAlchemy's keys hold the engine's dialect, which is equal to no other one of its kind.

    It keeps everything, as a run of the tests has some thousand statements.
    """

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(_without_dialect(key), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(_without_dialect(key), compiled)


_OF_KIND = defaultdict[type[Dialect], _Compiled](_Compiled)


def share() -> None:
    """From now on, in this process."""
    sa.event.listen(Engine, "engine_connect", _use_shared)


def _use_shared(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_OF_KIND[type(connection.dialect)])


def _without_dialect(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part for part in key if not isinstance(part, Dialect))
