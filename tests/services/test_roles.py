"""What a role has no right to is refused in the service, whatever page asked for it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest

from survey_app.errors import Conflict, NotFound, Refused
from survey_app.reports.unit import drafting
from survey_app.services.answers import paper, queue_codes
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from survey_app.storage.tables import metadata
from tests.reports import samples
from tests.services import changes
from tests.services.asked import ASKED
from tests.services.changes import AGENCY, CHANGES, PERIOD, UNIT, YEAR

OPERATOR, LEADERSHIP = Acting(Role.OPERATOR), Acting(Role.LEADERSHIP)
LOAD = "demo.province.load"

ELSEWHERE = Acting(Role.MANAGER, Scope(unit="lain"))
OTHER_AGENCY = Acting(Role.ADMIN, Scope(agency="lain"))
#: Scopes that do not reach as far as a change needs.
BEYOND = {
    PROVINCE: (AGENCY, UNIT),
    AGENCY: (UNIT, Scope(agency="lain")),
    UNIT: (Scope(unit="lain"), Scope(agency="lain")),
}


@pytest.fixture(autouse=True)
def sekadau(request: pytest.FixtureRequest) -> None:
    if "database" in request.fixturenames:
        samples.sekadau(request.getfixturevalue("database"))


def stored(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything there is, but for what is written down of who did what: of refusals too."""
    with database.read() as connection:
        return {
            name: list(map(tuple, connection.execute(table.select())))
            for name, table in metadata.tables.items()
            if name not in ("audit", "refusal_count")
        }


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        attempt()
    return caught.value.code


@pytest.mark.parametrize("name", CHANGES)
def test_a_role_too_low_or_a_scope_elsewhere_changes_nothing(prepared: Database, name: str) -> None:
    change, before = CHANGES[name], stored(prepared)
    others = [Acting(role) for role in Role if role not in change.roles]
    elsewhere = [Acting(role, scope) for role in change.roles for scope in BEYOND[change.place]]
    assert others
    assert {refused(partial(change.attempt, prepared, acting)) for acting in others} == {"role-refused"}
    assert {refused(partial(change.attempt, prepared, acting)) for acting in elsewhere} == {"scope-refused"}
    assert stored(prepared) == before


@pytest.mark.parametrize(
    ("name", "role"),
    [(n, role) for n, change in CHANGES.items() for role in sorted(change.roles) if n != LOAD],
)
def test_the_right_role_changes_what_lies_in_its_scope(prepared: Database, name: str, role: Role) -> None:
    change, before = CHANGES[name], stored(prepared)
    change.attempt(prepared, Acting(role, change.place))
    assert stored(prepared) != before


def stand_in(role: Role, place: Scope, viewer: Role = Role.ADMIN) -> Acting:
    """Somebody of the province in a role views as somebody in another."""
    return Acting(role, place, 7, "budi", viewer=Acting(viewer, PROVINCE, 8, "ani"))


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_changed_by_who_views_as_whoever_may(prepared: Database, name: str) -> None:
    """Whatever is clicked, and whichever role it is: the viewer's own right to it opens nothing either."""
    change, before = CHANGES[name], stored(prepared)
    for role in Role:
        for place in (PROVINCE, change.place):
            assert refused(partial(change.attempt, prepared, stand_in(role, place))) == "viewing-as", role
    assert stored(prepared) == before


#: What is told, and changes something as well; and what nobody is to see who views as somebody else.
NOT_VIEWED = {
    "schedules.runs.Maker.make_asked",
    "schedules.runs.Maker.make_now",
    "accounts.people.sessions_of",
}


@pytest.mark.parametrize("name", ASKED)
def test_who_views_as_somebody_is_told_what_both_may_be_told(prepared: Database, name: str) -> None:
    asked = ASKED[name]
    for role in sorted(asked.roles):
        attempt = partial(asked.attempt, prepared)
        if name in NOT_VIEWED:
            assert refused(partial(attempt, stand_in(role, asked.place))) == "viewing-as"
            continue
        assert attempt(stand_in(role, asked.place)) or not asked.narrows
        for viewer in set(Role) - asked.roles:
            assert refused(partial(attempt, stand_in(role, asked.place, viewer))) == "role-refused"


