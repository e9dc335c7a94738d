"""demo, rebuild, calibrate, redact, thin and backup."""

from __future__ import annotations

from pathlib import Path

import click

from survey_app import settings
from survey_app.cli.operator import operator
from survey_app.cli.options import opened
from survey_app.reports import demonstration
from survey_app.services.answers import stored_comments
from survey_app.services.demo.province import RESPONSES
from survey_app.services.ikm import calibration, rebuilding
from survey_app.services.ip_asn import staff_sums
from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.services.retention import thinning
from survey_app.storage.backup import back_up
from survey_app.storage.emptying import Kind


@click.command()
@click.option("--seed", default=2026, show_default=True, help="Benih pembangkit acak.")
@click.option("--responses", default=RESPONSES, show_default=True, help="Kira-kira jumlah jawaban.")
@click.option("--if-empty", is_flag=True, help="Basis data yang sudah berisi dibiarkan.")
def demo(seed: int, responses: int, if_empty: bool) -> None:
    """Isi basis data kosong dengan provinsi peragaan: 10 instansi, 60 unit, tiga tahun."""
    with opened() as database:
        if if_empty and catalogue.list_agencies(database):
            click.echo("Basis data sudah berisi; data peragaan tidak dimuat")
            return
        with click.progressbar(length=1000, label="Memuat") as bar:
            done = 0

            def progress(share: float, what: str) -> None:
                nonlocal done
                bar.label = what
                bar.update(int(share * 1000) - done)
                done = int(share * 1000)

            written = demonstration.load(
                database, operator(), runtime.now(), progress, seed=seed, total=responses
            )
    click.echo(f"{written} jawaban peragaan dimuat")


@click.command()
def rebuild() -> None:
    """Hitung ulang semua jumlah dan pemeriksaan jawaban, dan jumlah IP ASN per unit."""
    with opened() as database:
        staff_sums.rebuild(database)
        cells = rebuilding.rebuild(database)
    click.echo(f"{cells} sel rekapitulasi dihitung ulang")


@click.command()
def calibrate() -> None:
    """Perkirakan ulang keragaman jawaban tiap unit dari bulan yang lewat; server melakukannya tiap malam."""
    with opened() as database:
        number = calibration.calibrate(database, runtime.now())
    click.echo("Tidak ada yang berubah" if number is None else f"Kalibrasi nomor {number} disimpan")


@click.command()
@click.option("--check", is_flag=True, help="Hitung saja; tidak ada yang diubah.")
def redact(check: bool) -> None:
    """Hapus nomor dan alamat pribadi dari masukan yang sudah tersimpan. Nama dan nilai tidak diubah."""
    with opened() as database:
        redaction = stored_comments.look_through(database, operator(), change=not check)
    kinds = ", ".join(f"{kind.value} {n}" for kind, n in sorted(redaction.kinds.items()))
    done = "memuat nomor atau alamat pribadi" if check else "dibersihkan dari nomor atau alamat pribadi"
    click.echo(
        f"{redaction.affected} dari {redaction.read} masukan {done}" + (f" ({kinds})" if kinds else "")
    )


@click.command()
@click.option(
    "--dry-run", is_flag=True, help="Sebutkan saja apa yang akan dikosongkan; tidak ada yang diubah."
)
def thin(dry_run: bool) -> None:
    """Kosongkan data pribadi yang masa simpannya sudah habis; server melakukannya tiap malam."""
    with opened() as database:
        kept, now = settings.load().retention, runtime.now()
        thinned = thinning.look(database, kept, now) if dry_run else thinning.thin(database, now, kept=kept)
    answers = {kind: thinned.answers.get(kind, 0) for kind in Kind}
    click.echo("Akan dikosongkan:" if dry_run else "Sudah dikosongkan:")
    click.echo(f"  masukan warga         {answers[Kind.COMMENTS]} (disimpan {kept.comments} bulan)")
    click.echo(f"  data diri warga       {answers[Kind.PROFILES]} (disimpan {kept.profiles} bulan)")
    click.echo(f"  penanda perangkat     {answers[Kind.DEVICES]} (disimpan {kept.devices} bulan)")
    click.echo(f"  pelaku di jejak audit {thinned.entries} (disimpan {kept.audit} bulan)")
    if thinned.waiting:
        click.echo(f"Menunggu jawabannya selesai diperiksa: {thinned.waiting} bulan dari unit layanan")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Salin basis data SQLite ke berkas baru, juga selagi server bekerja. Kunci dan laporan tidak ikut."""
    answers = back_up(settings.load().database_url, file)
    click.echo(f"{file}: {answers} jawaban, {file.stat().st_size / 1e6:.1f} MB, utuh")
