"""The actions of all units in one list: how far, how late, and what is clear among all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from analytics import Period
from survey_app.errors import Refused
from survey_app.services.follow_up import listing, plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.follow_up.listing import Listed, Stage
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database
from tests.reports import samples
from tests.submissions import NOW

#: Ten sheets each: unsur 3 (waktu) 2 and 3, or 3 and 4; every other unsur always 3.
LOW = [[3, 3, 2 + i % 2, 3, 3, 3, 3, 3, 3] for i in range(10)]
HIGH = [[3, 3, 3 + i % 2, 3, 3, 3, 3, 3, 3] for i in range(10)]
FOUND, LAST = Period.parse("2026-TW1"), Period.parse("2026-05")
TODAY = date(2026, 7, 10)


def action(unsur: str = "waktu", status: Status = Status.DONE, due: str = "2026-TW2") -> Action:
    return Action(
        period=FOUND,
        unsur=unsur,
        plan="Loket kedua",
        responsible="Kepala Seksi",
        due=Period.parse(due),
        status=status,
        realisation="Loket dibuka" if status is Status.DONE else "",
    )


@pytest.fixture
def units(database: Database) -> None:
    """One that rose in waktu, one that fell, and one that was not measured again."""
    for code, before, after in (("naik", LOW, HIGH), ("turun", HIGH, LOW), ("diam", LOW, None)):
        samples.create_unit(database, code, f"Unit {code}")
        samples.insert(database, code, before, "2026-02")
        if after is not None:
            samples.insert(database, code, after, "2026-05")


def found(database: Database, acting: Acting = ADMIN, *, values: bool = True) -> tuple[Listed, ...]:
    def measured(period: Period, back: int) -> Mapping[str, UnitResult]:
        return {u.entry.unit.code: u for u in overview(database, PROVINCE, period, back=back).units}

    entries = catalogue.list_units(database, PROVINCE)
    return listing.listed(database, acting, entries, TODAY, LAST, measured if values else None)


def told(listed: tuple[Listed, ...]) -> list[tuple[Stage, str, int]]:
    return [(one.stage, one.entry.unit.code, one.late) for one in listed]


@pytest.mark.usefixtures("units")
def test_what_is_done_is_told_by_what_became_of_it(database: Database) -> None:
    for code in ("naik", "turun", "diam"):
        plans.add(database, ADMIN, code, action(), NOW)
    plans.add(database, ADMIN, "naik", action("biaya"), NOW)
    listed = found(database)
    assert told(listed) == [
        (Stage.FELL, "turun", 0),
        (Stage.ROSE, "naik", 0),
        (Stage.DONE, "diam", 0),
        (Stage.DONE, "naik", 0),
    ]
    assert [one.clear for one in listed] == [True, True, False, False]
    assert [m and m.change and m.change.value for m in (one.movement for one in listed)] == [-1, 1, None, 0]
    assert dict(listing.by_status(listed)) == {"selesai": 4}
    assert listing.share_realised(listed, TODAY) == (4, 4)


@pytest.mark.usefixtures("units")
def test_what_is_open_after_its_quarter_is_late_from_the_next_day_on(database: Database) -> None:
    for status in (Status.PLANNED, Status.RUNNING, Status.POSTPONED, Status.CANCELLED):
        plans.add(database, ADMIN, "diam", action("waktu", status), NOW)
        plans.add(database, ADMIN, "diam", action("biaya", status, due="2026-TW3"), NOW)
    listed = found(database)
    # The second quarter ended on 30 June: 1 July is the first day that is late, 10 July the tenth.
    assert told(listed) == [
        *[(Stage.OVERDUE, "diam", 10)] * 3,
        (Stage.RUNNING, "diam", 0),
        *[(Stage.PLANNED, "diam", 0)] * 2,
        *[(Stage.CANCELLED, "diam", 0)] * 2,
    ]
    assert dict(listing.by_status(listed)) == {"lewat": 3, "berjalan": 1, "direncanakan": 2, "dibatalkan": 2}
    # Of the four whose quarter is over one was given up.
    assert listing.share_realised(listed, TODAY) == (0, 3)


@pytest.mark.usefixtures("units")
def test_the_last_revision_stands_and_values_are_left_out_where_they_may_not_be_told(
    database: Database,
) -> None:
    seen = plans.add(database, ADMIN, "naik", action(status=Status.RUNNING), NOW)
    plans.change(
        database,
        ADMIN,
        "naik",
        seen,
        replace(seen.action, status=Status.DONE, realisation="Loket dibuka"),
        NOW,
    )
    (one,) = found(database, values=False)
    assert (one.stage, one.movement, one.registered.revision) == (Stage.DONE, None, 2)


@pytest.mark.usefixtures("units")
def test_nobody_is_shown_the_actions_of_another_place(database: Database) -> None:
    for code in ("naik", "turun"):
        plans.add(database, ADMIN, code, action(), NOW)
    own = found(database, Acting(Role.MANAGER, Scope(unit="turun")))
    assert [one.entry.unit.code for one in own] == ["turun"]
    with pytest.raises(Refused, match="role-refused"):
        found(database, Acting(Role.OPERATOR))


def test_among_many_that_did_not_move_none_is_called_clear(database: Database) -> None:
    """One of forty moved as three in a hundred do by chance: alone it would be called clear."""
    rows = [[3 + (i % 2)] * 9 for i in range(20)]
    moved = [[3 + (i % 2)] * 8 + [3 + (i % 2 if i > 17 else 0)] for i in range(20)]
    for number in range(40):
        code = f"u{number}"
        samples.create_unit(database, code, f"Unit {number}")
        samples.insert(database, code, rows, "2026-02")
        samples.insert(database, code, moved if number == 0 else rows, "2026-05")
        plans.add(database, ADMIN, code, action("pengaduan" if number == 0 else "waktu"), NOW)
    listed = found(database)
    first = next(one for one in listed if one.entry.unit.code == "u0")
    assert first.movement is not None
    assert first.movement.change is not None
    p = first.movement.change.p
    # 20 sheets of mean 3.5 and of mean 3.05: of one action it would be clear, of forty it is no evidence.
    assert p is not None
    assert p < 0.05
    assert first.movement.change.distinguishable
    assert not first.clear


@pytest.mark.usefixtures("units")
def test_the_latest_comes_first_and_a_finding_is_compared_with_what_was_measured_last(
    database: Database,
) -> None:
    samples.insert(database, "naik", LOW, "2025-11")
    older = replace(action(), period=Period.parse("2025-TW4"))
    plans.add(database, ADMIN, "naik", older, NOW)
    for due in ("2026-TW2", "2026-TW1"):
        plans.add(database, ADMIN, "diam", action(status=Status.RUNNING, due=due), NOW)
    late, less_late, done = found(database)
    assert (late.late, less_late.late) == (101, 10)
    # Level in the first quarter, a point higher in the second.
    assert done.movement is not None
    assert done.movement.change is not None
    assert done.movement.change.value == 1
