"""Whether the questionnaire measures one thing: Cronbach's alpha, and each unsur against the r table."""

from __future__ import annotations

import streamlit as st

from analytics.ikm import Reliability
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, terms
from survey_app.wording.reasons import reason_text

#: What Indonesian reports ask of alpha. Practice, not the regulation.
_ASKED = 0.6
ALPHA = Text(
    "Alfa Cronbach **{alpha}** (selang 95% {interval}): {verdict}. Batas yang lazim dipakai: di atas "
    "{asked}.",
    "Cronbach's alpha **{alpha}** (95%: {interval}): {verdict}. The usual threshold: above {asked}.",
)
RELIABLE = Text("andal", "reliable")
NOT_VALID = Text("tidak", "no")


def show(result: UnitResult, reliability: Reliability) -> None:
    """Alpha with its interval, then per unsur the item-rest correlation and alpha without it."""
    st.header(t("Keandalan kuesioner", "Reliability of the questionnaire"), anchor=False)
    if reliability.alpha is None:
        st.markdown("" if reliability.reason is None else say(reason_text(reliability.reason)))
        return
    lang = language()
    verdict = say(RELIABLE) if reliability.alpha > _ASKED else t("belum andal", "not reliable yet")
    st.markdown(
        say(
            ALPHA.format(
                alpha=numbers.decimal(reliability.alpha, lang, 3),
                interval=numbers.interval(reliability.interval, lang, 3),
                verdict=verdict,
                asked=numbers.decimal(_ASKED, lang, 1),
            )
        )
    )
    columns = [
        say(terms.UNSUR),
        t("r hitung (unsur dengan unsur lainnya)", "r (element with the rest)"),
        t("r tabel", "critical r"),
        t("Valid", "Valid"),
        t("Alfa tanpa unsur ini", "Alpha without it"),
    ]
    st.html(tables.table(columns, _rows(result, reliability), numeric=4))
    if reliability.pairwise:
        st.caption(
            t(
                "Sebagian pertanyaan tidak dijawab. Karena itu, perhitungan memakai pasangan unsur yang "
                "sama-sama dijawab oleh sedikitnya {n} responden.",
                "Some questions were left unanswered. The calculation therefore uses pairs of service "
                "elements answered by the same people, at least {n} of them.",
                n=numbers.whole(reliability.n_effective, lang),
            )
        )


def _rows(result: UnitResult, reliability: Reliability) -> list[tuple[str, ...]]:
    lang = language()
    verdicts = {True: t("ya", "yes"), False: say(NOT_VALID), None: numbers.UNDEFINED}
    per_unsur = zip(
        result.instrument.elements,
        reliability.item_rest,
        reliability.valid,
        reliability.alpha_if_dropped,
        strict=True,
    )
    return [
        (
            f"{element.number} {say(element.name)}",
            numbers.decimal(r, lang, 3),
            numbers.decimal(reliability.r_critical, lang, 3),
            verdicts[valid],
            numbers.decimal(without, lang, 3),
        )
        for element, r, valid, without in per_unsur
    ]
