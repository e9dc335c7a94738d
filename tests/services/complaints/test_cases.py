"""What is one matter, in which order matters are told, and to whom not."""

from __future__ import annotations

from datetime import date, timedelta

from survey_app.services.complaints import cases
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.services.complaints.given import (
    BRIBE,
    DIRTY,
    DONE,
    LOOKED,
    OTHER_VAGUE,
    PRAISE,
    SLOW,
    SLOWER,
    VAGUE,
    decided,
    listed,
    said,
    texts,
)
from tests.submissions import NOW

AUDITOR = Acting(Role.AUDITOR)


def test_one_matter_is_one_unsur_of_a_service_or_one_saying(database: Database, unit: UnitEntry) -> None:
    minute = timedelta(minutes=1)
    for place, text in enumerate((SLOW, DIRTY, SLOWER, BRIBE, PRAISE, VAGUE, "Payah", OTHER_VAGUE)):
        said(database, text, NOW + place * minute)
    found = listed(database)
    assert sorted(texts(found)) == sorted([[BRIBE], [SLOWER, SLOW], [DIRTY], ["Payah", VAGUE], [OTHER_VAGUE]])
    # What is urgent stands first, and by itself.
    assert found[0].urgent == ("bribe",)
    by_unsur = {case.unsur: case for case in found}
    assert [(s.text, s.count) for s in by_unsur["waktu"].sayings] == [(SLOWER, 2)]


def test_each_service_and_unit_has_its_own(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "b", "B", time_zone="Asia/Jakarta")
    for code in ("ptsp", "b"):
        said(database, SLOW, unit=code)
    assert sorted(case.entry.unit.code for case in listed(database)) == ["b", "ptsp"]


def test_what_presses_most_comes_first_and_what_is_finished_last(database: Database, unit: UnitEntry) -> None:
    """Friday 20 November 2026; three working days to look, one for what is urgent."""
    said(database, DIRTY, NOW)
    said(database, SLOW, NOW - timedelta(days=7))
    said(database, BRIBE, NOW - timedelta(hours=1))
    decided(database, said(database, OTHER_VAGUE, NOW - timedelta(days=30)), DONE)
    found = listed(database)
    assert texts(found) == [[BRIBE], [SLOW], [DIRTY], [OTHER_VAGUE]]
    assert [
        case.waiting and (case.waiting.days, case.waiting.limit, case.waiting.late) for case in found
    ] == [
        (0, 1, 0),
        (5, 3, 2),
        (0, 3, 0),
        None,
    ]


def test_of_a_late_matter_only_those_that_waited_too_long_are_late(
    database: Database, unit: UnitEntry
) -> None:
    """Three working days to look: of Monday 16 November the fourth is Friday the 20th."""
    for day, text in ((16, SLOW), (17, SLOWER), (20, SLOW), (20, SLOW)):
        said(database, text, NOW.replace(day=day))
    (case,) = listed(database)
    assert case.waiting is not None
    assert (len(case.comments), case.waiting.late, case.waiting.over) == (4, 1, 1)


def test_once_looked_at_the_clock_is_that_of_finishing(database: Database, unit: UnitEntry) -> None:
    arrived = NOW - timedelta(days=28)
    for text in (SLOW, BRIBE):
        decided(database, said(database, text, arrived), LOOKED)
    waiting = {case.unsur: case.waiting for case in listed(database)}
    slow, bribe = waiting["waktu"], waiting["biaya"]
    assert slow is not None
    assert bribe is not None
    assert (slow.since, slow.days, slow.limit, slow.late) == (date(2026, 10, 23), 20, 14, 6)
    assert (bribe.limit, bribe.late) == (60, 0)


def test_a_new_one_of_a_known_matter_says_what_was_decided(database: Database, unit: UnitEntry) -> None:
    decided(database, said(database, SLOW), LOOKED)
    decided(database, said(database, SLOWER), DONE, NOW + timedelta(hours=2))
    said(database, "Lama sekali menunggu")
    by_state = {case.state: case for case in listed(database)}
    assert by_state[State.NEW].before == DONE
    assert by_state[State.DONE].before is None


def test_what_is_in_hand_stays_however_old_and_the_untouched_does_not(
    database: Database, unit: UnitEntry
) -> None:
    decided(database, said(database, SLOW), LOOKED)
    decided(database, said(database, DIRTY), DONE)
    said(database, VAGUE)
    later = NOW + timedelta(days=300)
    assert texts(listed(database, later)) == [[SLOW]]
    worklist = cases.worklist(database, ADMIN, PROVINCE, NOW)
    assert worklist.counts == {State.LOOKED_AT: 1, State.DONE: 1, State.NEW: 1}
    assert (str(worklist.since), worklist.read, worklist.total) == ("2026-08", 3, 3)


def test_praise_is_no_case_until_somebody_decides_about_it(database: Database, unit: UnitEntry) -> None:
    praise = said(database, PRAISE)
    assert listed(database) == ()
    decided(database, praise, Decision(state=State.NO_COMPLAINT))
    assert texts(listed(database)) == [[PRAISE]]


def test_who_sees_nothing_inside_is_told_of_no_unit_of_few(database: Database, unit: UnitEntry) -> None:
    for place in range(4):
        decided(database, said(database, SLOW, NOW + timedelta(minutes=place)), LOOKED)
    assert len(listed(database)) == 1
    assert listed(database, acting=AUDITOR) == ()
    said(database, PRAISE)
    assert texts(listed(database, acting=AUDITOR)) == [[SLOW] * 4]
