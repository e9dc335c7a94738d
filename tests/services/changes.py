"""Everything that the services let people change, who may, and for how much of the province at least."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from analytics.period import Period
from survey_app.services.accounts import people, sessions, views
from survey_app.services.accounts.sessions import Origin
from survey_app.services.answers import paper, questionnaires, queue_codes, stored_comments
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.paper import PaperForm
from survey_app.services.complaints import handling
from survey_app.services.complaints.decision import Decision, Seen, State
from survey_app.services.demo import follow_up, kiosks, province
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action
from survey_app.services.ikm import results, targets
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Index
from survey_app.services.imports import importing, withdrawing
from survey_app.services.imports.file import Said
from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.kiosks import devices
from survey_app.services.places import (
    catalogue,
    clock,
    opening_hours,
    setup,
    unit_kind,
    unit_region,
    users_by_profile,
)
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import DEFAULT_SERVICE
from survey_app.services.places.opening_hours import Hours
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing, report_texts, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.services.voices import auditing, reading
from survey_app.storage import complaints
from survey_app.storage.database import Database
from tests.questionnaires import text as questionnaire
from tests.reports import samples
from tests.services import connection_changes
from tests.staff import KEY, staff, write_staff
from tests.submissions import KEYS

NAME, CODE = "Kabupaten Sekadau", "sekadau"
AGENCY, UNIT = Scope(agency="kabupaten-sekadau"), Scope(unit=CODE)
SERVICE = DEFAULT_SERVICE[0]
NOW = samples.MADE_AT
PERIOD, YEAR = Period.parse("2019-S1"), Period.parse("2019")
HOURS = Hours(date(2019, 1, 1), ((time(8), time(16)),) * 5 + (None, None))
ACTION = Action(
    period=PERIOD, unsur="waktu", plan="Tambah loket", responsible="Sekretaris", due=Period.parse("2019-TW4")
)

#: Whom the pages are for that lead to each change.
ADMINS = frozenset({Role.ADMIN})
MANAGERS = frozenset({Role.ADMIN, Role.MANAGER})
OPERATORS = frozenset({Role.ADMIN, Role.MANAGER, Role.OPERATOR})
SETTERS = frozenset({Role.ADMIN, Role.MANAGER, Role.LEADERSHIP})


@dataclass(frozen=True)
class Change:
    """`place` is the smallest scope within which one of `roles` may do it to the unit of `prepare`."""

    attempt: Callable[[Database, Acting], object]
    roles: frozenset[Role]
    place: Scope = UNIT


def prepare(database: Database) -> None:
    """The agency and unit of the changes, with one of everything that can be changed."""
    samples.sekadau(database)
    _import(database)
    code = devices.create_pairing(database, ADMIN, CODE, "Loket 1", NOW).code
    devices.pair(database, code, NOW)
    opening_hours.set_hours(database, ADMIN, CODE, HOURS)
    ordered.add(database, ADMIN, UNIT, "id", YEAR)
    targets.set_target(database, ADMIN, UNIT, Index.IKM, YEAR, Decimal(80), NOW)
    plans.add(database, ADMIN, CODE, ACTION, NOW)
    report_texts.save(database, ADMIN, result(database), "id", "saran", "Tambah loket.", NOW)
    _judge(database, ADMIN)
    _people(database)
    connection_changes.prepare(database)
    # As it was stored before comments were redacted at intake.
    raw = sa.text("UPDATE response SET comment = 'WA 081234567890' WHERE comment = 'Baik'")
    database.write(lambda connection: connection.execute(raw))


def _import(database: Database, acting: Acting = ADMIN, year: str = "2012", said: str = "Baik") -> object:
    """A file with a comment, of years before what else there is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[*KEYS, "Saran"], [*[3] * len(KEYS), said]])
        return importing.import_responses(
            database, acting, path, CODE, Period.parse(year), NOW, Said(add=True)
        )


