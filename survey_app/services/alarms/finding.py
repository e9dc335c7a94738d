"""Everything that deserves attention in a scope and period, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from analytics import Period
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule, Rules
from survey_app.services.alarms.rules import (
    below_target,
    complaint_waiting,
    fell,
    flagged,
    grade,
    kiosk_silent,
    not_measured,
    overdue,
    report_due,
    staff_missing,
    theme_growing,
)
from survey_app.services.alarms.seen import Seen, look
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import Overview
from survey_app.storage.database import Database

#: What finds the alarms of each kind.
RULES: Mapping[Kind, Callable[[Seen, Rule], Iterable[Alarm]]] = MappingProxyType(
    {
        Kind.GRADE: grade.find,
        Kind.FELL: fell.find,
        Kind.FLAGGED: flagged.find,
        Kind.BELOW_TARGET: below_target.find,
        Kind.OVERDUE: overdue.find,
        Kind.COMPLAINT_WAITING: complaint_waiting.find,
        Kind.KIOSK_SILENT: kiosk_silent.find,
        Kind.THEME_GROWING: theme_growing.find,
        Kind.NOT_MEASURED: not_measured.find,
        Kind.REPORT_DUE: report_due.find,
        Kind.STAFF_MISSING: staff_missing.find,
    }
)
#: What registers say today, whatever period is looked at.
OF_TODAY = frozenset(
    {Kind.OVERDUE, Kind.COMPLAINT_WAITING, Kind.KIOSK_SILENT, Kind.REPORT_DUE, Kind.STAFF_MISSING}
)


@asked(Action.SEE_RESULTS)
def find(
    database: Database,
    acting: Acting,
    scope: Scope,
    period: Period,
    now: datetime,
    units: Overview | None = None,
) -> tuple[Alarm, ...]:
    """The alarms of what lies in `scope` and in that of who asks, the best first: first one of each kind in
    the order of the rules, then the others; what is not sure yet comes one round later.

    Args:
        units: of `scope` and `period`, with `seen.reach(period)` periods before it, where a page has read
            them already; a unit's trend that reaches less far has fewer comparisons.

    Raises:
        Refused: `role-refused`.
    """
    acting.require_action(Action.SEE_RESULTS)
    seen = look(database, acting, scope, period, now, units)
    if not seen.units.units:
        return ()
    asked_now = [rule for rule in seen.all_rules.rules if seen.lately or rule.kind not in OF_TODAY]
    found = [alarm for rule in asked_now for alarm in RULES[rule.kind](seen, rule)]
    return in_order(found, seen.all_rules)


def in_order(alarms: Iterable[Alarm], rules: Rules) -> tuple[Alarm, ...]:
    """The order of the cards; those of one kind stay in theirs."""
    places: dict[Kind, int] = {}
    keyed: list[tuple[int, int, Alarm]] = []
    for alarm in alarms:
        place = places[alarm.kind] = places.get(alarm.kind, -1) + 1
        keyed.append((place + (alarm.sure is Sure.NOT_YET), rules.order(alarm.kind), alarm))
    return tuple(alarm for *_, alarm in sorted(keyed, key=lambda row: row[:2]))
