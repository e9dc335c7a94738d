"""The official number as every report shows it: never without n and interval, never bare when it misleads."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from analytics import Reason
from analytics.ikm import IkmResult, UnsurResult
from survey_app.instruments import Element, Instrument
from survey_app.reports.typesetting.blocks import Column, KeyFigure, Table
from survey_app.reports.typesetting.figures import Figure, unsur_bars
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.wording import plots, terms
from survey_app.wording.reasons import reason_clause
from survey_app.wording.voice import Voice

#: Of one unit's sheets: what is the same in all of them is the index, and perhaps every answer.
SAME_INDEX = Text("indeks semua responden sama", "every respondent has the same index")
SAME_ANSWERS = Text("semua responden menilai sama", "all respondents gave the same score")
LABEL = Text("Indeks Kepuasan Masyarakat (IKM)", "Community satisfaction index (IKM)")
NOT_SHOWN = Text("Tidak ditampilkan", "Not shown")
NO_VALUE_YET = Text("Belum ada nilai", "No score yet")
CANNOT_BE_COMPUTED = Text("Tidak dapat dihitung", "Cannot be computed")
RESPONDENTS = Text("Responden (n)", "Respondents (n)")
USERS = Text("Pengguna layanan (N)", "Service users (N)")
COVERAGE = Text("Cakupan (n/N)", "Coverage (n/N)")
INTERVAL = Text("Selang kepercayaan 95%", "95% confidence interval")
COMPARATOR = Text("Pembanding bobot {weight}", "Comparator, weight {weight}")
NO_INTERVAL = Text("tidak ada: {why}", "none: {why}")
FROM_ONE_RESPONDENT = Text(
    "Nilai ini berasal dari satu responden saja. Nilai ini hanya menggambarkan pendapat satu orang dan tidak "
    "layak dipublikasikan sebagai mutu pelayanan.",
    "This score comes from a single respondent. It reflects the opinion of one person only and is not "
    "fit to be published as the quality of the service.",
)
ONE_RESPONDENT = Text("{g}, satu responden", "{g}, one respondent")
NO_SHEETS = Text(
    "Belum ada kuesioner terisi pada periode ini, sehingga tidak ada nilai yang dapat dilaporkan.",
    "No questionnaire has been completed in this period, so there is no score to report.",
)
NOBODY_ANSWERED = Text(
    "Indeks tidak dapat dihitung, karena tidak seorang pun menjawab {unsur}.",
    "The index cannot be computed, because nobody answered {unsur}.",
)
NOT_RECORDED = Text("belum dicatat", "not recorded")
WITHHELD = Text(
    "{what} tidak ditampilkan untuk menjaga kerahasiaan, karena {why}.",
    "To keep answers private, {what} not shown: {why}.",
)


def key_figure(result: UnitResult, voice: Voice) -> KeyFigure:
    """IKM, mutu and kinerja with everything the number needs beside it."""
    score = result.score
    gives_ikm = result.instrument.gives_ikm
    label = voice.text(LABEL) if gives_ikm else index_name(result.instrument, voice)
    if narrowed.hidden(score):
        withheld = voice.text(NOT_SHOWN)
        return KeyFigure(label, withheld, explain(score, "ikm", voice), ())
    if score.ikm is None:
        undefined = voice.text(CANNOT_BE_COMPUTED)
        return KeyFigure(label, undefined, explain(score, "ikm", voice), facts(result, voice))
    return KeyFigure(label, voice.decimal(score.ikm), _grade(result, voice), facts(result, voice))


def index_name(instrument: Instrument, voice: Voice) -> str:
    """IKM; of a questionnaire whose result is none, the index by its title."""
    return voice.text(terms.index_name(instrument))


def people(score: IkmResult, voice: Voice) -> str:
    """Respondents; a dash where their number is hidden."""
    n = narrowed.people(score)
    return "–" if n is None else voice.count(n)


def facts(result: UnitResult, voice: Voice) -> tuple[tuple[str, str], ...]:
    """What the number stands on, as pairs of name and value."""
    score = result.score
    known = [
        (voice.text(RESPONDENTS), people(score, voice)),
        (voice.text(USERS), _population(result, voice)),
        (voice.text(COVERAGE), _coverage(score, voice)),
        (
            voice.text(INTERVAL),
            interval(score, voice, unanimous=result.current.unanimous),
        ),
    ]
    known += [(name, voice.decimal(value)) for name, value in comparators(score, voice)]
    return tuple(known)


def comparators(score: IkmResult, voice: Voice) -> list[tuple[str, Decimal]]:
    """What the rounded weights in the regulation give, by name; nothing where there is none."""
    named = []
    for weight, value in (("0,111", score.comparator_0111), ("0,11", score.comparator_011)):
        if value is not None:
            shown = weight if voice.language == "id" else weight.replace(",", ".")
            name = voice.text(COMPARATOR.format(weight=shown))
            named.append((name, value))
    return named


def interval(score: IkmResult, voice: Voice, *, unanimous: bool = False) -> str:
    """The 95% interval, or why there is none. `unanimous`: nobody answered otherwise than the others."""
    why = score.reason("interval")
    if score.ikm is None:
        return voice.say("tidak ada", "none")
    if score.interval is None:
        return voice.text(NO_INTERVAL.format(why=explain(score, "interval", voice)))
    words = voice.interval(score.interval)
    return words if why is None else f"{words} ({explain(score, 'interval', voice, unanimous=unanimous)})"


def notices(result: UnitResult, voice: Voice) -> tuple[str, ...]:
    """What a reader must know before using the number; empty for an ordinary one."""
    score, said = result.score, []
    if score.ikm is None and not narrowed.hidden(score):
        said.append(undefined(result, voice))
    elif score.n == 1:
        said.append(voice.text(FROM_ONE_RESPONDENT))
    if result.current.population_ignored:
        said.append(
            voice.say(
                "Jumlah pengguna layanan yang tercatat lebih kecil daripada jumlah responden, sehingga "
                "tidak dipakai. Catatan jumlah pengguna layanan perlu diperbaiki.",
                "The recorded number of service users is below the number of respondents and was not "
                "used. The record needs to be corrected.",
            )
        )
    said += [_other(ref, n, voice) for ref, n in result.others]
    return tuple(said)


def unsur_table(result: UnitResult, voice: Voice) -> Table:
    """The regulation's table: NRR, weighted NRR, IKM and mutu per unsur, then the index and the IKM."""
    score, instrument = result.score, result.instrument
    columns = (
        Column(voice.say("No.", "No.")),
        Column(voice.text(terms.UNSUR), width=3),
        Column(voice.say("Jumlah nilai", "Total"), "right", 0.9),
        Column(voice.say("Yang menjawab", "Answers"), "right", 1.1),
        Column("NRR", "right", 0.8),
        Column(voice.say("NRR tertimbang", "Weighted NRR"), "right", 1.2),
        Column(unsur_value(instrument, voice), "right", 0.8),
        Column(voice.text(terms.MUTU), "center"),
    )
    rows = [
        _unsur_row(element, unsur, voice)
        for element, unsur in zip(instrument.elements, score.unsur, strict=True)
    ]
    return Table(
        caption=voice.say("Nilai per unsur pelayanan", "Scores per service element"),
        columns=columns,
        rows=[*rows, *_totals(result, voice)],
        summary=2 if score.exact is not None else 0,
    )


