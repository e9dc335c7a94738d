"""Laporan Rekapitulasi SKM Provinsi: one page for the governor, then units, unsur and how it was computed."""

from __future__ import annotations

from analytics import half_up
from analytics.disclosure import MINIMUM
from survey_app.reports.recap import annexes, changes, chapters, shared, staff_chapter
from survey_app.reports.recap.agency_report import RecapReport, foot
from survey_app.reports.statements import editions, findings, official
from survey_app.reports.typesetting import document
from survey_app.reports.typesetting.blocks import Block, Bullets, Gallery, Heading, Paragraph
from survey_app.reports.typesetting.document import Cover, Document
from survey_app.reports.typesetting.figures import share_bars, value_bars
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.province.summary import Change
from survey_app.services.publishing.recap_results import RecapResult
from survey_app.text import Text
from survey_app.wording.ip_asn_words import category_words
from survey_app.wording.plots import CountRow, CountsPlot
from survey_app.wording.voice import Voice

#: Rises and falls named on the first page, each.
_CHANGES = 3
NO_VALUE_YET = Text("Belum ada nilai", "No score yet")
NAME = Text("Survei Kepuasan Masyarakat Provinsi", "Community satisfaction survey")
STAFF = Text(
    "Indeks Profesionalitas ASN (IP ASN) {year} sebesar {value} dengan kategori {grade}. Data lengkap: "
    "{n} dari {all} pegawai (Bab VI).",
    "The professionalism index (IP ASN) for {year} is {value}, in the category {grade}. Complete "
    "records: {n} of {all} staff (Chapter VI).",
)


def province_report(report: RecapReport) -> Document:
    """The province's report as a document for `workers.render_pdf`."""
    result, voice = report.result, Voice(report.language)
    title = voice.say(
        "Laporan Rekapitulasi Survei Kepuasan Masyarakat Provinsi, {period}",
        "Consolidated provincial report on the community satisfaction survey, {period}",
        period=voice.period(result.period),
    )
    blocks = [
        *chapters.province(report.paper, voice),
        *chapters.units(result, voice),
        *chapters.unsur(result, voice),
        *_changes(result, voice),
        *chapters.comments(report.paper, voice),
        *staff_chapter.staff(report.paper, voice),
        *annexes.unmeasured(report.paper, voice),
        *annexes.processing(report.paper, voice),
        *_method(voice),
    ]
    author = voice.say("Pemerintah provinsi", "Provincial government")
    mark = editions.mark(report.paper.internal, voice)
    return document.report(title, author, _summary(report, voice), blocks, voice, report.made_at, mark)


def _summary(report: RecapReport, voice: Voice) -> Cover:
    result = report.result
    return Cover(
        kicker=voice.say("Laporan Rekapitulasi", "Consolidated provincial report"),
        name=voice.text(NAME),
        lines=(voice.say("Seluruh instansi", "All agencies") + f", {voice.period(result.period)}",),
        key=shared.key_figure(result, voice),
        notices=(),
        foot=foot(report, voice),
        blocks=(
            Bullets(tuple(words for words in _statements(report.paper, voice) if words)),
            *_figures(report.paper, voice),
            *_what_changed(result, voice),
        ),
    )


def _statements(paper: RecapPaper, voice: Voice) -> tuple[str, ...]:
    """Change, coverage, who is missing, IP ASN: a sentence or two each."""
    return (
        changes.since_last(paper.result, voice),
        *shared.notices(paper, voice),
        _complete(paper.result, voice),
        _staff(paper.result, voice),
    )


def _complete(result: RecapResult, voice: Voice) -> str:
    if result.summary.unmeasured or not result.summary.units:
        return ""
    return voice.say(
        "Semua unit memiliki nilai IKM pada periode ini.", "Every unit has an IKM in this period."
    )


def _staff(result: RecapResult, voice: Voice) -> str:
    staff = result.inputs.staff
    if staff is None or staff.whole.value is None:
        return ""
    return voice.text(
        STAFF.format(
            year=staff.year,
            value=voice.decimal(staff.whole.value),
            grade=category_words(staff.whole.category, staff.whole.in_gap, voice.language),
            n=voice.count(staff.whole.n),
            all=voice.count(staff.whole.headcount),
        )
    )


