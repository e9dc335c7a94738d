"""How many answers a period needs, has and still lacks: the unit's, and each service's."""

from __future__ import annotations

import streamlit as st

from analytics.sampling import Progress
from survey_app.services.ikm.insight import Insight
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import links, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods

PRECISION = Text(
    "Ketelitian yang tercapai: ± {d} untuk perkiraan persentase (yang lazim: ± 5%).",
    "Precision reached: ± {d} for a percentage (± 5% is usual).",
)
MISSING = Text(
    "Masih kurang {m} responden: sekitar {d} responden per hari sampai akhir {period}.",
    "{m} more respondents are needed: about {d} a day until the end of {period}.",
)


def show_sampling(result: UnitResult, insight: Insight) -> None:
    """How many answers are needed and how many there are."""
    st.header(t("Kecukupan sampel", "Sample size"), anchor=False)
    lang, sampling = language(), insight.sampling
    if sampling is None:
        st.markdown(
            t(
                "Catat jumlah pengguna layanan di Pengaturan untuk mengetahui ukuran sampel yang diperlukan.",
                "Record the number of service users in Settings to know the sample size that is needed.",
            )
        )
        code = result.entry.unit.code
        st.link_button(t("Buka Pengaturan", "Open Settings"), links.settings(code))
        return
    text = t(
        "{n} dari {required} responden yang diperlukan (N = {users}, Krejcie-Morgan)",
        "{n} of {required} respondents needed (N = {users}, Krejcie-Morgan)",
        n=numbers.whole(sampling.achieved, lang),
        required=numbers.whole(sampling.required, lang),
        users=numbers.whole(sampling.population, lang),
    )
    st.progress(min(1.0, sampling.achieved / max(1, sampling.required)), text)
    if sampling.half_width is not None:
        st.markdown(say(PRECISION.format(d=numbers.percent(sampling.half_width, lang, 1))))
    if sampling.missing and sampling.per_day is not None:
        st.markdown(
            say(
                MISSING.format(
                    m=numbers.whole(sampling.missing, lang),
                    d=numbers.whole(sampling.per_day, lang),
                    period=periods.name(result.period, lang),
                )
            )
        )
    _show_services(result, sampling)


def _show_services(result: UnitResult, sampling: Progress) -> None:
    """What every service lacks: answers to one do not stand in for another."""
    if len(result.services) < 2:
        return
    lang = language()
    parts = {part.key: part for part in sampling.services}
    rows = []
    for counted in result.services:
        part = parts.get(counted.service.code)
        row = [counted.service.name, numbers.whole(counted.users, lang), numbers.UNDEFINED]
        row += [numbers.whole(counted.n, lang), numbers.UNDEFINED, numbers.UNDEFINED]
        if part is not None:
            row[2], row[4] = numbers.whole(part.required, lang), numbers.whole(part.missing, lang)
            row[5] = numbers.whole(part.per_day, lang)
        rows.append(row)
    columns = [
        t("Layanan", "Service"),
        t("Jumlah pengguna layanan (N)", "Service users (N)"),
        t("Perlu", "Needed"),
        t("Ada", "Have"),
        t("Kurang", "Still needed"),
        t("Per hari", "Per day"),
    ]
    st.html(tables.table(columns, rows, numeric=5))
    if "" in parts:
        st.caption(
            t(
                "Kebutuhan per layanan dihitung jika jumlah pengguna setiap layanan dicatat dengan benar.",
                "The respondents needed for each service are shown once the number of users of every "
                "service is recorded correctly.",
            )
        )
