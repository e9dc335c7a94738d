"""How many people are left of published recaps when all that is known of their units is taken off.

Off a recap another one may be taken, or two: a second version less the first, a half-year less its quarters.
Such a difference is about the people of its units who are in the one and not in the others, and of these
everybody may go who is known by published totals. Take the first recap with 5 people of a1 and 30 of a2, the
second with 16 and 30, and a1's February with 10:

    of a1   16 less 5 are 11, and less February 1 is left: unless February was in the first recap as well,
            which the counts say if they can (`told_groups`)
    of a2   30 less 30: nobody is left
    of both 1 + 0 = 1 person, a few

A unit can be left in several ways. It has another weight in each recap, so that somebody who wants to be rid
of it may take it off the difference at once, or off each recap by itself; each way leaves other numbers. So
of a unit, an agency and a recap there are sets of numbers here, and all sums below the minimum are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from analytics.disclosure.minimum import is_few
from analytics.disclosure.told_groups import fewest_left
from analytics.disclosure.totals import PublishedTotal, RecapTotal, Unit
from analytics.disclosure.weighing import sums

#: A recap and those that are taken off it.
Difference = tuple[RecapTotal, ...]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a unit: totals with their place in the order of publishing.

    Compared by identity. It is part of the key under which searches are remembered (`Shown.left`), and is
    looked up far more often than it changes: comparing all its totals each time would cost what remembering
    saves. It changes by being replaced, so the same object always is the same knowledge; an equal one is at
    worst searched again, with the same result.
    """

    totals: tuple[tuple[int, PublishedTotal], ...] = ()

    @property
    def in_order(self) -> list[PublishedTotal]:
        """The totals, the oldest first."""
        return [total for _, total in self.totals]


_NOTHING = Known()


@dataclass(frozen=True, eq=False, kw_only=True)
class Shown:
    """What anyone can read.

    Attributes:
        minimum: fewer people than that, and not none, are a few.
        totals: what is known of each unit, by itself or told by recaps.
        recaps: with their place in the order of publishing; what a recap tells is as old as it.
        told: units of which recaps tell more than they published.
        left: what has been searched already of units, for this and all that is shown later.
        less_own: the same of agencies, in a recap less their own ones.
    """

    minimum: int
    totals: Mapping[Unit, Known] = field(default_factory=dict)
    recaps: Mapping[RecapTotal, int] = field(default_factory=dict)
    told: frozenset[Unit] = frozenset()
    left: dict[tuple[Unit, Known, Difference], int] = field(default_factory=dict)
    less_own: dict[object, set[int]] = field(default_factory=dict)

    def of(self, unit: Unit) -> Known:
        """What is known of a unit."""
        return self.totals.get(unit, _NOTHING)

    def and_total(self, unit: Unit, total: PublishedTotal, place: int, *, told: bool = False) -> Shown:
        """With a total that the unit has published, or that a recap of this `place` has told."""
        placed = sorted((*self.of(unit).totals, (place, total)), key=lambda each: each[0])
        totals = {**self.totals, unit: Known(tuple(placed))}
        return replace(self, totals=totals, told=self.told | {unit} if told else self.told)

    def and_recap(self, recap: RecapTotal, place: int) -> Shown:
        """With a recap that has been published."""
        return replace(self, recaps={**self.recaps, recap: place})

    def is_few(self, n: int) -> bool:
        """Whether so many people are a few."""
        return is_few(n, self.minimum)


def few_are_left(shown: Shown, recap: RecapTotal) -> bool:
    """Whether a few are left of a recap, by itself or less other recaps."""
    # What an agency's own recaps say of it is among the ways of the agency.
    of_several = (other for other in shown.recaps if len(other.people) > 1)
    return any(
        shown.is_few(n)
        for difference in _differences(recap, of_several)
        for n in sums(_of_each_agency(shown, difference), shown.minimum)
    )


def tells_more(before: Shown, after: Shown, recap: RecapTotal, unit: Unit) -> bool:
    """Whether more is known of a unit's people in a recap, by itself or less others, than before."""
    others = [other for other in after.recaps if unit in other.units]
    if unit not in recap.units:
        # Only less its parts can it tell of the unit; the others are looked at with this one taken off them.
        others = [other for other in others if other.period.months < recap.period.months]
    return any(
        _ways_of_unit(before, difference, unit) != _ways_of_unit(after, difference, unit)
        for difference in _differences(recap, others)
    )