def unsur_figure(result: UnitResult, voice: Voice) -> Figure:
    """Bars of the unsur against the instrument's bands."""
    plot = plots.of_unsur(result.instrument, result.score.unsur, terms.unsur_value(result.instrument))
    return unsur_bars(plot, voice)


def element_name(element: Element, voice: Voice) -> str:
    return voice.text(plots.numbered(element))


def unsur_value(instrument: Instrument, voice: Voice) -> str:
    """What an unsur's value is called."""
    return voice.text(terms.unsur_value(instrument))


def grade(instrument: Instrument, mutu: str, voice: Voice) -> str:
    """B (Baik)."""
    return grade_in(instrument.kinerja, mutu, voice)


def grade_in(words: Mapping[str, Text], mutu: str, voice: Voice) -> str:
    """The same by a table of words; the letter alone where it has none."""
    return voice.text(graded(words, mutu))


def graded(words: Mapping[str, Text], mutu: str) -> Text:
    """The same in both languages."""
    if mutu not in words:
        return Text(mutu, mutu)
    return Text(f"{mutu} ({words[mutu].id})", f"{mutu} ({words[mutu].en})")


def _grade(result: UnitResult, voice: Voice) -> str:
    assert result.score.mutu is not None  # an IKM has a band
    words = grade(result.instrument, result.score.mutu, voice)
    return words if result.score.n > 1 else voice.text(ONE_RESPONDENT.format(g=words))


