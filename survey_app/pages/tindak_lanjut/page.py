"""Tindak lanjut: what the unit does about its lowest unsur, how far it is, and whether it helped."""

from __future__ import annotations

from survey_app.pages.tindak_lanjut import form, view
from survey_app.services.follow_up import plans
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.ui import acting, choosing, layout
from survey_app.ui.answered import unit_span_or_explain, units_or_explain
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    title = t("Tindak lanjut", "Follow-up")
    entries = units_or_explain(database, title)
    if not entries:
        return
    choices = layout.choices()
    with choices:
        entry = choosing.filter_unit(entries)
    layout.heading(title, entry.unit.name)
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
