"""Values per unsur across publications: a quarter less its months must not be two answers to an unsur.

Within a period `services.narrowed` hides the unsur when fewer than MINIMUM people answered one. Where periods
lie inside each other, or a version corrects another, how many answered an unsur can be subtracted as well as
how many answered at all; so the values per unsur of the later one are hidden when that would leave a few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from analytics import Period
from analytics.disclosure import MINIMUM, Files, PublishedTotal, Unit, is_few, leaves_few
from analytics.ikm import Moments
from survey_app import instruments
from survey_app.services.disclosure import people_behind, withholding
from survey_app.services.disclosure.profile_hiding import touching
from survey_app.services.ikm import answer_files
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.snapshot import raising_unreadable
from survey_app.services.publishing.soundness import dated
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading


@dataclass(frozen=True)
class Answered:
    """How many people answered each unsur in a period, in the order of the questionnaire, of how many.

    Attributes:
        files: as of a `PublishedTotal`.
    """

    period: Period
    counts: tuple[int, ...]
    n: int
    files: Files | None

    @classmethod
    def of(cls, result: PeriodResult, files: Files | None) -> Answered:
        own = answer_files.inside(files, result.period)
        return cls(result.period, result.moments.answered, result.moments.n, own)

    def total(self, n: int) -> PublishedTotal:
        """`n` who answered one of them; how many of a file are among them is known only if everybody is."""
        return PublishedTotal(self.period, n, self.files, some=n < self.n)


def hides(database: Database, heading: Heading, shown_before: Sequence[Heading]) -> bool:
    """Whether the values per unsur of `heading` must not be shown.

    Args:
        shown_before: versions of the unit that were shown earlier, the oldest first.
    """
    own, counts = _read(SnapshotKey(database, heading))
    new = _with_files(database, heading, counts)
    near = touching(heading, shown_before, lambda h: Period.parse(h.period))
    return tells(new, answered(database, (h for h in shown_before if h in near), own))


def beside_shown(database: Database, units: Sequence[UnitResult], before: datetime | None = None) -> set[int]:
    """Ids (`id`) of those of `units` whose values per unsur must not be told beside what is public of them.

    Args:
        before: when it was told; None for now.
    """
    with database.read() as connection:
        headings = dated(publications.headings(connection))
    hidden = withholding.withheld(database, headings)
    public: defaultdict[tuple[str, int], list[Heading]] = defaultdict(list)
    for h in headings:
        if h not in hidden and (before is None or h.published_at <= before):
            public[h.unit, _year(Period.parse(h.period))].append(h)
    found = set()
    for unit in units:
        code, new = unit.entry.unit.code, Answered.of(unit.current, unit.files)
        earlier = answered(database, public[code, _year(unit.period)], unit_key(code, unit.instrument))
        near = touching(new, earlier, lambda version: version.period)
        if tells(new, (version for version in earlier if version in near)):
            found.add(id(unit))
    return found


def _year(period: Period) -> int:
    """Periods of different years do not overlap."""
    return period.first_day.year


def answered(database: Database, headings: Iterable[Heading], unit: Unit) -> list[Answered]:
    """Of those of `headings` whose sums can be subtracted from those of `unit`."""
    read = ((heading, *_read(SnapshotKey(database, heading))) for heading in headings)
    return [_with_files(database, heading, found) for heading, key, found in read if key == unit]


def tells(new: Answered, earlier: Iterable[Answered]) -> bool:
    """Whether `new`, after what is shown of `earlier`, would tell the values of fewer than MINIMUM people.

    Args:
        earlier: in the order in which they were shown; what was hidden of them by this rule told nothing.
    """
    versions = [version for version in earlier if len(version.counts) == len(new.counts)] + [new]
    # Most unsur are answered by everybody: those that were answered alike tell alike.
    unsur = set(zip(*(version.counts for version in versions), strict=True))
    shown: defaultdict[tuple[int, ...], list[PublishedTotal]] = defaultdict(list)
    hidden = False
    for place, version in enumerate(versions):
        totals = {counts: version.total(counts[place]) for counts in unsur}
        hidden = any(is_few(t.n) or leaves_few([*shown[key], t], MINIMUM) for key, t in totals.items())
        for key, total in totals.items() if not hidden else ():
            shown[key].append(total)
    return hidden


def _with_files(database: Database, heading: Heading, answered: Answered) -> Answered:
    return replace(answered, files=people_behind.files_of(database, heading))


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _read(source: SnapshotKey[Heading]) -> tuple[Unit, Answered]:
    """As what its sums count, and how many answered. Raises: StorageError when it is damaged."""
    with source.database.read() as connection:
        ref, _ = publications.people(connection, source.heading)
        sums = publications.sums(connection, source.heading)
    with raising_unreadable():
        moments = Moments.from_bytes(bytes.fromhex(sums))
        key = unit_key(source.heading.unit, instruments.get(ref))
    return key, Answered(Period.parse(source.heading.period), moments.answered, moments.n, None)
