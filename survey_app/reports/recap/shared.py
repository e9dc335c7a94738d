"""What the reports of an agency and of the province share: the number, how it was combined, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.comparison import Aggregate, Method
from analytics.disclosure import MINIMUM
from survey_app.reports.statements import editions, official
from survey_app.reports.typesetting.blocks import Column, KeyFigure, Table
from survey_app.services.disclosure.outgoing_recaps import RecapPaper
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province.grading import without_letter
from survey_app.services.province.summary import Summary
from survey_app.services.publishing.recap_publishing import RecapPublication
from survey_app.services.publishing.recap_results import RecapResult
from survey_app.text import Text
from survey_app.wording import borrowed_words
from survey_app.wording.left_out_words import OTHER_UNITS
from survey_app.wording.voice import Voice

METHODS = {
    Method.MEAN_OF_UNITS: Text("Rata-rata nilai unit", "Mean of the units' scores"),
    Method.POOLED: Text("Semua responden digabung", "All respondents pooled"),
    Method.BY_VOLUME: Text("Ditimbang menurut jumlah pengguna layanan", "Weighted by service users"),
}
UNMEASURED = Text("Belum memiliki nilai IKM pada periode ini: ", "Without an IKM in this period: ")
ALONE = Text("Nilai IKM dari satu responden saja: ", "With an IKM from a single respondent: ")
COVERAGE = Text("{n} dari {all} unit", "{n} of {all} units")
NO_INTERVAL = Text("tidak ada", "none")


def key_figure(result: RecapResult, voice: Voice) -> KeyFigure:
    """IKM and mutu with method, coverage, n and interval."""
    whole = result.summary.index
    label = voice.text(official.LABEL)
    if hidden(whole):
        withheld = voice.text(official.NOT_SHOWN)
        return KeyFigure(label, withheld, interval(whole, voice), ())
    facts = (
        (voice.say("Cara penggabungan", "Method of combining"), voice.text(METHODS[whole.method])),
        (voice.say("Cakupan", "Coverage"), coverage(whole, voice)),
        (voice.text(official.RESPONDENTS), voice.count(whole.n)),
        (voice.text(official.INTERVAL), interval(whole, voice)),
    )
    if whole.estimate.exact is None:
        return KeyFigure(label, voice.text(official.NO_VALUE_YET), "", facts)
    return KeyFigure(label, voice.decimal(whole.estimate.exact), grade(result.summary, voice), facts)


def grade(summary: Summary, voice: Voice) -> str:
    """B (Baik), by the bands of the units' questionnaires; or why there is no letter."""
    return grade_of(summary.index, summary.index_grading.words, voice)


def grade_of(index: Aggregate, words: Mapping[str, Text], voice: Voice) -> str:
    """The same by a table of words."""
    if index.band is not None:
        return official.grade_in(words, index.band.mutu, voice)
    why = without_letter(index)
    return "" if why is None else official.reason(why, voice)


def methods_table(result: RecapResult, voice: Voice) -> Table:
    """The index by every method that is possible."""
    columns = (
        Column(voice.say("Cara penggabungan", "Method of combining"), width=1),
        Column("IKM", "right"),
        Column(voice.say("Selang 95%", "95% interval"), "right"),
        Column(voice.say("Cakupan", "Coverage"), "right"),
    )
    rows = [
        (
            voice.text(METHODS[a.method]),
            value(a, voice),
            interval(a, voice),
            "–" if a.estimate.exact is None else coverage(a, voice),
        )
        for a in result.aggregates
    ]
    return Table(
        caption=voice.say("Nilai menurut cara penggabungan", "Score by method of combining"),
        columns=columns,
        rows=rows,
    )


