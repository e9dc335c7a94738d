"""What makes a step acceptable, and what is refused for what reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from survey_app.errors import Conflict, NotFound, Refused
from survey_app.services.complaints import decision as decisions
from survey_app.services.complaints import handling
from survey_app.services.complaints.decision import REPLY_MAX, Decision, Seen, State
from survey_app.services.follow_up.actions import RESPONSIBLE_MAX
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from tests.services.complaints.given import DONE, LOOKED, SLOW, decided, listed, number_of, said
from tests.submissions import NOW

OWNED = Decision(state=State.TAKEN_UP, owner="Kepala Seksi Pelayanan")


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (Decision(state=State.NEW), "state-new"),
        (replace(OWNED, owner=" "), "owner-missing"),
        (replace(OWNED, owner="Drs. Budi Santoso"), "owner-person"),
        (replace(OWNED, owner="Budi, S.H."), "owner-person"),
        (replace(OWNED, owner="198501012010011001"), "owner-person"),
        (replace(OWNED, owner="x" * (RESPONSIBLE_MAX + 1)), "text-length"),
        (replace(DONE, reply=Text("  ", "")), "reply-missing"),
        (replace(DONE, reply=Text("\u200b\u2060\0", "")), "reply-missing"),
        (replace(OWNED, owner="\u200b"), "owner-missing"),
        (replace(LOOKED, reply=Text("", "Thank you.")), "reply-indonesian"),
        (replace(DONE, reply=Text("Hubungi 081234567890.", "")), "reply-personal"),
        (replace(DONE, reply=Text("Terima kasih.", "Write to budi@kaltim.go.id.")), "reply-personal"),
        (replace(DONE, reply=Text("Ibu Siti Rahma sudah ditegur.", "")), "reply-personal"),
        (replace(DONE, reply=Text("a " * REPLY_MAX, "")), "text-length"),
        (replace(DONE, reply=Text("Baik.", "b" * (REPLY_MAX + 1))), "text-length"),
    ],
)
def test_each_problem(decision: Decision, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decisions.checked(decision)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_what_nobody_sees_is_not_kept(database: Database, unit: UnitEntry) -> None:
    """PostgreSQL takes no NUL, and a turned direction would turn the words after it."""
    reply = Text("Loket\0 ketiga\u202e\tdibuka 🪑.", "")
    decided(database, said(database, SLOW), replace(DONE, owner="Sek\0retaris", reply=reply))
    (case,) = listed(database)
    found = case.standing.decision
    assert (found.owner, found.reply) == ("Sekretaris", Text("Loket ketiga dibuka 🪑.", ""))


def test_what_is_seen_twice_is_decided_once(database: Database, unit: UnitEntry) -> None:
    seen = [Seen(number_of(database, said(database, SLOW)), 0)] * 2
    for _ in range(2):
        handling.decide(database, ADMIN, "ptsp", seen, LOOKED, NOW)
    (case,) = listed(database)
    assert case.standing.turn == 1


def test_what_is_right_is_written_on_one_line() -> None:
    long = Decision(
        state=State.DONE, owner="  Kepala\nSeksi ", reply=Text(" Loket  ketiga\n dibuka. ", "a" * REPLY_MAX)
    )
    tidy = decisions.checked(long)
    assert (tidy.owner, tidy.reply) == ("Kepala Seksi", Text("Loket ketiga dibuka.", "a" * REPLY_MAX))
    for state in (State.LOOKED_AT, State.NO_COMPLAINT):
        assert decisions.checked(Decision(state=state)).state is state


def test_all_of_some_or_none(database: Database, unit: UnitEntry) -> None:
    first, second = (said(database, SLOW, NOW + timedelta(minutes=n)) for n in range(2))
    decided(database, first, LOOKED)
    stale = [Seen(number_of(database, first), 0), Seen(number_of(database, second), 0)]
    for seen in (stale, [Seen(10**6, 0)]):
        with pytest.raises(Conflict, match="complaint-outdated"):
            handling.decide(database, ADMIN, "ptsp", seen, LOOKED, NOW)
    assert {case.state for case in listed(database)} == {State.NEW, State.LOOKED_AT}
    fresh = [Seen(number_of(database, first), 1), Seen(number_of(database, second), 0)]
    handling.decide(database, ADMIN, "ptsp", fresh, DONE, NOW)
    assert [case.state for case in listed(database)] == [State.DONE]


def test_who_may_and_what_belongs_elsewhere(database: Database, unit: UnitEntry) -> None:
    seen = [Seen(number_of(database, said(database, SLOW)), 0)]
    for acting in (Acting(Role.LEADERSHIP), Acting(Role.MANAGER, Scope(unit="lain"))):
        with pytest.raises(Refused):
            handling.decide(database, acting, "ptsp", seen, LOOKED, NOW)
    with pytest.raises(NotFound, match="follow-up-unknown"):
        handling.decide(database, ADMIN, "ptsp", seen, replace(OWNED, action=uuid4()), NOW)
    with pytest.raises(Refused) as refused:
        handling.take_up(database, ADMIN, "ptsp", seen, "parkir", OWNED, NOW)
    assert [problem.code for problem in refused.value.problems] == ["unsur-unknown"]


def test_an_action_is_made_once_and_found_again(database: Database, unit: UnitEntry) -> None:
    first, second = (said(database, SLOW, NOW + timedelta(minutes=n)) for n in range(2))
    made = handling.take_up(
        database, ADMIN, "ptsp", [Seen(number_of(database, first), 0)], "waktu", OWNED, NOW
    )
    again = handling.take_up(
        database, ADMIN, "ptsp", [Seen(number_of(database, second), 0)], "waktu", OWNED, NOW
    )
    assert again.id == made.id
    (case,) = listed(database)
    assert case.state is State.TAKEN_UP
    assert case.follow_up == made.action
