"""What a report holds, of a schedule or asked for by hand: what was published, or else a draft.

A unit's, an agency's or the province's, as a PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics import Period
from survey_app import settings
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.ikm import results
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules.runs import Maker, Order
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report
from survey_app.text import Language

#: Reports of a batch drawn at once, by those who wait for it.
AT_ONCE = 2


def maker(database: Database, clock: Callable[[], datetime], workers: int = AT_ONCE) -> Maker:
    """What makes scheduled reports, in the folder of the settings."""
    return Maker(database, clock, render, settings.load().reports_dir, workers)


def render(database: Database, order: Order) -> bytes:
    """The PDF of `order`, made in a process of its own.

    Raises:
        NotFound: for a unit or agency that is not there.
        ReportError: what `workers.render_pdf` raises.
    """
    return render_pdf(document(database, order))


def document(database: Database, order: Order) -> Document:
    """What `of_unit`, `of_recap` or the report of IP ASN is printed as."""
    if order.report is Report.IP_ASN:
        return ipasn_report(_of_staff(database, order))
    period, language, now = order.period, order.language, order.made_at
    if order.scope.unit is not None:
        return unit_report(of_unit(database, order.scope.unit, period, language, now))
    report = of_recap(database, order.scope.agency, period, language, now)
    return province_report(report) if order.scope.agency is None else agency_report(report)


def of_unit(
    database: Database,
    code: str,
    period: Period,
    language: Language,
    now: datetime,
    *,
    live: bool = False,
    inside: Acting | None = None,
) -> UnitReport:
    """What a unit's report is made of: the newest publication; before the first, or when `live`, a draft.

    `inside`: who asks for the internal edition; None for the public one.
    """
    if not live and any(p == period for p, _, _ in unit_publishing.publications_of(database, code)):
        publication = unit_publishing.published(database, code, period, within=PROVINCE)
        return UnitReport.of(database, publication, language, inside)
    result = results.unit_result(database, code, period, within=PROVINCE)
    return drafting.draft(database, result, now, language, inside)


def of_recap(
    database: Database,
    agency: str | None,
    period: Period,
    language: Language,
    now: datetime,
    *,
    live: bool = False,
    inside: Acting | None = None,
) -> RecapReport:
    """The same for the report of an agency, or of the province."""
    if not live and any(p == period for p, _, _ in recap_publishing.publications_of(database, agency)):
        return RecapReport.of(
            database, recap_publishing.published(database, agency, period), language, inside
        )
    paper = outgoing_recaps.of_draft(database, recap(database, agency, period), inside)
    return RecapReport(paper, now, language)


def _of_staff(database: Database, order: Order) -> IpAsnReport:
    year = order.period.first_day.year
    return IpAsnReport.of(database, order.scope, year, order.made_at, order.language)