def _withdraw(database: Database, acting: Acting) -> None:
    (found,) = withdrawing.listed(database, ADMIN, CODE)
    withdrawing.withdraw(database, acting, found.id, "Berkas salah", NOW)


def result(database: Database) -> UnitResult:
    return results.unit_result(database, CODE, PERIOD, within=PROVINCE)


def _create_unit(database: Database, acting: Acting) -> object:
    agency = AGENCY.agency
    assert agency is not None
    return catalogue.create_unit(database, acting, agency, "baru", "Baru", time_zone="Asia/Jakarta")


def _device(database: Database) -> str:
    (entry,) = devices.fleet(database, ADMIN, NOW)
    return entry.device.code


def _enter(database: Database, acting: Acting) -> object:
    form = PaperForm(id=uuid7(NOW), unit=CODE, number="1", operator="loket-1", answers=dict.fromkeys(KEYS, 3))
    return paper.enter(database, acting, form, NOW)


def _follow_up(database: Database, acting: Acting) -> object:
    (seen,) = plans.register(database, ADMIN, CODE)
    changed = replace(seen.action, responsible="Kepala Dinas")
    return plans.change(database, acting, CODE, seen, changed, NOW)


def _schedule(database: Database, acting: Acting) -> None:
    (schedule,) = ordered.every(database, PROVINCE)
    ordered.set_active(database, acting, schedule.id, not schedule.active)


def _recap(database: Database, acting: Acting) -> object:
    return recap_publishing.publish(database, acting, recap(database, AGENCY.agency, PERIOD), NOW)


def _asked(database: Database) -> auditing.Asked:
    """The comment of the imported file, as drawn at one time."""
    (comment,) = reading.newest(database, UNIT, Period.parse("2012")).voices
    return auditing.Asked(comment=comment, draw=1, frame="", stratum="-/-", probability=1.0, rate=1.0)


def _judge(database: Database, acting: Acting) -> None:
    labels = auditing.Labels(frozenset({"waktu"}), None, urgent=False)
    auditing.judge(database, acting, _asked(database), labels, NOW)


def _seen(database: Database) -> Seen:
    """That comment as it stands."""
    seq = _asked(database).comment.seq
    with database.read() as connection:
        stored = complaints.standing(connection, None, (0, 999_912), ())
    return Seen(seq, next((step.turn for _, step in stored if step.seq == seq), 0))


def _decide(database: Database, acting: Acting) -> None:
    handling.decide(database, acting, CODE, [_seen(database)], Decision(state=State.LOOKED_AT), NOW)


def _take_up(database: Database, acting: Acting) -> object:
    decision = Decision(state=State.NEW, owner="Kepala Seksi")
    return handling.take_up(database, acting, CODE, [_seen(database)], "biaya", decision, NOW)


def import_staff(database: Database, acting: Acting) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = write_staff(Path(folder) / "staff.csv", staff(CODE, (15, 30, 25, 5)))
        terms = ImportTerms(year=2019, ruleset="ip-asn-2019", scope=UNIT)
        return staff_import.import_staff(database, acting, path, terms, NOW, KEY)


def _load_follow_up(database: Database, acting: Acting) -> None:
    # In the quarter after the one that has answers.
    now = NOW.replace(year=2019, month=8)
    follow_up.load(database, acting, [catalogue.find_unit(database, CODE, PROVINCE)], now)


def _people(database: Database) -> None:
    """Somebody who is signed in, and somebody who is let in no more."""
    for login in ("ani", "eko"):
        people.invite(database, ADMIN, login, login, Role.OPERATOR, UNIT, NOW)
    sessions.begin(database, person(database).id, Origin(""), NOW)
    people.deactivate(database, Acting(Role.MANAGER, AGENCY), person(database, "eko").id)


def person(database: Database, login: str = "ani") -> people.Person:
    (found,) = (person for person in people.listed(database, ADMIN) if person.login == login)
    return found


def _take_back(database: Database, acting: Acting) -> None:
    ani = person(database)
    people.take_back(database, acting, ani.id, ani.roles[0].id)


