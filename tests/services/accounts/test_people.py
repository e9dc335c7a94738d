"""Who may do what to whose account: nobody lifts anybody, oneself among them, above what the own role may."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from survey_app.errors import AppError, Conflict, NotFound, Refused
from survey_app.services.accounts import links, people, sessions
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, ANYBODY, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts
from survey_app.storage.database import Database
from survey_app.storage.tables import account
from tests.cheap_passwords import PASSWORD, role_ids, somebody
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("cheap")
MINE, OTHERS, UNIT = Scope(agency="dpmptsp"), Scope(agency="bapenda"), Scope(unit="ptsp")
MANAGER = Acting(Role.MANAGER, MINE)

#: What can be done to an account.
DEEDS: dict[str, Callable[[Database, Acting, int], object]] = {
    "give": lambda d, a, id_: people.give(d, a, id_, Role.OPERATOR, UNIT),
    "take back": lambda d, a, id_: people.take_back(d, a, id_, role_ids(d, id_)[0]),
    "reset": lambda d, a, id_: people.reset(d, a, id_, NOW),
    "deactivate": people.deactivate,
    "activate": people.activate,
    "look at sessions": lambda d, a, id_: people.sessions_of(d, a, id_, NOW),
    "end sessions": people.end_sessions,
}
#: Whose account a manager of one agency must not touch: the roles they have.
ABOVE = {
    "an administrator": [(Role.ADMIN, PROVINCE)],
    "an administrator of the agency": [(Role.ADMIN, MINE)],
    "the leadership": [(Role.LEADERSHIP, MINE)],
    "an auditor": [(Role.AUDITOR, MINE)],
    "a manager elsewhere": [(Role.MANAGER, OTHERS)],
    "an operator elsewhere": [(Role.OPERATOR, Scope(unit="samsat"))],
    "a manager of the province": [(Role.MANAGER, PROVINCE)],
    "an operator here and elsewhere": [(Role.OPERATOR, UNIT), (Role.OPERATOR, Scope(unit="samsat"))],
    "an operator here who audits": [(Role.OPERATOR, UNIT), (Role.AUDITOR, MINE)],
    "an operator of a unit that is gone": [(Role.OPERATOR, Scope(unit="gone"))],
}


@pytest.fixture
def province(database: Database) -> Database:
    """Two agencies with a unit each, and an administrator."""
    for agency, unit in (("dpmptsp", "ptsp"), ("bapenda", "samsat")):
        catalogue.create_agency(database, ADMIN, agency, agency.upper())
        catalogue.create_unit(database, ADMIN, agency, unit, unit.upper(), time_zone="Asia/Makassar")
    somebody(database, NOW, "admin")
    return database


def person_with(database: Database, roles: list[tuple[Role, Scope]], login: str = "siti") -> int:
    made = somebody(database, NOW, login, Role.AUDITOR)
    for role, scope in roles:
        if scope == Scope(unit="gone"):
            _give_of_gone(database, made)
        else:
            people.give(database, ADMIN, made, role, scope)
    if (Role.AUDITOR, PROVINCE) not in roles:
        people.take_back(database, ADMIN, made, role_ids(database, made)[0])
    return made


def _give_of_gone(database: Database, account: int) -> None:
    database.write(lambda c: accounts.add_role(c, account, Role.OPERATOR, "", "gone"))


@pytest.mark.parametrize("whose", ABOVE)
def test_a_manager_touches_nobody_who_may_more_or_works_elsewhere(province: Database, whose: str) -> None:
    siti = person_with(province, ABOVE[whose])
    before = people.listed(province, ADMIN)
    for deed in DEEDS.values():
        with pytest.raises(Refused, match=r"scope-refused|role-not-given"):
            deed(province, MANAGER, siti)
    assert people.listed(province, ADMIN) == before


@pytest.mark.parametrize(
    "roles", [[(Role.OPERATOR, UNIT), (Role.MANAGER, UNIT)], [(Role.MANAGER, MINE)], [(Role.MANAGER, UNIT)]]
)
def test_a_manager_looks_after_the_own_people(province: Database, roles: list[tuple[Role, Scope]]) -> None:
    siti = person_with(province, roles)
    sessions.begin(province, siti, Origin(""), NOW)
    assert len(people.sessions_of(province, MANAGER, siti, NOW)) == 1
    for deed in DEEDS.values():
        deed(province, MANAGER, siti)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ADMIN, MINE),
        (Role.ADMIN, PROVINCE),
        (Role.LEADERSHIP, MINE),
        (Role.AUDITOR, UNIT),
        (Role.PUBLIC, UNIT),
        (Role.MANAGER, PROVINCE),
        (Role.MANAGER, OTHERS),
        (Role.OPERATOR, Scope(unit="samsat")),
    ],
)
def test_a_manager_gives_nothing_above_and_nothing_elsewhere(
    province: Database, role: Role, scope: Scope
) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    with pytest.raises(Refused, match=r"scope-refused|role-not-given"):
        people.give(province, MANAGER, siti, role, scope)
    with pytest.raises(Refused, match=r"scope-refused|role-not-given"):
        people.invite(province, MANAGER, "baru", "Baru", role, scope, NOW)
    assert "baru" not in {p.login for p in people.listed(province, ADMIN)}


@pytest.mark.parametrize(
    "acting",
    [
        Acting(Role.MANAGER, UNIT),
        Acting(Role.ADMIN, UNIT),
        Acting(Role.OPERATOR, UNIT),
        Acting(Role.LEADERSHIP, PROVINCE),
        Acting(Role.AUDITOR, PROVINCE),
        ANYBODY,
    ],
    ids=str,
)
def test_who_looks_after_one_unit_or_nobody_touches_no_account(province: Database, acting: Acting) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    for deed in DEEDS.values():
        with pytest.raises(Refused):
            deed(province, acting, siti)
    with pytest.raises(Refused):
        people.invite(province, acting, "baru", "Baru", Role.OPERATOR, UNIT, NOW)


def test_a_manager_sees_the_own_people_only(province: Database) -> None:
    mine = person_with(province, [(Role.OPERATOR, UNIT), (Role.AUDITOR, PROVINCE)])
    person_with(province, [(Role.OPERATOR, Scope(unit="samsat"))], "lain")
    seen = people.listed(province, MANAGER)
    assert [(p.id, p.mine) for p in seen] == [(mine, False)]
    with pytest.raises(Refused, match="role-refused"):
        people.listed(province, Acting(Role.AUDITOR))


def test_there_is_always_an_administrator_who_can_come_in(province: Database) -> None:
    admin = people.listed(province, ADMIN)[0].id
    # Invited and not come yet, and of an agency only: neither could help.
    people.invite(province, ADMIN, "siti", "Siti", Role.ADMIN, PROVINCE, NOW)
    somebody(province, NOW, "tuti", Role.ADMIN, MINE)
    for deed in ("take back", "deactivate"):
        with pytest.raises(Refused, match="last-admin"):
            DEEDS[deed](province, ADMIN, admin)
    somebody(province, NOW, "second")
    people.deactivate(province, ADMIN, admin)


def test_an_administrator_of_an_agency_lifts_nobody_to_the_province(province: Database) -> None:
    acting = Acting(Role.ADMIN, MINE)
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    people.give(province, acting, siti, Role.AUDITOR, MINE)
    with pytest.raises(Refused, match="scope-refused"):
        people.give(province, acting, siti, Role.AUDITOR, PROVINCE)


@pytest.mark.parametrize(
    ("roles", "works"),
    [
        pytest.param([(Role.ADMIN, PROVINCE)], False, id="raised"),
        pytest.param([(Role.OPERATOR, Scope(unit="samsat"))], False, id="elsewhere as well"),
        pytest.param([(Role.OPERATOR, MINE), (Role.MANAGER, MINE)], True, id="still the manager's"),
    ],
)
def test_a_link_dies_as_its_account_outgrows_who_could_have_made_it(
    province: Database, roles: list[tuple[Role, Scope]], works: bool
) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    kept = people.reset(province, MANAGER, siti, NOW)
    for role, scope in roles:
        people.give(province, ADMIN, siti, role, scope)
    if works:
        assert links.use(province, kept, PASSWORD, NOW) == siti
    else:
        with pytest.raises(NotFound, match="link-dead"):
            links.use(province, kept, PASSWORD, NOW)


def test_a_link_dies_before_its_account_moves_elsewhere(province: Database) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    kept = people.reset(province, MANAGER, siti, NOW)
    people.take_back(province, ADMIN, siti, role_ids(province, siti)[0])
    people.give(province, ADMIN, siti, Role.MANAGER, OTHERS)
    with pytest.raises(NotFound, match="link-dead"):
        links.look(province, kept, NOW)


def test_a_place_that_is_two_is_none(province: Database) -> None:
    for place in (Scope("bapenda", "ptsp"), Scope("dpmptsp", "samsat")):
        with pytest.raises(NotFound, match="unit-unknown"):
            people.invite(province, MANAGER, "siti", "Siti", Role.OPERATOR, place, NOW)


def test_a_login_belongs_to_one(province: Database) -> None:
    with pytest.raises(Conflict, match="login-taken"):
        people.invite(province, ADMIN, " Admin ", "Lain", Role.AUDITOR, PROVINCE, NOW)


@pytest.mark.parametrize("login", ["", "ab", "a b c", "x" * 101, "budi\n", "<b>", "budi/x"])
def test_what_is_no_login_is_refused(province: Database, login: str) -> None:
    if login == "budi\n":
        login = "bu\ndi"
    with pytest.raises(AppError, match="login-form"):
        people.invite(province, ADMIN, login, "Budi", Role.AUDITOR, PROVINCE, NOW)


CLOSERS = {
    "the province": (ADMIN, {"the province"}),
    "an administrator of the agency": (
        Acting(Role.ADMIN, MINE),
        {"the province", "an administrator of the agency"},
    ),
    "a manager of the agency": (
        MANAGER,
        {"the province", "an administrator of the agency", "a manager of the agency"},
    ),
}


@pytest.mark.parametrize("closer", CLOSERS)
def test_whom_somebody_above_has_deactivated_stays_so(province: Database, closer: str) -> None:
    acting, reopeners = CLOSERS[closer]
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    for name, (other, _) in CLOSERS.items():
        people.deactivate(province, acting, siti)
        # Whoever deactivates once more takes nothing over.
        people.deactivate(province, MANAGER, siti)
        if name in reopeners:
            people.activate(province, other, siti)
        else:
            with pytest.raises(Refused, match="closed-above"):
                people.activate(province, other, siti)
        assert {p.active for p in people.listed(province, ADMIN) if p.id == siti} == {name in reopeners}


def test_of_an_account_of_which_nobody_knows_who_deactivated_it_the_province_decides(
    province: Database,
) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT)])
    people.deactivate(province, MANAGER, siti)
    unknown = account.update().values(closed_role=None, closed_agency=None)
    province.write(lambda connection: connection.execute(unknown))
    with pytest.raises(Refused, match="closed-above"):
        people.activate(province, MANAGER, siti)
    people.activate(province, ADMIN, siti)


def test_of_roles_elsewhere_nobody_is_told_more_than_that_there_are(province: Database) -> None:
    siti = person_with(province, [(Role.OPERATOR, UNIT), (Role.AUDITOR, OTHERS), (Role.MANAGER, MINE)])
    seen = {
        place: next(p for p in people.listed(province, Acting(Role.MANAGER, place)) if p.id == siti)
        for place in (UNIT, MINE, OTHERS, PROVINCE)
    }
    told = {place: ([g.role for g in p.roles], p.elsewhere) for place, p in seen.items()}
    assert told == {
        UNIT: ([Role.OPERATOR], True),
        MINE: ([Role.OPERATOR, Role.MANAGER], True),
        OTHERS: ([Role.AUDITOR], True),
        PROVINCE: ([Role.OPERATOR, Role.AUDITOR, Role.MANAGER], False),
    }
    # Neither may change what has a role elsewhere.
    assert [p.mine for p in seen.values()] == [False, False, False, False]
