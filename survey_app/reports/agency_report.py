"""Laporan SKM of an agency: its units side by side, what they have in common, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analytics import disclosure
from analytics.aggregate import Aggregate, Method
from survey_app.reports import document, findings, official
from survey_app.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyFigure,
    Notice,
    Paragraph,
    Picture,
    Table,
)
from survey_app.reports.document import Cover, Document
from survey_app.reports.figures import Bar, unit_bars
from survey_app.reports.voice import Voice
from survey_app.services.agency_results import AgencyResult
from survey_app.services.results import UnitResult
from survey_app.services.summary import FALSE_DISCOVERY, Change
from survey_app.text import Language, Text

#: Units on one picture; more are drawn on the next.
_PER_PICTURE = 18

_METHODS = {
    Method.MEAN_OF_UNITS: Text("Rata-rata nilai unit", "Mean of the units' values"),
    Method.POOLED: Text("Semua responden digabung", "All respondents pooled"),
    Method.BY_VOLUME: Text("Ditimbang menurut pengguna layanan", "Weighted by service users"),
}


@dataclass(frozen=True)
class AgencyReport:
    """What an agency's report is made of; `made_at` is aware and is the only moment in it."""

    result: AgencyResult
    made_at: datetime
    language: Language = "id"


def agency_report(report: AgencyReport) -> Document:
    """The report as a document for `workers.render_pdf`."""
    result, voice = report.result, Voice(report.language)
    title = voice.say(
        "Laporan Survei Kepuasan Masyarakat {agency}, {period}",
        "Community satisfaction survey report, {agency}, {period}",
        agency=result.agency.name,
        period=voice.period(result.period),
    )
    blocks = [*_results(result, voice), *_priorities(result, voice), *_changes(result, voice)]
    blocks += _method(result, voice)
    return document.report(title, result.agency.name, _cover(report, voice), blocks, voice, report.made_at)


def _cover(report: AgencyReport, voice: Voice) -> Cover:
    result = report.result
    return Cover(
        kicker=voice.say("Laporan Survei Kepuasan Masyarakat", "Community satisfaction survey report"),
        name=result.agency.name,
        lines=(voice.period(result.period),),
        key=_key_figure(result, voice),
        notices=_notices(result, voice),
        foot=voice.say(
            "Disusun {day} (UTC). {method}.",
            "Made on {day} (UTC). {method}.",
            day=voice.date(report.made_at.date()),
            method=voice.text(_METHODS[result.summary.index.method]),
        ),
    )


def _key_figure(result: AgencyResult, voice: Voice) -> KeyFigure:
    whole = result.summary.index
    label = voice.say("Indeks Kepuasan Masyarakat (IKM)", "Community satisfaction index (IKM)")
    facts = (
        (voice.say("Cara menggabungkan", "Combined as"), voice.text(_METHODS[whole.method])),
        (voice.say("Cakupan", "Coverage"), _coverage(whole, voice)),
        (voice.say("Responden (n)", "Respondents (n)"), voice.count(whole.n)),
        (voice.say("Selang kepercayaan 95%", "95% confidence interval"), _interval(whole, voice)),
    )
    if whole.estimate.exact is None or whole.band is None:
        return KeyFigure(label, voice.say("Belum ada nilai", "No value yet"), "", facts)
    grade = f"{whole.band.mutu} ({_kinerja(result, whole.band.mutu, voice)})"
    return KeyFigure(label, voice.decimal(whole.estimate.exact), grade, facts)


def _results(result: AgencyResult, voice: Voice) -> list[Block]:
    blocks: list[Block] = [
        Heading(1, voice.say("Bab I Hasil", "Chapter I Results")),
        Heading(2, voice.say("1.1 Nilai instansi", "1.1 Value of the agency")),
        _key_figure(result, voice),
        *(Notice(words) for words in _notices(result, voice)),
        _methods_table(result, voice),
        Heading(2, voice.say("1.2 Nilai unit layanan", "1.2 Values of the units")),
        _units_table(result, voice),
    ]
    measured = [unit for unit in result.summary.units if unit.score.ikm is not None]
    parts = [measured[i : i + _PER_PICTURE] for i in range(0, len(measured), _PER_PICTURE)]
    return [*blocks, *(_picture(part, voice) for part in parts)]


def _picture(units: list[UnitResult], voice: Voice) -> Picture:
    bars = [Bar(u.entry.unit.name, u.score.ikm, u.score.mutu, u.score.interval) for u in units]
    caption = voice.say(
        "Nilai unit layanan dengan selang kepercayaan 95%, urut nama", "Units with 95% intervals, by name"
    )
    return Picture(unit_bars(bars, units[0].instrument.bands, voice), caption)


def _units_table(result: AgencyResult, voice: Voice) -> Table:
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column("n", "right"),
        Column("IKM", "right"),
        Column(voice.say("Selang 95%", "95% interval"), "right"),
        Column("Mutu", "center"),
    )
    rows = [
        (
            unit.entry.unit.name,
            voice.count(unit.score.n),
            "–" if unit.score.ikm is None else voice.decimal(unit.score.ikm),
            official.interval(unit.score, voice),
            unit.score.mutu or "–",
        )
        for unit in result.summary.units
    ]
    note = voice.say(
        "Urut nama, bukan peringkat: unit yang selangnya bertumpuk tidak dapat dibedakan begitu saja.",
        "In order of names, not of rank: units whose intervals overlap cannot simply be told apart.",
    )
    return Table(voice.say("Unit layanan", "Units"), columns, rows, note=note)


