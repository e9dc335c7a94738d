"""How many people stand behind each published version: what every rule about small groups begins with.

A damaged version may not say it any more. It is named apart and not left out: it was public, so it may be in
somebody's hands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Generic, TypeVar

from analytics import Period
from analytics.disclosure import PublishedTotal, RecapTotal, UnitTotal
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.publishing import recap_numbers
from survey_app.services.publishing.recap_numbers import unit_key
from survey_app.services.publishing.snapshot import raising_unreadable
from survey_app.services.publishing.soundness import if_sound
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading

V = TypeVar("V", Heading, RecapHeading)
T = TypeVar("T")


@dataclass(frozen=True)
class People(Generic[V, T]):
    """Published versions, in the order in which they were asked for.

    Attributes:
        counted: each version with the people in it.
        damaged: versions that do not say it any more.
    """

    counted: list[tuple[V, T]]
    damaged: list[V]


def of_units(database: Database, versions: Iterable[Heading]) -> People[Heading, UnitTotal]:
    """The people in versions of units' periods. Sums of two questionnaires count as of two units."""
    return _read(versions, partial(_of_unit, database))


def of_recaps(database: Database, versions: Iterable[RecapHeading]) -> People[RecapHeading, RecapTotal]:
    """The people in versions of recaps, unit by unit."""
    return _read(versions, lambda version: recap_numbers.numbers(database, version).total)


def any_about(versions: Iterable[Heading | RecapHeading], period: Period) -> bool:
    """Whether one of `versions` is about a month of `period`."""
    return any(Period.parse(version.period).overlaps(period) for version in versions)


def _read(versions: Iterable[V], total_of: Callable[[V], T]) -> People[V, T]:
    people = People[V, T]([], [])
    for version in versions:
        total = if_sound(version, partial(total_of, version))
        if total is None:
            people.damaged.append(version)
        else:
            people.counted.append((version, total))
    return people


def _of_unit(database: Database, version: Heading) -> UnitTotal:
    instrument, n = _people(SnapshotKey(database, version))
    return UnitTotal(unit_key(version.unit, instrument), PublishedTotal(Period.parse(version.period), n))


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _people(source: SnapshotKey[Heading]) -> tuple[Instrument, int]:
    """The questionnaire, and how many answered it. Raises: StorageError when it is damaged."""
    with source.database.read() as connection:
        ref, n = publications.people(connection, source.heading)
    with raising_unreadable():
        return instruments.get(ref), n
