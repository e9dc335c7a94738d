"""Staff as exact sums: persons add up to units, units to agencies and a province, nobody read a second time.

Each unit is a census of its staff, and so is the whole. Every sum is over staff of one rule set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import add

from analytics.errors import AnalyticsError
from analytics.ip_asn.categories import category
from analytics.ip_asn.missing import MissingSums
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset
from analytics.ip_asn.unit import GroupIndex, UnitIndex, mean_of_groups
from analytics.reason import Reason
from analytics.rounding import half_up

_K = len(DIMENSIONS)
_DIMENSIONS = range(_K)


@dataclass(frozen=True)
class StaffSums:
    """Some staff as sums. In both, what is meant per dimension stands in the order of DIMENSIONS.

    Attributes:
        counts: staff; staff with all four dimensions; per dimension those with something recorded, those
            without who are in the mean all the same, and those whom only this dimension keeps out of it.
        points: per dimension the scores of staff with all four, of those with something recorded, of those
            without who are in the mean, and the other three scores of those kept out by it alone.
    """

    counts: tuple[int, ...]
    points: tuple[Decimal, ...]

    @property
    def headcount(self) -> int:
        return self.counts[0]

    @property
    def n(self) -> int:
        """Staff with all four dimensions, who are in the mean."""
        return self.counts[1]

    def times(self, staff: int) -> StaffSums:
        """As many staff with these same scores."""
        return StaffSums(tuple(staff * n for n in self.counts), tuple(staff * p for p in self.points))

    def count(self, kind: int) -> tuple[int, ...]:
        return self.counts[2 + _K * kind : 2 + _K * (kind + 1)]

    def sums(self, kind: int) -> tuple[Decimal, ...]:
        return self.points[_K * kind : _K * (kind + 1)]


#: Sums by status and by whether the reform of posts (penyetaraan) moved them.
Staff = Mapping[tuple[str, bool], StaffSums]

_NOBODY = StaffSums((0,) * (2 + 3 * _K), (Decimal(0),) * (4 * _K))


def person_sums(scores: Sequence[Decimal | None], recorded: Sequence[bool]) -> StaffSums:
    """One employee by dimension scores, and by which of them stand on records."""
    zero = Decimal(0)
    lacking = [i for i in _DIMENSIONS if scores[i] is None]
    points = [score if score is not None else zero for score in scores]
    scored = [not lacking and not known for known in recorded]
    entering = [lacking == [i] and not recorded[i] for i in _DIMENSIONS]
    rest = sum(points, zero)
    return StaffSums(
        (1, int(not lacking), *map(int, recorded), *map(int, scored), *map(int, entering)),
        (
            *(zero if lacking else p for p in points),
            *(p if known else zero for p, known in zip(points, recorded, strict=True)),
            *(p if counts else zero for p, counts in zip(points, scored, strict=True)),
            *(rest - p if counts else zero for p, counts in zip(points, entering, strict=True)),
        ),
    )


def add_sums(parts: Iterable[StaffSums]) -> StaffSums:
    """All of them together; nobody without any."""
    counts, points = _NOBODY.counts, _NOBODY.points
    for part in parts:
        counts, points = tuple(map(add, counts, part.counts)), tuple(map(add, points, part.points))
    return StaffSums(counts, points)


def merge_staff(parts: Iterable[Staff]) -> Staff:
    """Several units together, group by group."""
    groups: dict[tuple[str, bool], list[StaffSums]] = {}
    for part in parts:
        for group, sums in part.items():
            groups.setdefault(group, []).append(sums)
    return {group: add_sums(found) for group, found in groups.items()}


def staff_index(staff: Staff, ruleset: Ruleset) -> UnitIndex:
    """The headcount-weighted index of staff measured in full: equal to `unit_index` of everyone in one list.

    Missing data: staff without a total count in headcount and completeness, in no mean.

    Raises:
        AnalyticsError: `staff-empty`.
    """
    everyone = add_sums(staff.values())
    if everyone.headcount == 0:
        raise AnalyticsError("staff-empty", got=0, expected="at least one employee")
    apart = {
        status: _group(add_sums(found), ruleset)
        for status in ("PNS", "PPPK")
        if (found := [sums for (of, _), sums in staff.items() if of == status])
    }
    stayed = add_sums(sums for (_, moved), sums in staff.items() if not moved)
    return UnitIndex(
        headcount=everyone.headcount,
        total=_group(everyone, ruleset),
        pns=apart.get("PNS"),
        pppk=apart.get("PPPK"),
        mean_of_groups=mean_of_groups(apart.get("PNS"), apart.get("PPPK")),
        without_penyetaraan=_group(stayed, ruleset) if stayed.headcount < everyone.headcount else None,
        recorded=everyone.count(0),
        population=None,
        verification=ruleset.verification,
        unknown=ruleset.unknown,
    )


def staff_missing(staff: Staff, ruleset: Ruleset) -> tuple[MissingSums, ...]:
    """What is not recorded per dimension, in the order of DIMENSIONS.

    Missing data is the subject: a score of None, or a score whose record is only assumed. Staff who lack two
    dimensions count in both and enter the mean by neither alone.
    """
    everyone = add_sums(staff.values())
    points = Fraction(sum(everyone.sums(0), Decimal(0)))
    recorded, scored, entering = (everyone.count(kind) for kind in range(3))
    _, recorded_points, scored_points, entering_points = (everyone.sums(kind) for kind in range(4))
    return tuple(
        MissingSums(
            key=DIMENSIONS[i],
            maximum=ruleset.maxima[i],
            recorded=recorded[i],
            recorded_points=Fraction(recorded_points[i]),
            scored=scored[i],
            scored_points=Fraction(scored_points[i]),
            entering=entering[i],
            entering_points=Fraction(entering_points[i]),
            staff=everyone.headcount - recorded[i],
            n=everyone.n,
            points=points,
        )
        for i in _DIMENSIONS
    )


def _group(sums: StaffSums, ruleset: Ruleset) -> GroupIndex:
    headcount, n = sums.headcount, sums.n
    if n == 0:
        return GroupIndex.without_score(headcount)
    points = sums.sums(0)
    exact = Fraction(sum(points, Decimal(0))) / n
    value = half_up(exact)
    dimensions = tuple(Fraction(p) / n for p in points)
    graded = category(value, ruleset)
    return GroupIndex(
        headcount=headcount,
        n=n,
        dimensions=dimensions,
        exact=exact,
        value=value,
        category=graded,
        interval=None,
        interval_reason=Reason.CENSUS,
        reason=None,
    )
