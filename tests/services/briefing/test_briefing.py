"""What a first page is made of: of what lies in the scope of who asks, and of nobody alone."""

from __future__ import annotations

import pytest

from analytics.comparison.aggregate import Method
from analytics.period import Period
from survey_app.services.briefing.briefing import Briefing, brief
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.reports import samples

TW4 = Period.parse("2026-TW4")


def _brief(database: Database, acting: Acting) -> Briefing:
    return brief(database, acting, PROVINCE, TW4, Method.MEAN_OF_UNITS, TW4, samples.NOW)


@pytest.fixture
def two(database: Database) -> Database:
    for code, n in (("satu", 20), ("dua", 3)):
        samples.create_unit(database, code, code.title(), agency=f"Dinas {code.title()}")
        samples.insert(database, code, [[4] * 9] * n, "2026-11")
    return database


def test_nobody_is_told_more_than_lies_in_the_own_scope(two: Database) -> None:
    assert len(_brief(two, ADMIN).summary.units) == 2
    found = _brief(two, Acting(Role.MANAGER, Scope(unit="dua")))
    assert [u.entry.unit.code for u in found.summary.units] == ["dua"]
    assert found.scope == Scope(unit="dua")


def test_of_few_people_only_those_inside_are_told(two: Database) -> None:
    inside, outside = _brief(two, ADMIN), _brief(two, Acting(Role.AUDITOR))
    assert (inside.inside, inside.summary.index.n) == (True, 23)
    assert (outside.inside, outside.summary.index.n) == (False, 20)
