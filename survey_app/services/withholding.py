"""Which published versions anyone may see: those that do not, with the others, single out a few people.

Versions are taken in the order in which they were published. What has been shown cannot be taken back, so the
later one is withheld: a version that adds three late answers, or the year that would give away the three
answers of the one month that was not published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from analytics.disclosure import MINIMUM
from analytics.narrowing import PublishedTotal, to_withhold
from analytics.period import Period
from survey_app import instruments
from survey_app.storage.publications import Heading


def withheld(headings: Iterable[Heading]) -> set[Heading]:
    """Those of `headings`, the oldest first, whose values are not to be shown."""
    by_unit: dict[tuple[str, tuple[object, ...]], list[Heading]] = defaultdict(list)
    for heading in headings:
        # Sums of different questionnaires cannot be subtracted from each other.
        by_unit[heading.unit, instruments.get(heading.instrument).series].append(heading)
    return {hidden for versions in by_unit.values() for hidden in _withheld_of(tuple(versions))}


# What is published never changes.
@lru_cache(maxsize=4096)
def _withheld_of(versions: tuple[Heading, ...]) -> tuple[Heading, ...]:
    totals = [PublishedTotal(Period.parse(h.period), h.n) for h in versions]
    # One that is small by itself is hidden whole anyway, and says so.
    few = to_withhold(totals, MINIMUM)
    return tuple(h for h, hide in zip(versions, few, strict=True) if hide and not 0 < h.n < MINIMUM)
