"""What a position has to do: every open action stands once, in the order in which somebody would work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from analytics import Period
from survey_app.services.follow_up import tasks
from survey_app.services.follow_up.actions import OPEN, Action, Status
from survey_app.services.follow_up.listing import Listed, Stage
from survey_app.services.follow_up.plans import Registered
from survey_app.services.follow_up.tasks import NOBODY, Turn
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from tests.reports import samples

#: In the fourth quarter of 2026.
TODAY = date(2026, 11, 20)
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def listed(
    entry: UnitEntry,
    due: str | None,
    status: Status = Status.RUNNING,
    plan: str = "p",
    who: str = "Kepala Seksi",
    late: int = 0,
) -> Listed:
    action = Action(
        period=Period.parse("2026-TW1"),
        unsur="waktu",
        plan=plan,
        responsible=who,
        due=None if due is None else Period.parse(due),
        status=status,
    )
    registered = Registered(UUID(int=1), 1, action, "admin", WRITTEN)
    return Listed(
        entry=entry, registered=registered, stage=Stage.RUNNING, late=late, movement=None, clear=False
    )


def unit_of(database: Database) -> UnitEntry:
    samples.create_unit(database, "u", "Unit")
    return catalogue.find_unit(database, "u", PROVINCE)


def test_every_turn_is_told_by_quarter_status_and_what_is_missing(database: Database) -> None:
    entry = unit_of(database)
    wanted = {
        ("2026-TW3", Status.RUNNING, "p"): Turn.OVERDUE,
        ("2026-TW3", Status.PLANNED, ""): Turn.OVERDUE,
        ("2026-TW4", Status.RUNNING, "p"): Turn.DUE,
        ("2026-TW4", Status.POSTPONED, "p"): Turn.DUE,
        ("2027-TW1", Status.RUNNING, "p"): Turn.RUNNING,
        (None, Status.RUNNING, "p"): Turn.RUNNING,
        (None, Status.PLANNED, "p"): Turn.DRAFT,
        ("2027-TW1", Status.PLANNED, ""): Turn.DRAFT,
        ("2027-TW1", Status.PLANNED, "p"): Turn.LATER,
        ("2026-TW3", Status.DONE, "p"): None,
        ("2026-TW3", Status.CANCELLED, "p"): None,
    }
    told = {case: tasks.turn_of(listed(entry, *case).action, TODAY) for case in wanted}
    assert told == wanted


def test_it_is_late_from_the_first_day_after_its_quarter(database: Database) -> None:
    action = listed(unit_of(database), "2026-TW3").action
    days = (date(2026, 9, 30), date(2026, 10, 1))
    assert [tasks.turn_of(action, day) for day in days] == [Turn.DUE, Turn.OVERDUE]


def test_nothing_open_is_left_out(database: Database) -> None:
    entry = unit_of(database)
    found = [
        listed(entry, due, status, plan)
        for due in (None, "2026-TW2", "2026-TW4", "2027-TW3")
        for status in Status
        for plan in ("", "p")
    ]
    turns = tasks.of_position(found, tasks.position_key("Kepala Seksi"), TODAY)
    assert sum(len(of) for of in turns.values()) == 4 * len(OPEN) * 2
    assert [p.open for p in tasks.positions(found, TODAY)] == [24]


def test_a_position_is_one_however_it_is_written_and_who_is_late_comes_first(database: Database) -> None:
    entry = unit_of(database)
    found = [
        listed(entry, "2026-TW4", who="Kepala  seksi "),
        listed(entry, "2026-TW4", who="Kepala Seksi"),
        listed(entry, "2027-TW1", who="Kepala Seksi"),
        listed(entry, "2026-TW3", who="Sekretaris", late=51),
        listed(entry, "2026-TW3", who="", late=51),
        listed(entry, "2026-TW3", Status.DONE, who="Kepala Dinas"),
    ]
    first, second, nobody = tasks.positions(found, TODAY)
    assert (first.name, dict(first.counts)) == ("Sekretaris", {Turn.OVERDUE: 1})
    assert (second.key, second.name) == ("kepala seksi", "Kepala Seksi")
    assert dict(second.counts) == {Turn.DUE: 2, Turn.RUNNING: 1}
    assert (nobody.key, nobody.name, nobody.open) == (NOBODY, "", 1)


def test_complaints_in_hand_are_counted_and_of_equals_the_name_decides(database: Database) -> None:
    entry = unit_of(database)
    found = [listed(entry, "2027-TW1", who=who) for who in ("Sekretaris", "kepala seksi")]
    told = tasks.positions(found, TODAY, ["Bendahara", "bendahara ", "Sekretaris"])
    assert [(p.name, p.also, p.open) for p in told] == [
        ("Bendahara", 2, 2),
        ("kepala seksi", 0, 1),
        ("Sekretaris", 1, 2),
    ]


def test_the_latest_comes_first_then_what_is_due_first(database: Database) -> None:
    entry = unit_of(database)
    found = [
        listed(entry, "2026-TW3", late=51),
        listed(entry, "2026-TW1", late=234),
        listed(entry, None),
        listed(entry, "2027-TW2"),
        listed(entry, "2027-TW1"),
    ]
    turns = tasks.of_position(found, "kepala seksi", TODAY)
    assert [one.late for one in turns[Turn.OVERDUE]] == [234, 51]
    assert [str(one.action.due) for one in turns[Turn.RUNNING]] == ["2027-TW1", "2027-TW2", "None"]
