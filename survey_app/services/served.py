"""Users served: the N behind a sample, as recorded per service for a period or for its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from analytics.period import Period
from survey_app.storage.catalog import Service
from survey_app.storage.rollup import Cell


def volume_periods(periods: Sequence[Period]) -> list[str]:
    """Names under which the users of `periods` may be recorded: each period and every month of it."""
    return [str(part) for period in periods for part in (period, *months(period))]


def counting(services: Sequence[Service], cells: Sequence[Cell]) -> list[Service]:
    """Services that count in a period: in use, or answered for. One switched off served nobody."""
    answered = {c.service_id for c in cells}
    return [s for s in services if s.active or s.id in answered]


def population(
    period: Period, services: Sequence[Service], volumes: Mapping[tuple[int, str], int]
) -> int | None:
    """Users of all given services: recorded for the period itself, or for every month of it."""
    name, parts = _names(period)
    total = 0
    for service in services:
        whole = volumes.get((service.id, name))
        known = [volumes[service.id, part] for part in parts if (service.id, part) in volumes]
        if whole is None and len(known) < len(parts):
            return None
        total += sum(known) if whole is None else whole
    return total


def months(period: Period) -> list[Period]:
    """The months of a period, in order."""
    return [Period(period.start + i, 1) for i in range(period.months)]


@lru_cache(maxsize=1024)
def _names(period: Period) -> tuple[str, tuple[str, ...]]:
    """Names under which users are recorded: of the period, and of its months."""
    return str(period), tuple(str(month) for month in months(period))
