"""report and publish."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.period import Period
from survey_app.cli.options import PeriodType, opened
from survey_app.reports import drafting
from survey_app.reports.agency_report import AgencyReport, agency_report
from survey_app.reports.poster import poster
from survey_app.reports.spreadsheet import result_workbook
from survey_app.reports.unit_report import UnitReport, unit_report
from survey_app.reports.workers import render_pdf
from survey_app.services import agency_results, results, runtime
from survey_app.storage.database import Database
from survey_app.text import Language

_period = click.option(
    "--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07."
)


@click.command()
@click.option("--unit", help="Kode unit layanan.")
@click.option("--agency", help="Kode instansi: laporan seluruh unitnya.")
@_period
@click.option("--service", help="Kode layanan; tanpa ini seluruh unit.")
@click.option("--language", default="id", show_default=True, type=click.Choice(["id", "en"]))
@click.option("--poster", "paper", type=click.Choice(["a4", "a3"]), help="Poster publikasi, bukan laporan.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def report(
    unit: str | None,
    agency: str | None,
    period: Period,
    service: str | None,
    language: Language,
    paper: str | None,
    output: Path,
) -> None:
    """Laporan SKM sebuah unit atau instansi sebagai PDF (PDF/UA-1, PDF/A-2a), atau unit sebagai .xlsx."""
    if (unit is None) == (agency is None):
        raise click.UsageError("sebutkan --unit atau --agency, salah satu")
    with opened() as database:
        if agency is not None:
            found = agency_results.agency_result(database, agency, period)
            data = render_pdf(agency_report(AgencyReport(found, runtime.now(), language)))
        else:
            made = _unit_report(database, str(unit), period, service, language)
            data = _rendered(made, paper, output)
    output.write_bytes(data)
    click.echo(f"{output}: {len(data):,} byte".replace(",", "."))


@click.command()
@click.option("--unit", required=True, help="Kode unit layanan.")
@_period
def publish(unit: str, period: Period) -> None:
    """Terbitkan hasil sebuah unit: periodenya dikunci sebagai versi baru di samping yang lama."""
    with opened() as database:
        made = drafting.publish(database, unit, period, runtime.now())
    click.echo(f"{unit} {period} versi {made.version}: sha256 {made.sha256}")


def _unit_report(
    database: Database, unit: str, period: Period, service: str | None, language: Language
) -> UnitReport:
    result = results.unit_result(database, unit, period, service)
    return drafting.draft(database, result, runtime.now(), language)


def _rendered(made: UnitReport, paper: str | None, output: Path) -> bytes:
    if output.suffix.lower() == ".xlsx":
        return result_workbook(made)
    return render_pdf(unit_report(made) if paper is None else poster(made, "a3" if paper == "a3" else "a4"))
