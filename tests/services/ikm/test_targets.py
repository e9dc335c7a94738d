"""Targets hold for the scope and the periods they were set for, and the latest word counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.period import Period
from survey_app.errors import NotFound, Refused
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.submissions import NOW

YEAR, QUARTER = Period.parse("2026"), Period.parse("2026-TW3")
UNIT = Scope(unit="ptsp")


def put(
    database: Database, scope: Scope, value: str, period: Period = YEAR, index: Index = Index.IKM
) -> None:
    targets.set_target(database, ADMIN, scope, index, period, Decimal(value), NOW)


def value(database: Database, scope: Scope, period: Period, index: Index = Index.IKM) -> str | None:
    target = targets.target_for(database, scope, index, period)
    return None if target is None else str(target.value)


def test_a_target_holds_for_its_own_scope_only(database: Database, unit: UnitEntry) -> None:
    put(database, PROVINCE, "82")
    put(database, Scope(agency="dpmptsp"), "83.5")
    assert value(database, PROVINCE, YEAR) == "82.00"
    assert value(database, Scope(agency="dpmptsp"), YEAR) == "83.50"
    assert value(database, UNIT, YEAR) is None
    # A unit is the same unit with and without its agency.
    put(database, Scope(agency="dpmptsp", unit="ptsp"), "90")
    assert value(database, UNIT, YEAR) == "90.00"
    assert value(database, PROVINCE, YEAR, Index.IP_ASN) is None


def test_the_target_of_a_year_holds_for_its_parts_unless_they_have_their_own(
    database: Database, unit: UnitEntry
) -> None:
    put(database, UNIT, "85")
    put(database, UNIT, "86.005", QUARTER)
    # The nearest period around it: TW3 has its own (rounded half up), July lies in it, TW4 has the year's.
    asked = ("2026", "2026-S2", "2026-TW3", "2026-07", "2026-TW4", "2025-TW3")
    found = [value(database, UNIT, Period.parse(period)) for period in asked]
    assert found == ["85.00", "85.00", "86.01", "86.01", "85.00", None]


def test_a_new_value_replaces_the_old_and_a_removed_one_is_gone(database: Database, unit: UnitEntry) -> None:
    put(database, UNIT, "85")
    put(database, UNIT, "87")
    (kept,) = targets.targets_of(database, UNIT, Index.IKM)
    assert (kept.value, kept.set_by, kept.set_at) == (Decimal("87.00"), "admin", NOW)
    targets.remove_target(database, ADMIN, UNIT, Index.IKM, YEAR)
    assert targets.targets_of(database, UNIT, Index.IKM) == []


@pytest.mark.parametrize(
    ("index", "period", "amount", "code"),
    [
        (Index.IKM, YEAR, "24.99", "target-range"),
        (Index.IKM, YEAR, "100.01", "target-range"),
        (Index.IKM, YEAR, "NaN", "target-range"),
        (Index.IP_ASN, YEAR, "-1", "target-range"),
        (Index.IP_ASN, QUARTER, "80", "target-period"),
    ],
)
def test_what_cannot_be_reached_or_measured_is_refused(
    database: Database, index: Index, period: Period, amount: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        put(database, PROVINCE, amount, period, index)
    assert [p.code for p in caught.value.problems] == [code]
    assert targets.targets_of(database, PROVINCE, index) == []


def test_an_unknown_scope_has_no_target(database: Database) -> None:
    for scope in (Scope(unit="tiada"), Scope(agency="tiada")):
        with pytest.raises(NotFound):
            put(database, scope, "80")