def explain(score: IkmResult, field: str, voice: Voice, *, unanimous: bool = False) -> str:
    """Why `field` is undefined or not ordinary, in words."""
    why = score.reason(field)
    if why is Reason.NO_VARIATION:
        return voice.text(SAME_ANSWERS if unanimous else SAME_INDEX)
    return "" if why is None else reason(why, voice)


def reason(why: Reason, voice: Voice) -> str:
    """Why a value is undefined or not ordinary, in words."""
    return voice.text(reason_clause(why))


def not_shown(what: Text, score: IkmResult, voice: Voice) -> str:
    """That something is hidden, and why."""
    return voice.text(WITHHELD.format(what=voice.text(what), why=explain(score, "ikm", voice)))


def undefined(result: UnitResult, voice: Voice) -> str:
    """Why there is no value, in a sentence."""
    if narrowed.hidden(result.score):
        return not_shown(Text("Nilai unit layanan", "the score of the unit is"), result.score, voice)
    if result.score.n == 0:
        return voice.text(NO_SHEETS)
    pairs = zip(result.instrument.elements, result.score.unsur, strict=True)
    missing = [element_name(element, voice) for element, unsur in pairs if unsur.n == 0]
    return voice.text(NOBODY_ANSWERED.format(unsur=voice.enumerate(missing)))


def _other(ref: str, n: int, voice: Voice) -> str:
    return voice.say(
        "Pada periode ini ada pula {n} jawaban atas kuesioner lain ({ref}). Jawaban tersebut tidak "
        "dihitung dalam nilai ini.",
        "Answers to another questionnaire ({ref}) were also given in this period and are not counted "
        "here: {n}.",
        n=voice.count(n),
        ref=ref,
    )


def _population(result: UnitResult, voice: Voice) -> str:
    if narrowed.hidden(result.score):
        return "–"
    if result.score.population is None:
        return voice.text(NOT_RECORDED)
    return voice.count(result.score.population)


def _coverage(score: IkmResult, voice: Voice) -> str:
    return "–" if score.population is None else voice.percent(score.n, score.population)


def _unsur_row(element: Element, unsur: UnsurResult, voice: Voice) -> tuple[str, ...]:
    name = (element.number, voice.text(element.name))
    if unsur.exact is None or unsur.ikm is None:
        return (*name, "–", "0", "–", "–", "–", "–")
    return (
        *name,
        voice.count(unsur.total),
        voice.count(unsur.n),
        voice.decimal(unsur.exact, 3),
        voice.decimal(unsur.weight * unsur.exact, 3),
        voice.decimal(unsur.ikm),
        unsur.mutu or "",
    )


def _totals(result: UnitResult, voice: Voice) -> list[tuple[str, ...]]:
    score = result.score
    if score.exact is None or score.ikm is None:
        return []
    index = score.exact / Fraction(score.scale)
    name = voice.say("Indeks (jumlah NRR tertimbang)", "Index (sum of the weighted NRR)")
    total = voice.say(
        "Nilai unit layanan (indeks × {scale})",
        "Score of the unit (index × {scale})",
        scale=voice.decimal(score.scale, 0),
    )
    return [
        ("", name, "", "", "", voice.decimal(index, 3), "", ""),
        ("", total, "", "", "", "", voice.decimal(score.ikm), score.mutu or ""),
    ]
