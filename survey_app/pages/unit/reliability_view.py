"""Whether the questionnaire measures one thing: in words, by omega and alpha, and each unsur by its r."""

from __future__ import annotations

import streamlit as st

from analytics.ikm import Omega, Reliability
from survey_app.services.ikm.reliability import SheetReliability
from survey_app.services.ikm.results import UnitResult
from survey_app.ui import tables
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, reliability_words
from survey_app.wording.reasons import reason_text
from survey_app.wording.reliability_words import ALPHA, ASKED, NOT_RELIABLE, OMEGA, RELIABLE
from survey_app.wording.voice import Voice


def show(result: UnitResult, reliability: Reliability, sheets: SheetReliability | None) -> None:
    """What it comes to, omega and alpha with their intervals, then per unsur its relation with the rest.

    `sheets`: None where they are hidden.
    """
    st.header(t("Keandalan kuesioner", "Reliability of the questionnaire"), anchor=False)
    if reliability.alpha is None:
        st.markdown("" if reliability.reason is None else say(reason_text(reliability.reason)))
        return
    voice = Voice(language())
    if sheets is not None:
        st.markdown(plain(reliability_words.said(sheets.omega, result.instrument, reliability, voice)))
        _show_omega(sheets.omega)
    _show_alpha(reliability.alpha, sheets)
    columns = [say(column) for column in reliability_words.COLUMNS]
    st.html(tables.table(columns, reliability_words.rows(result.instrument, reliability, voice), numeric=4))
    if reliability.pairwise:
        n = numbers.whole(reliability.n_effective, language())
        st.caption(say(reliability_words.PAIRWISE.format(n=n)))


def _show_omega(omega: Omega) -> None:
    lang = language()
    if omega.omega is None:
        return
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
