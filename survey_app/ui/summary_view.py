"""The summary on screen: index with method and coverage, units by mutu, changes, units without a value."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.bands import SKM_2017
from analytics.rounding import half_up
from survey_app.instruments import get
from survey_app.services.catalogue import DEFAULT_INSTRUMENT
from survey_app.services.summary import FALSE_DISCOVERY, Change, Summary
from survey_app.ui import cards, charts, layout, links, numbers, periods, tables
from survey_app.ui.charts import Point
from survey_app.ui.choosing import METHODS
from survey_app.ui.reasons import reason_text
from survey_app.ui.words import language, say, t

_LISTED = 5


def show(found: Summary, today: date) -> None:
    """Everything on one screen: the index and its course, then who, what and where to look."""
    index, trend = st.columns([2, 3], gap="medium")
    with index:
        _show_index(found, today)
    with trend:
        st.subheader(t("Perkembangan", "Trend"), anchor=False)
        layout.show(charts.trend_chart(_points(found), SKM_2017, language()), "summary-trend")
    mutu, changes, unmeasured = st.columns(3, gap="medium")
    with mutu:
        rows = [(f"{m} · {say(get(DEFAULT_INSTRUMENT).kinerja[m])}", n) for m, n in found.by_mutu]
        rows.append((t("Belum ada nilai", "No value yet"), len(found.unmeasured)))
        st.html(cards.bars(t("Unit menurut mutu", "Units by grade"), rows, language()))
    with changes:
        _show_changes(found)
    with unmeasured:
        _show_unmeasured(found)


def _show_index(found: Summary, today: date) -> None:
    lang, estimate, coverage = language(), found.index.estimate, found.index.coverage
    value = None if estimate.exact is None else half_up(estimate.exact)
    band = found.index.band
    word = say(get(DEFAULT_INSTRUMENT).kinerja[band.mutu]) if band else None
    units = t("{x} dari {y} unit", "{x} of {y} units", x=coverage.reporting, y=coverage.total)
    facts = [
        (t("Selang 95 %", "95 % interval"), numbers.interval(estimate.interval, lang)),
        (t("Responden (n)", "Respondents (n)"), numbers.whole(found.index.n, lang)),
        (t("Cakupan", "Coverage"), units),
        (t("Metode", "Method"), say(METHODS[found.index.method])),
    ]
    caption = t("IKM {period}", "IKM, {period}", period=periods.name(found.period, lang))
    chip = cards.mutu_chip(band.mutu if band else None, word)
    st.html(cards.index_card(numbers.decimal(value, lang), chip, caption, facts))
    if estimate.reason is not None:
        st.warning(say(reason_text(estimate.reason)))
    st.markdown(layout.change_sentence(found.change, found.period.shift(-1)))
    if today < found.period.end_day:
        st.caption(t("Periode ini masih berjalan.", "This period is still running."))


def _show_changes(found: Summary) -> None:
    st.html(cards.heading(t("Berubah melampaui kebetulan", "Changed beyond chance")))
    listed = [c for c in found.changes if c.beyond_chance]
    if not listed:
        st.markdown(
            t(
                "Tidak ada, dari {n} unit yang dapat dibandingkan.",
                "None, of {n} units that can be compared.",
                n=len(found.changes),
            )
        )
        return
    shown = listed if len(listed) <= 2 * _LISTED else [*listed[:_LISTED], *listed[-_LISTED:]]
    st.html(tables.table([t("Unit", "Unit"), "±"], [_change_row(c) for c in shown], numeric=1))
    st.caption(
        t(
            "{n} unit. Dari daftar seperti ini paling banyak {share} diperkirakan kebetulan.",
            "{n} units. Of such a list at most {share} is expected to be chance.",
            n=len(listed),
            share=numbers.percent(FALSE_DISCOVERY, language()),
        )
    )


def _change_row(change: Change) -> list[tables.Cell]:
    entry = change.result.entry
    return [
        tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
        numbers.signed(change.difference.value, language()),
    ]


def _show_unmeasured(found: Summary) -> None:
    st.html(cards.heading(t("Belum mengukur pada periode ini", "Not measured in this period")))
    if not found.unmeasured:
        st.markdown(t("Semua unit sudah mengukur.", "Every unit has measured."))
        return
    rows: list[list[tables.Cell]] = [
        [tables.Link(u.entry.unit.name, links.result(u.entry.unit.code), u.entry.agency.name)]
        for u in found.unmeasured
    ]
    st.html(tables.table([t("{n} unit", "{n} units", n=len(rows))], rows[:_LISTED]))
    if len(rows) > _LISTED:
        with st.expander(t("Semua", "All")):
            st.html(tables.table([t("Unit", "Unit")], rows))


def _points(found: Summary) -> list[Point]:
    return [
        Point(period, a.estimate.value, a.estimate.interval, a.band.mutu if a.band else None, a.n)
        for period, a in found.trend
    ]
