"""What anyone may see: published results, without what would point at a few people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from analytics import Period
from analytics.disclosure import is_few
from analytics.ikm import IkmResult, UnsurResult
from survey_app.instruments import Instrument
from survey_app.services.disclosure import people_behind, unsur_hiding
from survey_app.services.disclosure.profile_hiding import hidden_fields
from survey_app.services.disclosure.withholding import withheld as withheld_of
from survey_app.services.ikm import profiles
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.services.ikm.results import UnitResult
from survey_app.services.publishing import unit_publishing
from survey_app.services.publishing.soundness import dated, if_sound
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications, recap_publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading


@dataclass(frozen=True, kw_only=True)
class PublicResult:
    """The newest version of a published period, as it may be shown.

    Attributes:
        score: None when fewer than MINIMUM people (but some) stand behind it, or when `withheld`.
        unsur: None when a value of an unsur has fewer than MINIMUM answers, or when with what is public it
            would tell those of so few; one hidden alone could be worked out from the index and the others.
        respondents: empty with a hidden score; no counts of a field that would tell of a few people.
        withheld: shown with what is public already, it would single out fewer than MINIMUM people.
    """

    agency: str
    agency_code: str
    unit_code: str
    unit: str
    time_zone: str
    period: Period
    version: int
    published_at: datetime
    sha256: str
    instrument: Instrument
    score: IkmResult | None
    unsur: tuple[UnsurResult, ...] | None
    respondents: tuple[ShownProfile, ...]
    withheld: bool
    unanimous: bool


def published_so_far(database: Database) -> tuple[int, int]:
    """A value that changes when a unit's period or a recap is published, by whichever process."""
    with database.look() as connection:
        return recap_publications.state(connection)


def of_unit(database: Database, unit_code: str) -> tuple[PublicResult, ...]:
    """The published periods of a unit in the order of their ends, each in its newest version to be shown."""
    with database.read() as connection:
        headings = dated(publications.headings(connection, unit_code))
    hidden = withheld_of(database, headings)
    shown = [h for h in headings if h not in hidden]
    return tuple(
        _sound(_load(database, h, h in hidden, shown) for h in _newest_versions(database, headings, hidden))
    )


def latest(database: Database) -> tuple[PublicResult, ...]:
    """The last published period of every unit, by name.

    A period without a value does not take the place of an earlier one with one. A hidden value is a value.
    """
    with database.read() as connection:
        headings = dated(publications.headings(connection))
    hidden = withheld_of(database, headings)
    periods: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in reversed(_newest_versions(database, headings, hidden)):
        periods[heading.unit].append(heading)
    shown: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in (h for h in headings if h not in hidden):
        shown[heading.unit].append(heading)
    # Read one after another only until one has a value.
    read = (_sound(_load(database, h, h in hidden, shown[h.unit]) for h in own) for own in periods.values())
    results = [_first_valued(newest_first) for newest_first in read]
    sound = [result for result in results if result is not None]
    return tuple(sorted(sound, key=lambda r: (r.agency.casefold(), r.unit.casefold())))


def named(results: Iterable[PublicResult], words: str) -> tuple[PublicResult, ...]:
    """Those of `results` whose unit's name, or agency's name, has all of `words`."""
    return tuple(r for r in results if fits(f"{r.agency} {r.unit}", words))


def preferred(newest_first: Iterable[PublicResult]) -> PublicResult:
    """The newest period with a value, shown or hidden; the newest where none has one."""
    result = _first_valued(newest_first)
    if result is None:
        raise ValueError("preferred: got no period, expected at least one")
    return result


def _first_valued(newest_first: Iterable[PublicResult]) -> PublicResult | None:
    newest: PublicResult | None = None
    for result in newest_first:
        if result.score is None or result.score.ikm is not None:
            return result
        newest = newest or result
    return newest


def _sound(read: Iterable[PublicResult | None]) -> Iterator[PublicResult]:
    """What could be read, one after another."""
    return (result for result in read if result is not None)


def fits(name: str, words: str) -> bool:
    """Whether a name has all of `words`."""
    return all(word in name.casefold() for word in words.casefold().split())


def _newest_versions(
    database: Database, headings: Sequence[Heading], hidden: Collection[Heading]
) -> list[Heading]:
    """The newest version of every period; one that is withheld only where there is no other.

    A period whose newest version is damaged is left out: what it corrected must not pass for it.
    """
    newest = {(h.unit, h.period): h for h in headings}
    damaged = people_behind.of_units(database, headings).damaged
    lost = {place for place, h in newest.items() if h in damaged}
    newest |= {(h.unit, h.period): h for h in headings if h not in hidden}
    kept = (h for place, h in newest.items() if place not in lost)
    return sorted(kept, key=lambda h: by_end(Period.parse(h.period)))


def by_end(period: Period) -> tuple[int, int]:
    """Order of what is shown: by the end; of several that end together the longest last."""
    return period.start + period.months, period.months


def _load(
    database: Database, heading: Heading, withheld: bool, shown: Sequence[Heading]
) -> PublicResult | None:
    """`shown`: every version of the unit that is or was shown, the oldest first. None: it is damaged."""

    def read() -> PublicResult:
        if withheld:
            return _cached(SnapshotKey(database, heading), True, False, frozenset())
        before = shown[: shown.index(heading)]
        unsur = unsur_hiding.hides(database, heading, before)
        return _cached(SnapshotKey(database, heading), False, unsur, hidden_fields(database, heading, before))

    return if_sound(heading, read)


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=4096)
def _cached(
    source: SnapshotKey[Heading], withheld: bool, unsur_hidden: bool, fields: frozenset[str]
) -> PublicResult:
    result = unit_publishing.published_period(source.database, source.heading)
    return _shown(source.heading, result, withheld, unsur_hidden, fields)


def _shown(
    heading: Heading, result: UnitResult, withheld: bool, unsur_hidden: bool, fields: frozenset[str]
) -> PublicResult:
    score: IkmResult | None = result.score if not is_few(result.score.n) and not withheld else None
    unsur = None if score is None or unsur_hidden else score.unsur
    respondents = tuple(
        profiles.hidden(counted) if counted.field.key in fields else profiles.shown(counted)
        for counted in result.respondents
    )
    return PublicResult(
        agency=result.entry.agency.name,
        agency_code=result.entry.agency.code,
        unit_code=result.entry.unit.code,
        unit=result.entry.unit.name,
        time_zone=result.entry.unit.time_zone,
        period=result.period,
        version=heading.version,
        published_at=heading.published_at,
        sha256=heading.sha256,
        instrument=result.instrument,
        score=score,
        unsur=unsur,
        respondents=() if score is None else respondents,
        withheld=withheld,
        unanimous=score is not None and result.current.unanimous,
    )
