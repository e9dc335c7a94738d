"""How many people stand behind each published version: what every rule about small groups begins with.

A damaged version may not say it any more. It is named apart and not left out: it was public, so it may be in
somebody's hands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Generic, TypeVar

from analytics import Period
from analytics.disclosure import Files, PublishedTotal, RecapTotal, UnitTotal
from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.services.ikm import answer_files
from survey_app.services.ikm.results import UnitResult
from survey_app.services.publishing import recap_numbers
from survey_app.services.publishing.recap_numbers import split_key, unit_key
from survey_app.services.publishing.snapshot import raising_unreadable
from survey_app.services.publishing.soundness import if_sound
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import answer_files as stored_files
from survey_app.storage import publications
from survey_app.storage.answer_files import StoredFile
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
    return _read(versions, partial(_of_unit, database, _of_withdrawing(database)))


def of_recaps(database: Database, versions: Iterable[RecapHeading]) -> People[RecapHeading, RecapTotal]:
    """The people in versions of recaps, unit by unit."""
    return _read(versions, partial(_of_recap, database, _of_withdrawing(database)))


def total_of(result: UnitResult, place: int = -1) -> PublishedTotal:
    """The people of a result's period, which its trend has at `place`, as if it were published."""
    part = result.trend[place]
    return PublishedTotal(part.period, part.score.n, answer_files.inside(result.files, part.period))


def files_of(database: Database, version: Heading) -> Files | None:
    """The files that a published version counts; None where that does not matter.

    Raises: StorageError when it is damaged.
    """
    return _of_unit(database, _of_withdrawing(database), version).total.files


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


def _of_unit(database: Database, stored: Mapping[str, Sequence[StoredFile]], version: Heading) -> UnitTotal:
    instrument, n, files = _people(SnapshotKey(database, version))
    key, period = unit_key(version.unit, instrument), Period.parse(version.period)
    if files is None and version.unit in stored:
        files = _imported_by(database, stored[version.unit], instrument.series, version)
    return UnitTotal(key, PublishedTotal(period, n, answer_files.inside(files, period)))


def _of_recap(
    database: Database, stored: Mapping[str, Sequence[StoredFile]], version: RecapHeading
) -> RecapTotal:
    total = recap_numbers.numbers(database, version).total
    files = {
        key: answer_files.inside(_imported_by(database, stored[code], series, version), total.period)
        for key, (code, series) in ((key, split_key(key)) for key in total.units)
        if total.files[key] is None and code in stored
    }
    return replace(total, files={**total.files, **files}) if files else total


def _imported_by(
    database: Database, files: Sequence[StoredFile], series: object, version: Heading | RecapHeading
) -> Files:
    """What is counted by a version that does not say it, of before there were withdrawals: all there was."""
    before = [file for file in files if file.made_at <= version.published_at]
    return answer_files.named(database, before, series)


def _of_withdrawing(database: Database) -> Mapping[str, Sequence[StoredFile]]:
    """The files of units of which any was withdrawn, by code. Of all others they do not matter."""
    with database.read() as connection:
        return stored_files.of_withdrawing(connection)


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=16384)
def _people(source: SnapshotKey[Heading]) -> tuple[Instrument, int, Files | None]:
    """The questionnaire, how many answered it, and the files. Raises: StorageError when it is damaged."""
    with source.database.read() as connection:
        ref, n = publications.people(connection, source.heading)
        files = publications.files(connection, source.heading)
    with raising_unreadable():
        return (
            instruments.get(ref),
            n,
            None if files is None else answer_files.from_data({"files": json.loads(files)}),
        )
