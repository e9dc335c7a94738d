"""Users served: the N behind a sample, as recorded per service for a period or for its months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.period import Period
from survey_app.storage.catalog import Service
from survey_app.storage.rollup import Cell


def volume_periods(periods: Sequence[Period]) -> list[str]:
    """Names under which the users of `periods` may be recorded: each period and every month of it."""
    return [str(part) for period in periods for part in (period, *_months(period))]


def counting(services: Sequence[Service], cells: Sequence[Cell]) -> list[Service]:
    """Services that count in a period: in use, or answered for. One switched off served nobody."""
    answered = {c.service_id for c in cells}
    return [s for s in services if s.active or s.id in answered]


def population(
    period: Period, services: Sequence[Service], volumes: Mapping[tuple[int, str], int]
) -> int | None:
    """Users of all given services: recorded for the period itself, or for every month of it."""
    total = 0
    for service in services:
        whole = volumes.get((service.id, str(period)))
        parts = [volumes.get((service.id, str(month))) for month in _months(period)]
        known = [users for users in parts if users is not None]
        if whole is None and len(known) < len(parts):
            return None
        total += sum(known) if whole is None else whole
    return total


def _months(period: Period) -> list[Period]:
    return [Period(period.start + i, 1) for i in range(period.months)]
