"""Two units with answers in the months of 2026, and what the months before a period tell of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import numpy as np

from analytics.ikm import Moments, Month, Past, past_of, score
from analytics.period import Period
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from tests.reports import samples

#: In Pontianak it is half past six of the first of November.
NOW = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
MONTHS = [f"2026-{month:02d}" for month in range(1, 11)]
NOVEMBER = Period.parse("2026-11")


@contextmanager
def two_units(database_url: str) -> Iterator[Database]:
    """Two units with twelve answers in each month of 2026."""
    opened = open_database(database_url)
    for unit in ("satu", "dua"):
        samples.create_unit(opened, unit, unit)
        for month in [*MONTHS, "2026-11"]:
            samples.insert(opened, unit, sheets(unit, month), month)
    try:
        yield opened
    finally:
        opened.close()


def sheets(unit: str, month: str) -> list[list[int]]:
    if month == "2026-10":
        return [[2] * 9, [4] * 9] * 6
    rng = np.random.default_rng([len(unit), int(month[-2:])])
    found: list[list[int]] = rng.integers(2, 5, (12, 9)).tolist()
    return found


def past(database: Database, unit: str = "satu", period: Period = NOVEMBER) -> Past | None:
    result = results.unit_result(database, unit, period, within=PROVINCE)
    assert result.score.sample is not None
    return result.score.sample.past


def expected(period: Period, months: list[str]) -> Past | None:
    """From the sheets themselves, month by month."""
    told = []
    for month in months:
        sample = score(Moments.from_answers(sheets("satu", month))).sample
        assert sample is not None
        told.append(Month(start=Period.parse(month).start, sample=sample))
    return past_of(told, period.start, 1)
