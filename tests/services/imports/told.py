"""All that services say of a unit and its province, as text: no row that does not count may change it."""

from __future__ import annotations

import re
from dataclasses import replace

from analytics.period import Period
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import unit_report
from survey_app.services.disclosure import foretelling, outgoing, public_recaps, public_results
from survey_app.services.ikm import direction, insight, quality, respondents, results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province import comparison, frames, overview, summary
from survey_app.services.publishing import recap_snapshot, snapshot
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.snapshot import Snapshot
from survey_app.services.voices import comment_groups, reading
from survey_app.storage import imports, rollup
from survey_app.storage.database import Database
from tests.submissions import NOW

#: Which files a result counts is known beside it, for whoever publishes: nobody is told.
_FILES = re.compile(
    r"files=(None|frozenset\((\{AnswerFile\([^{}]*\)\})?\))" r'|"files":\{("[^"]*":\{[^{}]*\},?)*\},'
)


def told(database: Database, code: str, year: Period) -> dict[str, str]:
    """By the name of what is asked, for a year and the half-year and month it ends with."""
    found = _province(database, code, year)
    for kind in ("year", "semester", "month"):
        period = Period.containing(year.last_day, kind)
        found |= {f"{name}, {kind}": text for name, text in _unit(database, code, period).items()}
    return {name: _FILES.sub("", text) for name, text in found.items()}


def _province(database: Database, code: str, period: Period) -> dict[str, str]:
    units = overview.overview(database, PROVINCE, period)
    return {
        "months": repr(overview.months_with_answers(database, PROVINCE)),
        "voices": repr(reading.newest(database, Scope(unit=code), period, reader=ADMIN)),
        "every voice": repr(reading.newest(database, PROVINCE, period)),
        "table": frames.units_frame(units.units).to_csv(),
        "comparison": repr(comparison.compare(units, seed=1)),
        "summary": repr(summary.summary(database, PROVINCE, period)),
        "recap": recap_snapshot.dump(recap(database, None, period)),
        "public": repr((public_results.latest(database), public_recaps.published(database))),
        "public unit": repr(public_results.of_unit(database, code)),
    }


def _unit(database: Database, code: str, period: Period) -> dict[str, str]:
    result = results.unit_result(database, code, period, within=PROVINCE)
    entry, comments = result.entry, comment_groups.unit_comments(database, result)
    given = respondents.answer_sheets(database, result)
    with database.read() as connection:
        cells = rollup.read(connection, [entry.unit.id], period.month_range)
        flags = quality.read(connection, cells)
        counted = imports.undated_cells(connection, entry.unit.id, period.month_range)
        known = (
            imports.undated_rows(connection, entry.unit.id),
            imports.counts(connection, entry.unit.id, period.month_range),
        )
    return {
        "snapshot": snapshot.dump(
            Snapshot(result=replace(result, files=None), sheets=given, text={}, comments=comments)
        ),
        "result": repr(result),
        "services": repr(
            [results.unit_result(database, code, period, s.code, within=PROVINCE) for s in entry.services]
        ),
        "insight": repr(insight.insight(result, NOW.date())),
        "direction": repr(direction.direction_of(database, result)),
        "outgoing": repr(outgoing.of_result(database, result)),
        "withheld": repr(foretelling.would_be_withheld(database, result)),
        "report": repr(unit_report(drafting.draft(database, result, NOW))),
        "cells": repr(cells),
        "flags": repr(flags),
        "undated": repr((counted, known)),
    }
