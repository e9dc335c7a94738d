"""Ringkasan: both indices of the province or an agency, what changed, who has not measured. One screen."""

from __future__ import annotations

from analytics import Period
from analytics.comparison import Method
from survey_app.pages.ringkasan import view
from survey_app.pages.ringkasan.view import Shown
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.ikm.targets import Index, target_for
from survey_app.services.ip_asn.overview import last_ip_asn
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.services.province import small_areas
from survey_app.services.province.overview import overview
from survey_app.services.province.summary import Summary, pooling_possible, summarise, summary
from survey_app.storage.database import Database
from survey_app.ui import choosing, layout, scopes
from survey_app.ui.acting import who
from survey_app.ui.answered import answered_or_explain
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    answered = answered_or_explain(database, t("Ringkasan", "Summary"))
    if answered is None:
        return
    with layout.choices():
        scope = choosing.filter_scope(answered.entries)
        period = choosing.choose_period(*answered.span)
        method = choosing.choose_method(
            list(Method) if pooling_possible(answered.entries, scope) else _UNPOOLED
        )
    layout.heading(scopes.name(answered.entries, scope))
    found = _found(database, scope, period, method)
    view.show(found, _beside(database, scope, period, found), runtime.today())


def _found(database: Database, scope: Scope, period: Period, method: Method) -> Summary:
    if who().may(Action.SEE_INSIDE):
        return summary(database, scope, period, method, back=_BACK)
    return summarise(without_few(overview(database, scope, period, back=_BACK)), method, back=_BACK)


def _beside(database: Database, scope: Scope, period: Period, found: Summary) -> Shown:
    staff = last_ip_asn(database, scope, period.first_day.year)
    if staff is not None and not who().may(Action.SEE_INSIDE):
        staff = staff[0], outgoing_staff.of_year(database, scope, staff[0]).whole
    year = Period.parse(str(staff[0] if staff else period.first_day.year))
    ikm, ip_asn = (
        target_for(database, scope, Index.IKM, period),
        target_for(database, scope, Index.IP_ASN, year),
    )
    # They stand where no change does, and are drawn anew after every answer: half a second for 500 units.
    changed = any(change.beyond_chance for change in found.changes)
    return Shown(staff, ikm, ip_asn, {} if changed else small_areas.estimates(database, period))


#: Periods of the same length that the trend shows before the chosen one.
_BACK = 5
_UNPOOLED = [Method.MEAN_OF_UNITS, Method.BY_VOLUME]
