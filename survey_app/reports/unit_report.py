"""Laporan SKM: the periodic report of a unit layanan, in the ministry's outline (Bab I-V and annexes)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.moments import IntArray
from survey_app.reports import document, follow_up_chapter, official, passages, unit_annexes, unit_chapters
from survey_app.reports.document import Cover, Document
from survey_app.reports.voice import Voice
from survey_app.services.comment_groups import CommentGroup
from survey_app.services.follow_up_effect import NOTHING, FollowUp
from survey_app.services.publishing import Publication
from survey_app.services.results import UnitResult
from survey_app.services.snapshot import Passages
from survey_app.services.targets import Goal
from survey_app.text import LANGUAGES, Language


@dataclass(frozen=True, eq=False)
class UnitReport:
    """Everything a unit's report is made of.

    Attributes:
        result: the unit's result in the period.
        sheets: (n, k) scores of the respondents, 0 for not answered, for the processing table.
        made_at: the moment the report carries, aware; nothing else in it depends on the clock.
        text: passages rewritten by the authors, by the keys of `passages.written`.
        comments: comments grouped for publication; None when they are not part of the report.
        edition: which published version it is; empty for a draft.
        follow_up: what the register says.
        rewritten: keys of the passages in `text` that are the unit's own words.
        goal: the target of the IKM.
    """

    result: UnitResult
    sheets: IntArray
    made_at: datetime
    language: Language = "id"
    text: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[CommentGroup, ...] | None = None
    edition: str = ""
    follow_up: FollowUp = NOTHING
    rewritten: Sequence[str] = ()
    goal: Goal | None = None

    @classmethod
    def of(cls, publication: Publication, language: Language = "id") -> UnitReport:
        """The report of a published version: the same bytes whenever and wherever it is made."""
        content = publication.snapshot
        edition = Voice(language).say(
            "Versi {version}, sidik jari {hash}",
            "Version {version}, fingerprint {hash}",
            version=publication.version,
            hash=publication.sha256[:16],
        )
        text = content.text.get(language, {})
        made_at = publication.published_at
        return cls(
            content.result,
            content.sheets,
            made_at,
            language,
            text,
            content.comments,
            edition,
            content.follow_up,
            content.rewritten.get(language, ()),
            content.goal,
        )


def all_passages(result: UnitResult, edited: Mapping[Language, Mapping[str, str]] | None = None) -> Passages:
    """Every passage in both languages, edited where it was: what `services.publishing` locks."""
    return {
        language: passages.written(result, Voice(language), (edited or {}).get(language))
        for language in LANGUAGES
    }


def unit_report(report: UnitReport) -> Document:
    """The report as a document for `workers.render_pdf`."""
    result, voice = report.result, Voice(report.language)
    text = passages.written(result, voice, report.text)
    blocks = [
        *unit_chapters.introduction(result, text, voice),
        *unit_chapters.collection(result, text, voice),
        *unit_chapters.results(result, report.goal, report.comments, voice),
        *unit_chapters.analysis(result, text, report.follow_up.planned, voice),
        *unit_chapters.conclusion(text, voice),
        *unit_annexes.questionnaire(result.instrument, voice),
        *unit_annexes.processing(result, report.sheets, voice),
        *unit_annexes.method(result, report.rewritten, voice),
        *follow_up_chapter.previous(result, report.follow_up, voice),
    ]
    author = result.entry.agency.name
    return document.report(title(result, voice), author, _cover(report, voice), blocks, voice, report.made_at)


def title(result: UnitResult, voice: Voice) -> str:
    """What the report is of, for its first page, its running header and its metadata."""
    return voice.say(
        "Laporan {survey} {unit}, {period}",
        "{survey} report, {unit}, {period}",
        survey=voice.text(result.instrument.title),
        unit=result.entry.unit.name,
        period=voice.period(result.period),
    )


def _cover(report: UnitReport, voice: Voice) -> Cover:
    result = report.result
    lines = [result.entry.agency.name]
    if result.service is not None:
        lines.append(voice.say("Layanan: {name}", "Service: {name}", name=result.service.name))
    return Cover(
        kicker=voice.say("Laporan {t}", "Report: {t}", t=voice.text(result.instrument.title)),
        name=result.entry.unit.name,
        lines=(*lines, voice.period(result.period)),
        key=official.key_figure(result, voice),
        notices=official.notices(result, voice),
        foot=_foot(report, voice),
    )


def _foot(report: UnitReport, voice: Voice) -> str:
    local = report.made_at.astimezone(ZoneInfo(report.result.entry.unit.time_zone))
    edition = report.edition or voice.say("Konsep, belum diterbitkan", "Draft, not published")
    return voice.say(
        "Disusun {day}. {edition}. Dasar penghitungan: {source}.",
        "Made on {day}. {edition}. Computed by (source in Indonesian): {source}.",
        day=voice.date(local.date()),
        edition=edition,
        source=report.result.instrument.source,
    )
