"""What can happen to answers: they come one by one, or with a file that may be withdrawn and come again.

Everything here is told by the people themselves. What a rule is given of it are numbers of people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import numpy as np
from hypothesis import strategies as st

from analytics.disclosure.totals import AnswerFile
from analytics.period import Period


@dataclass(frozen=True)
class Batch:
    """Answers that came in together, and are all alike."""

    unit: str
    month: Period
    n: int


@dataclass(frozen=True)
class Imported:
    """A file of one unit, whose answers count together."""

    batches: tuple[Batch, ...]


@dataclass(frozen=True)
class Withdrawn:
    """One of the files that count, by its place among them."""

    which: int


@dataclass(frozen=True)
class Mended:
    """One of the withdrawn files comes again, without some of its batches and with others."""

    which: int
    without: frozenset[int] = frozenset()
    further: tuple[tuple[Period, int], ...] = ()


@dataclass
class Record:
    """The answers as they stand.

    Attributes:
        batches: all there ever were.
        counted: places of those that count by themselves.
        files: places of the batches of every file, and whether it counts.
    """

    batches: list[Batch] = field(default_factory=list)
    counted: set[int] = field(default_factory=set)
    files: list[tuple[list[int], bool]] = field(default_factory=list)

    def happen(self, event: Batch | Imported | Withdrawn | Mended) -> None:
        """Where there is no file to withdraw or to mend, nothing does."""
        if isinstance(event, Batch):
            self.counted.add(self._new(event))
        elif isinstance(event, Imported):
            self.files.append(([self._new(batch) for batch in event.batches], True))
        else:
            wanted = isinstance(event, Withdrawn)
            fitting = [place for place, (_, counts) in enumerate(self.files) if counts == wanted]
            if fitting:
                self._change(fitting[event.which % len(fitting)], event)

    def _change(self, place: int, event: Withdrawn | Mended) -> None:
        batches, _ = self.files[place]
        if isinstance(event, Withdrawn):
            self.files[place] = (batches, False)
            return
        # Nobody is in twice: what came again already with another file is not in this one.
        again = [
            b
            for i, b in enumerate(batches)
            if i not in event.without and not any(b in own for own, counts in self.files if counts)
        ]
        unit = self.batches[batches[0]].unit
        again += [self._new(Batch(unit, month, n)) for month, n in event.further]
        if again:
            self.files.append((again, True))

    def _new(self, batch: Batch) -> int:
        self.batches.append(batch)
        return len(self.batches) - 1

    def inside(self, unit: str, period: Period) -> list[int]:
        """Places of the batches of a unit that count in a period."""
        counting = self.counted.union(*(batches for batches, counts in self.files if counts))
        return sorted(b for b in counting if self._is_in(b, unit, period))

    def files_in(self, unit: str, period: Period) -> frozenset[AnswerFile]:
        """The files with answers among them, as a publication names them."""
        return frozenset(
            self._named(place)
            for place, (batches, counts) in enumerate(self.files)
            if counts and any(self._is_in(b, unit, period) for b in batches)
        )

    def _named(self, place: int) -> AnswerFile:
        people: Counter[int] = Counter()
        for b in self.files[place][0]:
            people[self.batches[b].month.start] += self.batches[b].n
        return AnswerFile(str(place), tuple(sorted(people.items())))

    def _is_in(self, place: int, unit: str, period: Period) -> bool:
        batch = self.batches[place]
        return batch.unit == unit and batch.month.overlaps(period)

    @property
    def sizes(self) -> np.ndarray:
        """People in each batch."""
        return np.array([batch.n for batch in self.batches], dtype=np.int64)

    def rows(self, published: Iterable[Collection[int]]) -> np.ndarray:
        """Each as zeros and ones over all batches."""
        return np.array([[b in inside for b in range(len(self.batches))] for inside in published], np.int64)


def imports(
    units: Collection[str], months: Collection[Period], most: int
) -> st.SearchStrategy[Imported | Withdrawn | Mended]:
    """Files of one or two batches, withdrawn and mended as often as they come."""
    answered = st.tuples(st.sampled_from(list(months)), st.integers(1, most))
    new = st.builds(
        lambda unit, parts: Imported(tuple(Batch(unit, month, n) for month, n in parts)),
        st.sampled_from(list(units)),
        st.lists(answered, min_size=1, max_size=2),
    )
    withdrawn = st.builds(Withdrawn, st.integers(0, 3))
    further = st.lists(answered, max_size=1).map(tuple)
    without = st.sampled_from([frozenset(), frozenset(), frozenset({0}), frozenset({1})])
    return st.one_of(new, withdrawn, st.builds(Mended, st.integers(0, 3), without, further))
