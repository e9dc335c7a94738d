"""Laporan IP ASN: a year of the professionalism index by agency and unit, and over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from analytics.ip_asn import Ruleset
from survey_app.errors import NotFound
from survey_app.reports.ip_asn import missing_chapter, tables
from survey_app.reports.statements import editions, official
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.blocks import Block, Bullets, Heading, KeyFigure, Paragraph, Picture
from survey_app.reports.typesetting.document import Cover, Document
from survey_app.reports.typesetting.figures import trend_line
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.ip_asn.overview import IpAsnYear, YearPoint
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.wording import ip_asn_words, plots
from survey_app.wording.ip_asn_words import (
    NOT_SHOWN,
    VERIFICATION,
    category_text,
    completeness_text,
    gap_text,
    unknown_text,
)
from survey_app.wording.voice import Voice

_NUMBERS = ("I", "II", "III", "IV")
MIXED_RULES = Text(
    "Unit-unit diukur dengan aturan yang berbeda sehingga nilainya tidak digabung.",
    "The units were measured by different rules, so their scores are not combined.",
)
TREND = Text("1.3 Perkembangan", "1.3 Trend")
CHAPTER = Text("Bab {number}", "Chapter {number}")
YEAR = Text("Tahun {year}", "{year}")


@dataclass(frozen=True)
class IpAsnReport:
    """What the report is made of; `made_at` is aware and is the only moment in it."""

    found: IpAsnYear
    series: tuple[YearPoint, ...]
    made_at: datetime
    language: Language = "id"
    internal: bool = False

    @classmethod
    def of(
        cls,
        database: Database,
        scope: Scope,
        year: int,
        made_at: datetime,
        language: Language,
        inside: Acting | None = None,
    ) -> IpAsnReport:
        """The report of a scope in a year, from the latest imports.

        `inside`: who asks for the internal edition; None for the public one.

        Raises:
            Refused: `role-refused`, `scope-refused` for an internal edition.
            NotFound: `ipasn-not-measured` while there is none; a schedule then tries again later.
        """
        ip_asn = outgoing_staff.of_year(database, scope, year, inside)
        if not ip_asn.whole.rulesets:
            text = Text(
                "IP ASN {year} belum diimpor untuk lingkup ini.",
                "IP ASN of {year} has not been imported for this scope.",
            )
            raise NotFound("ipasn-not-measured", text.format(year=year))
        every = outgoing_staff.of_series(database, scope, inside)
        series = tuple(point for point in every if point.year <= year)
        return cls(ip_asn, series, made_at, language, inside is not None)


def ipasn_report(report: IpAsnReport) -> Document:
    """The report as a document for `workers.render_pdf`."""
    ip_asn, voice = report.found, Voice(report.language)
    name = subject(ip_asn, voice)
    title = voice.say(
        "Laporan Indeks Profesionalitas ASN {name}, {year}",
        "Report on the professionalism index of civil servants, {name}, {year}",
        name=name,
        year=ip_asn.year,
    )
    chapters = (
        _results(report, voice),
        tables.agencies(ip_asn, voice),
        tables.units(ip_asn, voice),
        missing_chapter.missing(ip_asn, voice),
    )
    blocks = [*_numbered(chapters, voice), *_method(ip_asn.whole.rulesets, voice)]
    mark = editions.mark(report.internal, voice)
    return document.report(title, name, _cover(report, voice), blocks, voice, report.made_at, mark)


def subject(ip_asn: IpAsnYear, voice: Voice) -> str:
    """The unit, the agency, or all of them."""
    if ip_asn.scope.unit is not None:
        return ip_asn.units[0][0].unit.name
    if ip_asn.scope.agency is not None:
        return ip_asn.agencies[0][0].name
    return voice.say("Seluruh instansi", "All agencies")


def _numbered(chapters: Sequence[list[Block]], voice: Voice) -> Iterator[Block]:
    """The chapters that there are, their headings numbered."""
    for number, (heading, *blocks) in zip(_NUMBERS, filter(None, chapters), strict=False):
        assert isinstance(heading, Heading)  # every chapter begins with its own
        chapter = voice.text(CHAPTER.format(number=number))
        yield replace(heading, text=f"{chapter} {heading.text}")
        yield from blocks


def _cover(report: IpAsnReport, voice: Voice) -> Cover:
    ip_asn = report.found
    return Cover(
        kicker=voice.say("Laporan Indeks Profesionalitas ASN", "Professionalism index of civil servants"),
        name=subject(ip_asn, voice),
        lines=(voice.text(YEAR.format(year=ip_asn.year)),),
        key=_key_figure(ip_asn, voice),
        notices=_notices(ip_asn, voice),
        foot=voice.say(
            "Disusun {day}.",
            "Made on {day}.",
            day=voice.date(editions.made_on(report.made_at, (entry for entry, _ in ip_asn.units))),
        ),
    )


def _key_figure(ip_asn: IpAsnYear, voice: Voice) -> KeyFigure:
    label = voice.say("Indeks Profesionalitas ASN (IP ASN)", "Professionalism index (IP ASN)")
    index, rules = ip_asn.whole.index, ip_asn.whole.rulesets
    titles = (
        voice.say("Aturan", "Rules"),
        "; ".join(voice.text(Text(r.title_id, r.title_en)) for r in rules),
    )
    if ip_asn.whole.hidden:
        withheld = voice.text(official.NOT_SHOWN)
        return KeyFigure(label, withheld, voice.text(NOT_SHOWN), (titles,))
    if index is None or index.total.value is None:
        return KeyFigure(label, voice.text(official.NO_VALUE_YET), "", (titles,))
    facts = (
        (voice.text(ip_asn_words.STAFF), voice.count(index.headcount)),
        (voice.text(ip_asn_words.FULL_SCORE), voice.count(index.total.n)),
        (
            voice.text(ip_asn_words.LEAST_RECORDED),
            completeness_text(index.recorded, index.headcount, voice.language),
        ),
        titles,
    )
    return KeyFigure(
        label, voice.decimal(index.total.value), category_text(index.total, voice.language), facts
    )


def _notices(ip_asn: IpAsnYear, voice: Voice) -> tuple[str, ...]:
    """Mixed rules, a value in a gap of the regulation, rules that are known in part."""
    measure, said = ip_asn.whole, []
    if measure.hidden:
        said.append(voice.text(NOT_SHOWN))
    elif measure.index is None:
        said.append(voice.text(MIXED_RULES))
    elif measure.ruleset is not None:
        gap = gap_text(measure.index.total, measure.ruleset)
        said += [] if gap is None else [voice.text(gap)]
    if any(ruleset.unknown for ruleset in measure.rulesets):
        said.append(
            voice.say(
                "Aturan ini terverifikasi sebagian: nilai dimensi diambil dari ekspor BKN sebagaimana "
                "adanya. Yang belum diketahui ada di Lampiran.",
                "These rules are verified in part: dimension scores are taken from BKN's export as they "
                "are. What is not known is in the annex.",
            )
        )
    return tuple(said)


def _results(report: IpAsnReport, voice: Voice) -> list[Block]:
    measure = report.found.whole
    heading = Heading(1, voice.say("Nilai", "Results"))
    blocks: list[Block] = [heading]
    if measure.index is not None and measure.ruleset is not None:
        blocks += [
            Heading(2, voice.say("1.1 Empat dimensi", "1.1 Four dimensions")),
            tables.dimensions(measure.index, measure.ruleset, voice),
            Heading(
                2, voice.say("1.2 PNS, PPPK, dan penyetaraan jabatan", "1.2 PNS, PPPK and job equalisation")
            ),
            tables.groups(measure, measure.index, voice),
        ]
    else:
        blocks.append(Paragraph(" ".join(_notices(report.found, voice))))
    return [*blocks, Heading(2, voice.text(TREND)), *_trend(report.series, voice)]


def _trend(series: Sequence[YearPoint], voice: Voice) -> list[Block]:
    plot = plots.of_years(series)
    if not plot.known:
        return [Paragraph(voice.say("Belum ada nilai.", "There is no score yet."))]
    caption = voice.say("IP ASN per tahun (n: pegawai)", "IP ASN by year (n: staff)")
    blocks: list[Block] = [Picture(trend_line(plot, voice), caption)]
    if any(point.breaks for point in series):
        blocks.append(Paragraph(voice.text(ip_asn_words.NEW_RULES)))
    return blocks


def _method(rules: Sequence[Ruleset], voice: Voice) -> list[Block]:
    heading = Heading(1, voice.say("Lampiran Catatan metode", "Annex Method"), same_page=True)
    blocks: list[Block] = [heading, Bullets(tables.method_notes(voice))]
    for ruleset in rules:
        title = voice.text(Text(ruleset.title_id, ruleset.title_en))
        status = voice.text(VERIFICATION[ruleset.verification])
        blocks.append(Heading(2, title))
        blocks.append(Paragraph(f"{ruleset.id}: {status}. {tables.categories(ruleset, voice)}"))
        if ruleset.unknown:
            blocks.append(Paragraph(voice.say("Yang belum diketahui:", "What is not known:")))
            blocks.append(Bullets(tuple(voice.text(unknown_text(item)) for item in ruleset.unknown)))
    return blocks
