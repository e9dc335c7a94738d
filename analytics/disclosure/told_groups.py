"""Which groups of people published totals tell of, together with those shown before them.

Whoever adds totals of a unit and takes others off has a group of people when everybody is in the result once
or not at all. Totals are about nested periods (a year is two semesters, a semester two quarters, a quarter
three months), and a later one holds all that an earlier one of the same period did, because answers are only
ever added. So how often somebody is in the result depends on two things alone: the month answered about, and
between which publications the answer came in. Answers of files that are withdrawn again are looked at by
themselves (`withdrawn`): which totals have them is known.

That somebody would be in it twice, or less than not at all, does not protect anyone, as there may be no such
person. So a result counts as a group unless the published numbers leave no room for it: unless, by their
counts, somebody must be in it otherwise. Two examples, of which only the first is a group:

    April to June   5     Here 11 - 5 - 5 = 1. Nobody of May need have been in the first 5. Then these are in
    May             5     the result 1 - 1 = 0 times, those of May 1 - 1 = 0 times, and one person once.
    April to June  11

    May            12     Here 12 - (60 - 50) = 2. But May was published first, so its 12 were in the 50
    April to June  50     and in the 60, and are in the result 1 - (1 - 1) = once: more than a few. And the
    April to June  60     10 who came later are in it 0 - 1 times.

The search goes down from the longest period to the months, in every one of them adds and subtracts versions
in turn, and adds up the people (`_Search.ways`). It gives up where those of a period can no longer all be in
the result not at all or, a few of them, once (`_can_be_few`). What comes to a few people is then held against
the bounds of all periods and times together (`leaves_room`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from analytics.disclosure.moved import tells_moved
from analytics.disclosure.room import Counts, Room
from analytics.disclosure.totals import PublishedTotal
from analytics.disclosure.withdrawn import Signs, files_in, limits, without_lasting
from analytics.period import Period

#: Combinations by the number of people that they come to.
_Ways = dict[int, tuple[Signs, ...]]
#: So many combinations of one sum are looked at closely; where there are more, one of them counts as a group.
_LOOKED_AT = 100
#: Of a period with more versions than that, no more than two of them are put together.
_VERSIONS = 6

#: So many steps a search may take, which is part of a second. What it would take more for is withheld unread.
_STEPS = 50_000


class TooManyError(Exception):
    """There are too many combinations to go through."""


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
    if tells_moved([*earlier, new], [*shown, True], minimum):
        return True
    *earlier, new = without_lasting([*earlier, new])
    same = [t for t, s in zip(earlier, shown, strict=True) if s and t.period == new.period]
    if same and same[-1] == new:  # nobody came since, and nobody was withdrawn
        return False
    near = [(t, s) for t, s in zip(earlier, shown, strict=True) if _holds(longest, t.period)]
    return _tells_few((*near, (new, True)), longest, minimum)


# A page asks for all versions of a unit, one after another, and at every click.
@lru_cache(maxsize=65536)
def _tells_few(totals: tuple[tuple[PublishedTotal, bool], ...], longest: Period, minimum: int) -> bool:
    search = _Search(totals, longest, minimum, ((len(totals), 0),))
    try:
        ways = search.ways(longest, ())
    except TooManyError:
        return True
    return any(search.leaves_room(ways[n]) for n in range(1, minimum) if n in ways)


def fewest_left(totals: Sequence[tuple[PublishedTotal, int]], minimum: int) -> int:
    """How many people at least are left of some totals, whatever else is added to them and subtracted.

    Args:
        totals: in the order of publishing, each with 1 or -1 where it must be added or subtracted (or all of
            these the other way round), and 0 where it may be. The periods of the former overlap one of them.

    Returns:
        0 where nobody need be left; `minimum` for so many and more.

    Raises:
        TooManyError: there are too many combinations to go through.
    """
    of = [total.period for total, sign in totals if sign]
    known = zip(without_lasting([total for total, _ in totals]), totals, strict=True)
    totals = [(total, sign) for total, (_, sign) in known]
    holding = (total.period for total, _ in totals if any(_holds(total.period, period) for period in of))
    longest = max(holding, key=lambda period: period.months)
    near = [(total, sign) for total, sign in totals if _holds(longest, total.period)]
    turn = next(sign for _, sign in near if sign)
    found = _fewest_left(tuple((total, sign * turn) for total, sign in near), longest, minimum)
    if found is None:
        raise TooManyError
    return found


@lru_cache(maxsize=65536)
def _fewest_left(totals: tuple[tuple[PublishedTotal, int], ...], longest: Period, minimum: int) -> int | None:
    needed = tuple((place, sign) for place, (_, sign) in enumerate(totals, 1) if sign)
    # Of a single one the search goes both ways round by itself.
    turned = [((needed[0][0], 0),)] if len(needed) == 1 else [needed, tuple((p, -s) for p, s in needed)]
    fewest = minimum
    for each in turned:
        search = _Search([(total, True) for total, _ in totals], longest, minimum, each)
        try:
            ways = search.ways(longest, ())
        except TooManyError:
            return None
        fewest = next((n for n in range(fewest) if n in ways and search.leaves_room(ways[n])), fewest)
    return fewest


def _holds(whole: Period, part: Period) -> bool:
    return whole.months >= part.months and whole.overlaps(part)


def _has(signs: Mapping[int, int], needed: Sequence[tuple[int, int]]) -> bool:
    """Whether these are all there, with the right sign where that is not 0."""
    return all(signs.get(place) in ((sign,) if sign else (1, -1)) for place, sign in needed)


class _Search:
    """Every combination of totals, certain ones among them, that can be a group of a few people."""

    def __init__(
        self, totals: Sequence[tuple[PublishedTotal, bool]], longest: Period, minimum: int, needed: Signs
    ) -> None:
        """Prepare the search for combinations with the totals that are `needed` (0: added or subtracted)."""
        self._longest, self._few, self._needed = longest, minimum - 1, dict(needed)
        self._about = [totals[place - 1][0].period for place in self._needed]
        self._steps = _STEPS
        self._totals = [total for total, _ in totals]
        self._files = files_in(self._totals)
        self._withdrawn_at = min((file.last for file in self._files), default=len(totals))
        self._places: defaultdict[Period, list[int]] = defaultdict(list)
        for place, (total, shown) in enumerate(totals, 1):
            places = self._places[total.period]
            again = bool(places) and self._totals[places[-1] - 1] == total
            # What is needed is told by another of as many people.
            if shown and not (again and self._needed.keys().isdisjoint((place, places[-1]))):
                places.append(place)
        room = self._room(None)
        # Numbers that contradict each other, as after people were taken out unseen, exclude nothing.
        self._excludes = not room.contradictory
        self._bounds = room.bounds()
        self._choices = {period: self._choices_of(period) for period in self._bounds}
        self._levels: dict[Period, list[int]] = {}
        self._count_levels(longest)

    def _count_levels(self, period: Period) -> list[int]:
        """For every place, how many lengths of periods inside this one have totals there or later."""
        levels = [0] * (len(self._totals) + 2)
        for part in period.parts:
            places = self._places.get(part, [])
            # Versions taken in turn change it by one; others, as where people were withdrawn, by one each.
            turns = places if self._touched(part) else places[-1:]
            own = [sum(place <= each for each in turns) for place in range(len(levels))]
            inside = [n + more for n, more in zip(self._count_levels(part), own, strict=True)]
            levels = [max(pair) for pair in zip(levels, inside, strict=True)]
        self._levels[period] = levels
        return levels

    def ways(self, period: Period, around: Signs) -> _Ways:
        """Combinations of totals of this period and of those inside it, beside totals `around` it."""
        found: _Ways = {}
        for own in self._choices[period]:
            self._spend(1)
            signs = tuple(sorted(around + own))
            if self._can_be_few(period, signs):
                n = sum(sign * self._totals[place - 1].n for place, sign in own)
                self._add(found, {n: (own,)}, self._ways_inside(period, signs))
        return found

    def _ways_inside(self, period: Period, signs: Signs) -> _Ways:
        ways: _Ways = {0: ((),)}
        for part in period.parts:
            # Without a total around them the parts have nothing to do with each other.
            if signs or any(_holds(part, period) for period in self._about):
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
            raise TooManyError

    def _choices_of(self, period: Period) -> list[Signs]:
        """Ways to take versions of the period: none, one, or what came between two, and between two others.

        Versions are added and subtracted in turn: otherwise the same people would be in it twice, unless they
        were withdrawn in between. What is needed is in every way.
        """
        places = self._places.get(period, [])
        needed = [(place, self._needed[place]) for place in places if place in self._needed]
        most = len(places) if len(places) <= _VERSIONS else 2 * max(1, len(needed))
        chosen = [c for size in range(1, most + 1) for c in combinations(places, size)]
        signs = [each for c in chosen for each in self._signs_of(period, c)]
        found = [each for each in signs if _has(dict(each), needed)]
        return [*([] if needed else [()]), *found]

    def _signs_of(self, period: Period, places: Sequence[int]) -> list[Signs]:
        turns = [tuple((place, 1 - 2 * (i % 2)) for i, place in enumerate(places))]
        turns += [tuple((place, -sign) for place, sign in turns[0])]
        if self._touched(period):
            return [tuple(zip(places, signs, strict=True)) for signs in product((1, -1), repeat=len(places))]
        return turns

    def _touched(self, period: Period) -> bool:
        """Whether answers about it were withdrawn."""
        return any(each.file.inside(period) for each in self._files)

    def _can_be_few(self, period: Period, signs: Signs) -> bool:
        """Whether those of the period can be in the result not at all, but for a few who are in it once.

        Goes through the answers as they came in, from one of the totals in `signs` to the next. Who came
        before a total is in it and in all later ones, so `times` in the result, which totals of the parts can
        change by one for each length of parts (`_levels`). Where that can come to 0, any number may have
        come; where only to 1, a few in all; else nobody. So many can be there by the time of each total, and
        its count says how many must.
        """
        if not self._excludes:
            return True
        (fewest, most), levels = self._bounds[period], self._levels[period]
        times, since, few, can_be = sum(sign for _, sign in signs), 0, self._few, 0
        touched = self._touched(period)
        for place, sign in signs:
            change = levels[since + 1]
            if place > self._withdrawn_at and touched:
                break  # who comes now may have been in it before
            if abs(times) <= change:
                can_be = most[place]
            elif abs(times - 1) <= change:
                needed = max(0, fewest[place] - can_be)
                can_be, few = can_be + few, few - needed
            can_be = min(can_be, most[place])
            if few < 0 or can_be < fewest[place]:
                return False
            times, since = times - sign, place
        return True

    def leaves_room(self, ways: Sequence[Signs]) -> bool:
        """Whether one of these combinations can be a group, as far as the numbers say."""
        if not self._excludes or len(ways) > _LOOKED_AT:
            return True
        return any(self._can_be_group(signs) for signs in ways)

    def _can_be_group(self, signs: Signs) -> bool:
        most = limits(self._longest, self._totals, self._files, signs, self._few)
        return most is not None and not self._room(most).contradictory

    def _room(self, most: Counts | None) -> Room:
        """For the answers that stay; of some of the people it is not known how many of them do."""
        stay = [(t.period, t.n if t.some else t.n - t.in_files) for t in self._totals]
        unsure = [t.in_files if t.some else 0 for t in self._totals]
        return Room(self._longest, stay, most, unsure)
