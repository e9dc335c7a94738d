"""poster."""

from __future__ import annotations

from pathlib import Path

import click

from survey_app.cli.options import CodeType, agency_meant, opened, warn_of_address
from survey_app.reports.prints.invitation import Place, Size, posters
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language


@click.command()
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--service", type=CodeType(), help="Kode layanan; tanpa ini seluruh unit.")
@click.option("--agency", help="Kode instansi: satu poster untuk setiap unitnya.")
@click.option("--base-url", required=True, help="Alamat server, misalnya https://survei.contoh.go.id.")
@click.option("--size", default="a4", show_default=True, type=click.Choice(["a4", "a5", "tent"]))
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def poster(
    unit: str | None,
    service: str | None,
    agency: str | None,
    base_url: str,
    size: Size,
    language: Language,
    output: Path,
) -> None:
    """Poster dengan kode QR menuju formulir: A4, A5, atau kartu meja (tent) untuk dilipat."""
    if (unit is None) == (agency is None) or (service is not None and unit is None):
        raise click.UsageError("Beri --unit (boleh dengan --service), atau --agency.")
    warn_of_address(base_url)
    with opened() as database:
        places = _unit(database, unit, service) if unit else _agency(database, agency_meant(database, agency))
    output.write_bytes(render_pdf(posters(places, base_url, size, runtime.now(), language)))
    click.echo(f"{output}: {len(places)} halaman")


def _unit(database: Database, code: str, service: str | None) -> list[Place]:
    entry = catalogue.find_unit(database, code, PROVINCE)
    return [Place(entry, catalogue.find_service(entry, service) if service else None)]


def _agency(database: Database, code: str | None) -> list[Place]:
    return [Place(entry) for entry in catalogue.list_units(database, Scope(agency=code)) if entry.unit.active]
