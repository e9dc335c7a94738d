"""ipasn import and ipasn result."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from analytics import Reason
from analytics.ip_asn import DIMENSIONS, GroupIndex
from survey_app import rulesets
from survey_app.cli.operator import operator
from survey_app.cli.options import CodeType, agency_meant, opened
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.ip_asn.findings import problem_text
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.measurement import IpAsnResult
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered
from survey_app.text import LANGUAGES, Language, visible
from survey_app.wording.ip_asn_words import NOT_SHOWN

#: Instead of the numbers of too few staff.
_HIDDEN = {"headcount": None, "reason": Reason.FEW_PEOPLE.value}
_NO_INTERVAL = {
    Reason.CENSUS: "yang diimpor adalah seluruh pegawai (sensus); untuk sampel beri --unit dan --population",
    Reason.TOO_FEW: "baru satu pegawai yang datanya lengkap",
    Reason.NO_VARIATION: "nilai semua pegawai dalam sampel sama",
}


@click.group()
def ipasn() -> None:
    """Indeks Profesionalitas ASN: impor dan hasil."""


@ipasn.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", required=True, type=click.IntRange(2018, 2100), help="Tahun pengukuran.")
@click.option("--ruleset", required=True, type=click.Choice(rulesets.ruleset_ids()), help="Aturan penilaian.")
@click.option("--status", default="PNS", show_default=True, type=click.Choice(["PNS", "PPPK"]))
@click.option(
    "--measured-on", type=click.DateTime(["%Y-%m-%d"]), help="Tanggal pengukuran; akhir tahun tanpa ini."
)
@click.option("--sheet", help="Lembar kerja, jika berkas XLSX berisi beberapa.")
@click.option("--accept-valid", is_flag=True, help="Simpan baris yang benar walau ada yang tidak.")
@click.option("--replace", is_flag=True, help="Simpan walau pegawai sebuah unit dan status berkurang.")
def import_(
    file: Path,
    year: int,
    ruleset: str,
    status: str,
    measured_on: datetime | None,
    sheet: str | None,
    accept_valid: bool,
    replace: bool,
) -> None:
    """Impor ekspor PIP ASN atau data mentah, CSV atau XLSX; judul kolom di 15 baris pertama."""
    terms = ImportTerms(
        year=year,
        ruleset=ruleset,
        scope=PROVINCE,
        status=status,
        measured_on=measured_on.date() if measured_on else None,
        sheet=sheet,
        accept_valid=accept_valid,
        replace=replace,
    )
    with opened() as database:
        report = staff_import.import_staff(
            database, operator(), file, terms, runtime.now(), runtime.pseudonym_key()
        )
    known = ", isi berkas ini sudah diimpor dan masih berlaku" if report.known else ""
    click.echo(f"{report.rows} baris: {report.stored} disimpan{known}")
    for r in report.replaced:
        click.echo(f"  {r.entry.unit.code}, {r.status}: {r.text.id}")
    rules = rulesets.get(ruleset)
    if not rules.holds_in(year):
        years = f"{rules.first_year}–{rules.last_year or 'sekarang'}"
        click.echo(f"  Perhatian: {ruleset} berlaku untuk tahun pengukuran {years}, bukan {year}.")
    if report.ignored:
        click.echo(f"Kolom yang diabaikan: {visible(', '.join(report.ignored))}")
    for p in report.problems:
        click.echo(visible(f"  baris {p.row}, {p.field}: “{p.got}”. {problem_text(p).id} [{p.code}]"))


@ipasn.command()
@click.option("--unit", type=CodeType(), help="Kode unit layanan; tanpa ini seluruh unit bersama.")
@click.option("--year", required=True, type=int)
@click.option(
    "--population",
    type=click.IntRange(1),
    help="Jumlah seluruh pegawai unit, jika yang diimpor hanya sampelnya: hasil diberi selang kepercayaan.",
)
@click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")
@click.option("--internal", is_flag=True, help="Lengkap, tidak untuk disebarkan.")
def result(unit: str | None, year: int, population: int | None, as_json: bool, internal: bool) -> None:
    """Indeks sebuah unit, atau semua unit bersama, pada sebuah tahun."""
    if population is not None and unit is None:
        raise click.UsageError("--population adalah jumlah pegawai sebuah unit; sebutkan --unit.")
    with opened() as database:
        whole = measurement.result(database, year, unit, population=population)
        found, hidden = outgoing_staff.of_result(database, whole, operator() if internal else None)
    if as_json:
        click.echo(json.dumps(as_data(found) | (_HIDDEN if hidden else {}), ensure_ascii=False))
    elif hidden:
        click.echo(f"{_name(found)}, {found.year}: {NOT_SHOWN.id} (--internal: lengkap)")
    else:
        _print(found)


@ipasn.command()
@click.option("--agency", help="Kode instansi; tanpa ini seluruh provinsi.")
@click.option("--unit", type=CodeType(), help="Kode unit layanan.")
@click.option("--year", required=True, type=int)
@click.option("--language", default="id", show_default=True, type=click.Choice(list(LANGUAGES)))
@click.option("--internal", is_flag=True, help="Edisi internal: lengkap, tidak untuk disebarkan.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def report(
    agency: str | None, unit: str | None, year: int, language: Language, internal: bool, output: Path
) -> None:
    """Laporan IP ASN sebagai PDF, per instansi dan unit layanan."""
    with opened() as database:
        scope = ordered.checked(database, Scope(agency_meant(database, agency), unit))
        made = IpAsnReport.of(
            database, scope, year, runtime.now(), language, operator() if internal else None
        )
    data = render_pdf(ipasn_report(made))
    output.write_bytes(data)
    click.echo(f"{output}: {len(data):,} byte".replace(",", "."))


def as_data(found: IpAsnResult) -> dict[str, Any]:
    """The result as JSON values; null where there is none."""
    index = found.index
    data: dict[str, Any] = {
        "unit": None if found.entry is None else found.entry.unit.code,
        "year": found.year,
        "ruleset": None if found.ruleset is None else found.ruleset.id,
    }
    if index is None:
        return {**data, "headcount": 0, "value": None, "reason": "not-imported"}
    return {
        **data,
        "headcount": index.headcount,
        "population": index.population,
        **_group(index.total),
        "pns": None if index.pns is None else _group(index.pns),
        "pppk": None if index.pppk is None else _group(index.pppk),
        "mean_of_groups": None if index.mean_of_groups is None else float(index.mean_of_groups),
        "without_penyetaraan": None
        if index.without_penyetaraan is None
        else _group(index.without_penyetaraan),
        "completeness": dict(zip(DIMENSIONS, index.completeness, strict=True)),
        "verification": index.verification,
        "unknown": list(index.unknown),
    }


def _group(group: GroupIndex) -> dict[str, Any]:
    means = group.dimensions or (None,) * len(DIMENSIONS)
    low, high = group.interval or (None, None)
    return {
        "n": group.n,
        "value": None if group.value is None else float(group.value),
        "category": None if group.category is None else group.category.name,
        "in_gap": None if group.category is None else group.category.in_gap,
        "dimensions": {
            key: None if mean is None else float(mean) for key, mean in zip(DIMENSIONS, means, strict=True)
        },
        "ci_low": low,
        "ci_high": high,
        "ci_reason": None if group.interval_reason is None else group.interval_reason.value,
    }


def _name(found: IpAsnResult) -> str:
    return "Semua unit" if found.entry is None else found.entry.unit.name


def _print(found: IpAsnResult) -> None:
    name = _name(found)
    if found.index is None or found.ruleset is None:
        click.echo(f"{name}, {found.year}: belum ada data yang diimpor")
        return
    total = found.index.total
    click.echo(f"{name}, {found.year} ({found.ruleset.title_id}, {found.index.verification})")
    grade = "-" if total.category is None else total.category.name
    value = "-" if total.value is None else total.value
    click.echo(f"IP ASN {value}  {grade}  {total.n} dari {found.index.headcount} pegawai")
    if total.interval is not None:
        low, high = total.interval
        click.echo(f"Selang 95%: {low:.2f} - {high:.2f}, sampel dari {found.index.population} pegawai")
    elif total.interval_reason is not None:
        click.echo(f"Tanpa selang 95%: {_NO_INTERVAL[total.interval_reason]}")
    for key, mean, share in zip(
        DIMENSIONS, total.dimensions or (), found.index.completeness, strict=bool(total.dimensions)
    ):
        click.echo(f"  {key}: {float(mean):.2f}, terisi {share:.0%}")
