"""The number of a published recap, and how many people of which units are in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analytics import Period
from analytics.comparison import Aggregate
from analytics.disclosure import Files, RecapTotal, Unit
from survey_app.instruments import Instrument
from survey_app.services.ikm import answer_files
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.summary import summarise
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage.database import Database
from survey_app.storage.places import Agency
from survey_app.storage.recap_publications import RecapHeading
from survey_app.text import Text


@dataclass(frozen=True)
class RecapNumbers:
    """What stands in a published snapshot, computed again.

    Attributes:
        agency: None for the province.
        index: the mean of the units' values, with its interval and coverage.
        total: people by agency and unit; sums of different questionnaires count as different units.
        words: kinerja by letter, for naming the grade.
        time_zone: where it was published, by the first unit.
    """

    agency: Agency | None
    index: Aggregate
    total: RecapTotal
    words: Mapping[str, Text]
    time_zone: str


def numbers(database: Database, heading: RecapHeading) -> RecapNumbers:
    """The numbers of a published version.

    Raises:
        StorageError: as `recap_publishing.published`.
    """
    return _numbers(SnapshotKey(database, heading))


def unit_key(code: str, instrument: Instrument) -> Unit:
    """A unit as long as its sums can be subtracted from each other."""
    return code, instrument.series


def split_key(key: Unit) -> tuple[str, object]:
    """The code and the questionnaire's series that `unit_key` put together."""
    assert isinstance(key, tuple)
    code, series = key
    return str(code), series


def total(period: Period, units: Iterable[UnitResult], place: int = -1) -> RecapTotal:
    """The people of the units whose value is in a recap of `period`, which their trends have at `place`."""
    people: defaultdict[str, dict[Unit, int]] = defaultdict(dict)
    files: dict[Unit, Files | None] = {}
    for unit in units:
        score = unit.trend[place].score
        if unit.instrument.gives_ikm and score.exact is not None:
            key = unit_key(unit.entry.unit.code, unit.instrument)
            people[unit.entry.agency.code][key] = score.n
            files[key] = answer_files.inside(unit.files, period)
    return RecapTotal(period, people, files)


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=1024)
def _numbers(source: SnapshotKey[RecapHeading]) -> RecapNumbers:
    content = recap_publishing.published_version(source.database, source.heading).recap
    summary = summarise(content.overview, graded_by=content.graded_by)
    first = next(iter(summary.units), None)
    return RecapNumbers(
        content.agency,
        summary.index,
        total(content.period, summary.units),
        summary.index_grading.words,
        "UTC" if first is None else first.entry.unit.time_zone,
    )