@pytest.mark.parametrize("name", ASKED)
def test_what_is_told_only_inside_is_refused_to_others(prepared: Database, name: str) -> None:
    asked = ASKED[name]
    others = [Acting(role) for role in Role if role not in asked.roles]
    elsewhere = [Acting(role, scope) for role in asked.roles for scope in BEYOND[asked.place]]
    assert others
    assert {refused(partial(asked.attempt, prepared, acting)) for acting in others} == {"role-refused"}
    if asked.narrows:
        assert not any(asked.attempt(prepared, acting) for acting in elsewhere)
    else:
        assert {refused(partial(asked.attempt, prepared, acting)) for acting in elsewhere} == {
            "scope-refused"
        }


@pytest.mark.parametrize(
    ("name", "role"), [(name, role) for name, asked in ASKED.items() for role in sorted(asked.roles)]
)
def test_the_right_role_is_told_what_lies_in_its_scope(prepared: Database, name: str, role: Role) -> None:
    asked = ASKED[name]
    told = asked.attempt(prepared, Acting(role, asked.place))
    assert told or not asked.narrows


def test_the_demonstration_is_loaded_by_who_has_the_whole_province(prepared: Database) -> None:
    with pytest.raises(Conflict, match="demo-not-empty"):
        CHANGES[LOAD].attempt(prepared, ADMIN)


def test_a_report_is_published_by_who_looks_after_the_unit(database: Database) -> None:
    now = samples.MADE_AT
    for acting, code in (
        (OPERATOR, "role-refused"),
        (LEADERSHIP, "role-refused"),
        (ELSEWHERE, "scope-refused"),
        (OTHER_AGENCY, "scope-refused"),
    ):
        assert refused(partial(drafting.publish, database, acting, "sekadau", PERIOD, now)) == code
    assert unit_publishing.publications_of(database, "sekadau") == []
    drafting.publish(database, Acting(Role.MANAGER, UNIT), "sekadau", PERIOD, now)
    assert len(unit_publishing.publications_of(database, "sekadau")) == 1


def test_kiosks_are_shown_to_who_looks_after_their_unit(prepared: Database) -> None:
    now = samples.MADE_AT
    mine, others = Acting(Role.OPERATOR, UNIT), Acting(Role.OPERATOR, Scope(unit="lain"))
    assert [f.device.name for f in devices.fleet(prepared, mine, now)] == ["Loket 1"]
    assert devices.fleet(prepared, others, now) == []
    assert refused(partial(devices.fleet, prepared, LEADERSHIP, now)) == "role-refused"


@pytest.mark.parametrize("within", [Scope(unit="lain"), Scope(agency="lain")])
def test_what_is_read_of_a_unit_elsewhere_is_as_unknown_as_one_that_does_not_exist(
    prepared: Database, within: Scope
) -> None:
    unit_publishing.publish(prepared, ADMIN, changes.result(prepared), {}, None, samples.MADE_AT)
    reads: tuple[Callable[..., object], ...] = (
        partial(unit_publishing.published, prepared, "sekadau", PERIOD),
        partial(paper.recent, prepared, "sekadau"),
        partial(catalogue.recorded_volumes, prepared, "sekadau", PERIOD),
        partial(catalogue.find_unit, prepared, "sekadau"),
    )
    for read in reads:
        read(within=UNIT)
        with pytest.raises(NotFound, match="unit-unknown"):
            read(within=within)


def test_schedules_are_shown_to_who_answers_for_all_they_report(prepared: Database) -> None:
    for scope in (PROVINCE, AGENCY):
        ordered.add(prepared, ADMIN, scope, "id", YEAR)
    seen = {
        within: [ordered.scope(s) for s in ordered.every(prepared, within)]
        for within in (PROVINCE, AGENCY, UNIT, Scope(agency="lain"))
    }
    assert list(seen.values()) == [[UNIT, PROVINCE, AGENCY], [UNIT, AGENCY], [UNIT], []]
    reported = {ordered.scope(line.schedule) for line in ordered.lines(prepared, samples.MADE_AT, UNIT)}
    assert reported == {UNIT}


def test_a_schedule_that_does_not_exist_is_not_paused(prepared: Database) -> None:
    with pytest.raises(NotFound, match="schedule-unknown"):
        ordered.set_active(prepared, ADMIN, 999, active=False)


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