def told_units(shown: Shown, recap: RecapTotal) -> list[Unit]:
    """The units whose value a recap tells, because all the others may be known.

    That nobody is left of a unit does not say that its value is known: the people of January and April may be
    published since, January with more people than when the recap was. So of a recap of which nobody is left,
    every unit is told whose total it is not known by.
    """
    unknown = [unit for unit in recap.units if left_of(shown, (recap,), unit)]
    if len(unknown) > 1:
        return []
    return unknown or [unit for unit in recap.units if recap.total(unit) not in shown.of(unit).in_order]


def _differences(recap: RecapTotal, others: Iterable[RecapTotal]) -> Iterator[Difference]:
    """A recap by itself, less one of overlapping periods, and less two of different parts of it."""
    near = [other for other in others if other is not recap and other.period.overlaps(recap.period)]
    yield (recap,)
    yield from ((recap, other) for other in near)
    parts = [other for other in near if other.period.months < recap.period.months]
    for one, other in combinations(parts, 2):
        if not one.period.overlaps(other.period):
            yield (recap, one, other)


def _of_each_agency(shown: Shown, difference: Difference) -> Iterator[set[int]]:
    agencies = dict.fromkeys(agency for recap in difference for agency in recap.people)
    return (_ways_of_agency(shown, difference, agency) for agency in agencies)


def _ways_of_agency(shown: Shown, difference: Difference, agency: str) -> set[int]:
    """People left of an agency: of its units in the difference, or of each recap less its own recaps."""
    own = [recap for recap in shown.recaps if set(recap.people) == {agency}]
    one_by_one = (
        set[int]().union(*(_ways_of_units(shown, less_own, agency) for less_own in _differences(recap, own)))
        for recap in difference
        if agency in recap.people
    )
    return _ways_of_units(shown, difference, agency) | sums(one_by_one, shown.minimum)


def _ways_of_units(shown: Shown, difference: Difference, agency: str) -> set[int]:
    """People left of an agency's units in the difference."""
    units = dict.fromkeys(unit for recap in difference for unit in recap.of(agency))
    return sums((_ways_of_unit(shown, difference, unit) for unit in units), shown.minimum)


def _ways_of_unit(shown: Shown, difference: Difference, unit: Unit) -> set[int]:
    """People left of a unit: of the first recap less some of the others, and of the rest one by one.

    Nobody left in one of these ways does not settle it: the unit weighs differently in each recap.
    """
    first, *others = difference
    by_itself = {recap: left_of(shown, (recap,), unit) for recap in difference}
    if not any(by_itself.values()):
        return {0}
    every = (taken_off for size in range(len(others) + 1) for taken_off in combinations(others, size))
    return {
        left_of(shown, (first, *taken_off), unit)
        + sum(by_itself[other] for other in others if other not in taken_off)
        for taken_off in every
    }


def left_of(shown: Shown, difference: Difference, unit: Unit) -> int:
    """How many people of a unit are left at least of a recap less others, whatever is known of it.

    One of a period that does not overlap the first one's is added to it. The minimum stands for more.
    """
    if len(difference) == 2:
        # Either way round it is as many.
        difference = tuple(sorted(difference, key=shown.recaps.__getitem__))
    key = unit, shown.of(unit), difference
    if key not in shown.left:
        shown.left[key] = _search(shown, difference, unit)
    return shown.left[key]


def _search(shown: Shown, difference: Difference, unit: Unit) -> int:
    """`_left`: the unit's people in these recaps count as totals of it, as old as the recaps."""
    within = difference[0].period
    in_recaps = [
        (shown.recaps[recap], recap.total(unit), -1 if place and recap.period.overlaps(within) else 1)
        for place, recap in enumerate(difference)
        if unit in recap.units
    ]
    if not in_recaps:
        return 0
    periods = [total.period for _, total, _ in in_recaps]
    if len(periods) == 2 and not periods[0].overlaps(periods[1]):
        both = (total.period for total in shown.of(unit).in_order)
        if not any(all(whole.overlaps(each) for each in periods) for whole in both):
            # Nothing tells of both of them, so neither helps to be rid of the other.
            return min(shown.minimum, sum(left_of(shown, (recap,), unit) for recap in difference))
    (_, first, _), *rest = in_recaps
    # Two versions of as many people are of the same.
    alike = [total for _, total, _ in rest] or shown.of(unit).in_order
    if len(in_recaps) <= 2 and first in alike:
        return 0
    known = ((place, total, 0) for place, total in shown.of(unit).totals)
    placed = sorted((*known, *in_recaps), key=lambda each: each[0])
    return fewest_left([(total, sign) for _, total, sign in placed], shown.minimum)
