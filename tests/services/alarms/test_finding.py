"""What the rules find in a unit: facts and samples, for whom, and what the auditor is not told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from analytics.period import Period
from survey_app.services.alarms import finding, seen
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Status
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Pulse
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database
from tests.reports import samples
from tests.services import changes
from tests.services.changes import CODE, NOW, PERIOD, UNIT, YEAR

NAME = "Dinas Kependudukan dan Pencatatan Sipil"
AUDITOR, OPERATOR = Acting(Role.AUDITOR), Acting(Role.OPERATOR)
LATER = NOW + timedelta(days=2)
#: Of which registers of today say something.
RUNNING = Period.parse("2026-TW4")


def found(
    database: Database,
    acting: Acting = ADMIN,
    scope: Scope = PROVINCE,
    period: Period = PERIOD,
    now: datetime = LATER,
) -> Mapping[Kind, Alarm]:
    """The first of each kind."""
    alarms = finding.find(database, acting, scope, period, now)
    return {alarm.kind: alarm for alarm in reversed(alarms)}


def test_facts_of_the_registers_are_told_with_who_since_when_and_where(prepared: Database) -> None:
    (device,) = (entry.device for entry in devices.fleet(prepared, ADMIN, NOW))
    devices.heartbeat(prepared, device, Pulse(7, 0, "1", NOW), NOW)
    # Of a period long over the registers of today say nothing.
    assert not finding.OF_TODAY & found(prepared).keys()
    told = found(prepared, period=RUNNING)
    overdue = told[Kind.OVERDUE]
    assert overdue.subject.id == f"1 tindakan di {NAME}"
    assert (overdue.sure, overdue.responsible.id, overdue.query) == (
        Sure.RECORDED,
        "Sekretaris",
        {"unit": CODE},
    )
    # Due in the fourth quarter of 2019; 23 November 2026 at the office.
    assert overdue.since_text is not None
    assert overdue.since_text.id == "31 Desember 2019, lewat 2519 hari"
    kiosk = told[Kind.KIOSK_SILENT]
    assert "7 jawaban" in kiosk.what.id
    assert (kiosk.page, kiosk.unit, kiosk.responsible.id) == ("armada", CODE, f"Kepala {NAME}")
    report = told[Kind.REPORT_DUE]
    assert (report.since, report.responsible.en) == (YEAR, "The provincial administrator")
    assert Kind.NOT_MEASURED not in found(prepared)
    empty = found(prepared, period=Period.parse("2026-TW3"))
    assert (empty[Kind.NOT_MEASURED].unit, empty[Kind.NOT_MEASURED].page) == (CODE, "formulir")
    # A period that has just begun is no news, and a device that has just answered is not silent.
    just = found(prepared, period=Period.parse("2026-11"), now=datetime(2026, 11, 20, tzinfo=NOW.tzinfo))
    assert Kind.NOT_MEASURED not in just
    assert Kind.KIOSK_SILENT not in found(prepared, period=RUNNING, now=NOW + timedelta(hours=2))


def test_a_missed_target_is_told_with_how_far_it_is(prepared: Database) -> None:
    """The 49 sheets of Sekadau: 78.74 as published."""
    for scope in (UNIT, Scope(agency="kabupaten-sekadau"), PROVINCE):
        targets.set_target(prepared, ADMIN, scope, Index.IKM, YEAR, Decimal(90), NOW)
    alarms = [
        a for a in finding.find(prepared, ADMIN, PROVINCE, PERIOD, LATER) if a.kind is Kind.BELOW_TARGET
    ]
    assert [a.unit for a in alarms] == [None, None, CODE]
    assert {a.sure for a in alarms} == {Sure.ALMOST_CERTAIN}
    assert {a.what.id for a in alarms} == {"IKM 78,74, kurang 11,26 dari target 90,00."}
    assert {a.page for a in alarms[:2]} == {"ringkasan"}
    # Nobody is told of the province who asks of a part of it; what is reached is nobody's alarm.
    manager = Acting(Role.MANAGER, UNIT)
    assert [
        a.unit
        for a in finding.find(prepared, manager, PROVINCE, PERIOD, LATER)
        if a.kind is Kind.BELOW_TARGET
    ] == [CODE]
    targets.set_target(prepared, ADMIN, UNIT, Index.IKM, YEAR, Decimal(70), NOW)
    assert Kind.BELOW_TARGET not in found(prepared, manager)


def test_who_may_not_see_something_is_not_told_of_it(prepared: Database) -> None:
    (device,) = (entry.device for entry in devices.fleet(prepared, ADMIN, NOW))
    devices.heartbeat(prepared, device, Pulse(3, 0, "1", NOW), NOW)
    assert "3 jawaban" in found(prepared, period=RUNNING)[Kind.KIOSK_SILENT].what.id
    audited = found(prepared, AUDITOR, period=RUNNING)
    assert "3" not in audited[Kind.KIOSK_SILENT].what.id
    assert audited[Kind.KIOSK_SILENT].page == "unit"
    assert Kind.OVERDUE in audited
    assert Kind.OVERDUE not in found(prepared, OPERATOR, period=RUNNING)
    assert not found(prepared, Acting(Role.MANAGER, Scope(unit="lain")), period=RUNNING)


def test_answers_that_wait_on_several_kiosks_are_counted_outside_only_where_they_are_enough(
    prepared: Database,
) -> None:
    for place in range(2, 5):
        pairing = devices.create_pairing(prepared, ADMIN, CODE, f"Tablet {place}", NOW)
        devices.pair(prepared, pairing.code, NOW)
    for waiting, entry in zip((9, 8, 1, 2), devices.fleet(prepared, ADMIN, NOW), strict=True):
        devices.heartbeat(prepared, entry.device, Pulse(waiting, 0, "1", NOW), NOW)

    def several(acting: Acting) -> str:
        alarms = finding.find(prepared, acting, PROVINCE, RUNNING, LATER)
        return [alarm.what.id for alarm in alarms if alarm.kind is Kind.KIOSK_SILENT][-1]

    assert "dengan 3 jawaban" in several(ADMIN)
    assert several(AUDITOR) == "Anjungan lain yang tidak terhubung: 2."


def test_results_that_were_read_are_read_once_and_tell_the_same(prepared: Database) -> None:
    read = overview(prepared, PROVINCE, PERIOD, back=seen.reach(PERIOD))
    given = finding.find(prepared, AUDITOR, PROVINCE, PERIOD, LATER, read)
    assert given == finding.find(prepared, AUDITOR, PROVINCE, PERIOD, LATER)
    # Given to who sees nothing inside, what few people said is taken out all the same.
    assert seen.look(prepared, AUDITOR, PROVINCE, PERIOD, LATER, read).units.units[0].respondents == ()


@pytest.mark.parametrize(("period", "reach"), [("2026-11", 12), ("2026-TW4", 7), ("2026-S2", 5), ("2026", 4)])
def test_a_year_ago_is_always_read(period: str, reach: int) -> None:
    assert seen.reach(Period.parse(period)) == reach


def test_actions_of_many_units_are_one_card(prepared: Database) -> None:
    catalogue.create_unit(prepared, ADMIN, "kabupaten-sekadau", "b", "B", time_zone="Asia/Jakarta")
    other = replace(changes.ACTION, unsur="biaya", status=Status.POSTPONED)
    plans.add(prepared, ADMIN, "b", other, NOW)
    plans.add(prepared, ADMIN, "b", replace(other, due=Period.parse("2027-TW1")), NOW)
    (first, *_) = plans.register(prepared, ADMIN, CODE)
    changed = plans.change(
        prepared, ADMIN, CODE, first, replace(first.action, responsible="Kepala Seksi"), NOW
    )
    told = found(prepared, period=RUNNING)[Kind.OVERDUE]
    assert (told.subject.id, told.unit) == ("2 tindakan di 2 unit", None)
    assert told.responsible.id == "Penanggung jawab masing-masing"
    assert plans.overdue_count(prepared, ADMIN, NOW.date()) == 2
    assert plans.overdue_count(prepared, ADMIN, NOW.date(), UNIT) == 1
    assert plans.overdue_count(prepared, Acting(Role.MANAGER, Scope(agency="lain")), NOW.date()) == 0
    # The quarter it is due in has to be over; and what is done or given up is not overdue.
    assert plans.overdue_count(prepared, ADMIN, Period.parse("2019-TW4").last_day) == 0
    plans.change(prepared, ADMIN, CODE, changed, replace(changed.action, status=Status.CANCELLED), NOW)
    assert plans.overdue_count(prepared, ADMIN, NOW.date()) == 1
    entries = catalogue.list_units(prepared, PROVINCE)
    assert len(plans.of_units(prepared, entries)) == 3
    assert [a.unsur for _, a in plans.overdue(prepared, entries, NOW.date())] == ["biaya"]


def test_who_has_planned_something_for_the_unsur_is_asked_how_it_goes(database: Database) -> None:
    samples.create_unit(database, "rendah", "Unit Rendah")
    samples.insert(database, "rendah", [(3, 3, 2, 3, 3, 3, 3, 3, 3)] * 30, "2026-11")
    told = found(database, period=RUNNING)[Kind.GRADE]
    assert (told.action.id, told.page) == ("Tetapkan tindakan", "tindak-lanjut")
    assert told.query["usul"] == "waktu"
    planned = replace(changes.ACTION, unsur="waktu", status=Status.RUNNING, due=Period.parse("2027-TW1"))
    plans.add(database, ADMIN, "rendah", replace(planned, unsur="biaya"), NOW)
    assert found(database, period=RUNNING)[Kind.GRADE] == told
    plans.add(database, ADMIN, "rendah", planned, NOW)
    known = found(database, period=RUNNING)[Kind.GRADE]
    assert (known.action.id, known.page) == ("Periksa tindakan", "tindak-lanjut")
    assert known.what.id.endswith("Tindakan sudah direncanakan, tenggat Triwulan I 2027.")
    # Who may not know what is planned is told as if nothing were, and led where there is nothing to plan.
    query = {name: value for name, value in told.query.items() if name != "usul"}
    assert found(database, OPERATOR, period=RUNNING)[Kind.GRADE] == replace(told, page="unit", query=query)
