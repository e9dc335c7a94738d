"""The official index beside the one in which each service counts by the people it served."""

from __future__ import annotations

import streamlit as st

from survey_app.services.results import UnitResult
from survey_app.services.weighted import by_service
from survey_app.ui import numbers, tables
from survey_app.ui.plain import plain
from survey_app.ui.words import language, t


def show(result: UnitResult) -> None:
    """Nothing unless the users of two services or more are recorded."""
    found, lang = by_service(result), language()
    if found is None or found.weighted.exact is None or found.design_effect is None:
        return
    st.header(t("Menurut pengguna tiap layanan", "By the users of each service"), anchor=False)
    rows = [
        (name, numbers.decimal(e.exact, lang), numbers.interval(e.interval, lang))
        for name, e in (
            (t("Resmi: tiap responden sama", "Official: respondents alike"), found.raw),
            (t("Ditimbang menurut pengguna layanan", "Weighted by users of the services"), found.weighted),
        )
    ]
    columns = [t("Cara", "Method"), "IKM", t("Selang 95%", "95% interval")]
    st.html(tables.table(columns, rows, numeric=2))
    st.caption(
        t(
            "Efek desain {deff}: {n} responden setara dengan {effective} yang dipilih merata.",
            "Design effect {deff}: {n} respondents are worth {effective} chosen evenly.",
            deff=numbers.decimal(found.design_effect, lang),
            n=numbers.whole(result.score.n, lang),
            effective=numbers.decimal(found.effective_n, lang, 0),
        )
    )
    if found.empty:
        st.caption(
            t(
                "Tanpa jawaban, jadi tidak terwakili: {names} ({share} pengguna).",
                "Without answers, so not represented: {names} ({share} of the users).",
                names=plain(", ".join(found.empty)),
                share=numbers.percent(1 - found.covered, lang),
            )
        )
