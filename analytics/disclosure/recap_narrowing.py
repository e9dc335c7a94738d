"""Published recaps that, with published units, leave a few people: a province less all its units but one.

A recap is the mean of its units' values, so whoever has it and the values of all its units but one has that
one too; an agency's recap taken from the province's does the same to many units at once, and a second version
less the first gives what came in late. A rest of 1 to minimum - 1 people must not come about, as in
`analytics.disclosure.narrowing`, whose totals of single units are looked at here together with the recaps.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from analytics.disclosure.narrowing import PublishedTotal, leaves_few, worked_out
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


@dataclass(frozen=True)
class _Shown:
    """What anyone can read; `told` names units of which recaps tell more than the units published.

    Totals and recaps go with their place in the order of publishing: what a recap tells is as old as it.
    """

    minimum: int
    totals: Mapping[Unit, tuple[tuple[int, PublishedTotal], ...]] = field(default_factory=dict)
    recaps: Mapping[RecapTotal, int] = field(default_factory=dict)
    told: frozenset[Unit] = frozenset()

    def of(self, unit: Unit) -> tuple[PublishedTotal, ...]:
        return tuple(total for _, total in self.totals.get(unit, ()))

    def and_total(self, unit: Unit, total: PublishedTotal, place: int, told: Iterable[Unit] = ()) -> _Shown:
        placed = sorted((*self.totals.get(unit, ()), (place, total)), key=lambda each: each[0])
        return _Shown(self.minimum, {**self.totals, unit: tuple(placed)}, self.recaps, self.told.union(told))


def to_withhold(published: Sequence[UnitTotal | RecapTotal], minimum: int) -> tuple[bool, ...]:
    """Which of these, in the order in which they were published, must not be shown.

    As in `narrowing.to_withhold`, which the totals of every unit must have passed already, it is the later
    one: what was shown cannot be taken back. Units of 1 to minimum - 1 people are never shown. A recap is not
    either when its small units are 1 to minimum - 1 people together, without those of agencies that have
    enough of them to be taken off whole: it is judged as if all the others had been published, so that
    none of them has to keep silent later for the recap's sake.
    """
    shown = _Shown(minimum)
    found = []
    for place, new in enumerate(published):
        after = (
            _with_unit(shown, new, place) if isinstance(new, UnitTotal) else _with_recap(shown, new, place)
        )
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
    after = _Shown(shown.minimum, shown.totals, {**shown.recaps, new: place}, shown.told)
    return _settled(after, [recap for recap in after.recaps if recap.period == new.period], ())


def _settled(shown: _Shown, recaps: Sequence[RecapTotal], units: Iterable[Unit]) -> _Shown | None:
    """With what these recaps and units tell of others worked out as well; None when that leaves a few."""
    minimum = shown.minimum
    if any(leaves_few(shown.of(unit), minimum) for unit in units):
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
    """Whether more is known of a unit's people in a recap than before."""
    return unit in recap.units and _left(before, recap, unit) != _left(after, recap, unit)


def _last_unknown(shown: _Shown, recap: RecapTotal) -> Unit | None:
    """The unit whose value a recap tells, because all the others are known."""
    unknown: list[Unit] = []
    for unit in recap.units:
        if _left(shown, recap, unit):
            unknown.append(unit)
        if len(unknown) > 1:
            return None
    return unknown[0] if unknown else None


def _rests(shown: _Shown, recap: RecapTotal) -> Iterator[int]:
    """People left of a recap, and of what came between it and another version: those below the minimum."""
    own = {agency: _choices(shown, recap, agency) for agency in recap.people}
    yield from _sums(own.values(), shown.minimum)
    for other in shown.recaps:
        if other is recap or other.period != recap.period or len(other.people) == 1:
            continue
        between = []
        for agency in {**recap.people, **other.people}:
            both = {a + b for a in own.get(agency, {0}) for b in _choices(shown, other, agency)}
            between.append(both | {_apart(recap.of(agency), other.of(agency))})
        yield from _sums(between, shown.minimum)


def _choices(shown: _Shown, recap: RecapTotal, agency: str) -> set[int]:
    """People left of an agency when what is known of its units is taken off, or when its recap is."""
    mine = recap.of(agency)
    recaps = (r for r in shown.recaps if r is not recap and r.period == recap.period)
    left = {_apart(mine, r.of(agency)) for r in recaps if set(r.people) == {agency}}
    by_unit = 0
    for unit in mine:
        by_unit += _left(shown, recap, unit)
        if by_unit >= shown.minimum:
            break
    return {by_unit, *left}


def _left(shown: _Shown, recap: RecapTotal, unit: Unit) -> int:
    """How many of a unit's people in a recap are beyond what is known of the unit."""
    return _beyond(shown.of(unit), recap.period, recap.units[unit])


@lru_cache(maxsize=65536)
def _beyond(known: tuple[PublishedTotal, ...], period: Period, n: int) -> int:
    return min(abs(n - total) for total in worked_out(known, period))


def _apart(one: Mapping[Unit, int], other: Mapping[Unit, int]) -> int:
    return sum(abs(one.get(unit, 0) - other.get(unit, 0)) for unit in {**one, **other})


def _sums(choices: Iterable[set[int]], minimum: int) -> set[int]:
    """Every sum of one of each that is below `minimum`."""
    sums = {0}
    for each in choices:
        sums = {known + more for known in sums for more in each if known + more < minimum}
    return sums


def _is_few(n: int, minimum: int) -> bool:
    return 0 < n < minimum
