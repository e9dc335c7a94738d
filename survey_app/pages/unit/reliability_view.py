"""Whether the questionnaire measures one thing: in words, by omega and alpha, and each unsur by its r."""

from __future__ import annotations

import streamlit as st

from analytics.ikm import Omega, Reliability
from survey_app.services.ikm.reliability import SheetReliability, sheet_reliability
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database
from survey_app.ui import tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, reliability_words, terms
from survey_app.wording.reasons import reason_text
from survey_app.wording.reliability_words import ALPHA, ASKED, NOT_RELIABLE, NOT_VALID, OMEGA, RELIABLE


def show(database: Database, result: UnitResult, reliability: Reliability) -> None:
    """What it comes to, omega and alpha with their intervals, then per unsur its relation with the rest."""
    st.header(t("Keandalan kuesioner", "Reliability of the questionnaire"), anchor=False)
    if reliability.alpha is None:
        st.markdown("" if reliability.reason is None else say(reason_text(reliability.reason)))
        return
    sheets = sheet_reliability(database, result)
    if sheets is not None:
        _show_omega(sheets.omega)
    _show_alpha(reliability.alpha, sheets)
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
                n=numbers.whole(reliability.n_effective, language()),
            )
        )


def _show_omega(omega: Omega) -> None:
    lang = language()
    if omega.omega is None:
        st.markdown(say(reliability_words.no_omega(omega)))
        return
    st.markdown(say(reliability_words.verdict(omega)))
    st.markdown(
        say(
            OMEGA.format(
                omega=numbers.decimal(omega.omega, lang, 3),
                interval=_interval_or_reason(omega.interval),
                percent=numbers.percent(max(omega.omega, 0.0), lang),
            )
        )
    )
    st.caption(say(reliability_words.ALL_ALIKE))


def _show_alpha(alpha: float, sheets: SheetReliability | None) -> None:
    lang = language()
    st.markdown(
        say(
            ALPHA.format(
                alpha=numbers.decimal(alpha, lang, 3),
                interval=_interval_or_reason(None if sheets is None else sheets.alpha_interval),
                verdict=say(RELIABLE if alpha > ASKED else NOT_RELIABLE),
                asked=numbers.decimal(ASKED, lang, 1),
            )
        )
    )


def _interval_or_reason(interval: tuple[float, float] | None) -> str:
    if interval is None:
        return say(reliability_words.NO_INTERVAL)
    return say(reliability_words.INTERVAL.format(interval=numbers.interval(interval, language(), 3)))


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
