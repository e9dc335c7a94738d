"""The official index beside the one in which each service counts by the people it served."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from analytics.ikm import Estimate
from analytics.sampling import Weighted
from survey_app.pages.unit.raked_view import OFFICIAL
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.weighted import by_service
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import borrowed_words, numbers, terms
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

WEIGHTED = Text("Ditimbang menurut jumlah pengguna layanan", "Weighted by users of the services")
DESIGN_EFFECT = Text(
    "Efek desain {deff}: ketelitian dari {n} responden setara dengan {effective} responden yang tersebar "
    "sesuai jumlah pengguna setiap layanan.",
    "Design effect {deff}: {n} respondents give the precision of {effective} spread in proportion to the "
    "users of each service.",
)


def _about_interval(weighted: Weighted) -> Iterator[str]:
    """Whose variance is not their own, or why there is no interval."""
    if borrowed := borrowed_words.of_services(weighted, Voice(language())):
        yield borrowed
    elif weighted.weighted.interval is None and weighted.weighted.reason is not None:
        yield say(reason_text(weighted.weighted.reason))


def show(result: UnitResult) -> None:
    """Nothing unless the users of two services or more are recorded."""
    weighted, lang = by_service(result), language()
    if weighted is None or weighted.weighted.exact is None or weighted.design_effect is None:
        return
    st.header(t("Menurut jumlah pengguna tiap layanan", "By the users of each service"), anchor=False)
    rows = [
        (name, numbers.decimal(e.exact, lang), numbers.interval(e.interval, lang))
        for name, e in (
            (
                say(OFFICIAL),
                Estimate.of(result.score),
            ),
            (say(WEIGHTED), weighted.weighted),
        )
    ]
    columns = [t("Cara", "Method"), say(terms.index_name(result.instrument)), t("Selang 95%", "95% interval")]
    st.html(tables.table(columns, rows, numeric=2))
    st.caption(
        say(
            DESIGN_EFFECT.format(
                deff=numbers.decimal(weighted.design_effect, lang),
                n=numbers.whole(result.score.n, lang),
                effective=numbers.decimal(weighted.effective_n, lang, 0),
            )
        )
    )
    for words in _about_interval(weighted):
        st.caption(plain(words))
    if weighted.empty:
        st.caption(
            t(
                "Tanpa jawaban, sehingga tidak terwakili: {names} ({share} pengguna layanan).",
                "Without answers, so not represented: {names} ({share} of the users).",
                names=plain(", ".join(weighted.empty)),
                share=numbers.percent(1 - weighted.covered, lang),
            )
        )
