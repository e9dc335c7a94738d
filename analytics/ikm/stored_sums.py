"""What can be read from, and done to, the bytes of `Moments` without making arrays of them.

They are numbers of eight bytes: format, levels, number of elements, n, whether complete, then the sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FORMAT = 1
HEADER = 5  # format, levels, number of elements, n, complete?
_COMPLETE = (1).to_bytes(8, "little")


def sheets_in(data: bytes) -> int:
    """`n` of the moments in `data`, which `Moments.to_bytes` wrote."""
    return int.from_bytes(data[24:32], "little")


def complete_alike(cells: Sequence[bytes], head: bytes) -> bool:
    """Whether the numbers of the cells stand in the same places."""
    return all(c[:24] == head and c[32:40] == _COMPLETE and len(c) == len(cells[0]) for c in cells)


def added(cells: Sequence[bytes]) -> bytes:
    """The sums of cells that are `complete_alike`."""
    values = np.frombuffer(b"".join(cells), dtype="<i8").reshape(len(cells), -1)
    total = values.sum(axis=0)
    total[[0, 1, 2, 4]] = values[0, [0, 1, 2, 4]]
    summed: bytes = total.astype("<i8").tobytes()
    return summed
