"""Laporan SKM of an agency: its units side by side, what they have in common, and what has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.disclosure import MINIMUM
from analytics.ikm import Band
from survey_app.reports.recap import changes, shared
from survey_app.reports.statements import editions, findings, official
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Table,
)
from survey_app.reports.typesetting.document import Cover, Document
from survey_app.reports.typesetting.figures import unit_bars
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.province import left_out
from survey_app.services.province.grading import background
from survey_app.services.publishing.recap_publishing import RecapPublication
from survey_app.services.publishing.recap_results import RecapResult
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.wording import left_out_words, terms
from survey_app.wording.plots import ValueRow, ValuesPlot
from survey_app.wording.voice import Voice

#: Units on one picture; more are drawn on the next.
_PER_PICTURE = 18
BY_NAME = Text(
    "Diurutkan menurut nama, bukan peringkat. Jika selang kepercayaan dua unit bertumpang tindih, "
    "perbedaannya belum tentu nyata.",
    "Sorted by name, not by rank. Where the confidence intervals of two units overlap, they may not really "
    "differ.",
)
PRIORITIES = Text("Bab II Prioritas", "Chapter II Priorities")
CHANGES = Text("Bab III Perubahan", "Chapter III Changes")


@dataclass(frozen=True)
class RecapReport:
    """What a report of an agency or of the province is made of.

    Attributes:
        paper: what this edition may tell.
        made_at: aware, and the only moment in it.
        edition: which published version it is; empty for a draft.
    """

    paper: RecapPaper
    made_at: datetime
    language: Language = "id"
    edition: str = ""

    @property
    def result(self) -> RecapResult:
        """The result as this edition may tell it."""
        return self.paper.result

    @classmethod
    def of(
        cls,
        database: Database,
        publication: RecapPublication,
        language: Language = "id",
        inside: Acting | None = None,
    ) -> RecapReport:
        """The report of a published version: the same bytes whenever and wherever it is made.

        `inside`: who asks for the internal edition. Raises: as `outgoing_recaps.of_publication`.
        """
        edition = shared.edition(publication, Voice(language))
        paper = outgoing_recaps.of_publication(database, publication, inside)
        return cls(paper, publication.published_at, language, edition)


def agency_report(report: RecapReport) -> Document:
    """The report as a document for `workers.render_pdf`."""
    result, voice = report.result, Voice(report.language)
    title = voice.say(
        "Laporan Survei Kepuasan Masyarakat {agency}, {period}",
        "Community satisfaction survey report, {agency}, {period}",
        agency=_name(result),
        period=voice.period(result.period),
    )
    blocks = [*_results(report.paper, voice), *_priorities(result, voice), *_changes(result, voice)]
    blocks += _method(voice)
    mark = editions.mark(report.paper.internal, voice)
    return document.report(title, _name(result), _cover(report, voice), blocks, voice, report.made_at, mark)


def foot(report: RecapReport, voice: Voice) -> str:
    """When it was made, which version it is, and how the units were combined."""
    return voice.say(
        "Disusun {day}. {edition}. {method}.",
        "Made on {day}. {edition}. {method}.",
        day=voice.date(editions.made_on(report.made_at, (u.entry for u in report.result.summary.units))),
        edition=report.edition or voice.text(editions.DRAFT),
        method=voice.text(shared.METHODS[report.result.summary.index.method]),
    )


def pictures(units: list[UnitResult], voice: Voice) -> list[Block]:
    """The units with a value, with their intervals, in parts that fit a page."""
    measured = [unit for unit in units if unit.score.ikm is not None]
    parts = [measured[i : i + _PER_PICTURE] for i in range(0, len(measured), _PER_PICTURE)]
    bands = background(unit.instrument for unit in measured)
    return [_picture(part, bands, voice) for part in parts]


def _name(result: RecapResult) -> str:
    return "" if result.agency is None else result.agency.name


def _cover(report: RecapReport, voice: Voice) -> Cover:
    result = report.result
    return Cover(
        kicker=voice.say("Laporan Survei Kepuasan Masyarakat", "Community satisfaction survey report"),
        name=_name(result),
        lines=(voice.period(result.period),),
        key=shared.key_figure(result, voice),
        notices=shared.notices(report.paper, voice),
        foot=foot(report, voice),
    )


def _results(paper: RecapPaper, voice: Voice) -> list[Block]:
    result = paper.result
    return [
        Heading(1, voice.say("Bab I Hasil", "Chapter I Results")),
        Heading(2, voice.say("1.1 Nilai instansi", "1.1 Score of the agency")),
        shared.key_figure(result, voice),
        *(Notice(words) for words in shared.notices(paper, voice)),
        shared.methods_table(result, voice),
        Heading(2, voice.say("1.2 Nilai unit layanan", "1.2 Scores of the units")),
        _units_table(result, voice),
        *pictures(list(result.summary.units), voice),
    ]


def _picture(units: list[UnitResult], bands: Sequence[Band], voice: Voice) -> Picture:
    rows = [
        ValueRow(
            label=Text(u.entry.unit.name, u.entry.unit.name),
            value=u.score.ikm,
            mutu=u.score.mutu,
            interval=u.score.interval,
        )
        for u in units
    ]
    plot = ValuesPlot(of=Text("IKM per unit", "IKM per unit"), rows=tuple(rows), bands=tuple(bands))
    caption = voice.say(
        "Nilai unit layanan dengan selang kepercayaan 95%, diurutkan menurut nama",
        "Scores of the units with 95% confidence intervals, sorted by name",
    )
    return Picture(unit_bars(plot, voice), caption)


def _units_table(result: RecapResult, voice: Voice) -> Table:
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column("n", "right"),
        Column("IKM", "right"),
        Column(voice.say("Selang 95%", "95% interval"), "right"),
        Column(voice.text(terms.MUTU), "center"),
    )
    rows = [
        (
            unit.entry.unit.name,
            official.people(unit.score, voice),
            "–" if unit.score.ikm is None else voice.decimal(unit.score.ikm),
            "–"
            if narrowed.hidden(unit.score)
            else official.interval(unit.score, voice, unanimous=unit.current.unanimous),
            unit.score.mutu or "–",
        )
        for unit in result.summary.units
    ]
    note = voice.text(BY_NAME)
    return Table(caption=voice.say("Unit layanan", "Units"), columns=columns, rows=rows, note=note)


def _priorities(result: RecapResult, voice: Voice) -> list[Block]:
    """The three lowest unsur of every unit with enough respondents to speak of them."""
    columns = (
        Column(voice.say("Unit layanan", "Unit"), width=1),
        Column(voice.say("Tiga unsur terendah", "Three lowest service elements"), width=2),
    )
    rows = [
        (
            unit.entry.unit.name,
            voice.enumerate([official.element_name(e, voice) for e in findings.lowest(unit)]),
        )
        for unit in result.summary.units
        if unit.score.n >= MINIMUM and findings.lowest(unit)
    ]
    heading = Heading(1, voice.text(PRIORITIES))
    missing = left_out.of_priorities(result.summary.units)
    note = left_out_words.sentence(missing, MINIMUM, voice)
    if not rows:
        words = voice.say("Data belum cukup.", "There are not enough data yet.")
        return [heading, Paragraph(f"{words} {note}".strip())]
    return [
        heading,
        Table(
            caption=voice.say("Usul prioritas per unit", "Proposed priorities"),
            columns=columns,
            rows=rows,
            note=note,
        ),
    ]


def _changes(result: RecapResult, voice: Voice) -> list[Block]:
    heading = Heading(1, voice.text(CHANGES), same_page=True)
    return [heading, *changes.changes(result, voice)]


def _method(voice: Voice) -> list[Block]:
    heading = Heading(1, voice.say("Lampiran Catatan metode", "Annex Method"), same_page=True)
    return [heading, Bullets(shared.method_notes(voice))]
