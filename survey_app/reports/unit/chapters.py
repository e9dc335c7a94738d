"""Bab I to V of a unit's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.sampling import krejcie_morgan
from survey_app.reports.statements import comments_chapter, hidden_words, official, target_words
from survey_app.reports.typesetting.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Notice,
    Paragraph,
    Picture,
    Table,
    paragraphs,
)
from survey_app.reports.typesetting.figures import trend_line
from survey_app.reports.unit import follow_up_chapter, respondents_chapter
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.follow_up.actions import Action
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.history import history
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Goal
from survey_app.text import Text
from survey_app.wording import plots, undated_words
from survey_app.wording.voice import Voice

_LAWS = (
    Text(
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Law 25 of 2009 on Public Services (Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik)",
    ),
    Text(
        "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 "
        "tentang Pelayanan Publik",
        "Government Regulation 96 of 2012 on the Implementation of Law 25 of 2009 on Public Services "
        "(Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 "
        "tentang Pelayanan Publik)",
    ),
    Text(
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 tentang "
        "Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik",
        "Regulation 14 of 2017 of the Minister for State Apparatus Empowerment and Bureaucratic Reform, on "
        "Guidelines for Community Satisfaction Surveys of Public Service Providers (Peraturan Menteri "
        "Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 tentang Pedoman "
        "Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik)",
    ),
)
RESULTS = Text("Bab III Hasil", "Chapter III Results")
UNSUR_VALUES = Text("3.2 Nilai per unsur", "3.2 Scores per service element (unsur)")
BACKGROUND = Text("1.1 Latar belakang", "1.1 Background")
LEGAL_BASIS = Text("1.2 Dasar pelaksanaan", "1.2 Legal basis")
CONCLUSION = Text("Bab V Kesimpulan", "Chapter V Conclusion")
TREND = Text("Nilai per periode, selang kepercayaan 95%", "Score per period, 95% intervals")


def introduction(result: UnitResult, text: Mapping[str, str], voice: Voice) -> list[Block]:
    """Bab I Pendahuluan."""
    return [
        Heading(1, voice.say("Bab I Pendahuluan", "Chapter I Introduction")),
        Heading(2, voice.text(BACKGROUND)),
        *paragraphs(text["latar_belakang"]),
        Heading(2, voice.text(LEGAL_BASIS)),
        Bullets(_laws(result, voice)),
        Heading(2, voice.say("1.3 Maksud dan tujuan", "1.3 Aims")),
        *paragraphs(text["maksud_tujuan"]),
    ]


def collection(result: UnitResult, text: Mapping[str, str], voice: Voice) -> list[Block]:
    """Bab II Pengumpulan Data."""
    return [
        Heading(1, voice.say("Bab II Pengumpulan data", "Chapter II Data collection"), same_page=True),
        Heading(2, voice.say("2.1 Pelaksana dan waktu", "2.1 Organiser and dates")),
        *paragraphs(text["pelaksana"]),
        Heading(2, voice.say("2.2 Metode", "2.2 Method")),
        *paragraphs(text["metode"]),
        Heading(2, voice.say("2.3 Jumlah responden", "2.3 Number of respondents")),
        _sample(result, voice),
    ]


def results(paper: UnitPaper, goal: Goal | None, voice: Voice) -> list[Block]:
    """Bab III Hasil."""
    result = paper.result
    return [
        Heading(1, voice.text(RESULTS), same_page=True),
        Heading(2, voice.say("3.1 Nilai unit layanan", "3.1 Score of the unit")),
        official.key_figure(result, voice),
        *(Notice(words) for words in official.notices(result, voice)),
        *target_words.paragraphs(result, goal, voice),
        Heading(2, voice.text(UNSUR_VALUES)),
        *_unsur(result, voice),
        *respondents_chapter.blocks(paper, voice),
        *comments_chapter.blocks(result.instrument, paper.quotes, voice),
    ]


def analysis(
    result: UnitResult, text: Mapping[str, str], actions: Sequence[Action], voice: Voice
) -> list[Block]:
    """Bab IV Analisis."""
    return [
        Heading(1, voice.say("Bab IV Analisis", "Chapter IV Analysis"), same_page=True),
        Heading(2, voice.say("4.1 Kelebihan dan kelemahan", "4.1 Strengths and weaknesses")),
        *paragraphs(text["analisis"]),
        Heading(2, voice.say("4.2 Rencana tindak lanjut", "4.2 Follow-up plan")),
        *follow_up_chapter.plan(result, actions, voice),
        Heading(2, voice.say("4.3 Tren nilai", "4.3 Trend")),
        *paragraphs(text["perubahan"]),
        *_trend(result, voice),
    ]


def conclusion(text: Mapping[str, str], voice: Voice) -> list[Block]:
    """Bab V Kesimpulan."""
    return [
        Heading(1, voice.text(CONCLUSION), same_page=True),
        *paragraphs(text["kesimpulan"]),
        *([Heading(2, voice.say("Rekomendasi", "Recommendations"))] if text["saran"] else []),
        *paragraphs(text["saran"]),
    ]


def _laws(result: UnitResult, voice: Voice) -> tuple[str, ...]:
    """What the survey rests on; another questionnaire than the ministry's names its own source."""
    laws = tuple(map(voice.text, _LAWS))
    return laws if result.instrument.gives_ikm else (*laws[:-1], result.instrument.source)


