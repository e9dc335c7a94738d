"""IP ASN against IKM on screen: a scatter, every correlation with its uncertainty, and what it is not."""

from __future__ import annotations

import streamlit as st

from analytics.ip_asn import Correlation
from survey_app.pages.keterkaitan.link_words import LINK_REASONS
from survey_app.services.ip_asn.linkage import SERIES, Linkage
from survey_app.text import Text
from survey_app.ui import address, layout, links, tables
from survey_app.ui.ip_asn_charts import link_chart
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers
from survey_app.wording.ip_asn_words import DIMENSION_NAMES

NOBODY = Text(
    "Belum ada unit yang memiliki IP ASN dan IKM pada tahun ini. Pilih tahun lain di samping.",
    "No unit has both IP ASN and IKM in this year. Choose another year in the sidebar.",
)
NO_STAFF = Text(
    "Belum ada IP ASN. Impor berkas pertama di halaman IP ASN, lalu keterkaitannya muncul di sini.",
    "There is no IP ASN yet. Import the first file on the IP ASN page, and the link appears here.",
)
EXPLORATORY = Text(
    "**Eksploratif.** Halaman ini membantu menemukan hal yang perlu diteliti, bukan menarik kesimpulan. "
    "IP ASN dan IKM yang sama-sama tinggi belum berarti yang satu menyebabkan yang lain. Belum ada "
    "penelitian yang mengaitkan kedua indeks resmi ini antarunit.",
    "**Exploratory.** This page is for finding questions, not for answering them. That a unit's IP ASN "
    "and IKM are both high does not show that one causes the other. No study has linked the two official "
    "indices across units.",
)
WITHOUT_IKM = Text("{n} tanpa IKM", "{n} without IKM")
LEFT_OUT = Text(" Tidak disertakan: {list}.", " Left out: {list}.")
LIMITS = Text("{low} sampai {high}", "{low} to {high}")

_SERIES = address.Place(name="banding", key="link-series")


def show(linkage: Linkage) -> None:
    """What this can tell, then the figure, the table, and the pair the rules may not allow."""
    _say_exploratory()
    _say_basis(linkage)
    if not linkage.units:
        st.info(say(NOBODY))
        return
    names = {key: say(DIMENSION_NAMES[key]) for key in SERIES}
    series = address.pills(t("Bandingkan IKM dengan", "Compare the IKM with"), names, _SERIES, "total")
    layout.show(link_chart(linkage.units, series, language()), f"link-{series}")
    st.caption(
        t(
            "Setiap titik mewakili satu unit. Garis tegak menunjukkan selang kepercayaan 95% untuk IKM "
            "unit itu.",
            "Each dot is one unit. The vertical line is the 95% confidence interval of its IKM.",
        )
    )
    _show_table(linkage)
    _show_twice(linkage)


def explain_no_staff() -> None:
    """Units exist, IP ASN does not."""
    st.info(say(NO_STAFF))
    st.link_button(t("Buka halaman IP ASN", "Open the IP ASN page"), links.page(links.IP_ASN))


def _say_exploratory() -> None:
    st.warning(say(EXPLORATORY))


def _say_basis(linkage: Linkage) -> None:
    reasons = (
        Text("{n} tanpa IP ASN", "{n} without IP ASN"),
        WITHOUT_IKM,
        Text("{n} diukur dengan aturan lain", "{n} measured by other rules"),
    )
    left_out = [say(text.format(n=n)) for text, n in zip(reasons, linkage.left_out, strict=True) if n]
    rules = "" if linkage.ruleset is None else say(Text(linkage.ruleset.title_id, linkage.ruleset.title_en))
    line = t("**{n} unit** dengan kedua nilai.", "**Units with both scores: {n}.**", n=len(linkage.units))
    if left_out:
        line += say(LEFT_OUT.format(list=", ".join(left_out)))
    st.markdown(f"{line} {rules}")
    _show_missing(linkage)


