"""Users by profile: what is refused, what replaces what, and which period holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics import Period
from survey_app import instruments
from survey_app.errors import Refused
from survey_app.services.places import users_by_profile
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database

QUARTER, YEAR = Period.parse("2026-TW4"), Period.parse("2026")
SEX = "jenis_kelamin"


def _record(database: Database, period: Period, users: dict[str, int], field: str = SEX) -> None:
    users_by_profile.record(database, ADMIN, "ptsp", period, field, users)


@pytest.mark.parametrize(
    ("field", "users", "code"),
    [
        ("warna", {"L": 1}, "profile-unknown"),
        (SEX, {"L": 1, "P": 2, "X": 3}, "profile-unknown"),
        (SEX, {"L": 1}, "profile-incomplete"),
        (SEX, {"L": 10, "P": -1}, "volume-negative"),
        (SEX, {"L": 10, "P": 2**31}, "volume-high"),
        (SEX, {"L": 0, "P": 0}, "profile-nobody"),
    ],
)
def test_what_cannot_be_weighted_to_is_refused(
    database: Database, unit: UnitEntry, field: str, users: dict[str, int], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        _record(database, YEAR, users, field)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert users_by_profile.recorded(database, "ptsp", YEAR, within=PROVINCE) == {}


def test_a_correction_replaces_and_nothing_given_forgets(database: Database, unit: UnitEntry) -> None:
    _record(database, YEAR, {"L": 300, "P": 0})
    _record(database, YEAR, {"L": 200, "P": 250})
    _record(database, QUARTER, {"L": 9, "P": 8})
    assert users_by_profile.recorded(database, "ptsp", YEAR, within=PROVINCE) == {SEX: {"L": 200, "P": 250}}
    _record(database, YEAR, {})
    assert users_by_profile.recorded(database, "ptsp", YEAR, within=PROVINCE) == {}
    assert users_by_profile.recorded(database, "ptsp", QUARTER, within=PROVINCE) == {SEX: {"L": 9, "P": 8}}


def test_two_who_record_at_once_replace_each_other_whole(database: Database, unit: UnitEntry) -> None:
    def often(n: int) -> None:
        for _ in range(10):
            _record(database, YEAR, {"L": n, "P": n})

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(often, n) for n in (1, 2, 3)]:
            done.result()
    found = users_by_profile.recorded(database, "ptsp", YEAR, within=PROVINCE)[SEX]
    assert found["L"] == found["P"]


def test_the_shortest_period_that_holds_counts_field_by_field(database: Database, unit: UnitEntry) -> None:
    ages = {option.key: 10 for option in _ages()}
    _record(database, YEAR, {"L": 200, "P": 250})
    _record(database, YEAR, ages, "usia")
    _record(database, QUARTER, {"L": 9, "P": 8})
    month, summer = Period.parse("2026-11"), Period.parse("2026-07")
    assert users_by_profile.holding(database, unit.unit.id, month) == {SEX: {"L": 9, "P": 8}, "usia": ages}
    assert users_by_profile.holding(database, unit.unit.id, summer)[SEX] == {"L": 200, "P": 250}
    assert users_by_profile.holding(database, unit.unit.id, Period.parse("2025-11")) == {}


def _ages() -> tuple[instruments.Option, ...]:
    (field,) = (f for f in instruments.get("skm-2017@1").profile if f.key == "usia")
    return field.options
