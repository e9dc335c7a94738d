"""What a published number is of: a period and how many people, of a unit alone or of the units of a recap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analytics.period import Period

#: What tells a unit, and totals of it that can be subtracted, from others.
Unit = Hashable


@dataclass(frozen=True)
class PublishedTotal:
    """The people in one published version of a period."""

    period: Period
    n: int


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

    def of(self, agency: str) -> Mapping[Unit, int]:
        """The people of one agency's units."""
        return self.people.get(agency, {})

    @cached_property
    def units(self) -> Mapping[Unit, int]:
        """The people of every unit."""
        return {unit: n for units in self.people.values() for unit, n in units.items()}
