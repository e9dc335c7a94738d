"""Scheduled reports: which there are, downloaded, made, with a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from analytics import Period
from survey_app.errors import NotFound, ReportError
from survey_app.reports import exports
from survey_app.services.places import audited
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Event
from survey_app.services.schedules import ordered
from survey_app.services.schedules.ordered import Line
from survey_app.storage.schedules import Status
from survey_app.text import Text
from survey_app.web.api import problems
from survey_app.web.api.caller import ByKey, SiteHere
from survey_app.web.api.heavy import HeavyHere
from survey_app.web.api.parameters import PeriodPath, both
from survey_app.web.api.written import RowNumber
from survey_app.web.site import Site

router = APIRouter(prefix="/reports", tags=["reports"])

_PDF = "application/pdf"
_UNKNOWN = Text("Laporan tidak dikenal.", "There is no such report.")
_GONE = Text("Berkas laporan tidak ada lagi; buat ulang.", "The file of the report is gone; make it again.")


class ReportShown(BaseModel):
    """A report of a schedule."""

    id: Annotated[int | None, Field(description="To download it; null before it is first taken note of.")]
    schedule: int
    period: str
    report: Annotated[str, Field(description="skm, ip-asn")]
    agency: Annotated[str | None, Field(description="null: not of one agency")]
    unit: Annotated[str | None, Field(description="null: not of one unit")]
    language: str
    status: Annotated[Status, Field(description="due, making, made, failed")]
    made_at: datetime | None
    sha256: str | None


@router.get(
    "",
    responses=problems.responses(401, 403, 429, 503),
    summary=both("Laporan berkala", "Scheduled reports"),
)
def list_reports(site: SiteHere, acting: ByKey) -> list[ReportShown]:
    """Every report of the schedules for what the key reaches, the newest period first."""
    return [_shown(line) for line in ordered.seen(site.database(), acting, site.clock())]


@router.get(
    "/{number}",
    response_class=Response,
    responses={
        200: {"content": {_PDF: {"schema": {"type": "string", "format": "binary"}}}, "description": "PDF"},
        **problems.responses(401, 403, 404, 422, 429, 503),
    },
    summary=both("Unduh laporan", "Download a report"),
)
def download_report(site: SiteHere, acting: ByKey, number: RowNumber) -> Response:
    """The file of a report that is made."""
    database = site.database()
    line = _line(site, acting, lambda line: line.run is not None and line.run.id == number)
    if line.status is not Status.MADE or line.run is None or line.run.path is None:
        raise NotFound("report-unknown", _UNKNOWN)
    name = Path(line.run.path).name
    what, place = {"file": name}, ordered.scope(line.schedule)
    try:
        with audited.refusals(database, acting, Event.DOWNLOAD, what, place):
            content = exports.maker(database, site.clock).read(acting, line)
    except ReportError as error:
        text = _GONE if error.code == "report-missing" else error.text
        raise NotFound(error.code, text) from None
    audited.note(database, acting, Event.DOWNLOAD, what, place)
    return Response(
        content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=_PDF
    )


@router.post(
    "/{schedule}/{period}/make",
    responses=problems.responses(401, 403, 404, 409, 413, 422, 429, 503),
    summary=both("Buat laporan sekarang", "Make a report now"),
)
async def make_report(
    site: SiteHere, acting: ByKey, heavy: HeavyHere, schedule: RowNumber, period: PeriodPath
) -> ReportShown:
    """Make a due report now, or a made one anew; `status` says what became of it."""
    async with heavy.place():
        return _shown(await heavy.run(partial(_make, site, acting, schedule, Period.parse(period))))


def _make(site: Site, acting: Acting, schedule: int, period: Period) -> Line:
    def wanted(line: Line) -> bool:
        return (line.schedule.id, line.period) == (schedule, period)

    line = _line(site, acting, wanted)
    made = exports.maker(site.database(), site.clock).make_now(acting, line.schedule, period)
    return made or _line(site, acting, wanted)


def _line(site: Site, acting: Acting, wanted: Callable[[Line], bool]) -> Line:
    """One that the key may see; any other is as unknown as none. Raises: NotFound `report-unknown`."""
    found = next(filter(wanted, ordered.seen(site.database(), acting, site.clock())), None)
    if found is None:
        raise NotFound("report-unknown", _UNKNOWN)
    return found


def _shown(line: Line) -> ReportShown:
    schedule, run = line.schedule, line.run
    return ReportShown(
        id=None if run is None else run.id,
        schedule=schedule.id,
        period=str(line.period),
        report=schedule.report.value,
        agency=schedule.agency,
        unit=schedule.unit,
        language=schedule.language,
        status=line.status,
        made_at=None if run is None else run.made_at,
        sha256=None if run is None else run.sha256,
    )
