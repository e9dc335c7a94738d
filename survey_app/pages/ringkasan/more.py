"""What stands below the screen: every sign, every change, estimates, who has no value, how it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.comparison import Method
from analytics.disclosure import MINIMUM
from survey_app.pages.ringkasan import cards, view
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province import left_out, small_areas
from survey_app.services.province.comparison import MINIMUM_RANKED
from survey_app.services.province.summary import FALSE_DISCOVERY, Against, Change, Summary
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, choosing, estimate_view, left_out_view, links, tables, trend_view
from survey_app.ui.cards import heading
from survey_app.ui.words import language, say, t
from survey_app.wording import area_words, numbers, periods

CHANGED = Text(
    "Jelas naik atau turun sejak {before}: {n} unit", "Clearly up or down since {before} (units: {n})"
)
TO = Text(" sampai ", " to ")
UNCHANGED = Text(
    "Belum ada unit yang jelas naik atau turun sejak {before} ({n} unit dibandingkan)",
    "No unit is clearly up or down since {before} yet (units compared: {n})",
)
LOWEST = Text("IKM terendah saat ini", "Lowest IKM at present")
NOBODY_TO_COMPARE = Text(
    "Belum ada unit yang dapat dibandingkan dengan {before}", "No units can be compared with {before} yet"
)
#: In the address.
TAB = "lihat"
#: Of the lowest.
_LOWEST = 10


def show(database: Database, shown: Briefing, methods: Sequence[Method]) -> None:
    """Tabs of which the open one alone is drawn."""
    names = {
        "perhatian": say(view.EVERYTHING.format(n=len(shown.alarms))),
        "perubahan": t("Unit yang berubah", "Units that changed"),
        "terendah": t("Unit terendah", "Lowest units"),
        "belum": t("Belum memiliki nilai IKM ({n})", "No IKM yet ({n})", n=len(shown.summary.unmeasured)),
        "cara": t("Cara menghitung", "How it is computed"),
    }
    st.html(f'<div id="{view.EVERY_ALARM}"></div>')
    drawn = address.tabs(names, address.Place(name=TAB, key="summary-more"))
    open_ = next((code for code, tab in drawn.items() if tab.open), "perhatian")
    with drawn[open_]:
        if open_ == "perhatian":
            cards.show_all(shown.alarms)
        elif open_ == "perubahan":
            st.html(_changes(shown))
        elif open_ == "terendah":
            st.html(_lowest(database, shown.summary))
        elif open_ == "belum":
            st.html(_unmeasured(shown.summary))
        else:
            _method(shown, methods)


def _changes(shown: Briefing) -> str:
    """Units that are clearly up or down, since a year ago and since the period before."""
    summary = shown.summary
    parts = [_since(summary.year_ago)] if summary.year_ago is not None else []
    not_compared = left_out_view.html(left_out.of_changes(summary), MINIMUM_RANKED) if summary.changes else ""
    return f'<section class="watch">{"".join([*parts, _since(summary.before)])}{not_compared}</section>'


def _since(against: Against) -> str:
    before, listed = periods.name(against.period, language()), against.clear
    if not listed:
        form = UNCHANGED if against.changes else NOBODY_TO_COMPARE
        return heading(say(form.format(before=before, n=len(against.changes))))
    note = t(
        "Dalam daftar seperti ini, paling banyak {share} unit diperkirakan sebenarnya tidak berubah.",
        "At most {share} of the units in a list like this are expected not to have changed at all.",
        share=numbers.percent(FALSE_DISCOVERY, language()),
    )
    title = heading(say(CHANGED.format(before=before, n=len(listed))))
    return f"{title}{_change_table(listed)}<small>{escape(note)}</small>"


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


def _lowest(database: Database, summary: Summary) -> str:
    """The lowest by their estimates, where units are enough for any: by the IKM the lowest of many are those
    of the fewest respondents. Else by the IKM of units of thirty."""
    estimates = small_areas.estimates(database, summary.period)
    valued = [u for u in summary.units if u.entry.unit.id in estimates]
    if valued:
        lowest = sorted(valued, key=lambda u: estimates[u.entry.unit.id].value)[:_LOWEST]
        rows = [[_official(u), estimate_view.cell(estimates[u.entry.unit.id])] for u in lowest]
        columns = [say(area_words.LOWEST), say(area_words.ESTIMATE)]
        meaning = f"<p><small>{escape(say(area_words.SHORT))}</small></p>"
        without = left_out_view.html(left_out.of_estimates(summary, estimates), MINIMUM)
        return f'<section class="watch">{tables.table(columns, rows, numeric=1)}{meaning}{without}</section>'
    found = summary.lowest(_LOWEST, MINIMUM_RANKED)
    too_few = left_out_view.html(left_out.of_lowest(summary, MINIMUM_RANKED), MINIMUM_RANKED)
    rows_of_all = [_value_row(u) for u in found]
    listed = tables.table([say(LOWEST), "IKM"], rows_of_all, numeric=1) if found else ""
    return f'<section class="watch">{listed}{too_few}</section>'


def _official(result: UnitResult) -> tables.Cell:
    lang, score, unit = language(), result.score, result.entry.unit
    value = f"IKM {numbers.decimal(score.ikm, lang)} {score.mutu or ''}".strip()
    return tables.Link(unit.name, links.result(unit.code), f"{value} · n {numbers.whole(score.n, lang)}")


def _value_row(result: UnitResult) -> list[tables.Cell]:
    lang, score, unit = language(), result.score, result.entry.unit
    limits = f"95%: {numbers.interval(score.interval, lang, 1)} · n {numbers.whole(score.n, lang)}"
    value = f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}"
    return [tables.Link(unit.name, links.result(unit.code), limits), value]


def _unmeasured(summary: Summary) -> str:
    """Who has no value in the period."""
    if not summary.unmeasured:
        return f"<p>{escape(t('Semua unit sudah memiliki nilai IKM.', 'Every unit has an IKM.'))}</p>"
    rows = [_unit_row(u) for u in summary.unmeasured]
    return tables.table([t("{n} unit", "Units: {n}", n=numbers.whole(len(rows), language()))], rows)


def _unit_row(result: UnitResult) -> list[tables.Cell]:
    entry = result.entry
    return [tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name)]


def _method(shown: Briefing, methods: Sequence[Method]) -> None:
    """How unit values become one, and every value of the course."""
    choosing.choose_method(methods)
    lang, summary = language(), shown.summary
    rows: list[list[tables.Cell]] = [
        [
            periods.name(period, lang),
            numbers.decimal(index.estimate.exact, lang),
            index.band.mutu if index.band else "",
            numbers.interval(index.estimate.interval, lang),
            numbers.whole(index.n, lang),
            numbers.whole(index.coverage.reporting, lang),
        ]
        for period, index in reversed(summary.trend)
    ]
    columns = [t("Periode", "Period"), "IKM", t("Mutu", "Grade"), "95%", "n", t("Unit", "Units")]
    st.html(tables.table(columns, rows, numeric=len(columns) - 1))
    trend_view.show_breaks([(p, b) for (p, _), b in zip(summary.trend, summary.breaks, strict=True)])
