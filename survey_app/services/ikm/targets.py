"""Targets of the IKM and the IP ASN: set for a province, an agency or a unit, and found for a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import partial

from analytics import Period
from survey_app.errors import Problem, Refused
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import targets
from survey_app.storage.database import Database
from survey_app.storage.targets import StoredTarget
from survey_app.text import Text


class Index(StrEnum):
    """What a target is of."""

    IKM = "ikm"
    IP_ASN = "ip-asn"


#: The lowest and the highest value an index can have.
SCALES = {Index.IKM: (25, 100), Index.IP_ASN: (0, 100)}


@dataclass(frozen=True)
class Target:
    """A target: the role that set it, and when."""

    index: Index
    period: Period
    value: Decimal
    set_by: str
    set_at: datetime


@dataclass(frozen=True)
class Goal:
    """What a report says of a target: its value, and the period it was set for."""

    period: Period
    value: Decimal


def _exact(database: Database, given: Given) -> object:
    """The value of the target that stands for exactly this scope, index and period."""
    kept = targets_of(database, given["scope"], given["index"])
    return next((target.value for target in kept if target.period == given["period"]), None)


@audited(Action.SET_TARGETS, "index", "period", "value", before=_exact)
def set_target(
    database: Database,
    acting: Acting,
    scope: Scope,
    index: Index,
    period: Period,
    value: Decimal,
    now: datetime,
) -> None:
    """Set the target of `scope` for `period`, in the place of an older one.

    Raises:
        Refused: `role-refused`, `scope-refused`, or `input-refused` for a value outside the scale, or an
            IP ASN target for less than a year.
        NotFound: `agency-unknown`, `unit-unknown`.
    """
    catalogue.require(database, acting, scope, Action.SET_TARGETS)
    problems = [*_value_problems(index, value), *_period_problems(index, period)]
    if problems:
        raise Refused.entries(problems)
    agency, unit = _place(database, scope)
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    new = StoredTarget(
        agency=agency,
        unit=unit,
        kind=index.value,
        period=str(period),
        value=rounded,
        set_by=acting.role.value,
        set_at=now,
    )
    database.write(partial(targets.put, new=new))


@audited(Action.SET_TARGETS, "index", "period", before=_exact)
def remove_target(database: Database, acting: Acting, scope: Scope, index: Index, period: Period) -> None:
    """Forget the target of `scope` for exactly `period`.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `agency-unknown`, `unit-unknown`.
    """
    catalogue.require(database, acting, scope, Action.SET_TARGETS)
    agency, unit = _place(database, scope)
    database.write(lambda connection: targets.remove(connection, agency, unit, index.value, str(period)))


def target_for(database: Database, scope: Scope, index: Index, period: Period) -> Target | None:
    """The target of `scope` that holds for `period`: of the period itself, or of the longer one around it.

    A target holds for the scope it was set for and for no other: what a province sets out to reach as a whole
    is not what each of its units promised.
    """
    return _held(database, _place(database, scope), index, period)


def held_everywhere(database: Database, index: Index, period: Period) -> dict[Scope, Target]:
    """As `target_for`, of every scope that has one, from one read; a unit's scope without its agency."""
    wanted = [str(p) for p in _around(period)]
    with database.read() as connection:
        found = targets.of_index(connection, index.value, wanted)
    # The longest first, so that the period's own comes last and stands.
    ordered = sorted(found, key=lambda stored: -wanted.index(stored.period))
    return {Scope(s.agency or None, s.unit or None): _target(s) for s in ordered}


def _around(period: Period) -> list[Period]:
    """The period and the longer ones that it lies in, the shortest first."""
    around = [Period.containing(period.first_day, kind) for kind in ("month", "quarter", "semester", "year")]
    return [p for p in around if p.months >= period.months]


def _held(database: Database, place: tuple[str, str], index: Index, period: Period) -> Target | None:
    wanted = _around(period)
    with database.read() as connection:
        found = targets.of_scope(connection, *place, index.value, [str(p) for p in wanted])
    by_period = {stored.period: stored for stored in found}
    return next((_target(by_period[str(p)]) for p in wanted if str(p) in by_period), None)


def target_of(database: Database, result: UnitResult) -> Target | None:
    """The target of the unit's IKM that holds for the result's period; None for one of its services."""
    if result.service is not None:
        return None
    return _held(database, ("", result.entry.unit.code), Index.IKM, result.period)


def goal_of(database: Database, result: UnitResult) -> Goal | None:
    """`target_of` for who may call the value an IKM; None without one."""
    target = target_of(database, result) if result.instrument.gives_ikm else None
    return None if target is None else Goal(target.period, target.value)


def targets_of(database: Database, scope: Scope, index: Index) -> list[Target]:
    """Every target of exactly this scope, the latest period first."""
    agency, unit = _place(database, scope)
    with database.read() as connection:
        found = [_target(stored) for stored in targets.of_scope(connection, agency, unit, index.value)]
    return sorted(found, key=lambda target: target.period, reverse=True)


def _target(stored: StoredTarget) -> Target:
    return Target(Index(stored.kind), Period.parse(stored.period), stored.value, stored.set_by, stored.set_at)


def _place(database: Database, scope: Scope) -> tuple[str, str]:
    """The codes a target is kept under: a unit's own, without its agency's."""
    if scope.unit is not None:
        return "", catalogue.find_unit(database, scope.unit, PROVINCE).unit.code
    if scope.agency is not None:
        return catalogue.find_agency(database, scope.agency).code, ""
    return "", ""


def _value_problems(index: Index, value: Decimal) -> list[Problem]:
    low, high = SCALES[index]
    if value.is_finite() and low <= value <= high:
        return []
    return [
        Problem.of(
            "target-range",
            "value",
            "Target harus antara {low} dan {high}.",
            "A target must be between {low} and {high}.",
            low=low,
            high=high,
        )
    ]


def _period_problems(index: Index, period: Period) -> list[Problem]:
    if index is Index.IKM or period.kind == "year":
        return []
    text = Text(
        "IP ASN diukur per tahun; pilih periode tahunan.", "IP ASN is measured by the year; choose a year."
    )
    return [Problem("target-period", "period", text)]