def _unsur(result: UnitResult, voice: Voice) -> list[Block]:
    if narrowed.unsur_hidden(result.score):
        return [Paragraph(hidden_words.unsur(result.score, voice))]
    table = official.unsur_table(result, voice)
    if not result.score.n:
        return [table]
    caption = voice.say("Nilai unsur terhadap batas mutu", "Service elements against the bands of the grades")
    return [table, Picture(official.unsur_figure(result, voice), caption)]


def _sample(result: UnitResult, voice: Voice) -> Table:
    facts = [*official.facts(result, voice)[:3], _required(result, voice)]
    columns = (
        Column(voice.say("Keterangan", "Particulars"), width=1),
        Column(voice.say("Nilai", "Value"), "right"),
    )
    return Table(
        caption=voice.say("Responden dan pengguna layanan", "Respondents and service users"),
        columns=columns,
        rows=facts,
    )


def _required(result: UnitResult, voice: Voice) -> tuple[str, str]:
    """The required sample and what is missing of it, when the number of service users is known."""
    name = voice.say("Sampel yang diperlukan (Krejcie-Morgan)", "Required sample (Krejcie and Morgan)")
    users = result.score.population
    if narrowed.hidden(result.score):
        return name, "–"
    if users is None:
        unknown = voice.say("dihitung dari N, yang belum dicatat", "computed from N, which is not recorded")
        return name, unknown
    required = krejcie_morgan(users)
    missing = required - result.score.n
    if missing <= 0:
        return name, voice.say("{n} (terpenuhi)", "{n} (reached)", n=voice.count(required))
    return name, voice.say(
        "{n} (kurang {missing})",
        "{n} ({missing} missing)",
        n=voice.count(required),
        missing=voice.count(missing),
    )


def _trend(result: UnitResult, voice: Voice) -> list[Block]:
    """The trend from the first period that has a value; nothing before a second one has."""
    steps = history(result)
    known = [i for i, step in enumerate(steps) if step.result.score.ikm is not None]
    gaps = hidden_words.gaps([step.result for step in steps[:-1]], voice)
    if len(known) < 2:
        return [Paragraph(gaps)] if gaps else []
    plot = plots.of_history(steps[known[0] :], result.instrument.bands)
    caption = voice.text(TREND)
    notes = [words for words in (undated_words.of_trend(result, voice), gaps) if words]
    return [
        Picture(trend_line(plot, voice), caption),
        *(Paragraph(words) for words in notes),
    ]
