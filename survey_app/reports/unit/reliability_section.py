"""Whether one index may stand for all unsur: in words, by omega and alpha, and each unsur by its r."""

from __future__ import annotations

from analytics.ikm import Interval, reliability
from survey_app.reports.typesetting.blocks import Block, Column, Heading, Paragraph, Table
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.ikm.reliability import of_sheets
from survey_app.text import Text
from survey_app.wording import numbers, reliability_words
from survey_app.wording.voice import Voice

TITLE = Text("Keandalan kuesioner", "Reliability of the questionnaire")
OMEGA = Text("Omega ordinal", "Ordinal omega")
ALPHA = Text("Alfa Cronbach", "Cronbach's alpha")
_ABOUT = Text(
    "Omega ordinal: bagian perbedaan antarresponden yang berasal dari satu penilaian bersama atas semua "
    "unsur, dari korelasi polikorik (McDonald 1999; Gadermann, Guhn, dan Zumbo 2012). Selang kepercayaan "
    "dihitung dengan menghilangkan tiap lembar jawaban bergantian. Batas yang lazim dipakai: di atas "
    "{asked}.",
    "Ordinal omega: the share of what respondents differ by that comes from one judgement they have of all "
    "elements, from polychoric correlations (McDonald 1999; Gadermann, Guhn and Zumbo 2012). Intervals are "
    "found by leaving out each answer sheet in turn. The usual threshold: above {asked}.",
)


def blocks(paper: UnitPaper, voice: Voice) -> list[Block]:
    """Nothing where the sheets are withheld, as this would tell of them, or where they are too few or too
    alike to tell anything."""
    if paper.sheets is None or not len(paper.sheets):
        return []
    result = paper.result
    of_sums = reliability(result.current.moments)
    if of_sums.alpha is None:
        return []
    told = of_sheets(paper.sheets, result.instrument.levels).omega
    first, *others = (Column(voice.text(c), "right", 1) for c in reliability_words.COLUMNS)
    pairs = numbers.whole(of_sums.n_effective, voice.language)
    return [
        Heading(2, voice.text(TITLE)),
        Paragraph(reliability_words.said(told, result.instrument, of_sums, voice)),
        Table(
            caption=voice.text(TITLE),
            columns=(
                Column(voice.say("Ukuran", "Measure"), width=2),
                Column(voice.say("Nilai", "Value"), "right", 1),
                Column(voice.say("Selang kepercayaan 95%", "95% interval"), "right", 1),
            ),
            rows=_rows(paper, voice),
            note=voice.text(_ABOUT.format(asked=voice.decimal(reliability_words.ASKED, 1))),
        ),
        Table(
            caption=voice.say("Setiap unsur terhadap unsur lainnya", "Each service element with the others"),
            columns=(Column(first.title, width=3), *others),
            rows=reliability_words.rows(result.instrument, of_sums, voice),
            note=voice.text(reliability_words.PAIRWISE.format(n=pairs)) if of_sums.pairwise else "",
        ),
    ]


def measures(paper: UnitPaper) -> list[tuple[Text, float | None, Interval | None]]:
    """Omega and alpha, each with its interval; nothing where the sheets are withheld or nobody answered."""
    if paper.sheets is None or not len(paper.sheets):
        return []
    of_each = of_sheets(paper.sheets, paper.result.instrument.levels)
    alpha = reliability(paper.result.current.moments).alpha
    limits = None if alpha is None else of_each.alpha_interval
    return [(OMEGA, of_each.omega.omega, of_each.omega.interval), (ALPHA, alpha, limits)]


def _rows(paper: UnitPaper, voice: Voice) -> list[tuple[str, str, str]]:
    lang = voice.language
    return [
        (voice.text(name), numbers.decimal(value, lang, 3), numbers.interval(limits, lang, 3))
        for name, value, limits in measures(paper)
    ]
