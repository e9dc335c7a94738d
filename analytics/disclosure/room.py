"""How many people published totals leave room for, in every period and at every time of publishing.

A later total of a period holds all that an earlier one did, because answers are only ever added (those that
are withdrawn again are counted elsewhere: `withdrawn`), and a period is the sum of its parts: so every total
bounds those before and after it, around it and inside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analytics.period import Period

Counts = npt.NDArray[np.int64]
#: More people than any survey has.
ANY = 1 << 40


class Room:
    """Bounds of the people of a period and of all periods inside it.

    Attributes:
        contradictory: no numbers of people fit the totals.
    """

    def __init__(
        self,
        whole: Period,
        totals: Sequence[tuple[Period, int]],
        limits: Counts | None = None,
        unsure: Sequence[int] | None = None,
    ) -> None:
        """Work the bounds out.

        Args:
            totals: periods inside `whole` and their people, in the order of publishing.
            limits: how many of a month (row) can have come at most between the total before and this one
                (column; the first is before all totals and means nothing); None for any number.
            unsure: how many of each total may be no part of it; None for nobody.
        """
        places = len(totals) + 1
        self._levels = _levels(whole)
        self._fewest = [np.zeros((len(level), places), dtype=np.int64) for level in self._levels]
        self._most = [np.full((len(level), places), ANY, dtype=np.int64) for level in self._levels]
        self._most[-1][:, 0] = 0
        self._came = [] if limits is None else self._by_level(limits.cumsum(axis=1))
        rows = {period: (i, row) for i, level in enumerate(self._levels) for row, period in enumerate(level)}
        for place, (period, n) in enumerate(totals, 1):
            i, row = rows[period]
            self._fewest[i][row, place] = n - (unsure[place - 1] if unsure else 0)
            self._most[i][row, place] = n
        # The second time what was found out about a part is carried over to the others.
        for _ in range(2):
            self._up()
            self._down()
        pairs = zip(self._fewest, self._most, strict=True)
        self.contradictory = any(bool((low > high).any()) for low, high in pairs)

    def bounds(self) -> Mapping[Period, tuple[list[int], list[int]]]:
        """At least and at most so many people by the time of each total, from place 1; nobody at place 0."""
        return {
            period: (low.tolist(), high.tolist())
            for level, lows, highs in zip(self._levels, self._fewest, self._most, strict=True)
            for period, low, high in zip(level, lows, highs, strict=True)
        }

    def _by_level(self, counts: Counts) -> list[Counts]:
        """Counts of months summed for the longer periods."""
        return [_by_whole(counts, len(level)).sum(axis=1) for level in self._levels]

    def _up(self) -> None:
        last = len(self._levels) - 1
        self._narrow(last, self._fewest[last], self._most[last])
        for i in reversed(range(last)):
            self._narrow(
                i, *(_by_whole(each[i + 1], len(self._levels[i])).sum(axis=1) for each in self._both)
            )

    def _down(self) -> None:
        """What the others of a whole leave for a part."""
        for i, level in enumerate(self._levels[:-1]):
            low, high = (_by_whole(each[i + 1], len(level)) for each in self._both)
            least = self._fewest[i][:, None] - (high.sum(axis=1, keepdims=True) - high)
            most = self._most[i][:, None] - (low.sum(axis=1, keepdims=True) - low)
            self._narrow(i + 1, _flat(least), _flat(most))

    @property
    def _both(self) -> tuple[list[Counts], list[Counts]]:
        return self._fewest, self._most

    def _narrow(self, i: int, fewest: Counts, most: Counts) -> None:
        """Within other bounds; never fewer than before, nor more than may have come since."""
        low = np.maximum.accumulate(np.maximum(self._fewest[i], fewest), axis=1)
        high = np.minimum.accumulate(np.minimum(self._most[i], most)[:, ::-1], axis=1)[:, ::-1]
        if self._came:
            came = self._came[i]
            low = np.maximum.accumulate((low - came)[:, ::-1], axis=1)[:, ::-1] + came
            high = np.minimum.accumulate(high - came, axis=1) + came
        self._fewest[i], self._most[i] = low, high


def _levels(whole: Period) -> list[list[Period]]:
    """The period, its parts, the parts of these, and so on to the months."""
    levels = [[whole]]
    while levels[-1][0].parts:
        levels.append([part for period in levels[-1] for part in period.parts])
    return levels


def _by_whole(counts: Counts, wholes: int) -> Counts:
    return counts.reshape(wholes, -1, counts.shape[-1])


def _flat(counts: Counts) -> Counts:
    return counts.reshape(-1, counts.shape[-1])
