"""What the reports of an agency and of the province share: the number, how it was combined, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.aggregate import Aggregate, Method
from analytics.reason import Reason
from survey_app.reports import borrowed_words, findings, left_out_words, official
from survey_app.reports.blocks import Block, Bullets, Column, KeyFigure, Paragraph, Table
from survey_app.reports.voice import Voice
from survey_app.services import left_out, narrowed
from survey_app.services.agency_results import AgencyResult
from survey_app.services.comparison import MINIMUM_RANKED
from survey_app.services.grading import without_letter
from survey_app.services.outgoing_recaps import RecapPaper
from survey_app.services.profiles import MINIMUM
from survey_app.services.recap_publishing import RecapPublication
from survey_app.services.results import UnitResult
from survey_app.services.summary import FALSE_DISCOVERY, Change, Summary
from survey_app.text import Text

METHODS = {
    Method.MEAN_OF_UNITS: Text("Rata-rata nilai unit", "Mean of the units' values"),
    Method.POOLED: Text("Semua responden digabung", "All respondents pooled"),
    Method.BY_VOLUME: Text("Ditimbang menurut pengguna layanan", "Weighted by service users"),
}
#: Units named in a sentence; the others are counted.
_NAMED = 8


def key_figure(result: AgencyResult, voice: Voice) -> KeyFigure:
    """IKM and mutu with method, coverage, n and interval."""
    whole = result.summary.index
    label = voice.say("Indeks Kepuasan Masyarakat (IKM)", "Community satisfaction index (IKM)")
    if hidden(whole):
        withheld = voice.say("Tidak ditampilkan", "Not shown")
        return KeyFigure(label, withheld, interval(whole, voice), ())
    facts = (
        (voice.say("Cara menggabungkan", "Combined as"), voice.text(METHODS[whole.method])),
        (voice.say("Cakupan", "Coverage"), coverage(whole, voice)),
        (voice.say("Responden (n)", "Respondents (n)"), voice.count(whole.n)),
        (voice.say("Selang kepercayaan 95%", "95% confidence interval"), interval(whole, voice)),
    )
    if whole.estimate.exact is None:
        return KeyFigure(label, voice.say("Belum ada nilai", "No value yet"), "", facts)
    return KeyFigure(label, voice.decimal(whole.estimate.exact), grade(result.summary, voice), facts)


def grade(found: Summary, voice: Voice) -> str:
    """B (Baik), by the bands of the units' questionnaires; or why there is no letter."""
    return grade_of(found.index, found.graded_by.words, voice)


def grade_of(index: Aggregate, words: Mapping[str, Text], voice: Voice) -> str:
    """The same by a table of words."""
    if index.band is not None:
        return official.grade_in(words, index.band.mutu, voice)
    why = without_letter(index)
    return "" if why is None else official.reason(why, voice)


