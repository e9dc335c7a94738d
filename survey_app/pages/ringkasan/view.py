"""The summary on screen: index with method and coverage, units by mutu, changes, units without a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from analytics import Reason
from analytics.disclosure import MINIMUM
from survey_app.pages.ringkasan import tiles
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Target
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.province import left_out
from survey_app.services.province.comparison import MINIMUM_RANKED
from survey_app.services.province.small_areas import Estimated
from survey_app.services.province.summary import FALSE_DISCOVERY, Change, Summary
from survey_app.text import Text
from survey_app.ui import cards, charts, estimate_view, layout, left_out_view, links, tables, trend_view
from survey_app.ui.words import language, say, t
from survey_app.wording import area_words, numbers, periods
from survey_app.wording.plots import CountRow, CountsPlot, TrendPlot, TrendPoint

_LISTED = 4
#: The last of them only where the screen is high enough: see `.watch` in the style sheet.
_LOWEST = 5
#: Low enough for everything to stand on a screen of 1024 x 768.
_CHART = 200
CHANGED = Text("Jelas naik atau turun: {n} unit", "Clearly up or down (units: {n})")
TO = Text(" sampai ", " to ")
UNCHANGED = Text(
    "Belum ada unit yang jelas naik atau turun ({n} unit dibandingkan)",
    "No unit is clearly up or down yet (units compared: {n})",
)
LOWEST = Text("IKM terendah saat ini", "Lowest IKM at present")
NOBODY_TO_COMPARE = Text("Belum ada unit yang dapat dibandingkan", "No units can be compared yet")


@dataclass(frozen=True)
class Shown:
    """What the page shows beside the summary: the IP ASN of the last measured year, both targets, and where
    units probably are (`small_areas.estimates`)."""

    staff: tuple[int, Measure] | None
    ikm_target: Target | None
    ip_asn_target: Target | None
    estimates: Mapping[int, Estimated]


def show(summary: Summary, beside: Shown, today: date) -> None:
    """Everything on one screen: both indices and the units by grade, then the course and where to look."""
    by_grade = cards.bars(_by_grade(summary), language())
    st.html(
        tiles.tiles(
            tiles.ikm_tile(summary, beside.ikm_target, today),
            tiles.ip_asn_tile(beside.staff, beside.ip_asn_target),
            f"<div>{by_grade}{_unmeasured(summary)}</div>",
        )
    )
    trend, changes = st.columns(2, gap="medium")
    with trend:
        st.html(cards.heading(t("Perkembangan IKM", "Trend of the IKM")))
        chart = charts.trend_chart(_trend(summary), language(), height=_CHART)
        layout.show(chart, "summary-trend")
        trend_view.show_breaks([(p, b) for (p, _), b in zip(summary.trend, summary.breaks, strict=True)])
    with changes:
        st.html(f'<section class="watch">{_changes(summary, beside.estimates)}</section>')
    if len(summary.unmeasured) > _LISTED:
        with st.expander(t("Semua unit yang belum memiliki nilai IKM", "All units without an IKM")):
            rows_of_all = [_unit_row(u) for u in summary.unmeasured]
            st.html(tables.table([t("Unit layanan", "Service unit")], rows_of_all))


def _by_grade(summary: Summary) -> CountsPlot:
    rows = [CountRow(label=_grade(letter, summary), count=n) for letter, n in summary.by_mutu]
    missing = CountRow(label=Text("Belum ada nilai", "No score yet"), count=len(summary.unmeasured))
    return CountsPlot(
        title=Text("Unit menurut mutu", "Units by grade"),
        rows=(*rows, missing),
        whole=len(summary.unmeasured) + sum(n for _, n in summary.by_mutu),
    )


def _grade(letter: str, summary: Summary) -> Text:
    word = summary.grading.words.get(letter)
    return Text(letter, letter) if word is None else Text(f"{letter} · {word.id}", f"{letter} · {word.en}")


def _changes(summary: Summary, estimates: Mapping[int, Estimated]) -> str:
    """Units that are clearly up or down, the largest falls and rises first; or the lowest, as HTML."""
    listed = [c for c in summary.changes if c.beyond_chance]
    if not listed:
        return _lowest(summary, estimates) + _not_compared(summary)
    shown = listed if len(listed) <= _LISTED else [*listed[: _LISTED // 2], *listed[-_LISTED // 2 :]]
    title = say(CHANGED.format(n=len(listed)))
    note = t(
        "Dalam daftar seperti ini, paling banyak {share} unit diperkirakan sebenarnya tidak berubah.",
        "At most {share} of the units in a list like this are expected not to have changed at all.",
        share=numbers.percent(FALSE_DISCOVERY, language()),
    )
    rest = f"<small>{escape(note)}</small>"
    if len(listed) > len(shown):
        rest = f"<details><summary>{t('Semua', 'All')}</summary>{_change_table(listed)}{rest}</details>"
    return cards.heading(title) + _change_table(shown) + rest + _not_compared(summary)


def _not_compared(summary: Summary) -> str:
    """Who is in no list of changes; said only where somebody is compared."""
    return left_out_view.html(left_out.of_changes(summary), MINIMUM_RANKED) if summary.changes else ""


def _change_table(changes: Sequence[Change]) -> str:
    columns = [t("Unit layanan", "Service unit"), t("Selisih (95%)", "Difference (95%)")]
    return tables.table(columns, [_change_row(c) for c in changes], numeric=1)


def _change_row(change: Change) -> list[tables.Cell]:
    unit, lang, limits = change.result.entry.unit, language(), change.difference.interval
    ends = say(TO).join(numbers.limit(end, lang, 1) for end in limits or ())
    return [
        tables.Link(unit.name, links.result(unit.code)),
        tables.Noted(numbers.signed(change.difference.value, lang), ends),
    ]


def _lowest(summary: Summary, estimates: Mapping[int, Estimated]) -> str:
    """Where to look when nothing has changed: the lowest, said to be no more than that.

    By their estimates, where units are enough for any: by the IKM the lowest of many are those of the fewest
    respondents, and without these nobody would look at them. Else by the IKM of units of thirty.
    """
    title = say(UNCHANGED.format(n=len(summary.changes)))
    if not summary.changes:
        title = _nothing_to_compare(summary)
    valued = [u for u in summary.units if u.entry.unit.id in estimates]
    if valued:
        return cards.heading(title) + _lowest_estimated(summary, valued, estimates)
    lowest = summary.lowest(_LOWEST, MINIMUM_RANKED)
    too_few = left_out_view.html(left_out.of_lowest(summary, MINIMUM_RANKED), MINIMUM_RANKED)
    if not lowest:
        return cards.heading(title) + too_few
    columns = [say(LOWEST), "IKM"]
    return cards.heading(title) + tables.table(columns, [_value_row(u) for u in lowest], numeric=1) + too_few


def _lowest_estimated(
    summary: Summary, valued: Sequence[UnitResult], estimates: Mapping[int, Estimated]
) -> str:
    lowest = sorted(valued, key=lambda u: estimates[u.entry.unit.id].value)[:_LOWEST]
    rows = [[_official(u), estimate_view.cell(estimates[u.entry.unit.id])] for u in lowest]
    columns = [say(area_words.LOWEST), say(area_words.ESTIMATE)]
    meaning = f"<p><small>{escape(say(area_words.SHORT))}</small></p>"
    without = left_out_view.html(left_out.of_estimates(summary, estimates), MINIMUM)
    return tables.table(columns, rows, numeric=1) + meaning + without


def _official(result: UnitResult) -> tables.Cell:
    lang, score, unit = language(), result.score, result.entry.unit
    value = f"IKM {numbers.decimal(score.ikm, lang)} {score.mutu or ''}".strip()
    return tables.Link(unit.name, links.result(unit.code), f"{value} · n {numbers.whole(score.n, lang)}")


def _nothing_to_compare(summary: Summary) -> str:
    if summary.change.reason is not Reason.RULE_CHANGED:
        return say(NOBODY_TO_COMPARE)
    return layout.without_comparison(summary.change, periods.name(summary.period.shift(-1), language()))


def _value_row(result: UnitResult) -> list[tables.Cell]:
    lang, score, unit = language(), result.score, result.entry.unit
    limits = f"95%: {numbers.interval(score.interval, lang, 1)} · n {numbers.whole(score.n, lang)}"
    value = f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}"
    return [tables.Link(unit.name, links.result(unit.code), limits), value]


def _unmeasured(summary: Summary) -> str:
    """Who has no value in the period, as HTML: the first few, and how many there are."""
    title = t("Belum memiliki nilai IKM", "No IKM yet")
    if not summary.unmeasured:
        every = t("Semua unit sudah memiliki nilai IKM.", "Every unit has an IKM.")
        return cards.heading(title) + f"<p>{escape(every)}</p>"
    listed = tables.table(
        [t("{n} unit", "Units: {n}", n=numbers.whole(len(summary.unmeasured), language()))],
        [_unit_row(u) for u in summary.unmeasured[:_LISTED]],
    )
    return cards.heading(title) + listed


def _unit_row(result: UnitResult) -> list[tables.Cell]:
    entry = result.entry
    return [tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name)]


def _trend(summary: Summary) -> TrendPlot:
    points = [
        TrendPoint(
            period=period,
            value=a.estimate.value,
            interval=a.estimate.interval,
            mutu=a.band.mutu if a.band else None,
            n=a.n,
            break_before=bool(breaks),
        )
        for (period, a), breaks in zip(summary.trend, summary.breaks, strict=True)
    ]
    return TrendPlot(points=tuple(points), bands=tuple(summary.shading))
