"""Formulir survei: every unit with what it has this month, and where its form can be tried."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from survey_app.pages.formulir import contact
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.services.province.overview import Overview, months_with_answers, overview
from survey_app.text import Text
from survey_app.ui import first_steps, layout, links, tables
from survey_app.ui.acting import who
from survey_app.ui.answered import units_or_explain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods

TITLE = Text("Formulir survei", "Survey forms")
MEASURED = Text(
    "**{measured} dari {all} unit** sudah memiliki jawaban pada {month}.",
    "**Units with answers in {month}: {measured} of {all}.**",
)
RUNNING = Text(" (masih berjalan)", " (not over yet)")


def show() -> None:
    database = runtime.database()
    units = units_or_explain(database, say(TITLE))
    if not units:
        return
    layout.heading(say(TITLE))
    contact.remind()
    span = months_with_answers(database, who().scope)
    if span is None:
        first_steps.show_waiting(units)
        return
    found = overview(database, who().scope, span[1])
    if not who().may(Action.SEE_INSIDE):
        found = replace(found, units=outgoing_recaps.of_units(database, found))
    _show_overview(found)


def _show_overview(all_units: Overview) -> None:
    month = periods.name(all_units.period, language())
    if runtime.today() < all_units.period.end_day:
        month += say(RUNNING)
    st.markdown(say(MEASURED.format(measured=len(all_units.measured), all=len(all_units.units), month=month)))
    columns = [
        t("Unit layanan", "Service unit"),
        t("IKM (selang 95%)", "IKM (95% interval)"),
        "n",
        t("Formulir", "Form"),
    ]
    st.html(tables.table(columns, [_row(u) for u in all_units.units], numeric=3))


def _row(result: UnitResult) -> list[tables.Cell]:
    unit, score, lang = result.entry.unit, result.score, language()
    value = f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}"
    return [
        tables.Link(unit.name, links.result(unit.code), result.entry.agency.name),
        tables.Noted(value, numbers.interval(score.interval, lang, 1)),
        numbers.whole(score.n, lang),
        tables.Link(t("Uji coba", "Trial"), links.trial(unit.code)),
    ]
