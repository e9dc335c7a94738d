"""Which groups of people a newly published total tells of, together with those shown before it.

Whoever adds totals of a unit and takes others off has a group of people when everybody is in the result once
or not at all. Totals are about nested periods (a year is two semesters, a semester two quarters, a quarter
three months), and a later one holds all that an earlier one of the same period did, because answers are only
ever added. So how often somebody is in the result depends on two things alone: the month answered about, and
between which publications the answer came in.

That somebody would be in it twice, or less than not at all, does not protect anyone, as there may be no such
person. A running quarter that is published in January holds nobody of February, and February published later
is then a part of what came between two versions of the quarter. So a result counts as a group unless the
published numbers leave no room for it: unless, by their counts, somebody must be in it otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, product

import numpy as np

from analytics.disclosure.room import ANY, Counts, Room
from analytics.period import Period

#: A combination of totals: the place of each in the order of publishing, from 1; added (1), subtracted (-1).
_Signs = tuple[tuple[int, int], ...]
#: Combinations by the people they add up to.
_Ways = dict[int, tuple[_Signs, ...]]
#: So many combinations of one sum are looked at closely; where there are more, one of them counts as a group.
_LOOKED_AT = 100
#: Of a period with more versions than that, no more than two of them are put together.
_VERSIONS = 6

#: So many steps a search may take, which is part of a second. What it would take more for is withheld unread.
_STEPS = 50_000


class _TooManyError(Exception):
    """There are too many combinations to go through."""


@dataclass(frozen=True)
class PublishedTotal:
    """The people in one published version of a period."""

    period: Period
    n: int


def tells_few(
    earlier: Sequence[PublishedTotal], shown: Sequence[bool], new: PublishedTotal, minimum: int
) -> bool:
    """Whether `new` tells of a group of 1 to minimum - 1 people.

    Args:
        earlier: what was published before it, in this order.
        shown: which of them can be added and subtracted; the others only tell what there is room for.
    """
    longest = max(
        (total.period for total in (*earlier, new) if _holds(total.period, new.period)),
        key=lambda period: period.months,
    )
    same = [t.n for t, s in zip(earlier, shown, strict=True) if s and t.period == new.period]
    if same and same[-1] == new.n:  # nobody came since
        return False
    near = [(t, s) for t, s in zip(earlier, shown, strict=True) if _holds(longest, t.period)]
    return _tells_few((*near, (new, True)), longest, minimum)


# A page asks for all versions of a unit, one after another, and at every click.
@lru_cache(maxsize=65536)
def _tells_few(totals: tuple[tuple[PublishedTotal, bool], ...], longest: Period, minimum: int) -> bool:
    search = _Search(totals, longest, minimum)
    try:
        ways = search.ways(longest, ())
    except _TooManyError:
        return True
    return any(search.leaves_room(ways[n]) for n in range(1, minimum) if n in ways)


def _holds(whole: Period, part: Period) -> bool:
    return whole.months >= part.months and whole.overlaps(part)


class _Search:
    """Every combination of totals, the newest among them, that can be a group of a few people."""

    def __init__(self, totals: Sequence[tuple[PublishedTotal, bool]], longest: Period, minimum: int) -> None:
        self._longest, self._few, self._new = longest, minimum - 1, totals[-1][0].period
        self._steps = _STEPS
        self._totals = [(total.period, total.n) for total, _ in totals]
        self._places: defaultdict[Period, list[int]] = defaultdict(list)
        for place, (total, shown) in enumerate(totals, 1):
            places = self._places[total.period]
            if shown and not (places and self._totals[places[-1] - 1][1] == total.n):
                places.append(place)
        room = Room(longest, self._totals)
        # Numbers that contradict each other, as after people were taken out, exclude nothing.
        self._excludes = not room.contradictory
        self._bounds = room.bounds()
        self._choices = {period: self._choices_of(period) for period in self._bounds}
        self._levels: dict[Period, list[int]] = {}
        self._count_levels(longest)

    def _count_levels(self, period: Period) -> list[int]:
        """For every place, how many lengths of periods inside this one have totals there or later."""
        levels = [0] * (len(self._totals) + 2)
        for part in period.parts:
            last = max(self._places.get(part, ()), default=0)
            inside = [n + (place <= last) for place, n in enumerate(self._count_levels(part))]
            levels = [max(pair) for pair in zip(levels, inside, strict=True)]
        self._levels[period] = levels
        return levels

    def ways(self, period: Period, around: _Signs) -> _Ways:
        """Combinations of totals of this period and of those inside it, beside totals `around` it."""
        found: _Ways = {}
        for own in self._choices[period]:
            self._spend(1)
            signs = tuple(sorted(around + own))
            if self._can_be_few(period, signs):
                n = sum(sign * self._totals[place - 1][1] for place, sign in own)
                self._add(found, {n: (own,)}, self._ways_inside(period, signs))
        return found

    def _ways_inside(self, period: Period, signs: _Signs) -> _Ways:
        ways: _Ways = {0: ((),)}
        for part in period.parts:
            # Without a total around them the parts have nothing to do with each other.
            if signs or _holds(part, self._new):
                together: _Ways = {}
                self._add(together, ways, self.ways(part, signs))
                ways = together
        return ways

    def _add(self, found: _Ways, some: _Ways, others: _Ways) -> None:
        """Put into `found` the combinations of one of `some` and one of `others`."""
        for (a, of_a), (b, of_b) in product(some.items(), others.items()):
            ways = [x + y for x, y in islice(product(of_a, of_b), _LOOKED_AT + 1)]
            found[a + b] = (*found.get(a + b, ()), *ways)[: _LOOKED_AT + 1]
            self._spend(len(ways))

    def _spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise _TooManyError

    def _choices_of(self, period: Period) -> list[_Signs]:
        """No version of the period, one, or what came between two, and between two others; the newest always.

        Versions are added and subtracted in turn: otherwise the same people would be in it twice.
        """
        places, newest = self._places.get(period, []), len(self._totals)
        most = len(places) if len(places) <= _VERSIONS else 2
        chosen = [c for size in range(1, most + 1) for c in combinations(places, size)]
        if period == self._new:
            chosen = [c for c in chosen if c[-1] == newest]
        signs = [tuple((place, 1 - 2 * (i % 2)) for i, place in enumerate(c)) for c in chosen]
        others = [tuple((place, -sign) for place, sign in each) for each in signs]
        return [*([] if period == self._new else [()]), *signs, *others]

    def _can_be_few(self, period: Period, signs: _Signs) -> bool:
        """Whether those of the period can be in the result not at all, but for a few who are in it once.

        Goes through the answers as they came in, and asks how many can have come by each published version.
        """
        if not self._excludes:
            return True
        (fewest, most), levels = self._bounds[period], self._levels[period]
        times, since, few, can_be = sum(sign for _, sign in signs), 0, self._few, 0
        for place, sign in signs:
            # Totals of periods inside this one can still make up for it.
            rest = levels[since + 1]
            if abs(times) <= rest:
                can_be = most[place]
            elif abs(times - 1) <= rest:
                needed = max(0, fewest[place] - can_be)
                can_be, few = can_be + few, few - needed
            can_be = min(can_be, most[place])
            if few < 0 or can_be < fewest[place]:
                return False
            times, since = times - sign, place
        return True

    def leaves_room(self, ways: Sequence[_Signs]) -> bool:
        """Whether one of these combinations can be a group, as far as the numbers say."""
        if not self._excludes or len(ways) > _LOOKED_AT:
            return True
        limits = (self._limits(signs) for signs in ways)
        return any(not Room(self._longest, self._totals, each).contradictory for each in limits)

    def _limits(self, signs: _Signs) -> Counts:
        """How many of each month can have come before each total, if this is a group of a few people."""
        times = np.zeros((self._longest.months, len(self._totals) + 1), dtype=np.int64)
        for place, sign in signs:
            period = self._totals[place - 1][0]
            first = period.start - self._longest.start
            times[first : first + period.months, : place + 1] += sign
        return np.where(times == 0, ANY, np.where(times == 1, self._few, 0))
