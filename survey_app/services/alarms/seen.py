"""What the rules look at: the results of a scope, read once, and who asks when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from analytics import Period
from analytics.ikm import Peers
from survey_app.services.alarms.limits import Rules, rules
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import OPEN
from survey_app.services.follow_up.actions import Action as ActionOfUnit
from survey_app.services.ikm import calibration
from survey_app.services.ikm.results import TREND_LENGTH, PeriodResult, UnitResult
from survey_app.services.places import clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.province.overview import Overview, overview
from survey_app.storage import calibrations
from survey_app.storage.calibrations import StoredPeers
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was read.

    Attributes:
        scope: within that of who asks.
        units: with what may not be told of few people already gone, where who asks sees nothing inside.
        all_rules: those that are asked.
    """

    database: Database
    acting: Acting
    scope: Scope
    now: datetime
    units: Overview
    all_rules: Rules = field(default_factory=rules)

    @property
    def period(self) -> Period:
        return self.units.period

    @property
    def inside(self) -> bool:
        """Whether what stays inside may be told."""
        return self.acting.may(Action.SEE_INSIDE)

    @cached_property
    def today(self) -> date:
        """The day at the office."""
        return clock.told_by(self.now).date()

    @property
    def place(self) -> Mapping[str, str]:
        """What the address of a page names that is about the whole scope."""
        named = {"agency": self.scope.agency, "unit": self.scope.unit, "period": str(self.period)}
        return {name: value for name, value in named.items() if value}

    @property
    def lately(self) -> bool:
        """Whether the period is the running one, or the last that is over: of others a register of today
        says nothing."""
        running = Period.containing(self.today, self.period.kind)
        return self.period in (running, running.shift(-1))

    @cached_property
    def under_way(self) -> Mapping[str, Sequence[ActionOfUnit]]:
        """What is planned or being done in each unit, by its code; nothing to who may not know."""
        if not self.acting.may(Action.SEE_FOLLOW_UP):
            return {}
        found: dict[str, list[ActionOfUnit]] = {}
        for entry, action in plans.of_units(self.database, list(self.entries.values())):
            if action.status in OPEN and action.plan:
                found.setdefault(entry.unit.code, []).append(action)
        return found

    @cached_property
    def entries(self) -> Mapping[int, UnitEntry]:
        """The units of the scope by their id."""
        return {unit.entry.unit.id: unit.entry for unit in self.units.units}

    @cached_property
    def measured(self) -> Sequence[UnitResult]:
        """Units with an IKM in the period."""
        return [u for u in self.units.measured if u.instrument.gives_ikm]

    def peers(self, unit: UnitResult) -> Peers | None:
        """Where the indices of the units of its questionnaire lay before the period; None for too few."""
        return calibration.peers(self._peers, unit.instrument)

    @cached_property
    def _peers(self) -> Sequence[StoredPeers]:
        with self.database.read() as connection:
            return calibrations.read_peers(connection, self.period.month_range[0])


def look(
    database: Database,
    acting: Acting,
    scope: Scope,
    period: Period,
    now: datetime,
    units: Overview | None = None,
) -> Seen:
    """Read what the rules look at; see `finding.find`."""
    within = scope.narrowed(acting.scope)
    read = units or overview(database, within, period, back=reach(period))
    if not acting.may(Action.SEE_INSIDE):
        read = without_few(read)
    return Seen(database=database, acting=acting, scope=within, now=now, units=read)


def reach(period: Period) -> int:
    """Periods before `period` that the rules look at: a year, and as many as a trend shows."""
    return max(12 // period.months, TREND_LENGTH[period.kind] - 1)


def at(unit: UnitResult, period: Period) -> PeriodResult | None:
    """The unit's result in a period of its trend; None where it reaches less far."""
    return next((part for part in unit.trend if part.period == period), None)
