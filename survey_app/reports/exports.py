"""What a scheduled report holds: a unit's, an agency's or the province's, as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics.period import Period
from survey_app import settings
from survey_app.reports import drafting
from survey_app.reports.agency_report import AgencyReport, agency_report
from survey_app.reports.document import Document
from survey_app.reports.ipasn_report import IpAsnReport, ipasn_report
from survey_app.reports.recap_report import recap_report
from survey_app.reports.unit_report import UnitReport, unit_report
from survey_app.reports.workers import render_pdf
from survey_app.services import agency_results, publishing, recap_publishing, results
from survey_app.services.recap import recap
from survey_app.services.report_runs import Maker, Order
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report
from survey_app.text import Language


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
    """A report is that of the newest publication, and a draft of the live result before the first."""
    if order.report is Report.IP_ASN:
        return ipasn_report(_of_staff(database, order))
    if order.scope.unit is not None:
        return unit_report(_of_unit(database, order, order.scope.unit))
    report = of_recap(database, order.scope.agency, order.period, order.language, order.made_at)
    return recap_report(report) if order.scope.agency is None else agency_report(report)


def of_recap(
    database: Database, agency: str | None, period: Period, language: Language, now: datetime
) -> AgencyReport:
    """What the report of an agency, or of the province, is made of: as published, or else a draft."""
    if any(p == period for p, _, _ in recap_publishing.publications_of(database, agency)):
        return AgencyReport.of(recap_publishing.published(database, agency, period), language)
    return AgencyReport(agency_results.result_of(recap(database, agency, period)), now, language)


def _of_staff(database: Database, order: Order) -> IpAsnReport:
    year = order.period.first_day.year
    return IpAsnReport.of(database, order.scope, year, order.made_at, order.language)


def _of_unit(database: Database, order: Order, code: str) -> UnitReport:
    if any(period == order.period for period, _, _ in publishing.publications_of(database, code)):
        return UnitReport.of(publishing.published(database, code, order.period), order.language)
    result = results.unit_result(database, code, order.period)
    return drafting.draft(database, result, order.made_at, order.language)
