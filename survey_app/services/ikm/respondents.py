"""The answer sheets behind a unit's result, and the files they came with."""

from __future__ import annotations

from analytics.disclosure import Files
from analytics.ikm import IntArray
from survey_app.services.ikm import answer_files
from survey_app.services.ikm.answered import refs_like
from survey_app.services.ikm.results import UnitResult
from survey_app.storage import responses
from survey_app.storage.database import Connection, Database


def answer_sheets(database: Database, result: UnitResult) -> IntArray:
    """(n, k) scores of the respondents of `result`, for its processing table; 0 is not answered."""
    with database.read() as connection:
        return _sheets(connection, result)


def sheets_and_files(database: Database, result: UnitResult) -> tuple[IntArray, Files | None]:
    """The same, and the files that these respondents came with; None where the unit has no files at all."""
    unit_id = result.entry.unit.id
    with database.read() as connection:
        sheets = _sheets(connection, result)
        files = answer_files.read(connection, [unit_id], every=True).get(unit_id)
    return sheets, answer_files.counted(database, files, result.instrument)


def _sheets(connection: Connection, result: UnitResult) -> IntArray:
    refs = refs_like(result.instrument)
    service_id = None if result.service is None else result.service.id
    return responses.scores(connection, result.entry.unit.id, result.period.month_range, refs, service_id)
