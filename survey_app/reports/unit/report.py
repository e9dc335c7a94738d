"""Laporan SKM: the periodic report of a unit layanan, in the ministry's outline (Bab I-V and annexes)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from survey_app.reports.statements import editions, official, passages
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.document import Cover, Document
from survey_app.reports.unit import annexes, chapters, follow_up_chapter
from survey_app.services.disclosure import outgoing
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Goal
from survey_app.services.places.acting import Acting
from survey_app.services.publishing.snapshot import Passages
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language, Text
from survey_app.wording.voice import Voice

SERVICE = Text("Layanan: {name}", "Service: {name}")
TITLE = Text("Laporan {survey} {unit}, {period}", "{survey} report, {unit}, {period}")


@dataclass(frozen=True, eq=False, kw_only=True)
class UnitReport:
    """Everything a unit's report is made of.

    Attributes:
        paper: what this edition may tell of the unit's period.
        made_at: the moment the report carries, aware; nothing else in it depends on the clock.
        text: passages rewritten by the authors, by the keys of `passages.written`.
        edition: which published version it is; empty for a draft.
        rewritten: keys of the passages in `text` that are the unit's own words.
        goal: the target of the IKM.
    """

    paper: UnitPaper
    made_at: datetime
    language: Language = "id"
    text: Mapping[str, str] = field(default_factory=dict)
    edition: str = ""
    rewritten: Sequence[str] = ()
    goal: Goal | None = None

    @property
    def result(self) -> UnitResult:
        """The result as this edition may tell it."""
        return self.paper.result

    @classmethod
    def of(
        cls,
        database: Database,
        publication: Publication,
        language: Language = "id",
        inside: Acting | None = None,
    ) -> UnitReport:
        """The report of a published version: the same bytes whenever and wherever it is made.

        `inside`: who asks for the internal edition. Raises: as `outgoing.of_publication`.
        """
        content = publication.snapshot
        paper = outgoing.of_publication(database, publication, inside)
        edition = Voice(language).text(
            editions.VERSION.format(version=publication.version, hash=publication.sha256[:16])
        )
        rewritten = content.rewritten.get(language, ())
        text = content.text.get(language, {})
        if not paper.internal:
            text = passages.public(text, rewritten, paper.result, content.result, Voice(language))
        made_at = publication.published_at
        return cls(
            paper=paper,
            made_at=made_at,
            language=language,
            text=text,
            edition=edition,
            rewritten=rewritten,
            goal=content.goal,
        )


def all_passages(result: UnitResult, edited: Mapping[Language, Mapping[str, str]] | None = None) -> Passages:
    """Every passage in both languages, edited where it was: what `unit_publishing` locks."""
    return {
        language: passages.written(result, Voice(language), (edited or {}).get(language))
        for language in LANGUAGES
    }


def unit_report(report: UnitReport) -> Document:
    """The report as a document for `workers.render_pdf`."""
    result, voice = report.result, Voice(report.language)
    text = passages.written(result, voice, report.text)
    blocks = [
        *chapters.introduction(result, text, voice),
        *chapters.collection(result, text, voice),
        *chapters.results(report.paper, report.goal, voice),
        *chapters.analysis(result, text, report.paper.follow_up.planned, voice),
        *chapters.conclusion(text, voice),
        *annexes.questionnaire(result.instrument, voice),
        *annexes.processing(report.paper, voice),
        *annexes.method(report.paper, report.rewritten, voice),
        *follow_up_chapter.previous(result, report.paper.follow_up, voice),
    ]
    author = result.entry.agency.name
    mark = editions.mark(report.paper.internal, voice)
    cover = _cover(report, voice)
    return document.report(title(result, voice), author, cover, blocks, voice, report.made_at, mark)


def title(result: UnitResult, voice: Voice) -> str:
    """What the report is of, for its first page, its running header and its metadata."""
    return voice.text(
        TITLE.format(
            survey=voice.text(result.instrument.title),
            unit=result.entry.unit.name,
            period=voice.period(result.period),
        )
    )


def _cover(report: UnitReport, voice: Voice) -> Cover:
    result = report.result
    lines = [result.entry.agency.name]
    if result.service is not None:
        lines.append(voice.text(SERVICE.format(name=result.service.name)))
    return Cover(
        kicker=voice.say("Laporan {t}", "{t}: report", t=voice.text(result.instrument.title)),
        name=result.entry.unit.name,
        lines=(*lines, voice.period(result.period)),
        key=official.key_figure(result, voice),
        notices=official.notices(result, voice),
        foot=_foot(report, voice),
    )


def _foot(report: UnitReport, voice: Voice) -> str:
    edition = report.edition or voice.text(editions.DRAFT)
    return voice.say(
        "Disusun {day}. {edition}. Dasar penghitungan: {source}.",
        "Made on {day}. {edition}. Computed according to (source in Indonesian): {source}.",
        day=voice.date(editions.made_on(report.made_at, [report.result.entry])),
        edition=edition,
        source=report.result.instrument.source,
    )
