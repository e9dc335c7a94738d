"""import-responses and result."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from analytics import Period
from survey_app import settings
from survey_app.cli.operator import operator
from survey_app.cli.options import CodeType, PeriodType, opened
from survey_app.reports.statements import hidden_words, official
from survey_app.services.disclosure import outgoing
from survey_app.services.ikm import narrowed, results
from survey_app.services.ikm.quality import Quality
from survey_app.services.ikm.results import UnitResult
from survey_app.services.imports import importing
from survey_app.services.imports.columns import Order
from survey_app.services.imports.dates import Dates
from survey_app.services.imports.file import Said
from survey_app.services.imports.importing import ImportReport, NewUnit
from survey_app.services.imports.known import Equal
from survey_app.services.imports.labels import Unnumbered
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.text import visible
from survey_app.wording import flag_words, undated_words
from survey_app.wording.voice import Voice


@click.command("import-responses")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--unit", type=CodeType(), required=True, help="Kode unit layanan.")
@click.option("--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07.")
@click.option("--create-unit", "name", help="Nama unit, dibuat jika belum ada.")
@click.option("--agency", default="impor", show_default=True, help="Kode instansi untuk unit yang dibuat.")
@click.option(
    "--instrument", default=catalogue.DEFAULT_INSTRUMENT, show_default=True, help="Untuk unit yang dibuat."
)
@click.option("--order", type=click.Choice(["form", "narrative"]), help="Arti kolom U8 dan U9.")
@click.option(
    "--dates", type=click.Choice(get_args(Dates)), help="Yang lebih dahulu pada tanggal 03/04/2024."
)
@click.option("--scale", help="Skala nilai di berkas: 1-4, 0-3, atau 25-100.")
@click.option("--unnumbered", type=click.Choice(get_args(Unnumbered)), help="Arti baris nilai tanpa nomor.")
@click.option("--sheet", help="Lembar kerja, jika berkas XLSX berisi beberapa.")
@click.option("--accept-valid", is_flag=True, help="Simpan baris yang benar walau ada yang tidak.")
@click.option("--add", is_flag=True, help="Berkas ini berisi lembar lain di samping yang sudah diimpor.")
@click.option(
    "--equal",
    type=click.Choice(get_args(Equal)),
    help="Dengan --add: lembar yang sama persis memang lembar itu (known), atau orang lain (further).",
)
def import_responses(
    file: Path,
    unit: str,
    period: Period,
    name: str | None,
    agency: str,
    instrument: str,
    order: Order | None,
    dates: Dates | None,
    scale: str | None,
    unnumbered: Unnumbered | None,
    sheet: str | None,
    accept_valid: bool,
    add: bool,
    equal: Equal | None,
) -> None:
    """Impor lembar jawaban dari CSV atau XLSX dengan kolom U1 sampai U9 atau kunci unsur."""
    create = NewUnit(name, agency, settings.load().default_time_zone, instrument) if name else None
    said = Said(
        order=order,
        dates=dates,
        scale=scale,
        unnumbered=unnumbered,
        equal=equal,
        sheet=sheet,
        accept_valid=accept_valid,
        add=add,
    )
    with opened() as database:
        report = importing.import_responses(
            database, operator(), file, unit, period, runtime.now(), said, create=create
        )
    _print_report(report)


@click.command()
@click.option("--unit", type=CodeType(), required=True, help="Kode unit layanan.")
@click.option("--period", required=True, type=PeriodType(), help="2024, 2024-S1, 2024-TW3, atau 2024-07.")
@click.option("--service", type=CodeType(), help="Kode layanan; tanpa ini seluruh unit.")
@click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")
@click.option(
    "--internal", is_flag=True, help="Lengkap, tidak untuk disebarkan; tanpa ini seperti halaman publik."
)
def result(unit: str, period: Period, service: str | None, as_json: bool, internal: bool) -> None:
    """Hasil sebuah unit pada sebuah periode."""
    with opened() as database:
        whole = results.unit_result(database, unit, period, service, within=PROVINCE)
        found = outgoing.of_result(database, whole, operator() if internal else None)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False))
    else:
        _print_result(found)


def as_data(unit: UnitResult) -> dict[str, Any]:
    """The result as JSON values: floats as computed, the IKM as the two decimals that count."""
    score = unit.score
    low, high = score.interval or (None, None)
    told = not narrowed.unsur_hidden(score)
    past = score.sample.past if score.sample else None
    return {
        "unit": unit.entry.unit.code,
        "service": None if unit.service is None else unit.service.code,
        "period": str(unit.period),
        "instrument": unit.instrument.ref,
        "n": narrowed.people(score),
        "undated": unit.undated[-1] if unit.undated else 0,
        "population": score.population,
        "ikm": None if score.ikm is None else float(score.ikm),
        "mutu": score.mutu,
        "kinerja": score.kinerja,
        "nrr": dict(zip(unit.instrument.keys, score.nrr, strict=True)),
        "totals": dict(
            zip(unit.instrument.keys, (u.total if told else None for u in score.unsur), strict=True)
        ),
        "se": score.se,
        "ci_low": low,
        "ci_high": high,
        "past": None if past is None else asdict(past),
        "reasons": {field: reason.value for field, reason in score.reasons},
        "other_instruments": dict(unit.others),
        "quality": None if unit.quality is None else _quality_data(unit.quality),
    }


def _quality_data(quality: Quality) -> dict[str, Any]:
    """The index without flagged answers; null is what could not be checked."""
    effect = quality.effect
    return {
        "flags": {str(t.flag.name).lower(): {"n": t.n, "checked": t.checked} for t in quality.tallies},
        "flagged": effect.flagged,
        "ikm_without_flagged": None if effect.unflagged.ikm is None else float(effect.unflagged.ikm),
        "n_without_flagged": effect.unflagged.n,
    }


def _print_report(report: ImportReport) -> None:
    click.echo(
        f"{report.rows} baris: {report.stored} disimpan, {report.known} sudah ada, {len(report.bad)} salah"
    )
    if report.ignored_columns:
        click.echo(f"Kolom yang diabaikan: {visible(', '.join(report.ignored_columns))}")
    for remark in report.remarks:
        click.echo(f"  {remark}")
    for problem in importing.told(report.bad):
        click.echo(f"  {problem}")


def _print_result(unit: UnitResult) -> None:
    score = unit.score
    click.echo(f"{unit.entry.unit.name} ({unit.entry.unit.code}), {unit.period}")
    for ref, n in unit.others:
        click.echo(f"Di luar hasil ini: {n} jawaban atas {ref}")
    if narrowed.hidden(score):
        click.echo(f"IKM: {official.explain(score, 'ikm', Voice('id'))} (--internal: lengkap)")
        return
    if score.ikm is None:
        click.echo(f"IKM tidak terdefinisi: {official.explain(score, 'ikm', Voice('id'))}")
        return
    click.echo(f"IKM {score.ikm}  mutu {score.mutu} ({score.kinerja})  n {score.n}")
    if undated := undated_words.of_period(unit, Voice("id")):
        click.echo(undated)
    if score.interval is None:
        click.echo(f"Selang 95%: tidak terdefinisi ({official.explain(score, 'interval', Voice('id'))})")
    else:
        low, high = score.interval
        click.echo(f"Selang 95%: {low:.2f} - {high:.2f}")
    if narrowed.unsur_hidden(score):
        click.echo(hidden_words.unsur(score, Voice("id")))
        return
    for element, unsur in zip(unit.instrument.elements, score.unsur, strict=True):
        nrr = "-" if unsur.nrr is None else f"{unsur.nrr:.3f}"
        click.echo(
            f"  {element.number} {element.name.id}: jumlah {unsur.total}, NRR {nrr}, mutu {unsur.mutu or '-'}"
        )
    _print_quality(unit.quality)


def _print_quality(quality: Quality | None) -> None:
    if quality is None:
        return
    ikm = quality.effect.unflagged.ikm or "-"
    click.echo(f"Tanpa {quality.effect.flagged} jawaban yang perlu ditinjau: IKM {ikm}")
    for tally in quality.tallies:
        counted = "tidak diperiksa" if tally.n is None else f"{tally.n} dari {tally.checked}"
        click.echo(f"  {flag_words.FLAGS[tally.flag].name.id}: {counted}")
