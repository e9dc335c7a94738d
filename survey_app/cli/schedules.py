"""schedules: reports made period after period, and making what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from analytics import Period
from survey_app.cli.operator import operator
from survey_app.cli.options import CodeType, PeriodType, agency_meant, opened
from survey_app.reports import exports
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered as service
from survey_app.services.schedules.ordered import Line
from survey_app.storage.schedules import Report, Schedule, Status
from survey_app.text import LANGUAGES, Language, visible


class _Moment(click.ParamType[datetime]):
    """2026-11-01T00:00+08:00, with its distance from UTC."""

    name = "iso"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{visible(str(value))}”: tulis seperti 2026-11-01T00:00+08:00.", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"“{visible(str(value))}”: tambahkan selisih dari UTC, misalnya +08:00.", param, ctx)
        return moment


@click.group()
def schedules() -> None:
    """Laporan berkala: jadwal, dan pembuatan yang sudah jatuh tempo."""


@schedules.command("run-due")
@click.option("--now", type=_Moment(), help="Anggap sekarang saat ini; tanpa ini jam komputer.")
def run_due(now: datetime | None) -> None:
    """Buat semua laporan yang sudah jatuh tempo, juga yang terlewat. Kode keluar 1 jika ada yang gagal."""
    with opened() as database:
        clock = runtime.now if now is None else lambda: now
        ended = [_told(line) for line in exports.maker(database, clock).make_due()]
    made, failed = ended.count(Status.MADE), ended.count(Status.FAILED)
    click.echo(f"{made} laporan dibuat, {failed} gagal")
    if failed:
        raise SystemExit(1)


@schedules.command("add")
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--agency", help="Kode instansi; tanpa unit dan instansi: seluruh provinsi.")
@click.option("--kind", default="month", show_default=True, type=click.Choice(service.KINDS))
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
@click.option(
    "--report", "what", default="skm", show_default=True, type=click.Choice([r.value for r in Report])
)
@click.option(
    "--since", type=PeriodType(), help="Periode pertama; menentukan jenisnya. Tanpa ini yang berjalan."
)
def add(
    unit: str | None, agency: str | None, kind: str, language: Language, what: str, since: Period | None
) -> None:
    """Buat laporan setiap bulan, triwulan, semester, atau tahun; IP ASN setiap tahun."""
    report = Report(what)
    kind = "year" if report is Report.IP_ASN else kind
    with opened() as database:
        scope = Scope(agency_meant(database, agency), unit)
        first = since or service.current(database, scope, kind, runtime.now())
        click.echo(_written(service.add(database, operator(), scope, language, first, report)))


@schedules.command("list")
def list_() -> None:
    """Semua jadwal."""
    with opened() as database:
        for schedule in service.every(database, PROVINCE):
            click.echo(_written(schedule))


#: As these commands were called before, for the timers that still call them so.
as_before = click.Group("reports", hidden=True, commands=[run_due])
as_before.add_command(click.Group("schedule", commands=[add, list_]))


def _told(line: Line) -> Status:
    assert line.run is not None  # it has just been made, or has failed
    outcome = line.run.path if line.status is Status.MADE else f"{line.status}: {line.run.error}"
    click.echo(f"{line.period}  {_subject(line.schedule)}  {outcome}")
    return line.status


def _written(schedule: Schedule) -> str:
    state = "aktif" if schedule.active else "dijeda"
    order = f"{_subject(schedule)}  {schedule.kind}  {schedule.language}  sejak {schedule.since}"
    return f"{schedule.id}  {order}  {state}"


def _subject(schedule: Schedule) -> str:
    place = (
        f"unit {schedule.unit}"
        if schedule.unit
        else f"instansi {schedule.agency}"
        if schedule.agency
        else "provinsi"
    )
    return f"IP ASN {place}" if schedule.report is Report.IP_ASN else place
