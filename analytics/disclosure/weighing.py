"""How many people are left of recaps that are added with factors, of which there are only so many.

In a recap of U units a person of a unit with n people weighs 1 / (U n). So when recaps are added with
factors, a unit's people of two of them fall away against each other only if the factors make up for these:

    half-year   a1 5, a2 13    With factors 1 and -1 the five of a1 fall away, who may all be in both. Those
    quarter     a1 5, a2 8     of a2 weigh otherwise, so what is left of the half-year and of the quarter by
                               itself stays: three who came late in January are in both, and three people

There are as many factors as recaps less one. So only as many units whose weights differ can be got rid of in
this way, and all others are left of each recap by themselves. Who is left of several recaps may be the same
person where the periods overlap.

The search begins with factors that fit no unit. Of the units that leave too many one must fit, so it goes on
with the factors of the first ones that are too many together; no others need be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

#: Places of recaps in a difference whose people of a unit fall away against each other.
Together = tuple[int, ...]
#: For every recap the set it belongs to, within which factors are known, and its factor.
_Factors = tuple[tuple[int, float], ...]

#: Weights that differ by such a share count as alike. What is left of a unit then is this share of its value,
#: which the values of others tell to about ten points: 0.05 points, as much as one step of one answer moves
#: the mean of fifty people (2.78 / 50). What protects is not such a rest, so it does not count as protection.
ALIKE = 0.005


@dataclass(frozen=True, eq=False)
class Weighed:
    """A unit in a difference of recaps.

    Attributes:
        weights: of one of its people in every recap; 0 where the unit is not in it.
        left: how many are left of recaps taken together, the later ones off the first; the minimum for more.
    """

    weights: tuple[float, ...]
    left: Callable[[Together], int]


@dataclass(frozen=True, eq=False)
class Group:
    """Units that are left one by one, or all together in other ways: an agency with recaps of its own."""

    units: Sequence[Weighed]
    ways: Set[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Difference:
    """Recaps that are added with some factors.

    Attributes:
        apart: pairs of places whose periods do not overlap, so that nobody is left of both.
        together: what `Weighed.left` can be asked of, one recap apart from those alone.
    """

    groups: Sequence[Group]
    apart: Set[tuple[int, int]]
    together: Set[Together]
    minimum: int

    def sums(self, places: int) -> set[int]:
        """All numbers below the minimum that can be left, for any factors of so many recaps."""
        found: set[int] = set()
        for factors in self._factors(tuple((place, 1.0) for place in range(places)), set()):
            found |= sums((self._of_group(group, factors) for group in self.groups), self.minimum)
        return found

    def _factors(self, factors: _Factors, seen: set[_Factors]) -> Iterator[_Factors]:
        if factors in seen:
            return
        seen.add(factors)
        yield factors
        for unit in self._too_many(factors):
            inside = [place for place, weight in enumerate(unit.weights) if weight]
            for one, other in combinations(inside, 2):
                if factors[one][0] != factors[other][0]:
                    yield from self._factors(_fitting(factors, unit.weights, one, other), seen)

    def _too_many(self, factors: _Factors) -> list[Weighed]:
        """Units of whom one must be left otherwise; none where it is not too many."""
        found: list[Weighed] = []
        together = 0
        for group in self.groups:
            of_units = [(unit, min(self._of_unit(unit, factors))) for unit in group.units]
            least = min([sum(n for _, n in of_units), *group.ways])
            if least:
                found += _first(of_units, self.minimum)
                together += least
            if together >= self.minimum:
                return found
        return []

    def _of_group(self, group: Group, factors: _Factors) -> set[int]:
        return sums((self._of_unit(unit, factors) for unit in group.units), self.minimum).union(group.ways)

    def _of_unit(self, unit: Weighed, factors: _Factors) -> set[int]:
        inside = [place for place, weight in enumerate(unit.weights) if weight]
        weights = [factor * weight for (_, factor), weight in zip(factors, unit.weights, strict=True)]
        alike = {
            (one, other)
            for one, other in combinations(inside, 2)
            if factors[one][0] == factors[other][0] and _alike(weights[one], weights[other])
        }
        partitions = self._partitions(inside, alike)
        return {
            once([(part, unit.left(part)) for part in parts], self.apart, self.minimum)
            for parts in partitions
        }

    def _partitions(self, places: Sequence[int], alike: Set[tuple[int, int]]) -> Iterator[list[Together]]:
        if not places:
            yield []
            return
        first, *rest = places
        for size in range(len(rest) + 1):
            for others in combinations(rest, size):
                part = (first, *others)
                fits = alike >= set(combinations(part, 2)) and (size == 0 or part in self.together)
                if fits:
                    left = [place for place in rest if place not in others]
                    yield from ([part, *more] for more in self._partitions(left, alike))


def once(left: Sequence[tuple[Together, int]], apart: Set[tuple[int, int]], minimum: int) -> int:
    """How many at least are left of several recaps, when those of periods that overlap may be the same."""
    numbers = [(places, n) for places, n in left if n]
    if len(numbers) == 1:
        return min(numbers[0][1], minimum)
    return max(
        (
            min(minimum, sum(n for _, n in some))
            for size in range(1, len(numbers) + 1)
            for some in combinations(numbers, size)
            if all(_are_apart(one, other, apart) for (one, _), (other, _) in combinations(some, 2))
        ),
        default=0,
    )


def _are_apart(some: Together, others: Together, apart: Set[tuple[int, int]]) -> bool:
    return all((min(a, b), max(a, b)) in apart for a in some for b in others)


def sums(choices: Iterable[set[int]], minimum: int) -> set[int]:
    """Every sum of one of each that is below `minimum`."""
    found = {0}
    for each in choices:
        found = {known + more for known in found for more in each if known + more < minimum}
        if not found:
            break
    return found


def _first(units: Sequence[tuple[Weighed, int]], enough: int) -> Iterator[Weighed]:
    """The first units of whom somebody is left, until they are enough together."""
    for unit, n in units:
        if n:
            yield unit
            enough -= n
        if enough <= 0:
            return


def _fitting(factors: _Factors, weights: Sequence[float], one: int, other: int) -> _Factors:
    """With the factors of the other's set changed so that a unit of these weights weighs as much in both."""
    (kept, factor), (changed, before) = factors[one], factors[other]
    by = factor * weights[one] / (before * weights[other])
    return tuple((kept, each * by) if which == changed else (which, each) for which, each in factors)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= ALIKE * max(one, other)
