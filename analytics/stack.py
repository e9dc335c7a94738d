"""Many cells side by side: the arrays from which a whole province is scored in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.errors import AnalyticsError
from analytics.ikm.moments import IntArray, Moments

#: format, levels, number of elements, n, complete? -- the head of `Moments.to_bytes`.
_HEADER = 5


@dataclass(frozen=True)
class MomentsStack:
    """`m` cells of the same form, kept as arrays.

    Attributes:
        levels: highest score.
        n: (m,) sheets.
        answered, totals: (m, k) answers and their sum per element.
        cross: (m, k, k) sums of products.
        scored: (m, k, levels) how often each element got each score.
        histogram: (m, k * levels + 1) complete sheets by the sum of their scores.
        pairs, sums: (m, k, k) as in `Moments`; None when every sheet of every cell is complete.
    """

    levels: int
    n: IntArray
    answered: IntArray
    totals: IntArray
    cross: IntArray
    scored: IntArray
    histogram: IntArray
    pairs: IntArray | None
    sums: IntArray | None

    def __len__(self) -> int:
        return len(self.n)

    @property
    def k(self) -> int:
        """Number of elements."""
        return int(self.totals.shape[1])

    def cell(self, i: int) -> Moments:
        """The i-th cell as it was stacked."""
        n, shape = int(self.n[i]), (self.k, self.k)
        pairs = np.full(shape, n) if self.pairs is None else self.pairs[i]
        sums = np.repeat(self.totals[i][:, None], self.k, axis=1) if self.sums is None else self.sums[i]
        counts = np.column_stack([n - self.scored[i].sum(axis=1), self.scored[i]])
        arrays = (counts, pairs, sums, self.cross[i], self.histogram[i])
        return Moments(self.levels, n, *(a.astype(np.int64) for a in arrays))


def stack(cells: Sequence[Moments]) -> MomentsStack:
    """Stack cells of one form, in their order.

    Raises:
        AnalyticsError: `stack-empty` without cells, `moments-mismatch` for cells of different forms.
    """
    if not cells:
        raise AnalyticsError("stack-empty", got=0, expected="at least one cell")
    forms = {(c.k, c.levels) for c in cells}
    if len(forms) > 1:
        raise AnalyticsError("moments-mismatch", got=sorted(forms), expected="elements and levels all equal")
    pairs, sums = np.stack([c.pairs for c in cells]), np.stack([c.sums for c in cells])
    n = np.array([c.n for c in cells], dtype=np.int64)
    complete = bool((pairs == n[:, None, None]).all())
    return MomentsStack(
        cells[0].levels,
        n,
        np.diagonal(pairs, axis1=1, axis2=2),
        np.diagonal(sums, axis1=1, axis2=2),
        np.stack([c.cross for c in cells]),
        np.stack([c.counts[:, 1:] for c in cells]),
        np.stack([c.histogram for c in cells]),
        None if complete else pairs,
        None if complete else sums,
    )


def stack_bytes(data: bytes, k: int, levels: int = 4) -> MomentsStack:
    """Stack complete cells straight from their joined bytes (`Moments.to_bytes` one after the other).

    Args:
        data: the bytes of complete cells only; they all have the same length.
        k: number of elements.
        levels: highest score.

    Raises:
        AnalyticsError: `stack-bytes` for another length, another form, or a cell with unanswered elements:
            read such cells with `Moments.from_bytes` and use `stack`.
    """
    upper = np.triu_indices(k)
    cut = np.cumsum([_HEADER, k * levels, len(upper[0]), k * levels + 1])
    if len(data) == 0 or len(data) % (8 * cut[-1]):
        raise AnalyticsError("stack-bytes", got=len(data), expected=f"a multiple of {8 * cut[-1]} bytes")
    cells = np.frombuffer(data, dtype="<i8").reshape(-1, cut[-1])
    if (cells[:, [0, 1, 2, 4]] != (1, levels, k, 1)).any():
        raise AnalyticsError("stack-bytes", got="another form", expected=f"complete cells of {k} elements")
    n = cells[:, 3].astype(np.int64)
    scored = cells[:, cut[0] : cut[1]].reshape(-1, k, levels)
    cross = np.empty((len(n), k, k), dtype=np.int64)
    cross[:, upper[0], upper[1]] = cross[:, upper[1], upper[0]] = cells[:, cut[1] : cut[2]]
    answered = np.broadcast_to(n[:, None], (len(n), k))
    totals = scored @ np.arange(1, levels + 1)
    return MomentsStack(levels, n, answered, totals, cross, scored, cells[:, cut[2] :], None, None)