def _figures(paper: RecapPaper, voice: Voice) -> list[Block]:
    """Units by mutu, and the lowest unsur of the province beside them."""
    result = paper.result
    if not result.unsur:
        return []
    words = result.summary.grading.words
    rows = [
        CountRow(label=official.graded(words, letter), count=count)
        for letter, count in result.summary.by_mutu
    ]
    rows.append(CountRow(label=NO_VALUE_YET, count=len(result.summary.unmeasured), left_open=True))
    if paper.hidden:
        hidden = Text("Tidak ditampilkan", "Not shown")
        rows.append(CountRow(label=hidden, count=len(paper.hidden), left_open=True))
    by_mutu = CountsPlot(
        title=Text("Unit menurut mutu", "Units by grade"),
        rows=tuple(rows),
        whole=sum(row.count or 0 for row in rows),
    )
    low = sorted(result.unsur, key=lambda u: u.mean)[: findings.PRIORITIES]
    lowest = [(official.element_name(u.element, voice), half_up(u.mean)) for u in low]
    figures = (
        share_bars(by_mutu, voice),
        value_bars(voice.say("Unsur terendah, IKM", "Lowest service elements, IKM"), lowest, voice),
    )
    return [
        Gallery(figures, voice.say("Mutu unit dan unsur terendah", "Grades of units and lowest elements"))
    ]


def _what_changed(result: RecapResult, voice: Voice) -> list[Block]:
    """The largest falls and rises that are significant."""
    certain = [c for c in result.summary.changes if c.beyond_chance]
    if not result.summary.changes:
        return []
    if not certain:
        words = changes.unchanged(len(result.summary.changes), voice)
        return [Paragraph(words), *changes.lowest(result, voice)]
    words = voice.say(
        "{n} dari {all} unit yang dapat dibandingkan berubah secara signifikan{more}.",
        "Of the {all} units that can be compared, {n} changed significantly{more}.",
        n=voice.count(len(certain)),
        all=voice.count(len(result.summary.changes)),
        more=voice.say(" (Bab IV)", " (Chapter IV)"),
    )
    falls = [c for c in certain if _points(c) < 0][:_CHANGES]
    rises = [c for c in reversed(certain) if _points(c) > 0][:_CHANGES]
    items = tuple(changes.change(c, voice) for c in (*falls, *rises))
    return [Paragraph(words), Bullets(items)]


def _points(change: Change) -> float:
    return change.difference.value or 0.0


def _changes(result: RecapResult, voice: Voice) -> list[Block]:
    heading = Heading(1, voice.say("Bab IV Perubahan", "Chapter IV Changes"), same_page=True)
    return [heading, *changes.changes(result, voice)]


def _method(voice: Voice) -> list[Block]:
    said = (
        voice.say(
            "Peringkat ditulis sebagai rentang karena datanya sampel. Dengan keyakinan 95%, setiap unit "
            "berada di dalam rentang pertama: semua pasangan unit dibandingkan sekaligus (Tukey), dengan "
            "selang kepercayaan tiap unit. Rentang dalam kurung hanya berlaku untuk satu unit dan memuat 95% "
            "dari 10.000 peringkat hasil simulasi. Unit dengan kurang dari 30 responden tidak diberi "
            "peringkat.",
            "Ranks are given as ranges because the data are a sample. With 95% confidence, every unit lies "
            "within its first range: all pairs of units are compared together (Tukey), by the confidence "
            "intervals of the units. The range in brackets holds for one unit alone and contains 95% of "
            "10,000 simulated rankings. Units with fewer than 30 respondents are not ranked.",
        ),
        voice.say(
            "Nilai unsur provinsi adalah rata-rata IKM unsur tiap unit, sehingga rata-ratanya sejalan "
            "dengan nilai provinsi. Unsur dengan kurang dari {least} jawaban di sebuah unit tidak "
            "ditampilkan untuk unit itu.",
            "The provincial score of a service element is the mean of the units' IKM for it, in line "
            "with the provincial score. An element with fewer than {least} answers in a unit is not "
            "shown for that unit.",
            least=MINIMUM,
        ),
    )
    heading = Heading(1, voice.say("Lampiran 3 Catatan metode", "Annex 3 Method"), same_page=True)
    return [heading, Bullets((*shared.method_notes(voice), *said))]
