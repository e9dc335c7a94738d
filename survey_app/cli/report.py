"""report."""

from __future__ import annotations

from pathlib import Path

import click

from analytics.period import Period
from survey_app.cli.options import PeriodType, opened
from survey_app.reports.unit_report import UnitReport, unit_report
from survey_app.reports.workers import render_pdf
from survey_app.services import results, runtime
from survey_app.text import Language


@click.command()
@click.option("--unit", required=True, help="Kode unit layanan.")
@click.option("--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07.")
@click.option("--service", help="Kode layanan; tanpa ini seluruh unit.")
@click.option("--language", default="id", show_default=True, type=click.Choice(["id", "en"]))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def report(unit: str, period: Period, service: str | None, language: Language, output: Path) -> None:
    """Laporan SKM sebuah unit sebagai PDF (PDF/UA-1, PDF/A-2a)."""
    with opened() as database:
        found = results.unit_result(database, unit, period, service)
        sheets = results.answer_sheets(database, found)
    document = unit_report(UnitReport(found, sheets, runtime.now(), language))
    output.write_bytes(render_pdf(document))
    click.echo(f"{output}: {output.stat().st_size:,} byte".replace(",", "."))
