"""Which published versions anyone may see: those that do not, with the others, single out a few people.

Versions are taken in the order in which they were published. What has been shown cannot be taken back, so the
later one is withheld: a version that adds three late answers, or the year that would give away the three
answers of the one month that was not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from analytics.disclosure import MINIMUM
from analytics.narrowing import PublishedTotal, to_withhold
from analytics.period import Period
from survey_app import instruments
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading


@dataclass(frozen=True, eq=False)
class Source:
    """Where to read a version; equal when its content is, whatever database it is in."""

    database: Database
    heading: Heading

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and self.heading == other.heading

    def __hash__(self) -> int:
        return hash(self.heading)


def withheld(database: Database, headings: Iterable[Heading]) -> set[Heading]:
    """Those of `headings`, the oldest first, whose values are not to be shown."""
    by_unit: dict[tuple[str, tuple[object, ...]], list[tuple[Heading, int]]] = defaultdict(list)
    for heading in headings:
        # Sums of different questionnaires cannot be subtracted from each other.
        ref, n = _people(Source(database, heading))
        by_unit[heading.unit, instruments.get(ref).series].append((heading, n))
    return {hidden for versions in by_unit.values() for hidden in _withheld_of(tuple(versions))}


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _people(source: Source) -> tuple[str, int]:
    with source.database.read() as connection:
        return publications.people(connection, source.heading)


@lru_cache(maxsize=4096)
def _withheld_of(versions: tuple[tuple[Heading, int], ...]) -> tuple[Heading, ...]:
    totals = [PublishedTotal(Period.parse(heading.period), n) for heading, n in versions]
    # One that is small by itself is hidden whole anyway, and says so.
    few = to_withhold(totals, MINIMUM)
    return tuple(h for (h, n), hide in zip(versions, few, strict=True) if hide and not 0 < n < MINIMUM)
