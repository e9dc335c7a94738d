"""Scopes: how far one reaches, and that what is asked for never leaves what may be seen."""

from __future__ import annotations

import itertools

import pytest

from survey_app.services.places import catalogue
from survey_app.services.places.acting import ANYBODY
from survey_app.services.places.scope import NOWHERE, PROVINCE, Reach, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.places import Agency, Unit

ALL = [Scope(a, u) for a, u in itertools.product((None, "a", "b"), (None, "a1", "b1"))]


def _entry(agency: str, unit: str) -> UnitEntry:
    return UnitEntry(
        Agency(1, agency, agency), Unit(1, 1, unit, unit, "Asia/Makassar", "skm-2017@1", active=True), ()
    )


ENTRIES = [_entry("a", "a1"), _entry("a", "a2"), _entry("b", "b1")]


@pytest.mark.parametrize(("asked", "within"), [(a, b) for a in ALL for b in ALL])
def test_a_narrowed_scope_lies_within_and_holds_all_that_was_asked_for_there(
    asked: Scope, within: Scope
) -> None:
    found = asked.narrowed(within)
    for entry in ENTRIES:
        assert within.covers(entry) or not found.covers(entry)
        if within.covers(entry) and asked.covers(entry):
            assert found.covers(entry)
    assert found.reach <= within.reach


def test_a_scope_reaches_over_a_unit_an_agency_or_the_province() -> None:
    assert PROVINCE.reach is Reach.PROVINCE
    assert Scope(agency="a").reach is Reach.AGENCY
    assert Scope(unit="a1").reach is Scope("a", "a1").reach is Reach.UNIT
    assert Reach.UNIT < Reach.AGENCY < Reach.PROVINCE


def test_nowhere_covers_nothing_and_narrows_to_nothing(database: Database, unit: UnitEntry) -> None:
    for scope in (NOWHERE, PROVINCE.narrowed(NOWHERE), Scope(unit=unit.unit.code).narrowed(NOWHERE)):
        assert catalogue.list_units(database, scope) == []
        assert not scope.covers(unit)
        assert not scope.covers_whole(None)
        assert not scope.covers_whole(unit.agency.code)
    assert ANYBODY.scope == NOWHERE
