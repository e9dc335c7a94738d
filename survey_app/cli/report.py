"""report and publish."""

from __future__ import annotations

from pathlib import Path

import click

from analytics import Period
from survey_app.cli.operator import operator
from survey_app.cli.options import CodeType, PeriodType, agency_meant, opened
from survey_app.reports import exports
from survey_app.reports.prints.poster import poster
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.reports.unit import drafting
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.text import LANGUAGES, Language, visible

_period = click.option(
    "--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07."
)


@click.command()
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--agency", help="Kode instansi: laporan seluruh unitnya.")
@click.option("--province", is_flag=True, help="Laporan Rekapitulasi provinsi: semua instansi.")
@_period
@click.option("--service", type=CodeType(), help="Kode layanan; tanpa ini seluruh unit.")
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
@click.option("--poster", "paper", type=click.Choice(["a4", "a3"]), help="Poster publikasi, bukan laporan.")
@click.option(
    "--draft", is_flag=True, help="Dari jawaban sekarang, juga jika periodenya sudah dipublikasikan."
)
@click.option("--internal", is_flag=True, help="Edisi internal: lengkap, tidak untuk disebarkan.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def report(
    unit: str | None,
    agency: str | None,
    province: bool,
    period: Period,
    service: str | None,
    language: Language,
    paper: str | None,
    draft: bool,
    internal: bool,
    output: Path,
) -> None:
    """Laporan SKM sebuah unit, instansi, atau provinsi sebagai PDF (PDF/UA-1, PDF/A-2a); unit juga .xlsx.

    Periode yang sudah dipublikasikan dilaporkan seperti publikasi terakhirnya; yang lain, dan satu layanan,
    sebagai konsep. Tanpa --internal isinya mengikuti aturan halaman publik.
    """
    _check_one(unit, agency, province)
    _check_output(output, unit, paper)
    if internal and paper is not None:
        raise click.UsageError("Poster selalu untuk umum, tanpa --internal.")
    inside = operator() if internal else None
    made: UnitReport | RecapReport
    with opened() as database:
        now = runtime.now()
        if unit is None:
            agency = agency_meant(database, agency)
            made = exports.of_recap(database, agency, period, language, now, live=draft, inside=inside)
            data = render_pdf((province_report if province else agency_report)(made))
        elif service is None:
            made = exports.of_unit(database, unit, period, language, now, live=draft, inside=inside)
            data = _rendered(made, paper, output)
        else:
            result = results.unit_result(database, unit, period, service, within=PROVINCE)
            made = drafting.draft(database, result, now, language, inside)
            data = _rendered(made, paper, output)
    output.write_bytes(data)
    size = f"{len(data):,}".replace(",", ".")
    edition = ", edisi internal" if internal else ""
    click.echo(f"{output}: {size} byte, {made.edition or 'konsep'}{edition}")


@click.command()
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--agency", help="Kode instansi.")
@click.option("--province", is_flag=True, help="Laporan Rekapitulasi provinsi.")
@_period
@click.option("--running", is_flag=True, help="Periode yang belum berakhir memang dimaksud.")
def publish(unit: str | None, agency: str | None, province: bool, period: Period, running: bool) -> None:
    """Publikasikan hasil unit, instansi, atau provinsi: periodenya dikunci, versi lama tetap ada."""
    _check_one(unit, agency, province)
    with opened() as database:
        if unit is None:
            agency = agency_meant(database, agency)
            read = recap(database, agency, period)
            locked = recap_publishing.publish(database, operator(), read, runtime.now(), running=running)
            click.echo(f"{agency or 'provinsi'} {period} versi {locked.version}: sha256 {locked.sha256}")
            return
        made = drafting.publish(database, operator(), unit, period, runtime.now(), running=running)
    click.echo(f"{unit} {period} versi {made.version}: sha256 {made.sha256}")


def _check_one(unit: str | None, agency: str | None, province: bool) -> None:
    if [unit is not None, agency is not None, province].count(True) != 1:
        raise click.UsageError("Sebutkan salah satu: --unit, --agency, atau --province.")


def _check_output(output: Path, unit: str | None, paper: str | None) -> None:
    """A file is what its name says; only a unit's report has a workbook."""
    known = (".pdf", ".xlsx") if unit is not None and paper is None else (".pdf",)
    if output.suffix.lower() not in known:
        raise click.UsageError(
            f"-o {visible(str(output))}: akhiri nama berkas dengan {' atau '.join(known)}."
        )


def _rendered(made: UnitReport, paper: str | None, output: Path) -> bytes:
    if output.suffix.lower() == ".xlsx":
        return result_workbook(made)
    return render_pdf(unit_report(made) if paper is None else poster(made, "a3" if paper == "a3" else "a4"))
