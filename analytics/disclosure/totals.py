"""What a published number is of: a period and how many people, of a unit alone or of the units of a recap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from analytics.period import Period

#: What tells a unit, and totals of it that can be subtracted, from others.
Unit = Hashable


@dataclass(frozen=True)
class AnswerFile:
    """A file of answers, which count together and may be withdrawn together.

    Attributes:
        name: what tells it from other files of the unit.
        people: months (`Period.start`) and how many of its people answered about each of them.
    """

    name: str
    people: tuple[tuple[int, int], ...]

    def inside(self, period: Period) -> int:
        """How many of its people answered about a period."""
        return sum(n for month, n in self.people if period.start <= month < period.start + period.months)


Files = frozenset[AnswerFile]


@dataclass(frozen=True)
class PublishedTotal:
    """The people in one published version of a period.

    Attributes:
        files: those with people in it; only files that a later total lacks make a difference. None where that
            is not known, because nothing had been withdrawn yet: it lacks none.
        some: it counts some of the people only, as those of a kind, so of a file anything from nobody to all.
    """

    period: Period
    n: int
    files: Files | None = None
    some: bool = False

    @property
    def in_files(self) -> int:
        """How many people of its files are in it; of some of the people, how many can be."""
        people = sum(file.inside(self.period) for file in self.files or ())
        return min(self.n, people) if self.some else people


@dataclass(frozen=True)
class UnitTotal:
    """A published version of a unit's period."""

    unit: Unit
    total: PublishedTotal


@dataclass(frozen=True, eq=False)
class RecapTotal:
    """A published version of a recap: the people of every unit whose value is in it, by agency.

    Compared by identity: two versions with the same people are two recaps, and each has its place in time.
    """

    period: Period
    people: Mapping[str, Mapping[Unit, int]]
    files: Mapping[Unit, Files | None] = field(default_factory=dict)

    def total(self, unit: Unit) -> PublishedTotal:
        """The people of one of its units."""
        return PublishedTotal(self.period, self.units[unit], self.files.get(unit))

    def of(self, agency: str) -> Mapping[Unit, int]:
        """The people of one agency's units."""
        return self.people.get(agency, {})

    @cached_property
    def units(self) -> Mapping[Unit, int]:
        """The people of every unit."""
        return {unit: n for units in self.people.values() for unit, n in units.items()}