def _view_as(database: Database, acting: Acting) -> None:
    ani = person(database)
    (session,) = people.sessions_of(database, ADMIN, ani.id, NOW)
    views.begin(database, acting, session.key, ani.id, ani.roles[0].id, NOW)


CHANGES = {
    "answers.stored_comments.look_through": Change(
        lambda d, acting: stored_comments.look_through(d, acting, change=True), ADMINS, PROVINCE
    ),
    "answers.questionnaires.publish": Change(
        lambda d, acting: questionnaires.publish(d, acting, questionnaire(), NOW), ADMINS, PROVINCE
    ),
    "places.catalogue.create_agency": Change(
        lambda d, acting: catalogue.create_agency(d, acting, "baru", "Baru"), ADMINS, PROVINCE
    ),
    "places.catalogue.create_unit": Change(_create_unit, ADMINS, AGENCY),
    "places.setup.add_unit": Change(
        lambda d, acting: setup.add_unit(d, acting, NAME, "Baru", "Asia/Jakarta"), ADMINS, AGENCY
    ),
    "demo.province.load": Change(
        lambda d, acting: province.load(d, acting, NOW, lambda *_: None), ADMINS, PROVINCE
    ),
    "demo.follow_up.load": Change(_load_follow_up, MANAGERS),
    "demo.kiosks.load": Change(
        lambda d, acting: kiosks.load(d, acting, [catalogue.find_unit(d, CODE, PROVINCE)], NOW), OPERATORS
    ),
    "places.catalogue.set_unit_active": Change(
        lambda d, acting: catalogue.set_unit_active(d, acting, CODE, active=False), ADMINS
    ),
    "places.catalogue.choose_instrument": Change(
        lambda d, acting: catalogue.choose_instrument(d, acting, CODE, "skm-2017-tanpa-biaya@1"), ADMINS
    ),
    "places.catalogue.create_service": Change(
        lambda d, acting: catalogue.create_service(d, acting, CODE, "baru", "Baru"), MANAGERS
    ),
    "places.catalogue.set_service_active": Change(
        lambda d, acting: catalogue.set_service_active(d, acting, CODE, SERVICE, active=False), MANAGERS
    ),
    "places.catalogue.record_volume": Change(
        lambda d, acting: catalogue.record_volume(d, acting, CODE, SERVICE, PERIOD, 500), MANAGERS
    ),
    "places.users_by_profile.record": Change(
        lambda d, acting: users_by_profile.record(
            d, acting, CODE, PERIOD, "jenis_kelamin", {"L": 300, "P": 200}
        ),
        MANAGERS,
    ),
    "places.opening_hours.set_hours": Change(
        lambda d, acting: opening_hours.set_hours(
            d, acting, CODE, replace(HOURS, valid_from=date(2020, 1, 1))
        ),
        MANAGERS,
    ),
    "places.opening_hours.remove_hours": Change(
        lambda d, acting: opening_hours.remove_hours(d, acting, CODE, HOURS.valid_from), MANAGERS
    ),
    "places.unit_kind.set_kind": Change(
        lambda d, acting: unit_kind.set_kind(d, acting, CODE, "samsat"), MANAGERS
    ),
    "places.unit_region.set_region": Change(
        lambda d, acting: unit_region.set_region(d, acting, CODE, "64.72"), MANAGERS
    ),
    "answers.queue_codes.issue": Change(
        lambda d, acting: queue_codes.issue(d, acting, CODE, SERVICE, 1, NOW), MANAGERS
    ),
    "answers.queue_codes.require": Change(
        lambda d, acting: queue_codes.require(d, acting, CODE, SERVICE, required=True), MANAGERS
    ),
    "imports.importing.import_responses": Change(
        lambda d, acting: _import(d, acting, "2013", "Cepat"), MANAGERS
    ),
    "imports.withdrawing.withdraw": Change(_withdraw, MANAGERS),
    "ip_asn.staff_import.import_staff": Change(import_staff, MANAGERS),
    "complaints.handling.decide": Change(_decide, MANAGERS),
    "complaints.handling.take_up": Change(_take_up, MANAGERS),
    "follow_up.plans.accept": Change(
        lambda d, acting: plans.accept(d, acting, CODE, PERIOD, "biaya", NOW), MANAGERS
    ),
    "follow_up.plans.add": Change(lambda d, acting: plans.add(d, acting, CODE, ACTION, NOW), MANAGERS),
    "follow_up.plans.change": Change(_follow_up, MANAGERS),
    "voices.auditing.take_back": Change(
        lambda d, acting: auditing.take_back(d, acting, _asked(d), NOW), MANAGERS
    ),
    "voices.auditing.judge": Change(_judge, MANAGERS),
    "publishing.report_texts.save": Change(
        lambda d, acting: report_texts.save(d, acting, result(d), "id", "saran", "Lain.", NOW), MANAGERS
    ),
    "publishing.report_texts.discard": Change(
        lambda d, acting: report_texts.discard(d, acting, result(d), "id", "saran"), MANAGERS
    ),
    "publishing.unit_publishing.publish": Change(
        lambda d, acting: unit_publishing.publish(d, acting, result(d), {}, None, NOW), MANAGERS
    ),
    "publishing.recap_publishing.publish": Change(_recap, MANAGERS, AGENCY),
    "schedules.ordered.add": Change(lambda d, acting: ordered.add(d, acting, UNIT, "en", YEAR), ADMINS),
    "schedules.ordered.set_active": Change(_schedule, ADMINS),
    "ikm.targets.set_target": Change(
        lambda d, acting: targets.set_target(d, acting, UNIT, Index.IKM, YEAR, Decimal(90), NOW), SETTERS
    ),
    "ikm.targets.remove_target": Change(
        lambda d, acting: targets.remove_target(d, acting, UNIT, Index.IKM, YEAR), SETTERS
    ),
    "kiosks.devices.create_pairing": Change(
        lambda d, acting: devices.create_pairing(d, acting, CODE, "Loket 2", NOW), OPERATORS
    ),
    "kiosks.devices.create_repairing": Change(
        lambda d, acting: devices.create_repairing(d, acting, _device(d), NOW), OPERATORS
    ),
    "kiosks.devices.revoke": Change(lambda d, acting: devices.revoke(d, acting, _device(d), NOW), OPERATORS),
    "answers.paper.enter": Change(_enter, OPERATORS),
    "places.clock.accept": Change(lambda d, acting: clock.accept(d, acting, NOW), ADMINS, PROVINCE),
    "accounts.people.invite": Change(
        lambda d, acting: people.invite(d, acting, "oki", "Oki", Role.OPERATOR, UNIT, NOW), MANAGERS, AGENCY
    ),
    "accounts.views.begin": Change(_view_as, MANAGERS, AGENCY),
    "accounts.people.give": Change(
        lambda d, acting: people.give(d, acting, person(d).id, Role.MANAGER, UNIT), MANAGERS, AGENCY
    ),
    "accounts.people.take_back": Change(_take_back, MANAGERS, AGENCY),
    "accounts.people.reset": Change(
        lambda d, acting: people.reset(d, acting, person(d).id, NOW), MANAGERS, AGENCY
    ),
    "accounts.people.deactivate": Change(
        lambda d, acting: people.deactivate(d, acting, person(d).id), MANAGERS, AGENCY
    ),
    "accounts.people.activate": Change(
        lambda d, acting: people.activate(d, acting, person(d, "eko").id), MANAGERS, AGENCY
    ),
    **{name: Change(attempt, MANAGERS) for name, attempt in connection_changes.ATTEMPTS.items()},
    "accounts.people.end_sessions": Change(
        lambda d, acting: people.end_sessions(d, acting, person(d).id), MANAGERS, AGENCY
    ),
}
