"""What services tell and make only for who may: who that is, and for how much of the province at least."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from analytics.comparison.aggregate import Method
from survey_app.services.accounts import api_keys, people
from survey_app.services.alarms import finding
from survey_app.services.answers import queue_codes
from survey_app.services.briefing.briefing import brief
from survey_app.services.complaints import cases
from survey_app.services.delivery import sent, webhooks
from survey_app.services.disclosure import (
    inside,
    outgoing,
    outgoing_recaps,
    outgoing_staff,
    same_kind,
    unit_tables,
)
from survey_app.services.follow_up import history, listing, plans, practice, waiting
from survey_app.services.ikm import results
from survey_app.services.imports import withdrawing
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.kiosks import devices
from survey_app.services.places import audit_log, catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.overview import overview
from survey_app.services.publishing import published_log, recap_publishing, standing, unit_publishing
from survey_app.services.publishing.recap import Recap, recap
from survey_app.services.publishing.recap_publishing import RecapPublication
from survey_app.services.publishing.unit_publishing import Publication
from survey_app.services.schedules import ordered
from survey_app.services.schedules.ordered import Line
from survey_app.services.schedules.runs import Maker
from survey_app.services.voices import auditing
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.services import changes
from tests.services.changes import AGENCY, CODE, MANAGERS, NOW, OPERATORS, PERIOD, SERVICE, UNIT, YEAR, result
from tests.staff import staff, write_staff

INSIDE = MANAGERS | {Role.LEADERSHIP}
READERS = INSIDE | {Role.AUDITOR}
AUDITORS = frozenset({Role.ADMIN, Role.AUDITOR})
EVERYBODY_INSIDE = READERS | {Role.OPERATOR}


@dataclass(frozen=True)
class Asked:
    """`place` is the smallest scope within which one of `roles` is answered about the unit of `prepare`.

    `narrows`: who is elsewhere is not refused but told of what lies there, which is nothing.
    """

    attempt: Callable[[Database, Acting], object]
    roles: frozenset[Role]
    place: Scope = UNIT
    narrows: bool = False


def _codes(database: Database, acting: Acting) -> object:
    queue_codes.issue(database, ADMIN, CODE, SERVICE, 1, NOW)
    return queue_codes.states(database, acting, NOW)


def _preview(database: Database, acting: Acting) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = write_staff(Path(folder) / "staff.csv", staff(CODE, (15, 30, 25, 5)))
        terms = ImportTerms(year=2019, ruleset="ip-asn-2019", scope=UNIT)
        return staff_import.preview_staff(database, acting, path, terms)


def _history(database: Database, acting: Acting) -> object:
    (seen, *_) = plans.register(database, ADMIN, CODE)
    return plans.history(database, acting, CODE, seen.id)


def _pace(database: Database, acting: Acting) -> int:
    """Of how many actions something is told."""
    found = listing.listed(database, ADMIN, catalogue.list_units(database, PROVINCE), NOW.date())
    started = waiting.pace(database, acting, found, NOW.date()).started
    return started.happened + started.open


def _published(database: Database) -> Publication:
    if not unit_publishing.publications_of(database, CODE):
        unit_publishing.publish(database, ADMIN, result(database), {}, None, NOW)
    return unit_publishing.published(database, CODE, PERIOD, within=PROVINCE)


def _log(database: Database, acting: Acting) -> object:
    _published(database)
    return published_log.published_in(database, acting, UNIT)


def _recap(database: Database) -> Recap:
    return recap(database, AGENCY.agency, PERIOD)


def _recap_published(database: Database) -> RecapPublication:
    if not recap_publishing.publications_of(database, AGENCY.agency):
        recap_publishing.publish(database, ADMIN, _recap(database), NOW)
    return recap_publishing.published(database, AGENCY.agency, PERIOD)


def _maker(database: Database, folder: str) -> Maker:
    return Maker(database, lambda: NOW, lambda *_: b"%PDF", Path(folder))


def _make_asked(database: Database, acting: Acting) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return list(_maker(database, folder).make_asked(acting))


def _make_now(database: Database, acting: Acting) -> object:
    (schedule, *_) = ordered.every(database, UNIT)
    with tempfile.TemporaryDirectory() as folder:
        return _maker(database, folder).make_now(acting, schedule, YEAR)


def _read(database: Database, acting: Acting) -> object:
    (schedule, *_) = ordered.every(database, UNIT)
    with tempfile.TemporaryDirectory() as folder:
        maker = _maker(database, folder)
        made = maker.make_now(ADMIN, schedule, YEAR)
        return maker.read(acting, made or Line(schedule, YEAR, None))


def _staff_result(database: Database, acting: Acting) -> object:
    changes.import_staff(database, ADMIN)
    measured = measurement.result(database, 2019, CODE)
    return outgoing_staff.of_result(database, measured, acting)


def _practice(database: Database, acting: Acting) -> object:
    result = results.unit_result(database, CODE, PERIOD, within=PROVINCE)
    return practice.done_since(database, acting, result, PERIOD)


ASKED = {
    "alarms.finding.find": Asked(
        lambda d, acting: finding.find(d, acting, PROVINCE, PERIOD, NOW), EVERYBODY_INSIDE, narrows=True
    ),
    "accounts.api_keys.listed": Asked(
        lambda d, acting: api_keys.listed(d, acting, NOW), MANAGERS, narrows=True
    ),
    "accounts.people.listed": Asked(people.listed, MANAGERS, narrows=True),
    "accounts.people.sessions_of": Asked(
        lambda d, acting: people.sessions_of(d, acting, changes.person(d).id, NOW), MANAGERS, AGENCY
    ),
    "publishing.published_log.published_in": Asked(_log, EVERYBODY_INSIDE, narrows=True),
    "publishing.standing.standing": Asked(
        lambda d, acting: standing.standing(d, acting, UNIT, PERIOD, NOW), MANAGERS
    ),
    "delivery.webhooks.listed": Asked(webhooks.listed, MANAGERS, narrows=True),
    "delivery.sent.listed": Asked(sent.listed, MANAGERS, narrows=True),
    "answers.queue_codes.states": Asked(_codes, MANAGERS, narrows=True),
    "places.audit_log.page": Asked(lambda d, acting: audit_log.page(d, acting, Wanted()), AUDITORS, PROVINCE),
    "places.audit_log.everything": Asked(
        lambda d, acting: list(audit_log.everything(d, acting, Wanted())), AUDITORS, PROVINCE
    ),
    "disclosure.inside.answers": Asked(
        lambda d, acting: inside.answers(d, acting, CODE, PERIOD, NOW, limit=50), INSIDE
    ),
    "disclosure.inside.result": Asked(lambda d, acting: inside.result(d, acting, CODE, PERIOD), INSIDE),
    "disclosure.outgoing.of_draft": Asked(lambda d, acting: outgoing.of_draft(d, result(d), acting), INSIDE),
    "disclosure.outgoing.of_publication": Asked(
        lambda d, acting: outgoing.of_publication(d, _published(d), acting), INSIDE
    ),
    "disclosure.outgoing.of_result": Asked(
        lambda d, acting: outgoing.of_result(d, result(d), acting), INSIDE
    ),
    "disclosure.same_kind.of_unit": Asked(
        lambda d, acting: same_kind.of_unit(d, acting, result(d)), EVERYBODY_INSIDE
    ),
    "briefing.briefing.brief": Asked(
        lambda d, acting: brief(d, acting, PROVINCE, PERIOD, Method.MEAN_OF_UNITS, PERIOD, NOW).summary.units,
        EVERYBODY_INSIDE,
        narrows=True,
    ),
    "disclosure.unit_tables.of_scope": Asked(
        lambda d, acting: unit_tables.of_scope(d, acting, UNIT, PERIOD, xlsx=False), EVERYBODY_INSIDE
    ),
    "disclosure.outgoing_recaps.of_draft": Asked(
        lambda d, acting: outgoing_recaps.of_draft(d, _recap(d), acting), INSIDE, AGENCY
    ),
    "disclosure.outgoing_recaps.of_publication": Asked(
        lambda d, acting: outgoing_recaps.of_publication(d, _recap_published(d), acting), INSIDE, AGENCY
    ),
    "disclosure.outgoing_recaps.of_units": Asked(
        lambda d, acting: outgoing_recaps.of_units(d, overview(d, UNIT, PERIOD), acting), INSIDE
    ),
    "disclosure.outgoing_staff.of_result": Asked(_staff_result, INSIDE),
    "disclosure.outgoing_staff.of_series": Asked(
        lambda d, acting: outgoing_staff.of_series(d, UNIT, acting), INSIDE
    ),
    "disclosure.outgoing_staff.of_year": Asked(
        lambda d, acting: outgoing_staff.of_year(d, UNIT, 2019, acting), INSIDE
    ),
    "complaints.cases.in_hand": Asked(lambda d, acting: cases.in_hand(d, acting, UNIT, NOW), READERS),
    "complaints.cases.worklist": Asked(lambda d, acting: cases.worklist(d, acting, UNIT, NOW), READERS),
    "follow_up.plans.history": Asked(_history, READERS),
    "follow_up.practice.done_since": Asked(_practice, READERS),
    "follow_up.listing.listed": Asked(
        lambda d, acting: listing.listed(d, acting, catalogue.list_units(d, PROVINCE), NOW.date()),
        READERS,
        narrows=True,
    ),
    "follow_up.history.changes": Asked(
        lambda d, acting: history.changes(d, acting, catalogue.list_units(d, PROVINCE)).changes,
        READERS,
        narrows=True,
    ),
    "follow_up.waiting.pace": Asked(
        _pace,
        READERS,
        narrows=True,
    ),
    "follow_up.plans.overdue_count": Asked(
        lambda d, acting: plans.overdue_count(d, acting, NOW.date()), READERS, narrows=True
    ),
    "follow_up.plans.register": Asked(lambda d, acting: plans.register(d, acting, CODE), READERS),
    "imports.withdrawing.listed": Asked(lambda d, acting: withdrawing.listed(d, acting, CODE), READERS),
    "ip_asn.staff_import.preview_staff": Asked(_preview, MANAGERS),
    "kiosks.devices.fleet": Asked(lambda d, acting: devices.fleet(d, acting, NOW), OPERATORS, narrows=True),
    "schedules.ordered.seen": Asked(
        lambda d, acting: ordered.seen(d, acting, NOW), EVERYBODY_INSIDE, narrows=True
    ),
    "schedules.runs.Maker.make_asked": Asked(_make_asked, MANAGERS, narrows=True),
    "schedules.runs.Maker.make_now": Asked(_make_now, MANAGERS),
    "schedules.runs.Maker.read": Asked(_read, EVERYBODY_INSIDE),
    "voices.auditing.ask": Asked(lambda d, acting: auditing.ask(d, acting, UNIT, PERIOD), MANAGERS),
}
