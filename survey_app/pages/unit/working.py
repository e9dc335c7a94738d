"""The computation of an IKM step by step, with the exact fractions it went through."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from analytics.formulas import FORMULAS
from survey_app.pages.unit import formula_words
from survey_app.services.ikm.reliability import SheetReliability
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Language, Text
from survey_app.ui import tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, odds_words, reliability_words, spread_words, terms
from survey_app.wording.voice import Voice, between

#: The formulas behind what the page shows of a unit, in the order of its parts.
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        Text("Nilai dan mutu", "Score and grade"),
        ("nrr", "weighted-nrr", "ikm", "rounding", "mutu", "comparators"),
    ),
    (
        Text("Selang kepercayaan dan peluang tiap mutu", "Interval and chances of the grades"),
        (
            "ikm-se",
            "ikm-interval",
            "dispersion-own",
            "dispersion-expected",
            "dispersion-past",
            "peers",
            "mutu-odds",
        ),
    ),
    (
        Text("Perubahan dan arah", "Change and direction"),
        (
            "change",
            "trend",
            "seasonal-trend",
            "persistence",
            "laney",
            "limit-angle",
            "sheet-sd",
            "laney-false-alarm",
        ),
    ),
    (Text("Prioritas", "Priorities"), ("item-rest", "priorities", "what-if", "next-mutu", "steps-up")),
    (
        Text("Responden", "Respondents"),
        (
            "krejcie-morgan",
            "half-width",
            "allocation",
            "progress",
            "post-stratification",
            "raking",
            "ways",
            "stand-out",
            "shares-beside",
        ),
    ),
    (
        Text("Pemeriksaan jawaban dan keandalan kuesioner", "Check of answers and reliability"),
        (
            "with-and-without",
            "polychoric",
            "one-factor",
            "omega",
            "covariance",
            "alpha",
            "alpha-interval",
            "reliability-interval",
            "r-table",
        ),
    ),
)
SHOWN = tuple(key for _, keys in GROUPS for key in keys)


def show_working(result: UnitResult, sheets: SheetReliability | None) -> None:
    """Sums and weights per unsur, the index, the rounding and the grade, the two comparators, and omega.

    `sheets`: what they tell of the questionnaire; None where that is hidden.
    """
    lang = language()
    st.html(tables.table(_columns(result), _rows(result, lang), numeric=6))
    for line in (*steps(result, lang), *_omega(sheets, lang)):
        st.markdown(line)
    _show_formulas(lang)


def _show_formulas(lang: Language) -> None:
    """The formulas behind this page, as docs/formulas.md lists them."""
    listed = {formula.key: formula for formula in FORMULAS}
    columns = t("Besaran", "Quantity"), t("Rumus", "Formula"), t("Sumber", "Source")
    for title, keys in GROUPS:
        rows = [formula_words.row(listed[key], lang) for key in keys]
        with st.expander(t("Rumus: {title}", "Formulas: {title}", title=say(title))):
            st.html(tables.table(columns, rows))


def _omega(sheets: SheetReliability | None, lang: Language) -> list[str]:
    """Nothing where it is not defined: the tab that shows it says why."""
    if sheets is None or sheets.omega.omega is None:
        return []
    return [f"**5.** {reliability_words.steps(sheets.omega, Voice(lang))}"]


def steps(result: UnitResult, lang: Language) -> list[str]:
    """The lines below the table, from the weighted sum to the letter."""
    score = result.score
    if score.exact is None or score.ikm is None or score.band is None:
        return []
    index = score.exact / score.scale
    low, high = (numbers.decimal(v, lang) for v in (score.band.low, score.band.high))
    lines = [
        t(
            "**1. Jumlah NRR tertimbang** = {sum}",
            "**1. Sum of weighted NRR** = {sum}",
            sum=_exact(index, lang),
        ),
        t(
            "**2. Dikali {scale}** = {value}",
            "**2. Times {scale}** = {value}",
            scale=score.scale,
            value=_exact(score.exact, lang),
        ),
        t(
            "**3. Dibulatkan sekali, setengah ke atas** = **{ikm}**, dalam {range}: mutu **{mutu}**",
            "**3. Rounded once, half up** = **{ikm}**, within {range}: grade **{mutu}**",
            ikm=numbers.decimal(score.ikm, lang),
            range=between(low, high),
            mutu=score.mutu,
        ),
    ]
    return [*lines, *_interval(result, lang), *_comparators(result, lang)]


def _interval(result: UnitResult, lang: Language) -> list[str]:
    score, voice = result.score, Voice(lang)
    if score.sample is None or score.interval is None:
        return []
    text = t(
        "**4. Selang kepercayaan 95%** = **{interval}**. {spread}",
        "**4. 95% confidence interval** = **{interval}**. {spread}",
        interval=voice.interval(score.interval),
        spread=spread_words.of_sample(score.sample, voice),
    )
    return [text, _odds(result, voice)]


def _odds(result: UnitResult, voice: Voice) -> str:
    if result.peers is None:
        return voice.text(odds_words.NO_PEERS)
    return odds_words.of_peers(result.peers, voice)


def _comparators(result: UnitResult, lang: Language) -> list[str]:
    score = result.score
    if score.comparator_011 is None or score.comparator_0111 is None:
        return []
    text = t(
        "Pembanding dengan bobot yang dibulatkan dalam peraturan: bobot 0,11 → {a}; bobot 0,111 → {b}. "
        "Keduanya bukan hasil resmi.",
        "For comparison, with the regulation's rounded weights: weight 0.11 → {a}; weight 0.111 → {b}. "
        "Neither is the official result.",
        a=numbers.decimal(score.comparator_011, lang),
        b=numbers.decimal(score.comparator_0111, lang),
    )
    return [text]


def _columns(result: UnitResult) -> list[str]:
    return [
        say(terms.UNSUR),
        t("Jumlah nilai", "Sum of scores"),
        "n",
        "NRR",
        t("Bobot", "Weight"),
        t("NRR tertimbang", "Weighted NRR"),
        say(terms.unsur_value(result.instrument)),
    ]


def _rows(result: UnitResult, lang: Language) -> list[list[str]]:
    rows = []
    for element, u in zip(result.instrument.elements, result.score.unsur, strict=True):
        name = f"{element.number} {element.name.in_language(lang)}"
        nrr = "–" if u.exact is None else numbers.decimal(u.exact, lang, 4)
        weighted = "–" if u.weighted is None else numbers.decimal(u.weighted, lang, 4)
        grade = "–" if u.ikm is None else f"{numbers.decimal(u.ikm, lang)} {u.mutu}"
        rows.append([name, str(u.total), str(u.n), nrr, str(u.weight), weighted, grade])
    return rows


def _exact(value: Fraction, lang: Language) -> str:
    """The fraction, and its first decimals when they do not end."""
    shown = Voice(lang).digits(value)
    return f"{value.numerator}/{value.denominator} = {shown}" if shown.endswith("…") else shown
