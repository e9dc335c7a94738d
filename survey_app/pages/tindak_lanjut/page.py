"""Tindak lanjut: what units do about their lowest unsur, how far they are, and whether it helped."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from analytics import Period
from survey_app.pages.tindak_lanjut import form, history_view, list_view, view
from survey_app.services.follow_up import listing, plans, waiting
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.process import runtime
from survey_app.services.province.overview import months_with_answers, overview
from survey_app.storage.database import Database
from survey_app.ui import acting, choosing, layout
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.words import say, t


def show() -> None:
    database = runtime.database()
    title = t("Tindak lanjut", "Follow-up")
    entries = units_or_explain(database, title)
    if not entries:
        return
    choices = layout.choices()
    with choices:
        scope = choosing.filter_agency_or_unit(entries)
        past = history_view.wanted()
    mine = [e for e in entries if scope.covers(e)]
    if past:
        with choices:
            narrowed = history_view.choose(mine)
        layout.heading(say(history_view.TITLE))
        history_view.show(database, mine, *narrowed)
        return
    if scope.unit is not None:
        entry = next(e for e in entries if e.unit.code == scope.unit)
        _show_unit(database, entry, choices)
        return
    inside = acting.who().may(Action.SEE_INSIDE)
    last = months_with_answers(database, scope)
    read: dict[str, dict[str, UnitResult]] = {}

    def measured(period: Period, back: int) -> dict[str, UnitResult]:
        units = overview(database, scope, period, back=back).units
        read[period.kind] = {u.entry.unit.code: u for u in units}
        return read[period.kind]

    today = runtime.today()
    found = listing.listed(
        database, acting.who(), mine, today, last[1] if last else None, measured if inside else None
    )
    with choices:
        chosen = list_view.choose(found)
    layout.heading(say(list_view.headline(chosen, judged=inside)))
    # Of the quarter where one was read, as on the other pages.
    results = read.get("quarter") or next(iter(read.values()), {})
    letters = {code: result.score.mutu for code, result in results.items()}
    pace = waiting.pace(database, acting.who(), chosen, today)
    list_view.show(chosen, listing.share_realised(chosen, today), pace, letters, judged=inside)


def _show_unit(database: Database, entry: UnitEntry, choices: DeltaGenerator) -> None:
    layout.heading(t("Tindak lanjut", "Follow-up"), entry.unit.name)
    span = unit_span_or_explain(database, entry)
    if span is None:
        return
    with choices:
        kind = choosing.choose_kind()
    register = plans.register(database, acting.who(), entry.unit.code)
    if acting.who().may(Action.CHANGE_FOLLOW_UP):
        view.show_proposals(database, entry, register, span[1], kind)
    view.show_register(database, entry, register, span[1])
    form.show(database, entry, register, runtime.now())
