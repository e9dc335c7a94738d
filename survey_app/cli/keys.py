"""keys: API keys of the server's own, and all others, for whoever has the server's machine."""

from __future__ import annotations

from datetime import timedelta

import click

from survey_app import days
from survey_app.cli.operator import operator
from survey_app.cli.options import CodeType, agency_meant, opened
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import LONGEST, Right
from survey_app.services.places import catalogue, clock
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.text import visible
from survey_app.wording.connection_words import RIGHTS, STATES
from survey_app.wording.role_words import place_words


@click.group()
def keys() -> None:
    """Kunci API untuk program lain: buat, daftar, akhiri."""


@keys.command()
@click.argument("name", metavar="NAMA")
@click.option(
    "--right",
    "rights",
    required=True,
    multiple=True,
    type=click.Choice([right.value for right in Right]),
    help="Boleh lebih dari satu.",
)
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--agency", help="Kode instansi; tanpa unit dan instansi: seluruh provinsi.")
@click.option("--days", "valid", default=365, show_default=True, type=click.IntRange(1, LONGEST.days))
def create(name: str, rights: tuple[str, ...], unit: str | None, agency: str | None, valid: int) -> None:
    """Buat kunci dan tampilkan satu kali. Kunci ini milik server, bukan milik petugas."""
    now = runtime.now()
    until = now + timedelta(days=valid)
    with opened() as database:
        scope = Scope(None if unit else agency_meant(database, agency), unit)
        meant = {Right(right) for right in rights}
        token = api_keys.make(database, operator(), name, scope, meant, until, now)
    told = days.short_moment(clock.told_by(until), "id")
    click.echo(f"Kunci berlaku sampai {told} dan tidak dapat ditampilkan lagi:", err=True)
    click.echo(token)


@keys.command(name="list")
def list_keys() -> None:
    """Semua kunci: tempat, hak, pembuat, pemakaian terakhir, masa berlaku, keadaan."""
    now = runtime.now()
    with opened() as database:
        found = api_keys.listed(database, operator(), now)
        entries = catalogue.list_units(database, PROVINCE)
    click.echo("nomor\tnama\ttempat\thak\tpembuat\tterakhir\tsampai\tkeadaan")
    for key in found:
        used = days.short_moment(clock.told_by(key.used_at), "id") if key.used_at else "-"
        cells = (
            str(key.id),
            key.name,
            place_words(key.scope, entries).id,
            ", ".join(words.id for right, words in RIGHTS.items() if right in key.rights),
            key.maker or "-",
            used,
            days.short_moment(clock.told_by(key.expires_at), "id"),
            STATES[key.state].id,
        )
        click.echo("\t".join(visible(cell) for cell in cells))


@keys.command()
@click.argument("number", metavar="NOMOR", type=int)
def revoke(number: int) -> None:
    """Akhiri satu kunci sekarang juga."""
    with opened() as database:
        api_keys.revoke(database, operator(), number, runtime.now())
    click.echo(f"Kunci {number} diakhiri.")
