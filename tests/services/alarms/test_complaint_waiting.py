"""When the alarm of complaints rings, for whom, and when it does not."""

from __future__ import annotations

from datetime import datetime, timedelta

from analytics.period import Period
from survey_app.services.alarms import finding
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.services.complaints.given import BRIBE, DONE, LOOKED, PRAISE, SLOW, decided, said
from tests.submissions import NOW

#: NOW is Friday 20 November 2026.
TUESDAY, FIFTEENTH = NOW + timedelta(days=4), NOW + timedelta(days=21)
NAME = "Pelayanan Terpadu Satu Pintu"


def rings(
    database: Database,
    now: datetime,
    acting: Acting = ADMIN,
    scope: Scope = PROVINCE,
    period: str = "2026-TW4",
) -> list[Alarm]:
    found = finding.find(database, acting, scope, Period.parse(period), now)
    return [alarm for alarm in found if alarm.kind is Kind.COMPLAINT_WAITING]


def test_it_rings_for_what_waits_too_long_and_for_nothing_else(database: Database, unit: UnitEntry) -> None:
    for text in (SLOW, PRAISE):
        said(database, text)
    bribe = said(database, BRIBE)
    assert rings(database, NOW + timedelta(days=3)) == []
    (urgent,) = rings(database, TUESDAY)
    assert (urgent.subject.id, urgent.what.id) == (NAME, "Keluhan mendesak yang belum ditinjau: 1.")
    assert (urgent.sure, urgent.responsible.id) == (Sure.RECORDED, f"Kepala {NAME}")
    assert urgent.since_text is not None
    assert urgent.since_text.id == "20 November 2026, 2 hari kerja lalu"
    assert (urgent.page, urgent.query, urgent.unit) == ("suara", {"unit": "ptsp"}, "ptsp")
    (both,) = rings(database, FIFTEENTH)
    assert both.what.en == (
        "Urgent complaints that nobody has looked at: 1. Complaints past their time limit: 1."
    )
    decided(database, bribe, LOOKED)
    assert rings(database, TUESDAY) == []
    # Of a period long over a register of today says nothing.
    assert rings(database, FIFTEENTH, period="2026-TW2") == []
    assert rings(database, FIFTEENTH, Acting(Role.OPERATOR)) == []


def test_the_owner_is_asked_where_one_has_all_of_it(database: Database, unit: UnitEntry) -> None:
    taken = Decision(state=State.TAKEN_UP, owner="Kepala Seksi *Loket*")
    first, second = (said(database, SLOW, NOW + timedelta(minutes=n)) for n in range(2))
    decided(database, first, taken)
    assert rings(database, FIFTEENTH)[0].responsible.id == f"Kepala {NAME}"
    decided(database, second, taken)
    assert rings(database, FIFTEENTH)[0].responsible.id == "Kepala Seksi *Loket*"
    for one in (first, second):
        decided(database, one, DONE, turn=1)
    assert rings(database, FIFTEENTH) == []


def test_of_many_units_two_have_a_card_and_the_others_one(database: Database, unit: UnitEntry) -> None:
    for code in "abc":
        catalogue.create_unit(database, ADMIN, "dpmptsp", code, code.upper(), time_zone="Asia/Makassar")
    for code in ("a", "b", "ptsp"):
        said(database, SLOW, unit=code)
    said(database, BRIBE, unit="c")
    found = rings(database, FIFTEENTH, scope=Scope(agency="dpmptsp"))
    assert [alarm.unit for alarm in found] == ["c", "a", None]
    assert (found[-1].subject.id, found[-1].what.id) == ("2 unit", "Keluhan yang lewat tenggat: 2.")
    assert found[-1].query == {"agency": "dpmptsp"}
    # A card about one other unit would say no more in common than its own.
    assert [alarm.unit for alarm in rings(database, FIFTEENTH, scope=Scope(unit="b"))] == ["b"]


def test_who_sees_nothing_inside_is_told_no_count_of_few(database: Database, unit: UnitEntry) -> None:
    auditor = Acting(Role.AUDITOR)
    said(database, SLOW)
    assert rings(database, FIFTEENTH, auditor) == []
    for place in range(1, 5):
        said(database, PRAISE, NOW + timedelta(minutes=place))
    (few,) = rings(database, FIFTEENTH, auditor)
    assert few.what.id == "Ada keluhan yang lewat tenggat."
    for place in range(5, 9):
        said(database, SLOW, NOW + timedelta(minutes=place))
    (enough,) = rings(database, FIFTEENTH, auditor)
    assert enough.what.id == "Keluhan yang lewat tenggat: 5."