def methods_table(result: AgencyResult, voice: Voice) -> Table:
    """The index by every method that is possible."""
    columns = (
        Column(voice.say("Cara menggabungkan", "Combined as"), width=1),
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
    return Table(voice.say("Nilai menurut cara menggabungkan", "Value by method"), columns, rows)


def changes(result: AgencyResult, voice: Voice) -> list[Block]:
    """How many units changed beyond chance, and each of them."""
    found, broken = result.summary.changes, _broken(result, voice)
    if broken:
        return [Paragraph(broken)]
    if not found:
        words = voice.say(
            "Belum ada unit yang mempunyai nilai pada periode ini dan sebelumnya.",
            "No unit has a value in this period and the one before.",
        )
        return [Paragraph(words)]
    certain = [c for c in found if c.beyond_chance]
    missing = _paragraph(left_out_words.sentence(left_out.of_changes(result.summary), MINIMUM_RANKED, voice))
    if not certain:
        return [Paragraph(unchanged(len(found), voice)), *missing, *lowest(result, voice)]
    words = voice.say(
        "Dari {all} unit yang dapat dibandingkan dengan periode sebelumnya, {n} berubah melebihi kebetulan "
        "(uji Welch, disesuaikan menurut Benjamini dan Hochberg: paling banyak {share} dari daftar ini "
        "kebetulan).",
        "Of {all} units that can be compared with the period before, {n} changed beyond chance (Welch's "
        "test, adjusted by Benjamini and Hochberg: at most {share} of this list is chance).",
        all=voice.count(len(found)),
        n=voice.count(len(certain)),
        share=f"{FALSE_DISCOVERY:.0%}",
    )
    return [Paragraph(words), Bullets(tuple(change(c, voice) for c in certain)), *missing]


def unchanged(compared: int, voice: Voice) -> str:
    """That nothing changed beyond chance, of so many units."""
    return voice.say(
        "Tidak ada perubahan melebihi kebetulan, dari {n} unit yang dapat dibandingkan dengan periode "
        "sebelumnya (uji Welch, disesuaikan menurut Benjamini dan Hochberg).",
        "No change beyond chance (Welch's test, adjusted by Benjamini and Hochberg). Units that can be "
        "compared with the period before: {n}.",
        n=voice.count(compared),
    )


def lowest(result: AgencyResult, voice: Voice) -> list[Block]:
    """The lowest values at present, where nothing changed: no more than where to look."""
    units = result.summary.lowest(findings.PRIORITIES, MINIMUM_RANKED)
    few = left_out.of_lowest(result.summary, MINIMUM_RANKED)
    missing = _paragraph(left_out_words.sentence(few, MINIMUM_RANKED, voice))
    if not units:
        return missing
    title = voice.say("Nilai terendah saat ini:", "The lowest at present:")
    return [Paragraph(title), Bullets(tuple(_valued(unit, voice) for unit in units)), *missing]


def _paragraph(words: str) -> list[Block]:
    return [Paragraph(words)] if words else []


def _valued(unit: UnitResult, voice: Voice) -> str:
    score = unit.score
    limits = "" if score.interval is None else f", 95% {voice.interval(score.interval)}"
    ikm = voice.decimal(score.exact or 0)
    return f"{unit.entry.unit.name}: {ikm} {score.mutu or ''}{limits}, n {voice.count(score.n)}"


def change(found: Change, voice: Voice) -> str:
    """Puskesmas Melak: naik 2,10 poin, menjadi 84,20."""
    points = found.difference.value or 0.0
    return voice.say(
        "{unit}: {direction} {points} poin, menjadi {ikm}.",
        "{unit}: {direction_en} by {points} points, to {ikm}.",
        unit=found.result.entry.unit.name,
        direction="naik" if points > 0 else "turun",
        direction_en="up" if points > 0 else "down",
        points=voice.decimal(abs(points)),
        ikm=voice.decimal(found.result.score.ikm or 0),
    )


def method_notes(voice: Voice) -> tuple[str, ...]:
    """How units become one number, and what its interval means."""
    return (
        voice.say(
            "Nilai unit dihitung menurut instrumennya; nilai gabungan adalah rata-rata nilai unit yang "
            "mempunyai nilai.",
            "A unit's value is computed by its questionnaire; the combined one is the mean of the units "
            "that have one.",
        ),
        voice.say(
            "Selang kepercayaan menyatakan galat sampel di dalam unit yang melapor. Unit tanpa nilai tidak "
            "diduga.",
            "The interval speaks of sampling error within the units that report. Units without a value are "
            "not guessed.",
        ),
        voice.say(
            "Ragam unit dengan kurang dari 10 responden, atau yang jawabannya seragam, digabung dengan ragam "
            "seluruh unit yang dihitung sebagai dua responden tambahan.",
            "The variance of a unit with fewer than 10 respondents, or whose answers are all alike, is "
            "combined with that of all units, which counts as two more respondents.",
        ),
        voice.say(
            "Unit yang tidak aktif lagi dihitung hanya pada periode yang masih ada jawabannya; tanpa jawaban "
            "ia bukan unit yang belum mengukur.",
            "A unit no longer in use counts only in periods in which it has answers; without any it is not "
            "one that has yet to measure.",
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
        words = voice.say("Belum mempunyai nilai pada periode ini: ", "Without a value in this period: ")
        said.append(f"{words}{named(summary.unmeasured, voice)}.")
    if alone:
        words = voice.say("Bernilai dari satu responden saja: ", "With a value from a single respondent: ")
        said.append(f"{words}{named(alone, voice)}.")
    borrowed = borrowed_words.of_units(summary, voice)
    return tuple([*said, borrowed] if borrowed else said)


def named(units: Sequence[UnitResult], voice: Voice) -> str:
    """The names of units, the last of many as a number."""
    names = [unit.entry.unit.name for unit in units]
    more = len(names) - _NAMED
    if more <= 1:
        return voice.enumerate(names)
    rest = voice.say("{n} unit lain", "{n} other units", n=voice.count(more))
    return voice.enumerate([*names[:_NAMED], rest])


def since_last(result: AgencyResult, voice: Voice) -> str:
    """How the index stands to the period before, and whether that is more than chance."""
    before, whole = result.summary.trend[-2]
    broken = _broken(result, voice)
    if broken:
        return broken
    if whole.estimate.exact is None or result.summary.index.estimate.exact is None:
        return voice.say(
            "Belum ada periode sebelumnya yang dapat dibandingkan.",
            "There is no earlier period to compare with.",
        )
    was = voice.say(
        "Pada {period} nilainya {ikm} ({units}).",
        "In {period} the value was {ikm} ({units}).",
        period=voice.within(before),
        ikm=value(whole, voice),
        units=coverage(whole, voice),
    )
    return f"{was} {findings.moved(result.summary.change, voice)}{_compared(result.summary, voice)}"


def _compared(found: Summary, voice: Voice) -> str:
    """Which units the change stands on, where the two values stand on others."""
    if found.change.value is None or not found.other_units:
        return ""
    return " " + voice.say(
        "Yang dibandingkan hanya {n} unit yang diukur pada kedua periode.",
        "Only units measured in both periods are compared: {n}.",
        n=found.compared,
    )


def _broken(result: AgencyResult, voice: Voice) -> str:
    """That the rules changed since the period before, and nothing is compared; empty when they did not."""
    if result.summary.change.reason is not Reason.RULE_CHANGED:
        return ""
    return voice.say(
        "Nilainya tidak dibandingkan dengan {period}: aturan IKM berganti di antaranya.",
        "The values are not compared with {period}: the rules of the IKM changed in between.",
        period=voice.within(result.summary.trend[-2][0]),
    )


def edition(publication: RecapPublication, voice: Voice) -> str:
    """Which published version a report is of."""
    return voice.say(
        "Versi {version}, sidik jari {hash}",
        "Version {version}, fingerprint {hash}",
        version=publication.version,
        hash=publication.sha256[:16],
    )


def coverage(whole: Aggregate, voice: Voice) -> str:
    """56 dari 60 unit."""
    return voice.say(
        "{n} dari {all} unit",
        "units: {n} of {all}",
        n=voice.count(whole.coverage.reporting),
        all=voice.count(whole.coverage.total),
    )


def value(whole: Aggregate, voice: Voice) -> str:
    return "–" if whole.estimate.exact is None else voice.decimal(whole.estimate.exact)


def interval(whole: Aggregate, voice: Voice) -> str:
    """The 95% interval, or why there is none."""
    if whole.estimate.interval is not None:
        return voice.interval(whole.estimate.interval)
    why = whole.estimate.reason
    return voice.say("tidak ada", "none") if why is None else official.reason(why, voice)


def under_agencies(found: Sequence[UnitResult]) -> tuple[tuple[int, str], ...]:
    """Where each agency's rows begin in a table of units."""
    owners = [unit.entry.agency for unit in found]
    return tuple((i, agency.name) for i, agency in enumerate(owners) if i == 0 or agency != owners[i - 1])