def _methods_table(result: AgencyResult, voice: Voice) -> Table:
    columns = (
        Column(voice.say("Cara menggabungkan", "Combined as"), width=1),
        Column("IKM", "right"),
        Column(voice.say("Selang 95%", "95% interval"), "right"),
        Column(voice.say("Cakupan", "Coverage"), "right"),
    )
    rows = [
        (
            voice.text(_METHODS[a.method]),
            _value(a, voice),
            _interval(a, voice),
            "–" if a.estimate.exact is None else _coverage(a, voice),
        )
        for a in result.aggregates
    ]
    return Table(voice.say("Nilai instansi menurut cara menggabungkan", "Value by method"), columns, rows)


def _priorities(result: AgencyResult, voice: Voice) -> list[Block]:
    """The three lowest unsur of every unit with enough respondents to speak of them."""
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column(voice.say("Tiga unsur terendah", "Three lowest unsur"), width=2),
    )
    rows = [
        (
            unit.entry.unit.name,
            voice.enumerate([official.element_name(e, voice) for e in findings.lowest(unit)]),
        )
        for unit in result.summary.units
        if unit.score.n >= disclosure.MINIMUM and findings.lowest(unit)
    ]
    heading = Heading(1, voice.say("Bab II Prioritas", "Chapter II Priorities"))
    if not rows:
        words = voice.say("Data belum cukup.", "There are not enough data yet.")
        return [heading, Paragraph(words)]
    return [heading, Table(voice.say("Usul prioritas per unit", "Proposed priorities"), columns, rows)]


def _changes(result: AgencyResult, voice: Voice) -> list[Block]:
    heading = Heading(1, voice.say("Bab III Perubahan", "Chapter III Changes"), same_page=True)
    if not result.summary.changes:
        words = voice.say(
            "Belum ada unit yang mempunyai nilai pada periode ini dan sebelumnya.",
            "No unit has a value in this period and the one before.",
        )
        return [heading, Paragraph(words)]
    certain = [c for c in result.summary.changes if c.beyond_chance]
    words = voice.say(
        "Dari {all} unit yang dapat dibandingkan dengan periode sebelumnya, {n} berubah melebihi kebetulan "
        "(uji Welch, disesuaikan menurut Benjamini dan Hochberg: paling banyak {share} dari daftar ini "
        "kebetulan).",
        "Of {all} units that can be compared with the period before, {n} changed beyond chance (Welch's "
        "test, adjusted by Benjamini and Hochberg: at most {share} of this list is chance).",
        all=voice.count(len(result.summary.changes)),
        n=voice.count(len(certain)),
        share=f"{FALSE_DISCOVERY:.0%}",
    )
    items = tuple(_change(c, voice) for c in certain)
    return [heading, Paragraph(words), *([Bullets(items)] if items else [])]


def _change(change: Change, voice: Voice) -> str:
    value = change.difference.value or 0.0
    return voice.say(
        "{unit}: {direction} {points} poin, menjadi {ikm}.",
        "{unit}: {direction_en} by {points} points, to {ikm}.",
        unit=change.result.entry.unit.name,
        direction="naik" if value > 0 else "turun",
        direction_en="up" if value > 0 else "down",
        points=voice.decimal(abs(value)),
        ikm=voice.decimal(change.result.score.ikm or 0),
    )


def _method(result: AgencyResult, voice: Voice) -> list[Block]:
    said = (
        voice.say(
            "Nilai unit dihitung menurut instrumennya; nilai instansi adalah rata-rata nilai unit yang "
            "mempunyai nilai.",
            "A unit's value is computed by its questionnaire; the agency's is the mean of the units that "
            "have one.",
        ),
        voice.say(
            "Selang kepercayaan menyatakan galat sampel di dalam unit yang melapor. Unit tanpa nilai tidak "
            "diduga.",
            "The interval speaks of sampling error within the units that report. Units without a value are "
            "not guessed.",
        ),
    )
    return [Heading(1, voice.say("Lampiran Catatan metode", "Annex Method"), same_page=True), Bullets(said)]


def _notices(result: AgencyResult, voice: Voice) -> tuple[str, ...]:
    said, missing = [], [u.entry.unit.name for u in result.summary.unmeasured]
    alone = [u.entry.unit.name for u in result.summary.units if u.score.n == 1 and u.score.ikm is not None]
    if missing:
        words = voice.say("Belum mempunyai nilai pada periode ini: ", "Without a value in this period: ")
        said.append(f"{words}{voice.enumerate(missing)}.")
    if alone:
        words = voice.say("Bernilai dari satu responden saja: ", "With a value from a single respondent: ")
        said.append(f"{words}{voice.enumerate(alone)}.")
    return tuple(said)


def _coverage(whole: Aggregate, voice: Voice) -> str:
    return voice.say(
        "{n} dari {all} unit",
        "{n} of {all} units",
        n=voice.count(whole.coverage.reporting),
        all=voice.count(whole.coverage.total),
    )


def _value(whole: Aggregate, voice: Voice) -> str:
    return "–" if whole.estimate.exact is None else voice.decimal(whole.estimate.exact)


def _interval(whole: Aggregate, voice: Voice) -> str:
    if whole.estimate.interval is not None:
        return voice.interval(whole.estimate.interval)
    why = whole.estimate.reason
    return voice.say("tidak ada", "none") if why is None else official.reason(why, voice)


def _kinerja(result: AgencyResult, mutu: str, voice: Voice) -> str:
    return voice.text(result.summary.units[0].instrument.kinerja[mutu])
