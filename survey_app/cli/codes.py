"""codes new, codes status and codes require."""

from __future__ import annotations

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from survey_app import days
from survey_app.cli.operator import operator
from survey_app.cli.options import opened, warn_of_address
from survey_app.reports.prints.invitation import check_base_url
from survey_app.reports.prints.slips import address_of, slips
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.answers import queue_codes
from survey_app.services.answers.queue_codes import BatchState
from survey_app.services.places.catalogue import as_code
from survey_app.services.process import runtime
from survey_app.text import LANGUAGES, Language, visible


class PlaceType(click.ParamType[tuple[str, str]]):
    """UNIT/SERVICE, two codes."""

    name = "unit/layanan"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        unit, _, service = as_code(str(value)).partition("/")
        if not unit or not service:
            self.fail(f"“{visible(str(value))}”: tulis UNIT/LAYANAN, misalnya ptsp/umum.", param, ctx)
        return unit, service


@click.group()
def codes() -> None:
    """Kode sekali pakai pada slip antrean."""


@codes.command()
@click.option("--service", "place", required=True, type=PlaceType(), help="UNIT/LAYANAN.")
@click.option("--count", required=True, type=int, help="Jumlah kode.")
@click.option("--valid-days", type=int, help="Berlaku hari ini dan sekian hari lagi; tanpa ini tanpa batas.")
@click.option("--base-url", required=True, help="Alamat server, misalnya https://survei.contoh.go.id.")
@click.option("--out", "listed", type=click.Path(dir_okay=False, path_type=Path), help="Daftar kode, CSV.")
@click.option("--pdf", "printed", type=click.Path(dir_okay=False, path_type=Path), help="Slip siap potong.")
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
def new(
    place: tuple[str, str],
    count: int,
    valid_days: int | None,
    base_url: str,
    listed: Path | None,
    printed: Path | None,
    language: Language,
) -> None:
    """Buat satu kelompok kode. Kode hanya ada di berkas ini; basis data menyimpan hash-nya."""
    files = [file for file in (listed, printed) if file is not None]
    if not files:
        raise click.UsageError("Beri --out, --pdf, atau keduanya: kode tidak dapat ditampilkan lagi.")
    check_base_url(base_url)
    warn_of_address(base_url)
    now = runtime.now()
    with opened() as database:
        # Before the codes are made: a file that cannot be written, or is there, must not cost a batch.
        for file in files:
            file.touch(mode=0o600, exist_ok=False)
        try:
            batch = queue_codes.issue(database, operator(), *place, count, now, valid_days=valid_days)
        except BaseException:
            for file in files:
                file.unlink()
            raise
    if listed is not None:
        with listed.open("w", newline="", encoding="utf-8") as target:
            rows = ((code, address_of(batch, code, base_url)) for code in batch.codes)
            csv.writer(target).writerows([("code", "address"), *rows])
    if printed is not None:
        printed.write_bytes(render_pdf(slips(batch, base_url, now, language)))
    until = f", berlaku sampai {days.day(batch.last_day, 'id')}" if batch.last_day else ""
    click.echo(f"Kelompok {batch.number}: {count} kode untuk {'/'.join(place)}{until}")
    if not batch.service.codes_required:
        click.echo(f"Layanan ini belum meminta kode: python -m survey_app codes require {'/'.join(place)} on")


@codes.command()
@click.option("--service", "place", type=PlaceType(), help="UNIT/LAYANAN; tanpa ini semuanya.")
def status(place: tuple[str, str] | None) -> None:
    """Jumlah kode yang dibuat, dipakai, kedaluwarsa, dan masih berlaku, per layanan dan kelompok."""
    with opened() as database:
        found = queue_codes.states(database, operator(), runtime.now())
    shown = [state for state in found if place in (None, (state.entry.unit.code, state.service.code))]
    click.echo("kelompok\tlayanan\twajib\tdibuat\tberakhir\tkode\tdipakai\tlewat\tberlaku")
    for state in shown:
        click.echo("\t".join(_cells(state)))


@codes.command()
@click.argument("place", metavar="UNIT/LAYANAN", type=PlaceType())
@click.argument("switch", metavar="on|off", type=click.Choice(["on", "off"]))
def require(place: tuple[str, str], switch: str) -> None:
    """Minta kode untuk setiap jawaban layanan ini (on), atau terima semua jawaban (off)."""
    with opened() as database:
        queue_codes.require(database, operator(), *place, required=switch == "on")
    words = "hanya menerima jawaban dengan kode" if switch == "on" else "menerima jawaban tanpa kode"
    click.echo(f"{'/'.join(place)} {words}")


def _cells(state: BatchState) -> tuple[str, ...]:
    batch, zone = state.batch, ZoneInfo(state.entry.unit.time_zone)
    ends = batch.expires_at
    return (
        str(batch.id),
        f"{state.entry.unit.code}/{state.service.code}",
        "ya" if state.service.codes_required else "tidak",
        days.short_day(batch.issued_at.astimezone(zone), "id"),
        days.short_moment(ends.astimezone(zone), "id") if ends else "-",
        *(str(number) for number in (batch.issued, batch.used, state.expired, state.open)),
    )
