"""Counts of profiles across publications: a quarter less its months must not be a few people of one kind.

Within a publication `services.profiles` hides small counts and what would give them away. Where publications
of a unit lie inside each other, their counts can be subtracted too, so a field of the later one is hidden
when a difference would leave fewer than MINIMUM people of a kind, or when one of them hides a count that the
others together would tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from analytics import Period
from analytics.disclosure import MINIMUM, Files, PublishedTotal, Unit, to_withhold
from survey_app import instruments
from survey_app.services.disclosure import people_behind
from survey_app.services.ikm import answer_files, profiles
from survey_app.services.ikm.profiles import ProfileCount
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.snapshot import raising_unreadable
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading

T = TypeVar("T")


@dataclass(frozen=True)
class Version:
    """A published version: its counts by field, the unanswered last, and the fields with hidden counts.

    Attributes:
        files: as of a `PublishedTotal`.
    """

    period: Period
    counts: Mapping[str, tuple[int, ...]]
    hidden: frozenset[str]
    files: Files | None

    @classmethod
    def of(cls, period: Period, counted: Sequence[ProfileCount], files: Files | None) -> Version:
        counts = {c.field.key: (*(times for _, times in c.counts), c.unanswered) for c in counted}
        hidden = frozenset(c.field.key for c in counted if profiles.shown(c).hides)
        return cls(period, counts, hidden, answer_files.inside(files, period))

    def total(self, n: int) -> PublishedTotal:
        """`n` of a kind; how many of a file are among them is not known."""
        return PublishedTotal(self.period, n, self.files, some=True)


def hidden_fields(database: Database, heading: Heading, shown_before: Sequence[Heading]) -> frozenset[str]:
    """Fields of `heading` whose counts must not be shown.

    Args:
        shown_before: versions of the unit that were shown earlier, the oldest first.
    """
    near = touching(heading, shown_before, lambda h: Period.parse(h.period))
    if not near:
        return frozenset()
    own, new = _version(database, heading)
    earlier = [version for key, version in (_version(database, h) for h in near) if key == own]
    return frozenset(field for field in new.counts if tells(field, new, earlier))


def tells(field: str, new: Version, earlier: Sequence[Version]) -> bool:
    """Whether `new` with what was shown earlier would tell of fewer than MINIMUM people of a kind."""
    own = new.counts[field]
    # The same counts of the same period again tell nothing.
    same = new.period, own, new.files
    others = [v for v in earlier if field in v.counts and (v.period, v.counts[field], v.files) != same]
    if not others:
        return False
    if any(field in v.hidden for v in (*others, new)) or any(
        len(v.counts[field]) != len(own) for v in others
    ):
        return True
    together = (*others, new)
    return any(
        to_withhold([v.total(n) for v, n in zip(together, counts, strict=True)], MINIMUM)[-1]
        for counts in zip(*(v.counts[field] for v in together), strict=True)
    )


def touching(new: T, earlier: Sequence[T], period: Callable[[T], Period]) -> list[T]:
    """Those of `earlier`, in their order, that overlap `new`, or what overlaps it, and so on."""
    found: list[T] = []
    todo = [new]
    while todo:
        one = period(todo.pop())
        touched = [v for v in earlier if v not in found and one.overlaps(period(v))]
        found += touched
        todo += touched
    return [v for v in earlier if v in found]


def _version(database: Database, heading: Heading) -> tuple[Unit, Version]:
    key, version = _read(SnapshotKey(database, heading))
    return key, replace(version, files=people_behind.files_of(database, heading))


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _read(source: SnapshotKey[Heading]) -> tuple[Unit, Version]:
    """As what its sums count, and the counts. What is hidden whole, being small, has told nothing."""
    with source.database.read() as connection:
        ref, n = publications.people(connection, source.heading)
        written = publications.respondents(connection, source.heading)
    counted = []
    with raising_unreadable():
        stored: Mapping[str, Mapping[str, int]] = json.loads(written)
        instrument = instruments.get(ref)
        for field in instrument.profile if n >= MINIMUM else ():
            pairs = tuple((option, stored[field.key][option.key]) for option in field.options)
            counted.append(ProfileCount(field, pairs, n - sum(times for _, times in pairs)))
    version = Version.of(Period.parse(source.heading.period), counted, None)
    return unit_key(source.heading.unit, instrument), version
