"""Published recaps that, with published units, leave a few people: a province less all its units but one.

A recap is the mean of its units' values, so whoever has it and the values of all its units but one has that
one too; an agency's recap taken from the province's does the same to many units at once. A second version
less the first gives what came in late, and a half-year less its quarters as well. A rest of 1 to minimum - 1
people must not come about, as in `analytics.disclosure.narrowing`, whose totals of single units are looked at
here together with the recaps.

How many people of a unit are left of recaps is how many its published totals leave, as `told_groups` finds it
when the unit's people in these recaps count as totals of it, as old as the recaps.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from analytics.disclosure.narrowing import PublishedTotal, leaves_few
from analytics.disclosure.told_groups import TooManyError, fewest_left
from analytics.period import Period

#: What tells a unit, and totals of it that can be subtracted, from others.
Unit = Hashable


@dataclass(frozen=True)
class UnitTotal:
    """A published version of a unit's period."""

    unit: Unit
    total: PublishedTotal


@dataclass(frozen=True, eq=False)
class RecapTotal:
    """A published version of a recap: the people of every unit whose value is in it, by agency."""

    period: Period
    people: Mapping[str, Mapping[Unit, int]]

    def of(self, agency: str) -> Mapping[Unit, int]:
        """The people of one agency's units."""
        return self.people.get(agency, {})

    @cached_property
    def units(self) -> Mapping[Unit, int]:
        """The people of every unit."""
        return {unit: n for units in self.people.values() for unit, n in units.items()}


@dataclass(frozen=True, eq=False)
class _Known:
    """What is known of a unit: totals with their place in the order of publishing."""

    totals: tuple[tuple[int, PublishedTotal], ...] = ()


_NOTHING = _Known()


@dataclass(frozen=True)
class _Shown:
    """What anyone can read; `told` names units of which recaps tell more than the units published.

    Totals and recaps go with their place in the order of publishing: what a recap tells is as old as it.
    `left` remembers what has been searched already.
    """

    minimum: int
    totals: Mapping[Unit, _Known] = field(default_factory=dict)
    recaps: Mapping[RecapTotal, int] = field(default_factory=dict)
    told: frozenset[Unit] = frozenset()
    left: dict[tuple[Unit, _Known, tuple[RecapTotal, ...]], int] = field(default_factory=dict)

    def of(self, unit: Unit) -> _Known:
        return self.totals.get(unit, _NOTHING)

    def and_total(self, unit: Unit, total: PublishedTotal, place: int, told: Iterable[Unit] = ()) -> _Shown:
        placed = sorted((*self.of(unit).totals, (place, total)), key=lambda each: each[0])
        totals = {**self.totals, unit: _Known(tuple(placed))}
        return replace(self, totals=totals, told=self.told.union(told))

    def and_recap(self, recap: RecapTotal, place: int) -> _Shown:
        return replace(self, recaps={**self.recaps, recap: place})


def to_withhold(published: Sequence[UnitTotal | RecapTotal], minimum: int) -> tuple[bool, ...]:
    """Which of these, in the order in which they were published, must not be shown.

    As in `narrowing.to_withhold`, which the totals of every unit must have passed already, it is the later
    one: what was shown cannot be taken back. Units of 1 to minimum - 1 people are never shown. A recap is not
    either when its small units are 1 to minimum - 1 people together, without those of agencies that have
    enough of them to be taken off whole: it is judged as if all the others had been published, so that
    none of them has to keep silent later for the recap's sake. What would take too long to look through is
    withheld unread.
    """
    shown = _Shown(minimum)
    found = []
    for place, new in enumerate(published):
        try:
            after = (
                _with_unit(shown, new, place)
                if isinstance(new, UnitTotal)
                else _with_recap(shown, new, place)
            )
        except TooManyError:
            after = None
        shown = after or shown
        found.append(after is None)
    return tuple(found)


def _with_unit(shown: _Shown, new: UnitTotal, place: int) -> _Shown | None:
    """What is shown when `new` is as well; None when it would leave a few."""
    after = shown.and_total(new.unit, new.total, place)
    changed = [recap for recap in shown.recaps if _differ(shown, after, recap, new.unit)]
    return _settled(after, changed, {new.unit} & shown.told)


def _with_recap(shown: _Shown, new: RecapTotal, place: int) -> _Shown | None:
    small = [sum(n for n in units.values() if n < shown.minimum) for units in new.people.values()]
    # An agency with enough of them can be taken off whole: its recap may be shown.
    if _is_few(sum(n for n in small if n < shown.minimum), shown.minimum):
        return None
    after = shown.and_recap(new, place)
    return _settled(after, [recap for recap in after.recaps if recap.period.overlaps(new.period)], ())


def _settled(shown: _Shown, recaps: Sequence[RecapTotal], units: Iterable[Unit]) -> _Shown | None:
    """With what these recaps and units tell of others worked out as well; None when that leaves a few."""
    minimum = shown.minimum
    if any(leaves_few([total for _, total in shown.of(unit).totals], minimum) for unit in units):
        return None
    if any(_is_few(rest, minimum) for recap in recaps for rest in _rests(shown, recap)):
        return None
    for recap in recaps:
        last = _last_unknown(shown, recap)
        if last is not None:
            total = PublishedTotal(recap.period, recap.units[last])
            after = shown.and_total(last, total, shown.recaps[recap], {last})
            changed = [each for each in shown.recaps if _differ(shown, after, each, last)]
            return _settled(after, [*recaps, *changed], {last})
    return shown


