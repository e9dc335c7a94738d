"""Odds, change, priorities and what-if of a unit, in words before figures."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import streamlit as st

from survey_app.pages.unit.priority_chart import priority_chart
from survey_app.services.ikm.insight import Insight, lift
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Language, Text
from survey_app.ui import layout, links, tables
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import numbers, odds_words, terms
from survey_app.wording.voice import Voice

TOO_ALIKE = Text(
    "Jawaban belum cukup beragam untuk melihat keterkaitan unsur.",
    "The answers do not vary enough to see how service elements are linked.",
)
READING = Text(
    "Makin ke kiri, makin rendah nilai unsurnya. Makin ke atas, makin sejalan unsur itu dengan unsur lain: "
    "siapa menilainya rendah, biasanya menilai unsur lain rendah juga. Ini bukan urutan perbaikan. "
    "Unsur yang dibenahi dahulu adalah unsur dengan mutu dan nilai terendah.",
    "The further left, the lower the score of a service element. The higher up, the more it goes with the "
    "others: who rates it low usually rates the others low too. This is no order of improvement. The service "
    "element to improve first is the one with the lowest grade and score.",
)
HOW = Text(
    "Titik penuh: letaknya jelas. Titik kosong: belum pasti. Cara menghitung: kuesioner tidak menanyakan "
    "tingkat kepentingan, sehingga dihitung dari korelasi tiap unsur dengan unsur lainnya (korelasi "
    "butir-total terkoreksi).",
    "Filled dots: the position is clear. Hollow dots: it is not certain. How it is computed: the "
    "questionnaire does not ask about importance, so it is derived from the correlation of each service "
    "element with the others (corrected item-total correlation).",
)
WHAT_IF = Text(
    "Jika NRR {unsur} berubah dari {a} menjadi {b}, {index} menjadi **{ikm}** dengan mutu **{mutu}**.",
    "If the NRR of {unsur} changes from {a} to {b}, the {index} becomes **{ikm}**, grade **{mutu}**.",
)


def offer_sureness(result: UnitResult) -> None:
    """The page that explains how sure all of it is, of the same period and service."""
    service = None if result.service is None else result.service.code
    address = links.sureness(result.entry.unit.code, result.period, service)
    st.link_button(t("Seberapa yakin?", "How sure?"), address)


def show_links(result: UnitResult, insight: Insight) -> None:
    """How each unsur goes with the others, against how it is judged: an annex, which orders nothing."""
    if insight.priorities.mean_importance is None or insight.priorities.mean_nrr is None:
        st.markdown(say(TOO_ALIKE))
        return
    st.markdown(say(READING))
    layout.show(priority_chart(insight.priorities, result.instrument, language()), "priorities")
    st.caption(say(HOW))


def show_what_if(result: UnitResult, insight: Insight) -> None:
    """What a better unsur would do to the index, and what the next letter needs."""
    names = {i: f"{e.number} {say(e.name)}" for i, e in enumerate(result.instrument.elements)}
    weakest = min(names, key=lambda i: result.score.unsur[i].nrr or 9)
    st.header(t("Simulasi", "What if"), anchor=False)
    position = st.selectbox(
        say(terms.UNSUR),
        list(names),
        index=weakest,
        format_func=lambda i: names[i],
        key=said_anew("lift-unsur"),
    )
    today, lang = result.score.unsur[position].nrr or 1.0, language()
    scale = _scale(result.instrument.levels, lang)
    nrr = st.select_slider(
        "NRR",
        list(scale),
        min(max(scale), Fraction(round(today * 100) + 10, 100)),
        format_func=lambda value: scale[value],
        key=f"lift-nrr-{position}-{lang}",  # its options are words: those of another language are not its own
    )
    outcome = lift(result, position, nrr)
    chances = odds_words.of_letters(outcome.odds, Voice(lang), odds_words.LETTER_THEN)
    st.markdown(
        say(
            WHAT_IF.format(
                index=say(terms.index(result.instrument)),
                unsur=names[position],
                a=numbers.decimal(today, lang),
                b=numbers.decimal(nrr, lang),
                ikm=numbers.decimal(outcome.outcome.ikm, lang),
                mutu=outcome.outcome.band.mutu,
            )
        )
        + (f" {chances}." if chances else "")
    )
    _show_next(insight, names)


# Some 300 words, each asked for twice as often as it is drawn: most of what the page would do.
@lru_cache(maxsize=16)
def _scale(levels: int, lang: Language) -> dict[Fraction, str]:
    """Every NRR that can be chosen, from 1 in steps of 0.01, as it is read."""
    steps = [Fraction(step, 100) for step in range(100, levels * 100 + 1)]
    return {nrr: numbers.decimal(nrr, lang) for nrr in steps}


def _show_next(insight: Insight, names: dict[int, str]) -> None:
    needed = [(i, n) for i, n in enumerate(insight.next_mutu) if n is not None and n.reachable]
    if not needed:
        return
    lang, target = language(), needed[0][1].target.mutu
    columns = [
        t(
            "Jika hanya satu unsur diperbaiki untuk mencapai mutu {m}",
            "To reach grade {m} by improving one service element only",
            m=target,
        ),
        t("NRR yang diperlukan", "NRR needed"),
        t("Jawaban yang perlu naik satu tingkat", "Answers that must rise by one level"),
    ]
    rows = [[names[i], numbers.decimal(n.nrr, lang), numbers.whole(n.sheets, lang)] for i, n in needed]
    st.html(tables.table(columns, rows, numeric=2))
