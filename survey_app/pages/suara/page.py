"""Suara warga: what citizens wrote: what is to be done about it, and all of it. No numbers of people."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator

from survey_app.pages.suara import audit_view, triage_view, view
from survey_app.services.complaints.cases import worklist
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.voices.reading import newest, of_enough
from survey_app.services.voices.worth import counts_worth
from survey_app.storage.database import Database
from survey_app.ui import acting, choosing, layout
from survey_app.ui.answered import Answered, answered_or_explain
from survey_app.ui.words import language, t
from survey_app.wording import periods


def show() -> None:
    database, person = runtime.database(), acting.who()
    answered = answered_or_explain(database, t("Suara warga", "What people say"))
    if answered is None:
        return
    choices = layout.choices()
    with choices:
        scope = choosing.filter_agency_or_unit(answered.entries)
    if person.may(Action.SEE_FOLLOW_UP) and triage_view.is_chosen():
        _show_triage(database, person, scope, choices)
    else:
        _show_all(database, person, scope, answered, choices)


def _show_triage(database: Database, person: Acting, scope: Scope, choices: DeltaGenerator) -> None:
    with choices:
        unsur = triage_view.choose_unsur()
        names = view.choose_reader(person) is not None
    found = worklist(database, person, scope, runtime.now(), names=names)
    may, inside = person.may(Action.CHANGE_FOLLOW_UP), person.may(Action.SEE_INSIDE)
    triage_view.show(database, found, unsur, may=may, inside=inside)


def _show_all(
    database: Database, person: Acting, scope: Scope, answered: Answered, choices: DeltaGenerator
) -> None:
    with choices:
        period = choosing.choose_period(*answered.span)
        reader = view.choose_reader(person)
    layout.heading(t("Suara warga", "What people say"), periods.name(period, language()))
    if audit_view.is_chosen(person):
        audit_view.show(database, person, scope, period)
        return
    heard = newest(database, scope, period, reader=reader)
    if not person.may(Action.SEE_INSIDE):
        heard = of_enough(heard)
    worth = counts_worth(database, scope, heard.voices) if heard.voices else None
    view.show(heard, worth, may_check=person.may(Action.CHECK_COMMENTS))
