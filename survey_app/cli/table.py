"""table."""

from __future__ import annotations

from pathlib import Path

import click

from analytics import Period
from survey_app.cli.operator import operator
from survey_app.cli.options import PeriodType, agency_meant, opened
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.places.scope import Scope
from survey_app.services.province.frames import units_frame, write_frame
from survey_app.services.province.overview import overview


@click.command()
@click.option("--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07.")
@click.option("--agency", help="Kode instansi; tanpa ini semua unit.")
@click.option("--internal", is_flag=True, help="Lengkap, tidak untuk disebarkan.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def table(period: Period, agency: str | None, internal: bool, output: Path) -> None:
    """Hasil semua unit sebagai CSV atau XLSX, satu baris per unit; aturannya seperti halaman publik."""
    with opened() as database:
        agency = agency_meant(database, agency)
        all_units = overview(database, Scope(agency=agency), period, back=0)
        frame = units_frame(outgoing_recaps.of_units(database, all_units, operator() if internal else None))
    write_frame(frame, output)
    click.echo(f"{output}: {len(frame)} unit")