def method_notes(voice: Voice) -> tuple[str, ...]:
    """How units become one number, and what its interval means."""
    return (
        voice.say(
            "Nilai tiap unit dihitung menurut kuesionernya. Nilai gabungan adalah rata-rata nilai unit yang "
            "memiliki nilai IKM.",
            "The score of each unit is computed by its own questionnaire. The combined score is the mean "
            "of the units that have one.",
        ),
        voice.say(
            "Selang kepercayaan menyatakan galat pengambilan sampel di dalam unit yang melapor. Nilai unit "
            "yang belum melapor tidak diperkirakan.",
            "The confidence interval covers sampling error within the units that report. Scores of units "
            "that have not reported are not estimated.",
        ),
        voice.say(
            "Ragam unit dengan kurang dari 10 responden, atau yang jawabannya seragam, digabung dengan "
            "ragam seluruh unit. Ragam seluruh unit itu diberi bobot setara dua responden tambahan.",
            "The variance of a unit with fewer than 10 respondents, or whose answers are all alike, is "
            "combined with that of all units, which is given the weight of two additional respondents.",
        ),
        voice.say(
            "Unit yang tidak aktif lagi hanya dihitung pada periode yang ada jawabannya. Tanpa jawaban, unit "
            "itu tidak termasuk unit yang belum memiliki nilai IKM.",
            "A unit no longer in use counts only in periods in which it has answers. Without any it is not "
            "among the units without an IKM.",
        ),
    )


def hidden(whole: Aggregate) -> bool:
    """Whether there is a value that is not shown."""
    return whole.estimate.reason in narrowed.HIDING


def people(whole: Aggregate, voice: Voice) -> str:
    """Respondents; a dash where their number is hidden."""
    return "–" if hidden(whole) else voice.count(whole.n)


def notices(paper: RecapPaper, voice: Voice) -> tuple[str, ...]:
    """What a reader must know before using the number: which units lack a value, respondents or
    variance, and which are not shown."""
    summary, said = paper.result.summary, []
    if paper.hidden:
        words = voice.say(
            "Tidak ditampilkan untuk menjaga kerahasiaan, karena jawaban kurang dari {least} orang dapat "
            "diketahui: ",
            "Not shown to keep answers private, because those of fewer than {least} people would be known: ",
            least=MINIMUM,
        )
        said.append(f"{words}{named(paper.hidden, voice)}.")
    alone = [u for u in summary.units if u.score.n == 1 and u.score.ikm is not None]
    if summary.unmeasured:
        words = voice.text(UNMEASURED)
        said.append(f"{words}{named(summary.unmeasured, voice)}.")
    if alone:
        words = voice.text(ALONE)
        said.append(f"{words}{named(alone, voice)}.")
    borrowed = borrowed_words.of_units(summary, voice)
    return tuple([*said, borrowed] if borrowed else said)


def named(units: Sequence[UnitResult], voice: Voice) -> str:
    """The names of units, the last of many as a number."""
    names = [unit.entry.unit.name for unit in units]
    return voice.enumerate_some(names, OTHER_UNITS)


def edition(publication: RecapPublication, voice: Voice) -> str:
    """Which published version a report is of."""
    return voice.text(editions.VERSION.format(version=publication.version, hash=publication.sha256[:16]))


def coverage(whole: Aggregate, voice: Voice) -> str:
    """56 dari 60 unit."""
    return voice.text(
        COVERAGE.format(n=voice.count(whole.coverage.reporting), all=voice.count(whole.coverage.total))
    )


def value(whole: Aggregate, voice: Voice) -> str:
    return "–" if whole.estimate.exact is None else voice.decimal(whole.estimate.exact)


def interval(whole: Aggregate, voice: Voice) -> str:
    """The 95% interval, or why there is none."""
    if whole.estimate.interval is not None:
        return voice.interval(whole.estimate.interval)
    why = whole.estimate.reason
    return voice.text(NO_INTERVAL) if why is None else official.reason(why, voice)


def under_agencies(results: Sequence[UnitResult]) -> tuple[tuple[int, str], ...]:
    """Where each agency's rows begin in a table of units."""
    owners = [unit.entry.agency for unit in results]
    return tuple((i, agency.name) for i, agency in enumerate(owners) if i == 0 or agency != owners[i - 1])
