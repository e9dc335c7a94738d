"""One unsur of a unit: how it was answered, and how it has moved."""

from __future__ import annotations

import streamlit as st

from survey_app.services.ikm.history import unsur_history
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import cards, trend_view
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import numbers, terms
from survey_app.wording.plots import CountRow, CountsPlot

UNSUR = Text(
    "NRR **{nrr}**, {index} unsur **{ikm}** ({mutu}), selang 95% {interval}",
    "NRR **{nrr}**, {index} of this service element **{ikm}** ({mutu}), 95% interval {interval}",
)
CHOOSE = Text("Pilih unsur", "Choose a service element")


def show_one(result: UnitResult) -> None:
    """Choose an unsur, the lowest at first; its answers word by word, its interval and its trend."""
    elements = result.instrument.elements
    st.header(t("Satu unsur", "One service element"), anchor=False)
    lowest = min(
        range(len(elements)), key=lambda i: result.score.unsur[i].nrr or result.instrument.levels + 1
    )
    position = st.selectbox(
        say(CHOOSE),
        range(len(elements)),
        index=lowest,
        format_func=lambda i: f"{elements[i].number} {say(elements[i].name)}",
        key=said_anew(f"unsur-{result.instrument.ref}"),
    )
    steps = unsur_history(result, elements[position].key)
    answers, trend = st.columns([2, 3], gap="medium")
    with answers:
        _show_answers(result, position, steps[-1].result.score.interval)
    with trend:
        trend_view.show_trend(steps, result.instrument.bands, "unsur-trend")


def _show_answers(result: UnitResult, position: int, interval: tuple[float, float] | None) -> None:
    lang, element, unsur = language(), result.instrument.elements[position], result.score.unsur[position]
    st.markdown(
        say(
            UNSUR.format(
                index=say(terms.index(result.instrument)),
                nrr=numbers.decimal(unsur.exact, lang, 3),
                ikm=numbers.decimal(unsur.ikm, lang),
                mutu=unsur.mutu or numbers.UNDEFINED,
                interval=numbers.interval(interval, lang),
            )
        )
    )
    unanswered, *counts = result.current.moments.counts[position].tolist()
    rows = [
        CountRow(label=Text(f"{score} {label.id}", f"{score} {label.en}"), count=n)
        for score, (label, n) in enumerate(zip(element.labels, counts, strict=True), 1)
    ]
    if unanswered:
        rows.append(CountRow(label=Text("Tidak dijawab", "Not answered"), count=unanswered, left_open=True))
    plot = CountsPlot(title=element.question, rows=tuple(rows), whole=unanswered + sum(counts))
    st.html(cards.bars(plot, lang))
