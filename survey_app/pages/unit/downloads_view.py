"""What can be taken away from a unit's page: the report, its numbers, and its trend as a picture.

Each is made when its button is pressed, of the answers at that moment, and holds what may leave the office.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from survey_app.reports.typesetting.workers import render_pdf, render_png
from survey_app.reports.unit import csv_file, drafting, trend_figure
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.ui import downloads
from survey_app.ui.words import language, say

REPORT = Text("Unduh laporan (PDF)", "Download the report (PDF)")
XLSX, CSV = Text("Tabel (XLSX)", "Tables (XLSX)"), Text("Nilai unsur (CSV)", "Element scores (CSV)")
PNG, SVG = Text("Grafik (PNG)", "Chart (PNG)"), Text("Grafik (SVG)", "Chart (SVG)")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Of each file: what its button says, what makes it of the report, its kind and the end of its name.
_FILES: tuple[tuple[Text, Callable[[UnitReport], bytes], str, str], ...] = (
    (REPORT, lambda report: render_pdf(unit_report(report)), downloads.PDF, "pdf"),
    (XLSX, result_workbook, _XLSX, "xlsx"),
    (CSV, csv_file.result_csv, "text/csv", "csv"),
    (PNG, lambda report: render_png(trend_figure.drawing(report)), "image/png", "png"),
    (SVG, lambda report: trend_figure.drawing(report).encode(), "image/svg+xml", "svg"),
)


def offer(database: Database, result: UnitResult) -> None:
    """A button for each file."""
    lang = language()
    for label, make, mime, end in _FILES:
        downloads.offer(
            say(label),
            partial(_made, database, result, lang, make),
            f"laporan-skm-{result.entry.unit.code}-{result.period}.{end}",
            "unit-report" if end == "pdf" else f"unit-report-{end}",
            mime=mime,
            kind="primary" if end == "pdf" else "secondary",
        )


def _made(
    database: Database,
    shown: UnitResult,
    lang: Language,
    make: Callable[[UnitReport], bytes],
    person: Acting,
) -> bytes:
    service = None if shown.service is None else shown.service.code
    result = results.unit_result(database, shown.entry.unit.code, shown.period, service, within=person.scope)
    return make(drafting.draft(database, result, runtime.now(), lang))
