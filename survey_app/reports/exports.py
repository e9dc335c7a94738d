"""What a scheduled report holds: a unit's, an agency's or the province's, as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from survey_app import settings
from survey_app.reports import drafting
from survey_app.reports.agency_report import AgencyReport, agency_report
from survey_app.reports.document import Document
from survey_app.reports.unit_report import UnitReport, unit_report
from survey_app.reports.voice import Voice
from survey_app.reports.workers import render_pdf
from survey_app.services import agency_results, publishing, results
from survey_app.services.report_runs import Maker, Order
from survey_app.storage.database import Database


def maker(database: Database, clock: Callable[[], datetime]) -> Maker:
    """What makes scheduled reports, in the folder of the settings."""
    return Maker(database, clock, render, settings.load().reports_dir)


def render(database: Database, order: Order) -> bytes:
    """The PDF of `order`, made in a process of its own.

    Raises:
        NotFound: for a unit or agency that is not there.
        ReportError: what `workers.render_pdf` raises.
    """
    return render_pdf(document(database, order))


def document(database: Database, order: Order) -> Document:
    """A unit's report is that of its newest publication, and a draft of the live result before the first."""
    if order.scope.unit is not None:
        return unit_report(_of_unit(database, order, order.scope.unit))
    if order.scope.agency is not None:
        found = agency_results.agency_result(database, order.scope.agency, order.period)
    else:
        name = Voice(order.language).say("Seluruh instansi", "All agencies")
        found = agency_results.province_result(database, name, order.period)
    return agency_report(AgencyReport(found, order.made_at, order.language))


def _of_unit(database: Database, order: Order, code: str) -> UnitReport:
    if any(period == order.period for period, _, _ in publishing.publications_of(database, code)):
        return UnitReport.of(publishing.published(database, code, order.period), order.language)
    result = results.unit_result(database, code, order.period)
    return drafting.draft(database, result, order.made_at, order.language)
