"""IP ASN of a province, an agency or a unit on screen; it shows frozen results and computes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.disclosure import MINIMUM
from analytics.ip_asn import Ruleset, UnitIndex
from survey_app.pages.ip_asn import staff_tables
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.ip_asn.overview import IpAsnYear, YearPoint
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import cards, downloads, editions, layout
from survey_app.ui.colours import PLAIN
from survey_app.ui.ip_asn_charts import years_chart
from survey_app.ui.words import language, say, t
from survey_app.wording import ip_asn_words, numbers, plots
from survey_app.wording.ip_asn_words import VERIFICATION, WHOLE, gap_text, unknown_text

NOT_MEASURED = Text(
    "Belum ada IP ASN {year} di sini. Unggah berkasnya di tab Impor, atau pilih tahun lain.",
    "There is no IP ASN of {year} here. Upload its file on the Import tab, or choose another year.",
)
HIDDEN = Text(
    f"Nilai tidak ditampilkan: ada kelompok yang kurang dari {MINIMUM} pegawai.",
    f"The score is not shown: there is a group of fewer than {MINIMUM} staff.",
)
MIXED_RULES = Text(
    "Unit-unit di sini diukur dengan aturan yang berbeda sehingga nilainya tidak digabung: {rules}.",
    "The units here were measured by different rules, so their scores are not combined: {rules}.",
)
TREND = Text("Perkembangan", "Trend")
UNKNOWN = Text("Yang belum diketahui dari aturan ini", "What is not known about these rules")


def show(ip_asn: IpAsnYear, series: Sequence[YearPoint]) -> None:
    """Value and years side by side, then dimensions, groups, missing records, agencies and units."""
    measure = ip_asn.whole
    if measure.index is None or measure.ruleset is None:
        _explain_without(ip_asn)
    else:
        left, right = st.columns([2, 3], gap="medium")
        with left:
            _show_index(measure.index, measure.ruleset, ip_asn.year)
        with right:
            _show_years(series)
        _show_parts(measure, measure.index, measure.ruleset)
        _show_missing(ip_asn)
    if ip_asn.scope.unit is None:
        _show_members(ip_asn)


def offer_report(database: Database, scope: Scope, year: int) -> None:
    """The PDF of this scope and year, made when the button is pressed."""
    lang, name = language(), scope.unit or scope.agency or "provinsi"

    def make(person: Acting, inside: Acting | None = None) -> bytes:
        catalogue.require(database, person, scope, Action.SEE_RESULTS)
        return render_pdf(ipasn_report(IpAsnReport.of(database, scope, year, runtime.now(), lang, inside)))

    downloads.offer(
        t("Unduh laporan (PDF)", "Download the report (PDF)"),
        make,
        f"laporan-ip-asn-{name}-{year}-{lang}.pdf",
        "ipasn-report",
    )
    editions.offer_internal(
        lambda person: make(person, person),
        f"laporan-ip-asn-{name}-{year}-internal-{lang}.pdf",
        "ipasn-report-internal",
    )


def _show_index(index: UnitIndex, ruleset: Ruleset, year: int) -> None:
    lang, total = language(), index.total
    caption = t("IP ASN {year}", "IP ASN, {year}", year=year)
    grade = escape(total.category.name) if total.category else ""
    chip = f'<span class="mutu" style="background:{PLAIN}">{grade}</span>' if grade else ""
    facts = [
        (say(ip_asn_words.STAFF), numbers.whole(index.headcount, lang)),
        (say(ip_asn_words.FULL_SCORE), numbers.whole(total.n, lang)),
    ]
    st.html(cards.index_card(numbers.decimal(total.value, lang), chip, caption, facts))
    gap = gap_text(total, ruleset)
    if gap is not None:
        st.warning(say(gap))
    if total.value is None:
        st.warning(
            t(
                "Belum ada pegawai dengan empat dimensi lengkap.",
                "No member of staff has records for all four dimensions yet.",
            )
        )
    _show_rules(ruleset)


def _show_rules(ruleset: Ruleset) -> None:
    label = say(VERIFICATION[ruleset.verification])
    title = say(Text(ruleset.title_id, ruleset.title_en))
    st.caption(f"{title}. {label}.")
    if not ruleset.unknown:
        return
    with st.expander(say(UNKNOWN)):
        st.markdown("\n".join(f"- {say(unknown_text(item))}" for item in ruleset.unknown))


def _show_years(series: Sequence[YearPoint]) -> None:
    st.header(say(TREND), anchor=False)
    plot = plots.of_years(series)
    if not plot.known:
        return
    layout.show(years_chart(plot, language()), "ipasn-years")
    if any(point.breaks for point in series):
        st.caption(say(ip_asn_words.NEW_RULES))


def _show_parts(measure: Measure, index: UnitIndex, ruleset: Ruleset) -> None:
    st.header(t("Empat dimensi", "Four dimensions"), anchor=False)
    st.html(staff_tables.dimensions(index, ruleset))
    st.header(t("PNS, PPPK, dan penyetaraan jabatan", "PNS, PPPK and job equalisation"), anchor=False)
    st.html(staff_tables.groups(index))
    for split in sorted(measure.hidden_splits):
        st.caption(say(WHOLE[split]))


def _show_missing(ip_asn: IpAsnYear) -> None:
    st.header(say(ip_asn_words.MISSING), anchor=False)
    if not any(m.staff for m in ip_asn.whole.missing):
        st.markdown(
            t(
                "Keempat dimensi sudah tercatat untuk semua pegawai.",
                "All four dimensions are recorded for all staff.",
            )
        )
        return
    st.markdown(
        t(
            "Nilai rendah sering berarti datanya belum masuk. Tabel ini menunjukkan perubahan nilai jika "
            "data dilengkapi: “Perkiraan”, jika hasilnya seperti pegawai lain; “Paling banyak”, jika "
            "semua pegawai memperoleh nilai penuh.",
            "A low score often means that records are missing. The table shows how the score would "
            "change if they were complete: “Likely”, if the missing results are like those of other "
            "staff; “At most”, if everyone has full marks.",
        )
    )
    st.html(staff_tables.missing(ip_asn.whole.missing))
    if len(ip_asn.measured) > 1:
        st.subheader(
            t("Unit yang datanya paling perlu dilengkapi", "Units whose records most need completing"),
            anchor=False,
        )
        st.html(staff_tables.missing_by_unit(ip_asn))


def _show_members(ip_asn: IpAsnYear) -> None:
    if ip_asn.scope.agency is None:
        st.header(t("Instansi", "Agencies"), anchor=False)
        st.html(staff_tables.agencies(ip_asn))
        with st.expander(t("Semua {n} unit layanan", "All {n} service units", n=len(ip_asn.units))):
            st.html(staff_tables.units(ip_asn))
        return
    st.header(t("Unit layanan", "Service units"), anchor=False)
    st.html(staff_tables.units(ip_asn))


def _explain_without(ip_asn: IpAsnYear) -> None:
    if ip_asn.whole.hidden:
        st.info(say(HIDDEN))
        return
    if not ip_asn.whole.rulesets:
        st.info(say(NOT_MEASURED.format(year=ip_asn.year)))
        return
    rules = [say(Text(r.title_id, r.title_en)) for r in ip_asn.whole.rulesets]
    st.warning(say(MIXED_RULES.format(rules="; ".join(rules))))