def _differ(before: _Shown, after: _Shown, recap: RecapTotal, unit: Unit) -> bool:
    """Whether more is known of a unit's people in a recap, alone or with others, than before."""
    # Two recaps of which one is without the unit are looked at from the other.
    near = [other for other in after.recaps if unit in other.units]
    if unit not in recap.units:
        near = [other for other in near if other.period.months < recap.period.months]
    return any(
        _of_unit(before, (recap, *others), unit) != _of_unit(after, (recap, *others), unit)
        for others in _beside(recap, near)
    )


def _last_unknown(shown: _Shown, recap: RecapTotal) -> Unit | None:
    """The unit whose value a recap tells, because all the others are known."""
    unknown: list[Unit] = []
    for unit in recap.units:
        if _left(shown, (recap,), unit):
            unknown.append(unit)
        if len(unknown) > 1:
            return None
    return unknown[0] if unknown else None


def _rests(shown: _Shown, recap: RecapTotal) -> Iterator[int]:
    """People left of a recap, and of what is between it and others: those below the minimum."""
    # What an agency's own recaps say of it is among its choices.
    for others in _beside(recap, (other for other in shown.recaps if len(other.people) > 1)):
        recaps = (recap, *others)
        agencies = dict.fromkeys(agency for each in recaps for agency in each.people)
        yield from _sums((_choices(shown, recaps, agency) for agency in agencies), shown.minimum)


def _beside(recap: RecapTotal, others: Iterable[RecapTotal]) -> Iterator[tuple[RecapTotal, ...]]:
    """What can be taken off a recap: nothing, one of overlapping periods, or two of different parts of it."""
    near = [other for other in others if other is not recap and other.period.overlaps(recap.period)]
    yield ()
    yield from ((other,) for other in near)
    parts = [other for other in near if other.period.months < recap.period.months]
    yield from (pair for pair in combinations(parts, 2) if not pair[0].period.overlaps(pair[1].period))


def _choices(shown: _Shown, recaps: tuple[RecapTotal, ...], agency: str) -> set[int]:
    """People left of an agency in the first of these recaps less the others, or in each by itself."""
    own = [other for other in shown.recaps if set(other.people) == {agency}]
    alone = (
        set[int]().union(*(_together(shown, (recap, *others), agency) for others in _beside(recap, own)))
        for recap in recaps
        if agency in recap.people
    )
    return _together(shown, recaps, agency) | _sums(alone, shown.minimum)


def _together(shown: _Shown, recaps: tuple[RecapTotal, ...], agency: str) -> set[int]:
    """People left of an agency's units in the first of these recaps less the others."""
    units = {unit: None for recap in recaps for unit in recap.of(agency)}
    return _sums((_of_unit(shown, recaps, unit) for unit in units), shown.minimum)


def _of_unit(shown: _Shown, recaps: tuple[RecapTotal, ...], unit: Unit) -> set[int]:
    """How many people of a unit are left of the first less some of the others, and of the rest one by one.

    Nobody left in one of these ways does not settle it: the unit weighs differently in each recap.
    """
    first, *others = recaps
    alone = {other: _left(shown, (other,), unit) for other in recaps}
    if not any(alone.values()):
        return {0}
    every = (chosen for size in range(len(others) + 1) for chosen in combinations(others, size))
    return {
        _left(shown, (first, *chosen), unit) + sum(alone[other] for other in others if other not in chosen)
        for chosen in every
    }


def _left(shown: _Shown, recaps: tuple[RecapTotal, ...], unit: Unit) -> int:
    """How many people of a unit the first of these recaps less the others leaves, beyond what is known of it.

    The minimum stands for more.
    """
    key = unit, shown.of(unit), recaps
    if key not in shown.left:
        shown.left[key] = _searched(shown, recaps, unit)
    return shown.left[key]


def _searched(shown: _Shown, recaps: Sequence[RecapTotal], unit: Unit) -> int:
    totals = [
        (shown.recaps[recap], PublishedTotal(recap.period, recap.units[unit]), 1 if i == 0 else -1)
        for i, recap in enumerate(recaps)
        if unit in recap.units
    ]
    if not totals:
        return 0
    # Two versions of as many people are of the same.
    same = [total for _, total, _ in totals[1:]] or [total for _, total in shown.of(unit).totals]
    if len(totals) <= 2 and totals[0][1] in same:
        return 0
    known = ((place, total, 0) for place, total in shown.of(unit).totals)
    placed = sorted((*known, *totals), key=lambda each: each[0])
    return fewest_left([(total, sign) for _, total, sign in placed], shown.minimum)


def _sums(choices: Iterable[set[int]], minimum: int) -> set[int]:
    """Every sum of one of each that is below `minimum`."""
    sums = {0}
    for each in choices:
        sums = {known + more for known in sums for more in each if known + more < minimum}
        if not sums:
            break
    return sums


def _is_few(n: int, minimum: int) -> bool:
    return 0 < n < minimum
