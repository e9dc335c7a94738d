"""What a role has no right to is refused in the service, whatever page asked for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from analytics.period import Period
from survey_app.errors import Refused
from survey_app.reports import drafting
from survey_app.services import catalogue, publishing, queue_codes, recap_publishing, results, targets
from survey_app.services.acting import ADMIN, Acting, Role
from survey_app.services.recap import recap
from survey_app.services.scope import PROVINCE, Scope
from survey_app.services.targets import Index
from survey_app.storage.database import Database
from tests.reports import samples

PERIOD, YEAR = Period.parse("2019-S1"), Period.parse("2019")
AGENCY = Scope(agency="kabupaten-sekadau")
UNIT = Scope(unit="sekadau")
OPERATOR, LEADERSHIP = Acting(Role.OPERATOR), Acting(Role.LEADERSHIP)
ELSEWHERE = Acting(Role.MANAGER, Scope(unit="lain"))
OTHER_AGENCY = Acting(Role.ADMIN, Scope(agency="lain"))


@pytest.fixture(autouse=True)
def sekadau(database: Database) -> None:
    samples.sekadau(database)


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value.code


@pytest.mark.parametrize(
    ("acting", "code"),
    [
        (OPERATOR, "role-refused"),
        (LEADERSHIP, "role-refused"),
        (ELSEWHERE, "scope-refused"),
        (OTHER_AGENCY, "scope-refused"),
    ],
)
def test_only_who_looks_after_the_unit_publishes_it_and_has_codes_made(
    database: Database, acting: Acting, code: str
) -> None:
    result = results.unit_result(database, "sekadau", PERIOD)
    now = samples.MADE_AT
    attempts: tuple[Callable[[], object], ...] = (
        lambda: publishing.publish(database, acting, result, {}, None, now),
        lambda: drafting.publish(database, acting, "sekadau", PERIOD, now),
        lambda: queue_codes.issue(database, acting, "sekadau", "umum", 1, now),
        lambda: queue_codes.require(database, acting, "sekadau", "umum", required=True),
    )
    assert [refused(attempt) for attempt in attempts] == [code] * len(attempts)
    assert publishing.publications_of(database, "sekadau") == []
    assert queue_codes.states(database, ADMIN, now) == []
    assert not catalogue.find_unit(database, "sekadau").services[0].codes_required


def test_the_manager_of_the_unit_may(database: Database) -> None:
    manager = Acting(Role.MANAGER, UNIT)
    drafting.publish(database, manager, "sekadau", PERIOD, samples.MADE_AT)
    queue_codes.issue(database, manager, "sekadau", "umum", 1, samples.MADE_AT)
    assert len(publishing.publications_of(database, "sekadau")) == 1
    assert len(queue_codes.states(database, manager, samples.MADE_AT)) == 1


def test_batches_are_shown_to_who_looks_after_their_unit(database: Database) -> None:
    queue_codes.issue(database, ADMIN, "sekadau", "umum", 1, samples.MADE_AT)
    assert queue_codes.states(database, ELSEWHERE, samples.MADE_AT) == []
    for acting in (OPERATOR, LEADERSHIP):
        assert refused(partial(queue_codes.states, database, acting, samples.MADE_AT)) == "role-refused"


@pytest.mark.parametrize(
    ("acting", "agency", "code"),
    [
        (OPERATOR, None, "role-refused"),
        (LEADERSHIP, None, "role-refused"),
        (Acting(Role.MANAGER, AGENCY), None, "scope-refused"),
        (Acting(Role.MANAGER, UNIT), None, "scope-refused"),
        (Acting(Role.MANAGER, UNIT), AGENCY.agency, "scope-refused"),
        (OTHER_AGENCY, AGENCY.agency, "scope-refused"),
    ],
)
def test_a_recap_is_published_by_who_looks_after_all_that_is_in_it(
    database: Database, acting: Acting, agency: str | None, code: str
) -> None:
    read = recap(database, agency, PERIOD)
    assert refused(lambda: recap_publishing.publish(database, acting, read, samples.MADE_AT)) == code
    assert recap_publishing.publications_of(database, agency) == []


def test_the_manager_of_an_agency_publishes_its_recap(database: Database) -> None:
    read = recap(database, AGENCY.agency, PERIOD)
    recap_publishing.publish(database, Acting(Role.MANAGER, AGENCY), read, samples.MADE_AT)
    assert len(recap_publishing.publications_of(database, AGENCY.agency)) == 1


@pytest.mark.parametrize(
    ("acting", "scope", "code"),
    [
        (OPERATOR, UNIT, "role-refused"),
        (ELSEWHERE, UNIT, "scope-refused"),
        (OTHER_AGENCY, UNIT, "scope-refused"),
        (OTHER_AGENCY, AGENCY, "scope-refused"),
        (Acting(Role.MANAGER, UNIT), AGENCY, "scope-refused"),
        (Acting(Role.MANAGER, AGENCY), PROVINCE, "scope-refused"),
    ],
)
def test_a_target_beyond_ones_scope_is_neither_set_nor_removed(
    database: Database, acting: Acting, scope: Scope, code: str
) -> None:
    now = samples.MADE_AT
    targets.set_target(database, ADMIN, scope, Index.IKM, YEAR, Decimal(80), now)
    assert refused(lambda: targets.remove_target(database, acting, scope, Index.IKM, YEAR)) == code
    change = Decimal(90)
    assert refused(lambda: targets.set_target(database, acting, scope, Index.IKM, YEAR, change, now)) == code
    (kept,) = targets.targets_of(database, scope, Index.IKM)
    assert (kept.value, kept.set_by) == (Decimal("80.00"), "admin")


def test_leadership_sets_targets_and_a_manager_those_of_the_own_agency(database: Database) -> None:
    now = samples.MADE_AT
    targets.set_target(database, LEADERSHIP, PROVINCE, Index.IKM, YEAR, Decimal(80), now)
    for scope in (AGENCY, UNIT):
        targets.set_target(database, Acting(Role.MANAGER, AGENCY), scope, Index.IKM, YEAR, Decimal(85), now)
        (kept,) = targets.targets_of(database, scope, Index.IKM)
        assert kept.set_by == "pengelola"
