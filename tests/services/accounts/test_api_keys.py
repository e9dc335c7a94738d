"""Keys of other programs: shown once, for less than their makers may, over when those could not make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from survey_app.errors import Refused, Unavailable
from survey_app.services.accounts import api_keys, demo_people, people, sessions
from survey_app.services.accounts.api_keys import LONGEST, PREFIX, RIGHTS, Caller, Right
from survey_app.services.accounts.key_standing import State
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.tables import api_key, metadata
from survey_app.text import Text
from tests.cheap_passwords import role_ids, somebody
from tests.conftest import NOW
from tests.services.accounts.test_oidc import Desk, desk

__all__ = ["desk"]
pytestmark = pytest.mark.usefixtures("cheap")
AGENCY, UNIT = Scope(agency="dpmptsp"), Scope(unit="ptsp")
ENDS = NOW + timedelta(days=90)


def made(
    database: Database, acting: Acting = ADMIN, scope: Scope = UNIT, *rights: Right, name: str = "dasbor"
) -> str:
    return api_keys.make(database, acting, name, scope, set(rights) or {Right.RESULTS}, ENDS, NOW)


def caller(database: Database, token: str) -> Caller | None:
    return api_keys.authenticate(database, token, NOW)


def state(database: Database) -> State:
    (key,) = api_keys.listed(database, ADMIN, NOW)
    return key.state


def of_account(account: int, role: Role = Role.MANAGER, scope: Scope = AGENCY) -> Acting:
    return Acting(role, scope, account, "budi@kaltim.go.id")


def test_a_key_is_nowhere_but_where_it_is_shown(database: Database, unit: UnitEntry) -> None:
    token = made(database)
    assert token.startswith(PREFIX)
    with database.read() as connection:
        everything = "".join(
            str(row) for table in metadata.tables.values() for row in connection.execute(table.select())
        )
    assert "dasbor" in everything
    assert token not in everything
    assert token.removeprefix(PREFIX) not in everything


@pytest.mark.parametrize("right", list(Right))
def test_a_key_acts_in_its_makers_role_where_and_as_far_as_it_is_for(
    database: Database, unit: UnitEntry, right: Right
) -> None:
    found = caller(database, made(database, ADMIN, UNIT, right))
    assert found is not None
    assert found.acting == Acting(Role.ADMIN, UNIT, only=RIGHTS[right])
    assert found.acting.by == "API: dasbor"
    assert {action for action in Action if found.acting.may(action)} == RIGHTS[right]
    with pytest.raises(Refused, match="key-refused"):
        people.listed(database, found.acting)
    with pytest.raises(Refused, match="key-refused"):
        api_keys.make(database, found.acting, "x", UNIT, {right}, ENDS, NOW)


@pytest.mark.parametrize(
    "forged",
    [
        lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"),
        lambda token: token.removeprefix(PREFIX),
        lambda token: token.upper(),
        lambda _: "",
        lambda _: PREFIX,
        lambda token: token + "\x00",
        lambda token: token + "\ud800",
    ],
)
def test_what_is_no_key_opens_nothing(
    database: Database, unit: UnitEntry, forged: Callable[[str], str]
) -> None:
    assert caller(database, forged(made(database))) is None


def test_a_key_ends_by_itself_and_as_somebody_ends_it(database: Database, unit: UnitEntry) -> None:
    token = made(database)
    last = ENDS - timedelta(microseconds=1)
    assert api_keys.authenticate(database, token, last) is not None
    assert api_keys.authenticate(database, token, ENDS) is None
    assert [k.state for k in api_keys.listed(database, ADMIN, ENDS)] == [State.OVER]
    api_keys.revoke(database, ADMIN, 1, NOW)
    assert caller(database, token) is None
    assert state(database) is State.ENDED
    api_keys.revoke(database, ADMIN, 1, ENDS)
    (key,) = api_keys.listed(database, ADMIN, NOW)
    assert key.revoked_at == NOW


def _deactivated(database: Database, account: int) -> None:
    people.deactivate(database, ADMIN, account)


def _without_the_role(database: Database, account: int) -> None:
    people.take_back(database, ADMIN, account, role_ids(database, account)[0])


def _in_another_role(database: Database, account: int) -> None:
    people.give(database, ADMIN, account, Role.ADMIN, PROVINCE)
    _without_the_role(database, account)


def _elsewhere(database: Database, account: int) -> None:
    catalogue.create_agency(database, ADMIN, "bapenda", "Bapenda")
    people.give(database, ADMIN, account, Role.MANAGER, Scope(agency="bapenda"))
    _without_the_role(database, account)


@pytest.mark.parametrize("lost", [_deactivated, _without_the_role, _in_another_role, _elsewhere])
def test_a_key_ends_as_its_maker_could_not_make_it_any_more(
    database: Database, unit: UnitEntry, lost: Callable[[Database, int], None]
) -> None:
    somebody(database, NOW, "admin")
    budi = somebody(database, NOW, "budi@kaltim.go.id", Role.MANAGER, AGENCY)
    token = made(database, of_account(budi))
    assert caller(database, token) is not None
    (key,) = api_keys.listed(database, ADMIN, NOW)
    assert (key.maker, key.works) == ("budi@kaltim.go.id", True)
    lost(database, budi)
    assert caller(database, token) is None
    assert state(database) is State.MAKER_GONE


def test_a_wider_role_of_the_maker_goes_on_bearing_a_key(database: Database, unit: UnitEntry) -> None:
    somebody(database, NOW, "admin")
    budi = somebody(database, NOW, "budi@kaltim.go.id", Role.MANAGER, UNIT)
    token = made(database, of_account(budi, scope=UNIT))
    people.give(database, ADMIN, budi, Role.MANAGER, AGENCY)
    _without_the_role(database, budi)
    assert caller(database, token) is not None


def test_a_key_of_somebody_from_a_provider_ends_with_what_its_claims_give(desk: Desk) -> None:
    database = desk.database
    session = desk.sign_in("admin")
    token = made(database, session.acting)
    assert caller(database, token) is not None
    desk.sign_in("lihat")
    assert caller(database, token) is None
    desk.sign_in("admin")
    assert caller(database, token) is not None


def test_a_key_of_the_command_line_is_the_servers_own(database: Database, unit: UnitEntry) -> None:
    assert caller(database, made(database)) is not None
    (key,) = api_keys.listed(database, ADMIN, NOW)
    assert (key.maker, key.state) == (None, State.WORKS)


def test_people_of_the_demonstration_make_no_key(database: Database, unit: UnitEntry) -> None:
    token = demo_people.sign_in(database, Role.ADMIN, Origin(""), NOW)
    session = sessions.find(database, token, NOW, demo=lambda: True)
    assert session is not None
    with pytest.raises(Refused, match="demo-account"):
        made(database, session.acting)
    assert api_keys.listed(database, ADMIN, NOW) == []


def test_when_a_key_was_used_is_known_to_ten_minutes(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = made(database)

    def used_after(minutes: int) -> object:
        api_keys.authenticate(database, token, NOW + timedelta(minutes=minutes))
        (key,) = api_keys.listed(database, ADMIN, NOW)
        assert key.used_at is not None
        return key.used_at - NOW

    assert [used_after(m) for m in (0, 9, 10)] == [timedelta(minutes=m) for m in (0, 0, 10)]

    def away(*_: object) -> None:
        raise Unavailable("database-away", Text("-", "-"), "")

    # A database that takes nothing in answers all the same.
    monkeypatch.setattr(database, "write", away)
    assert api_keys.authenticate(database, token, NOW + timedelta(minutes=30)) is not None


@pytest.mark.parametrize(
    ("acting", "scope", "code"),
    [
        (Acting(Role.MANAGER, UNIT), AGENCY, "scope-refused"),
        (Acting(Role.MANAGER, UNIT), PROVINCE, "scope-refused"),
        (Acting(Role.MANAGER, AGENCY), PROVINCE, "scope-refused"),
        (Acting(Role.ADMIN, Scope(agency="lain")), UNIT, "scope-refused"),
        (Acting(Role.LEADERSHIP), UNIT, "role-refused"),
        (Acting(Role.AUDITOR), UNIT, "role-refused"),
    ],
)
def test_nobody_makes_or_ends_a_key_beyond_the_own_place(
    database: Database, unit: UnitEntry, acting: Acting, scope: Scope, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        made(database, acting, scope)
    made(database, ADMIN, scope)
    with pytest.raises(Refused, match=code):
        api_keys.revoke(database, acting, 1, NOW)
    assert state(database) is State.WORKS


def test_keys_are_seen_by_who_looks_after_their_place(database: Database, unit: UnitEntry) -> None:
    for scope in (PROVINCE, AGENCY, UNIT):
        made(database, ADMIN, scope)
    seen = {
        within: [key.scope for key in api_keys.listed(database, Acting(Role.MANAGER, within), NOW)]
        for within in (PROVINCE, AGENCY, UNIT, Scope(agency="lain"))
    }
    assert list(seen.values()) == [[UNIT, AGENCY, PROVINCE], [UNIT, AGENCY], [UNIT], []]


def test_everything_that_is_wrong_is_said_at_once(database: Database, unit: UnitEntry) -> None:
    for name, ends in ((" ", NOW), ("x" * 101, NOW + LONGEST + timedelta(seconds=1)), ("a\nb", NOW)):
        with pytest.raises(Refused) as caught:
            api_keys.make(database, ADMIN, name, UNIT, set(), ends, NOW)
        assert [p.code for p in caught.value.problems] == ["name-length", "no-rights", "key-end"]
    assert api_keys.listed(database, ADMIN, NOW) == []


def test_a_right_of_which_the_maker_may_do_nothing_is_refused(database: Database, unit: UnitEntry) -> None:
    acting = Acting(Role.ADMIN, only=frozenset({Action.CONNECT_PROGRAMS, Action.IMPORT_ANSWERS}))
    with pytest.raises(Refused) as caught:
        made(database, acting, UNIT, *Right)
    assert [p.code for p in caught.value.problems] == ["right-not-yours"] * 3
    made(database, acting, UNIT, Right.IMPORT)


def test_a_key_is_stored_with_the_codes_of_its_place(database: Database, unit: UnitEntry) -> None:
    made(database, ADMIN, Scope(agency="DPMPTSP"))
    made(database, ADMIN, Scope(unit="PTSP"))
    with database.read() as connection:
        stored = connection.execute(sa.select(api_key.c.agency, api_key.c.unit)).all()
    assert sorted(map(tuple, stored)) == [("", "ptsp"), ("dpmptsp", "")]
