"""The files that a result counts: told where it is published, and where some of a unit's were withdrawn.

Answers of a file count together and may be withdrawn together. Whoever compares what was published before and
after that has to know whose answers went (`analytics.disclosure`). As long as no file of a unit was
withdrawn, that takes no look at its files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from analytics import Period
from analytics.disclosure import AnswerFile, Files
from survey_app.instruments import Instrument
from survey_app.services.answers import questionnaires
from survey_app.storage import answer_files
from survey_app.storage.answer_files import StoredFile
from survey_app.storage.database import Connection, Database
from survey_app.storage.tables import ImportState

#: Files of units by the units' numbers.
FilesOfUnits = Mapping[int, Sequence[StoredFile]]


def read(connection: Connection, unit_ids: Collection[int], *, every: bool = False) -> FilesOfUnits:
    """The files of those of the units of which any was withdrawn; of `every` one that has any, if wanted."""
    wanted = unit_ids if every else answer_files.withdrawn_from(connection).intersection(unit_ids)
    return answer_files.of_units(connection, wanted) if wanted else {}


def counted(database: Database, files: Sequence[StoredFile] | None, instrument: Instrument) -> Files | None:
    """Those of a unit's `files` that count, of answers to a questionnaire; None where `read` found none."""
    if files is None:
        return None
    return named(database, [f for f in files if f.state == ImportState.COUNTED], instrument.series)


def named(database: Database, files: Iterable[StoredFile], series: object) -> Files:
    """The answers of files to a questionnaire (`Instrument.series`), by month."""
    found = set()
    for name, people in _people(database, tuple((file.id, file.name) for file in files)):
        of_month: defaultdict[int, int] = defaultdict(int)
        for month, ref, n in people:
            if questionnaires.series(ref) == series:
                of_month[month] += n
        found.add(AnswerFile(name, tuple(sorted(of_month.items()))))
    return frozenset(found)


# Rows of a file never change once they count, nor when they do so no more.
@lru_cache(maxsize=4096)
def _people(
    database: Database, files: tuple[tuple[int, str], ...]
) -> tuple[tuple[str, tuple[tuple[int, str, int], ...]], ...]:
    if not files:
        return ()
    with database.read() as connection:
        people = answer_files.people(connection, [number for number, _ in files])
    return tuple(
        (name, tuple((Period.of_month(m).start, ref, n) for (m, ref), n in people.get(number, {}).items()))
        for number, name in files
    )


def inside(files: Files | None, *periods: Period) -> Files | None:
    """Those with answers about a period, or one of several."""
    if files is None:
        return None
    return frozenset(file for file in files if any(file.inside(period) for period in periods))


def as_data(files: Files | None, *periods: Period) -> dict[str, Any]:
    """For a snapshot of some periods: people by file and month. Nothing where the unit has no files."""
    found = inside(files, *periods)
    if found is None:
        return {}
    return {"files": {file.name: {str(Period(month, 1)): n for month, n in file.people} for file in found}}


def from_data(data: Mapping[str, Any]) -> Files | None:
    """What `as_data` wrote; None before files could be withdrawn."""
    files: Mapping[str, Mapping[str, int]] | None = data.get("files")
    if files is None:
        return None
    return frozenset(
        AnswerFile(name, tuple(sorted((Period.parse(month).start, int(n)) for month, n in people.items())))
        for name, people in files.items()
    )
