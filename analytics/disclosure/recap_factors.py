"""Recaps added with factors of their own, so that some units fall away and a few people are left.

`recap_rests` lets every unit of a difference fall away as it likes, because with enough versions of a recap
there are factors for all; in return it counts those who are left of several recaps as different people. Here
it is the other way round: they may be the same, and factors must fit (`weighing`). Both rules must allow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import partial
from itertools import combinations, product

from analytics.disclosure.recap_rests import Shown, left_of
from analytics.disclosure.totals import RecapTotal, Unit
from analytics.disclosure.weighing import Difference, Group, Together, Weighed, once


def few_by_factors(shown: Shown, recaps: Iterable[RecapTotal]) -> bool:
    """Whether a few are left of one of these recaps and one or two others, added with any factors."""
    # What an agency's own recaps say of it is among the ways of the agency.
    of_several = [other for other in shown.recaps if len(other.people) > 1]
    # The same ones are among those of every recap in them.
    different = dict.fromkeys(added for recap in recaps for added in _with_others(shown, recap, of_several))
    return any(shown.is_few(n) for added in different for n in _numbers(shown, added))


def touched_by(shown: Shown, new: RecapTotal) -> list[RecapTotal]:
    """The recaps of which `few_by_factors` may find more with a new one."""
    if len(new.people) > 1:
        return [new]
    # Taken off its agency, a new recap of that alone changes what is left of all others.
    return [new, *(recap for recap in shown.recaps if len(recap.people) > 1 and _same_year(recap, new))]


def may_tell_by_factors(shown: Shown, recap: RecapTotal, unit: Unit) -> bool:
    """Whether more about a unit can matter here: somebody of it is left of the recap by itself so far."""
    return unit in recap.units and bool(left_of(shown, (recap,), unit))


def _with_others(
    shown: Shown, recap: RecapTotal, others: Iterable[RecapTotal]
) -> Iterator[tuple[RecapTotal, ...]]:
    """The recap alone, with one of the same year, and with two of which the longest overlaps all."""
    near = [each for each in others if each is not recap and _same_year(each, recap)]
    yield (recap,)
    for some in (*combinations(near, 1), *combinations(near, 2)):
        first, *rest = sorted((recap, *some), key=lambda each: (-each.period.months, -shown.recaps[each]))
        if len(some) == 1 or all(first.period.overlaps(each.period) for each in rest):
            yield (first, *rest)


def _same_year(one: RecapTotal, other: RecapTotal) -> bool:
    # A unit can have published something about both: no period reaches beyond its year.
    return one.period.first_day.year == other.period.first_day.year


def _numbers(shown: Shown, recaps: Sequence[RecapTotal]) -> set[int]:
    agencies = dict.fromkeys(agency for recap in recaps for agency in recap.people)
    groups = [
        Group(_weighed(shown, recaps, agency), _ways_of_agency(shown, recaps, agency)) for agency in agencies
    ]
    return _difference(shown, recaps, groups).sums(len(recaps))


def _difference(shown: Shown, recaps: Sequence[RecapTotal], groups: Sequence[Group]) -> Difference:
    return Difference(groups, _apart(recaps), _together(recaps), shown.minimum)


def _apart(recaps: Sequence[RecapTotal]) -> Set[tuple[int, int]]:
    pairs = combinations(range(len(recaps)), 2)
    return {(a, b) for a, b in pairs if not recaps[a].period.overlaps(recaps[b].period)}


def _together(recaps: Sequence[RecapTotal]) -> Set[Together]:
    """All pairs; of three recaps one less a part and less its earlier version or another part."""
    found: set[Together] = set(combinations(range(len(recaps)), 2))
    if len(recaps) == 3:
        first, one, other = (recap.period for recap in recaps)
        if first.months > other.months and (one == first or not one.overlaps(other)):
            found.add((0, 1, 2))
    return found


def _weighed(shown: Shown, recaps: Sequence[RecapTotal], agency: str) -> list[Weighed]:
    """The agency's units of whom somebody is left of one of the recaps by itself."""
    units = dict.fromkeys(
        unit for recap in recaps for unit in recap.of(agency) if left_of(shown, (recap,), unit)
    )
    return [
        Weighed(tuple(_weight(recap, unit) for recap in recaps), partial(_left, shown, tuple(recaps), unit))
        for unit in units
    ]


def _weight(recap: RecapTotal, unit: Unit) -> float:
    """Of one of the unit's people in the recap, which is the mean of its units' means."""
    n = recap.units.get(unit)
    return 1 / (len(recap.units) * n) if n else 0.0


def _left(shown: Shown, recaps: tuple[RecapTotal, ...], unit: Unit, places: Together) -> int:
    return left_of(shown, tuple(recaps[place] for place in places), unit)


def _ways_of_agency(shown: Shown, recaps: Sequence[RecapTotal], agency: str) -> set[int]:
    """People left of an agency whose own recaps are taken off each recap; none where there is no own."""
    own = [recap for recap in shown.recaps if set(recap.people) == {agency}]
    if not own:
        return set()
    places = [place for place, recap in enumerate(recaps) if agency in recap.people]
    numbers = [_less_own(shown, recaps[place], own, agency) for place in places]
    apart = _apart(recaps)
    return {
        once([((place,), n) for place, n in zip(places, some, strict=True)], apart, shown.minimum)
        for some in product(*numbers)
    }


def _less_own(shown: Shown, recap: RecapTotal, own: Sequence[RecapTotal], agency: str) -> set[int]:
    near = tuple(each for each in own if _same_year(each, recap))
    units = dict.fromkeys(unit for each in (recap, *near) for unit in each.of(agency))
    key = agency, recap, near, tuple(shown.of(unit) for unit in units)
    if key not in shown.less_own:
        found: set[int] = set()
        for recaps in _with_others(shown, recap, near):
            of_units = Group(_weighed(shown, recaps, agency))
            found |= _difference(shown, recaps, [of_units]).sums(len(recaps))
        shown.less_own[key] = found
    return shown.less_own[key]
