"""What the rules of attention read of many units at once: only what stands now, of those units and months."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from analytics.ikm import Flag
from survey_app.services.answers import intake
from survey_app.services.follow_up import plans
from survey_app.services.ikm import quality, results, targets
from survey_app.services.ikm.targets import Index
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import flags, follow_up, responses
from survey_app.storage.database import Database
from survey_app.storage.follow_up import Due
from tests.services.changes import ACTION, PERIOD, YEAR
from tests.submissions import NOW, submission

MONTHS = (202611, 202611)


def test_an_action_stands_as_its_last_revision_has_it(database: Database, unit: UnitEntry) -> None:
    first = plans.add(database, ADMIN, "ptsp", ACTION, NOW)
    plans.add(database, ADMIN, "ptsp", replace(ACTION, unsur="biaya", due=None), NOW)
    plans.change(database, ADMIN, "ptsp", first, replace(ACTION, plan="Dua loket"), NOW)
    due = Due("2020-TW1", ("direncanakan",))
    with database.read() as connection:
        assert [a.plan for a in follow_up.standing(connection, [unit.unit.id])] == [
            "Dua loket",
            "Tambah loket",
        ]
        assert [a.plan for a in follow_up.standing(connection, [unit.unit.id], due)] == ["Dua loket"]
        assert follow_up.standing(connection, [unit.unit.id + 1]) == []
        assert follow_up.count_due(connection, due, unit.agency.code, "ptsp") == 1
        assert follow_up.count_due(connection, due, None, "lain") == 0
        assert follow_up.count_due(connection, Due("2019-TW4", due.statuses), None, None) == 0


def test_sheets_are_counted_by_their_flags(database: Database, unit: UnitEntry) -> None:
    for _ in range(2):
        sent = submission((3,) * 9)
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    with database.read() as connection:
        assert flags.counts(connection, [unit.unit.id], MONTHS) == {}
    results.refresh(database)
    quality.refresh(database)
    with database.read() as connection:
        found = flags.counts(connection, [unit.unit.id], MONTHS)
        assert sum(found.values()) == 2
        assert all(Flag(mask) & Flag.STRAIGHT_LINE for _, mask in found)
        assert flags.counts(connection, [unit.unit.id], (202610, 202610)) == {}


def test_the_version_of_comments_changes_with_them(database: Database, unit: UnitEntry) -> None:
    def version() -> object:
        with database.read() as connection:
            return responses.comment_version(connection, None, MONTHS)

    assert version() == ()
    assert isinstance(intake.accept(database, submission((3,) * 9), NOW), intake.Receipt)
    before = version()
    commented = replace(submission((3,) * 9), comment="Antre lama")
    assert isinstance(intake.accept(database, commented, NOW + timedelta(seconds=1)), intake.Receipt)
    assert before != version() != ()


def test_the_target_of_the_shorter_period_stands_of_every_scope(database: Database, unit: UnitEntry) -> None:
    place = Scope(unit="ptsp")
    for scope, period, value in ((place, YEAR, 80), (place, PERIOD, 82), (PROVINCE, YEAR, 81)):
        targets.set_target(database, ADMIN, scope, Index.IKM, period, Decimal(value), NOW)
    found = targets.held_everywhere(database, Index.IKM, PERIOD)
    assert {scope: target.value for scope, target in found.items()} == {place: 82, PROVINCE: 81}
    assert targets.held_everywhere(database, Index.IP_ASN, PERIOD) == {}
