"""Suara warga: what citizens wrote, by unsur and kind, with a search. No numbers of people."""

from __future__ import annotations

from survey_app.pages.suara import audit_view, view
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.services.voices.reading import newest, of_enough
from survey_app.services.voices.worth import counts_worth
from survey_app.ui import acting, choosing, layout
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import language, t
from survey_app.wording import periods


def show() -> None:
    database = runtime.database()
    answered = answered_or_explain(database, t("Suara warga", "What people say"))
    if answered is None:
        return
    with layout.choices():
        scope = choosing.filter_agency_or_unit(answered.entries)
        period = choosing.choose_period(*answered.span)
        reader = view.choose_reader(acting.who())
    layout.heading(t("Suara warga", "What people say"), periods.name(period, language()))
    if audit_view.is_chosen(acting.who()):
        audit_view.show(database, acting.who(), scope, period)
        return
    heard = newest(database, scope, period, reader=reader)
    if not acting.who().may(Action.SEE_INSIDE):
        heard = of_enough(heard)
    worth = counts_worth(database, scope, heard.voices) if heard.voices else None
    view.show(heard, worth, may_check=acting.who().may(Action.CHECK_COMMENTS))