def _show_missing(linkage: Linkage) -> None:
    """Who is left out, by name."""
    why = (
        t("Tanpa IP ASN", "Without IP ASN"),
        t("Tanpa IKM", "Without IKM"),
        t("Diukur dengan aturan lain", "Measured by other rules"),
    )
    rows: list[list[tables.Cell]] = [
        [tables.Link(e.unit.name, links.result(e.unit.code), e.agency.name), reason]
        for reason, entries in zip(why, linkage.missing, strict=True)
        for e in entries
    ]
    if rows:
        with st.expander(t("Unit yang tidak disertakan ({n})", "Units left out ({n})", n=len(rows))):
            st.html(tables.table([t("Unit layanan", "Service unit"), t("Sebab", "Why")], rows))


def _show_table(linkage: Linkage) -> None:
    st.header(t("Korelasi dengan IKM", "Correlation with the IKM"), anchor=False)
    rows = [_row(say(DIMENSION_NAMES[key]), correlation) for key, correlation in linkage.correlations]
    columns = [
        t("Nilai pegawai", "Score of staff"),
        "Pearson (95%)",
        "Spearman (95%)",
        t("Dikoreksi", "Corrected"),
        t("|r| terkecil", "Smallest |r|"),
        "n",
    ]
    st.html(tables.table(columns, rows, numeric=5))
    for key, correlation in linkage.correlations:
        for text in _why(correlation):
            st.markdown(f"- **{say(DIMENSION_NAMES[key])}**: {text}")
    st.caption(
        t(
            "Dikoreksi: Pearson jika IKM tidak memiliki galat pengambilan sampel. |r| terkecil: korelasi "
            "terkecil yang jelas bukan nol dengan jumlah unit ini; hubungan di bawah angka itu belum jelas "
            "ada.",
            "Corrected: Pearson if the IKM had no sampling error. Smallest |r|: the smallest correlation "
            "that clearly differs from zero with this number of units; below it, no relation is clear.",
        )
    )


def _show_twice(linkage: Linkage) -> None:
    pair = linkage.kompetensi_kinerja
    if pair is None:
        return
    st.header(t("Kompetensi dan kinerja", "Competence and performance"), anchor=False)
    if pair.pearson is None:
        for text in _why(pair):
            st.markdown(text)
        return
    lang = language()
    st.markdown(
        t(
            "Pearson {r} (95%: {interval}), n = {n}; |r| terkecil yang jelas bukan nol: {least}.",
            "Pearson {r} (95%: {interval}), n = {n}; the smallest |r| that is clearly not zero: {least}.",
            r=numbers.signed(pair.pearson, lang),
            interval=_interval(pair.pearson_interval),
            n=pair.n,
            least=numbers.decimal(pair.r_minimum, lang),
        )
    )


def _row(name: str, correlation: Correlation) -> list[str]:
    lang = language()
    return [
        name,
        _with_interval(correlation.pearson, correlation.pearson_interval),
        _with_interval(correlation.spearman, correlation.spearman_interval),
        numbers.signed(correlation.corrected, lang),
        numbers.decimal(correlation.r_minimum, lang),
        str(correlation.n),
    ]


def _why(correlation: Correlation) -> list[str]:
    """Why values are missing, each reason once."""
    reasons = dict.fromkeys(reason for _, reason in correlation.reasons)
    return [say(LINK_REASONS[reason]) for reason in reasons]


def _with_interval(value: float | None, limits: tuple[float, float] | None) -> str:
    if value is None:
        return numbers.UNDEFINED
    return f"{numbers.signed(value, language())} ({_interval(limits)})"


def _interval(limits: tuple[float, float] | None) -> str:
    if limits is None:
        return numbers.UNDEFINED
    low, high = (numbers.limit(end, language()) for end in limits)
    return say(LIMITS.format(low=low, high=high))
