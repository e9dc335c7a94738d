"""Many values, as many at a time as one statement takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

#: Values of one IN list.
_MANY = 500


def in_parts(values: Iterable[T]) -> list[list[T]]:
    """The values in their order, in lists that an IN list takes each."""
    listed = list(values)
    return [listed[start : start + _MANY] for start in range(0, len(listed), _MANY)]
