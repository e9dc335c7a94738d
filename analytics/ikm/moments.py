"""Exact integer sums of answer sheets: all that the index and its statistics need of the raw rows.

Sums add, so a cell per unit, service and month can be merged into any period, and a month can be taken
away again. Integers do not round, so any order of merging gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.ikm.stored_sums import FORMAT, HEADER, added, complete_alike

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Moments:
    """Sums over `n` answer sheets of `k` elements (unsur) scored 1..`levels`; 0 means not answered.

    Attributes:
        levels: highest score.
        n: sheets with at least one answer. A sheet without any is not a filled questionnaire.
        counts: (k, levels + 1); how often each element got each score, column 0 the unanswered.
        pairs: (k, k); sheets on which both elements are answered.
        sums: (k, k); sum of element i over the sheets that answer element j. The diagonal is the total.
        cross: (k, k); sum of the products of elements i and j over the sheets that answer both.
        histogram: (k * levels + 1,); complete sheets by the sum of their scores.

    With every element answered `pairs` is n throughout and row i of `sums` is the total of i; the
    byte form then leaves both out.
    """

    levels: int
    n: int
    counts: IntArray
    pairs: IntArray
    sums: IntArray
    cross: IntArray
    histogram: IntArray

    def __post_init__(self) -> None:
        for array in self._arrays():
            array.setflags(write=False)

    @classmethod
    def zero(cls, k: int, levels: int = 4) -> Moments:
        """The sums of no sheet: the neutral element of `merge`."""

        def zeros(*shape: int) -> IntArray:
            return np.zeros(shape, dtype=np.int64)

        return cls(
            levels=levels,
            n=0,
            counts=zeros(k, levels + 1),
            pairs=zeros(k, k),
            sums=zeros(k, k),
            cross=zeros(k, k),
            histogram=zeros(k * levels + 1),
        )

    @classmethod
    def from_answers(cls, answers: ArrayLike, levels: int = 4) -> Moments:
        """Sum an (n, k) array of integers 0..levels; 0 is "not answered" and enters no mean.

        Raises:
            AnalyticsError: `answers-shape` if it is not two-dimensional, `answers-type` if it does not hold
                whole numbers, `answers-range` for a score outside 0..levels.
        """
        x = _checked(answers, levels)
        x = x[(x > 0).any(axis=1)]
        n, k = x.shape
        answered = x > 0
        counts = np.stack([(x == level).sum(axis=0) for level in range(levels + 1)], axis=1)
        # Products through float64 (BLAS) are exact: every sum stays far below 2**53.
        xf, af = x.astype(np.float64), answered.astype(np.float64)
        complete = x[answered.all(axis=1)].sum(axis=1)
        return cls(
            levels=levels,
            n=n,
            counts=counts.astype(np.int64),
            pairs=(af.T @ af).astype(np.int64),
            sums=(xf.T @ af).astype(np.int64),
            cross=(xf.T @ xf).astype(np.int64),
            histogram=np.bincount(complete, minlength=k * levels + 1).astype(np.int64),
        )

    @property
    def k(self) -> int:
        """Number of elements."""
        return int(self.counts.shape[0])

    @cached_property
    def answered(self) -> tuple[int, ...]:
        """Sheets that answer each element."""
        return tuple(self.pairs.diagonal().tolist())

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """Sum of the scores of each element."""
        return tuple(self.sums.diagonal().tolist())

    @property
    def complete(self) -> bool:
        """True when every sheet answers every element."""
        return bool((self.pairs == self.n).all())

    def alone(self, element: int) -> Moments:
        """The sums of one element, over the sheets that answer it."""
        scored = self.counts[element].copy()
        scored[0] = 0
        one = np.s_[element : element + 1, element : element + 1]
        n, counts = self.answered[element], scored[None, :]
        return Moments(
            levels=self.levels,
            n=n,
            counts=counts,
            pairs=self.pairs[one],
            sums=self.sums[one],
            cross=self.cross[one],
            histogram=scored,
        )

    def merge(self, other: Moments) -> Moments:
        """The sums of both sets of sheets."""
        self._check_same_form(other)
        return self._combine(other, 1)

    __add__ = merge

    def subtract(self, other: Moments) -> Moments:
        """The sums without the sheets of `other`, which must have been part of them.

        Raises:
            AnalyticsError: `moments-negative` if a sum would fall below zero.
        """
        self._check_same_form(other)
        result = self._combine(other, -1)
        if result.n < 0 or any((array < 0).any() for array in result._arrays()):
            raise AnalyticsError(
                "moments-negative", got=other.n, expected="sheets that are part of these sums"
            )
        return result

    __sub__ = subtract

    @classmethod
    def merge_all(cls, cells: Iterable[Moments], k: int, levels: int = 4) -> Moments:
        """Merge any number of cells; none gives `zero(k, levels)`."""
        result = cls.zero(k, levels)
        for cell in cells:
            result = result.merge(cell)
        return result

    def to_bytes(self) -> bytes:
        """Little-endian int64, one form for one value: equal sums are equal bytes."""
        upper = _upper(self.k)
        parts = [
            np.array([FORMAT, self.levels, self.k, self.n, int(self.complete)], dtype=np.int64),
            self.counts[:, 1:].ravel(),
            self.cross[upper],
            self.histogram,
        ]
        if not self.complete:
            parts += [self.pairs[upper], self.sums.ravel()]
        return np.concatenate(parts).astype("<i8").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Moments:
        """Read what `to_bytes` wrote.

        Raises:
            AnalyticsError: `moments-format` for bytes of another form or length.
        """
        values = np.frombuffer(data[: len(data) // 8 * 8], dtype="<i8").astype(np.int64)
        if len(data) % 8 or len(values) < HEADER or values[0] != FORMAT:
            raise AnalyticsError("moments-format", got=len(data), expected=f"bytes of format {FORMAT}")
        levels, k, n, complete = (int(v) for v in values[1:HEADER])
        sizes = [HEADER, k * levels, k * (k + 1) // 2, k * levels + 1]
        sizes += [] if complete else [k * (k + 1) // 2, k * k]
        if len(values) != sum(sizes):
            raise AnalyticsError("moments-format", got=len(values), expected=f"{sum(sizes)} values")
        ends = list(accumulate(sizes))
        _, scored, cross, histogram, *rest = (values[b - a : b] for a, b in zip(sizes, ends, strict=True))
        scored = scored.reshape(k, levels)
        counts = np.empty((k, levels + 1), dtype=np.int64)
        counts[:, 0], counts[:, 1:] = n - scored.sum(axis=1), scored
        if complete:
            totals = scored @ np.arange(1, levels + 1)
            pairs, sums = np.full((k, k), n), np.repeat(totals[:, None], k, axis=1)
        else:
            pairs, sums = _symmetric(rest[0], k), rest[1].reshape(k, k)
        return cls(
            levels=levels,
            n=n,
            counts=counts,
            pairs=pairs,
            sums=sums,
            cross=_symmetric(cross, k),
            histogram=histogram,
        )

    @classmethod
    def merge_bytes(cls, cells: Sequence[bytes], k: int, levels: int = 4) -> Moments:
        """`merge_all` of cells as `to_bytes` wrote them; of complete cells the bytes themselves are added.

        Raises:
            AnalyticsError: `moments-format`, or `moments-mismatch` for cells of another form.
        """
        head = np.array([FORMAT, levels, k], dtype="<i8").tobytes()
        if len(cells) < 2 or not complete_alike(cells, head):
            return cls.merge_all(map(cls.from_bytes, cells), k, levels)
        return cls.from_bytes(added(cells))

    @classmethod
    def add_bytes(cls, one: bytes, other: bytes) -> bytes:
        """`to_bytes` of the sums of both sets of sheets, each as `to_bytes` wrote it.

        Raises:
            AnalyticsError: `moments-format`, or `moments-mismatch` for sums of another form.
        """
        if one[:8] == FORMAT.to_bytes(8, "little") and complete_alike((one, other), one[:24]):
            return added((one, other))
        return cls.from_bytes(one).merge(cls.from_bytes(other)).to_bytes()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moments) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        return hash(self.to_bytes())

    def _arrays(self) -> tuple[IntArray, ...]:
        return self.counts, self.pairs, self.sums, self.cross, self.histogram

    def _combine(self, other: Moments, sign: int) -> Moments:
        return Moments(
            levels=self.levels,
            n=self.n + sign * other.n,
            counts=self.counts + sign * other.counts,
            pairs=self.pairs + sign * other.pairs,
            sums=self.sums + sign * other.sums,
            cross=self.cross + sign * other.cross,
            histogram=self.histogram + sign * other.histogram,
        )

    def _check_same_form(self, other: Moments) -> None:
        if (self.k, self.levels) != (other.k, other.levels):
            raise AnalyticsError(
                "moments-mismatch",
                got=f"{other.k} elements of {other.levels} levels",
                expected=f"{self.k} elements of {self.levels} levels",
                hint="Only answers to the same elements on the same scale can be added.",
            )


def _checked(answers: ArrayLike, levels: int) -> IntArray:
    x: NDArray[Any] = np.asarray(answers)
    if x.ndim != 2 or x.shape[1] == 0:
        raise AnalyticsError("answers-shape", got=x.shape, expected="(sheets, elements)")
    if x.size and not np.issubdtype(x.dtype, np.integer):
        raise AnalyticsError("answers-type", got=str(x.dtype), expected="whole numbers")
    if x.size and (x.min() < 0 or x.max() > levels):
        raise AnalyticsError(
            "answers-range",
            got=(int(x.min()), int(x.max())),
            expected=f"scores 1 to {levels}, or 0 for not answered",
        )
    return x.astype(np.int64)


def _symmetric(upper: IntArray, k: int) -> IntArray:
    full = np.empty((k, k), dtype=np.int64)
    rows, columns = _upper(k)
    full[rows, columns] = full[columns, rows] = upper
    return full


@lru_cache(maxsize=32)
def _upper(k: int) -> tuple[IntArray, IntArray]:
    rows, columns = np.triu_indices(k)
    return rows, columns
