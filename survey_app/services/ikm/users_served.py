"""Users served: the N behind a sample, as recorded per service for a period or for its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period
from survey_app.storage.places import Service
from survey_app.storage.rollup import Cell


@dataclass(frozen=True)
class ServiceCount:
    """A service's share of a period: its respondents, its users if recorded, and the sums of its cells."""

    service: Service
    n: int
    users: int | None
    sums: tuple[bytes, ...] = ()


def volume_periods(periods: Sequence[Period]) -> list[str]:
    """Names under which the users of `periods` may be recorded: each period and all that it consists of."""
    return [name for period in periods for name in _names(_tree(period))]


def counting(
    period: Period,
    services: Sequence[Service],
    cells: Sequence[Cell],
    volumes: Mapping[tuple[int, str], int],
) -> list[Service]:
    """Services that count in a period: in use, answered for, or recorded as having served people in it."""
    answered = {c.service_id for c in cells}
    return [s for s in services if s.active or s.id in answered or _users(_tree(period), s.id, volumes)]


def population(
    period: Period, services: Sequence[Service], volumes: Mapping[tuple[int, str], int]
) -> int | None:
    """Users of all given services: recorded for the period itself, or for each of the parts it consists of.

    A year may so be recorded by semesters, quarters or months, or by some of each. What is recorded for the
    whole counts before what is recorded for its parts.
    """
    total = 0
    for service in services:
        users = _users(_tree(period), service.id, volumes)
        if users is None:
            return None
        total += users
    return total


def service_counts(
    period: Period,
    services: Sequence[Service],
    cells: Sequence[Cell],
    volumes: Mapping[tuple[int, str], int],
) -> tuple[ServiceCount, ...]:
    """The services that count in a period, each with its share."""
    of_service: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        of_service[cell.service_id].append(cell)
    return tuple(
        ServiceCount(
            s,
            sum(c.n for c in of_service[s.id]),
            population(period, [s], volumes),
            tuple(c.sums for c in of_service[s.id]),
        )
        for s in counting(period, services, cells, volumes)
    )


def months(period: Period) -> list[Period]:
    """The months of a period, in order."""
    return [Period(period.start + i, 1) for i in range(period.months)]


@dataclass(frozen=True)
class _Named:
    """A period by its name, and what it consists of."""

    name: str
    parts: tuple[_Named, ...]


@lru_cache(maxsize=1024)
def _tree(period: Period) -> _Named:
    return _Named(str(period), tuple(map(_tree, period.parts)))


def _names(named: _Named) -> list[str]:
    return [named.name, *(name for part in named.parts for name in _names(part))]


def _users(named: _Named, service_id: int, volumes: Mapping[tuple[int, str], int]) -> int | None:
    whole = volumes.get((service_id, named.name))
    if whole is not None or not named.parts:
        return whole
    total = 0
    for part in named.parts:
        users = _users(part, service_id, volumes)
        if users is None:
            return None
        total += users
    return total
