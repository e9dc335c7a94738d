"""Which complaints wait too long at which unit, by dates counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from survey_app.services.complaints import late
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.complaints.late import Late
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.voices import reading
from survey_app.storage.database import Database
from tests.services.complaints.given import BRIBE, DONE, LOOKED, PRAISE, SLOW, decided, said
from tests.submissions import NOW

THREAT = "Petugas mengancam saya"


def waiting(database: Database, now: datetime, *, inside: bool = True) -> list[Late]:
    entries = {entry.unit.id: entry for entry in catalogue.list_units(database, PROVINCE)}
    return list(late.of_units(database, PROVINCE, entries, now, inside=inside))


def counts(database: Database, day: int, month: int = 11) -> list[tuple[int, int]]:
    found = waiting(database, NOW.replace(month=month, day=day))
    return [(one.urgent, one.unfinished) for one in found]


def test_an_urgent_one_is_late_after_a_working_day_and_any_after_fourteen(
    database: Database, unit: UnitEntry
) -> None:
    """They arrive on Friday 20 November."""
    for text in (SLOW, BRIBE, PRAISE):
        said(database, text)
    assert counts(database, 23) == []  # Monday: the first working day
    assert counts(database, 24) == [(1, 0)]
    assert counts(database, 10, 12) == [(1, 0)]  # the fourteenth
    assert counts(database, 11, 12) == [(1, 1)]
    (one,) = waiting(database, NOW.replace(month=12, day=11))
    assert (one.since, one.days, one.count, one.owners) == (date(2026, 11, 20), 15, 2, frozenset({""}))


def test_what_is_in_hand_has_the_limit_of_finishing_and_what_is_finished_none(
    database: Database, unit: UnitEntry
) -> None:
    slow, bribe = said(database, SLOW), said(database, BRIBE)
    taken = Decision(state=State.TAKEN_UP, owner="Sekretaris")
    decided(database, slow, taken)
    decided(database, bribe, LOOKED)
    assert counts(database, 10, 12) == []
    (one,) = waiting(database, NOW.replace(month=12, day=11))
    assert (one.urgent, one.unfinished, one.owners) == (0, 1, frozenset({"Sekretaris"}))
    decided(database, slow, DONE, turn=1)
    assert counts(database, 11, 12) == []
    # A bribe is inspected: 60 working days. Its month is no more looked through by then, but it is in hand.
    (one,) = waiting(database, NOW + timedelta(days=150))
    assert (one.urgent, one.unfinished, one.since) == (0, 1, date(2026, 11, 20))


def test_the_most_pressing_unit_comes_first_and_of_few_nothing_is_told_outside(
    database: Database, unit: UnitEntry
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "b", "B", time_zone="Asia/Jakarta")
    for place in range(5):
        said(database, SLOW, NOW + timedelta(minutes=place))
    for place in range(4):
        said(database, BRIBE, NOW + timedelta(minutes=place), unit="b")
    later = NOW + timedelta(days=28)
    assert [(one.entry.unit.code, one.count) for one in waiting(database, later)] == [("b", 4), ("ptsp", 5)]
    assert [one.entry.unit.code for one in waiting(database, later, inside=False)] == ["ptsp"]


def test_a_step_and_a_new_comment_are_seen_at_once(database: Database, unit: UnitEntry) -> None:
    later = NOW + timedelta(days=28)
    first = said(database, SLOW)
    assert [one.count for one in waiting(database, later)] == [1]
    said(database, SLOW, NOW + timedelta(minutes=1))
    assert [one.count for one in waiting(database, later)] == [2]
    decided(database, first, DONE)
    assert [one.count for one in waiting(database, later)] == [1]


def test_where_a_month_has_more_than_are_read_there_may_be_more(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LIMIT", 1)
    for place in range(2):
        said(database, SLOW, NOW + timedelta(minutes=place))
    (one,) = waiting(database, NOW + timedelta(days=28))
    assert (one.count, one.all_read) == (1, False)
    assert replace(one, urgent=3).count == 4
