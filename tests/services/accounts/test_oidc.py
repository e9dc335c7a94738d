"""Signing in by a provider: whose account, with which roles, and how nobody else comes in by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from survey_app.errors import AppError
from survey_app.services.accounts import links, oidc, passkeys, people, sessions, signing_in
from survey_app.services.accounts.oidc import PATIENCE, Return
from survey_app.services.accounts.oidc_provider import Client, Provider
from survey_app.services.accounts.oidc_roles import Rule
from survey_app.services.accounts.people import Person
from survey_app.services.accounts.sessions import Origin, Session
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.tables import account_identity, oidc_request
from tests.oidc_forger import CLIENT, SECRET, Forger, served
from tests.submissions import NOW

HERE = Origin("10.0.0.1")
UNIT = Scope(unit="ptsp")
RULES = (
    Rule(path=("groups",), value="admin", role=Role.ADMIN, scope=PROVINCE),
    Rule(path=("groups",), value="lihat", role=Role.AUDITOR, scope=PROVINCE),
    Rule(path=("groups",), value="loket", role=Role.OPERATOR, scope=UNIT),
    Rule(path=("groups",), value="lama", role=Role.OPERATOR, scope=Scope(unit="sudah-tidak-ada")),
    Rule(path=("groups",), value="lama", role=Role.MANAGER, scope=Scope(agency="sudah-tidak-ada")),
)


def code(job: Callable[[], object]) -> str:
    with pytest.raises(AppError) as caught:
        job()
    return caught.value.code


@dataclass
class Desk:
    """Somebody at a browser, and a provider that says of them what a test wants."""

    database: Database
    forger: Forger
    provider: Provider = field(init=False)

    def __post_init__(self) -> None:
        client = Client(
            issuer=self.forger.issuer, client_id=CLIENT, secret=SECRET, name="SSO", scopes="openid"
        )
        self.provider = Provider(client)

    def sent(self, now: datetime = NOW) -> tuple[str, str]:
        """Sent away and confirmed there: the state that the browser holds, and the code it brings back."""
        departure = oidc.depart(self.database, self.provider, "https://s/masuk/oidc/kembali", "/unit", now)
        return departure.state, self.forger.authorize(departure.address)

    def back(self, back: Return, now: datetime = NOW) -> str:
        awaited = oidc.come_back(self.database, back, now)
        assert awaited.onward == "/unit"
        return oidc.sign_in(self.database, self.provider, RULES, back, awaited, HERE, now)

    def sign_in(self, *groups: str, now: datetime = NOW, **claims: Any) -> Session:
        self.forger.claims, self.forger.now = {"groups": list(groups), **claims}, now
        state, given = self.sent(now)
        token = self.back(Return(state=state, held=state, code=given), now)
        found = sessions.find(self.database, token, now)
        assert found is not None
        return found

    def person(self, login: str) -> Person:
        return next(person for person in people.listed(self.database, ADMIN) if person.login == login)

    def alive(self, session: Session) -> bool:
        return session.key in {one.key for one in sessions.open_ones(self.database, session.account, NOW)}


@pytest.fixture
def desk(database: Database, unit: UnitEntry) -> Iterator[Desk]:
    """Beside an administrator with a password, as everywhere."""
    people.invite(database, ADMIN, "admin", "Admin", Role.ADMIN, PROVINCE, NOW)
    with served(NOW) as forger:
        yield Desk(database, forger)


def roles(person: Person) -> set[tuple[Role, Scope]]:
    return {(given.role, given.scope) for given in person.roles}


def test_somebody_new_gets_an_account_with_the_roles_of_the_claims(desk: Desk) -> None:
    session = desk.sign_in("loket", "lihat", "lain", name="Ani Lestari", preferred_username="Ani")
    assert (session.login, session.name) == ("ani", "Ani Lestari")
    person = desk.person("ani")
    assert roles(person) == {(Role.OPERATOR, UNIT), (Role.AUDITOR, PROVINCE)}
    assert person.provider
    assert not person.waiting
    assert not desk.person("admin").provider


def test_the_same_person_has_the_same_account_whatever_else_is_said(desk: Desk) -> None:
    first = desk.sign_in("lihat", preferred_username="ani", email="ani@contoh.go.id", name="Ani")
    again = desk.sign_in("lihat", preferred_username="lestari", email="lain@contoh.go.id", name="Lestari")
    assert again.account == first.account
    assert (again.login, again.name) == ("ani", "Lestari")
    other = desk.sign_in("lihat", sub="u-2", preferred_username="ani", email="ani@contoh.go.id")
    assert other.account != first.account


def test_claims_that_changed_give_and_take_roles_and_end_sessions_that_acted_in_them(desk: Desk) -> None:
    as_auditor = desk.sign_in("lihat")
    as_operator = desk.sign_in("lihat", "loket")
    assert (as_auditor.acting.role, as_operator.acting.role) == (Role.AUDITOR, Role.OPERATOR)
    desk.sign_in("loket", "admin")
    assert roles(desk.person(as_auditor.login)) == {(Role.OPERATOR, UNIT), (Role.ADMIN, PROVINCE)}
    assert not desk.alive(as_auditor)
    assert desk.alive(as_operator)


def test_without_a_role_any_more_nobody_comes_in_and_nobody_stays(desk: Desk) -> None:
    session = desk.sign_in("lihat")
    assert code(lambda: desk.sign_in("lain")) == "oidc-no-role"
    assert not desk.alive(session)
    assert roles(desk.person(session.login)) == set()
    # The account is the same one where the roles come back.
    assert desk.sign_in("loket").account == session.account


def test_a_stranger_without_a_role_leaves_no_account(desk: Desk) -> None:
    assert code(lambda: desk.sign_in()) == "oidc-no-role"
    assert code(lambda: desk.sign_in("lama")) == "oidc-no-role"
    assert [person.login for person in people.listed(desk.database, ADMIN)] == ["admin"]


def test_who_is_deactivated_stays_out_and_comes_in_again_when_activated(desk: Desk) -> None:
    session = desk.sign_in("lihat")
    people.deactivate(desk.database, ADMIN, session.account)
    assert code(lambda: desk.sign_in("admin")) == "oidc-inactive"
    # Nothing was given meanwhile.
    assert roles(desk.person(session.login)) == {(Role.AUDITOR, PROVINCE)}
    people.activate(desk.database, ADMIN, session.account)
    assert desk.sign_in("lihat").account == session.account


@pytest.mark.parametrize("claim", ["preferred_username", "email", "name", "sub"])
def test_no_account_of_before_is_ever_taken_over(desk: Desk, claim: str) -> None:
    people.invite(desk.database, ADMIN, "budi@contoh.go.id", "Budi", Role.OPERATOR, UNIT, NOW)
    budi = desk.person("budi@contoh.go.id")
    said: dict[str, Any] = {claim: "budi@contoh.go.id"}
    session = desk.sign_in("lihat", **said)
    assert session.account != budi.id
    assert session.login != budi.login
    assert desk.person(budi.login) == budi


@pytest.mark.parametrize(
    ("claims", "login"),
    [
        ({"email": "Ani@Contoh.go.id"}, "ani@contoh.go.id"),
        ({"preferred_username": "admin", "email": "ani@contoh.go.id"}, "ani@contoh.go.id"),
        ({"preferred_username": "<b>ani", "email": 7}, "u-1@127.0.0.1"),
        ({"preferred_username": ["ani"]}, "u-1@127.0.0.1"),
        ({}, "u-1@127.0.0.1"),
    ],
    ids=str,
)
def test_what_an_account_is_called(desk: Desk, claims: dict[str, Any], login: str) -> None:
    assert desk.sign_in("lihat", **claims).login == login


def test_a_subject_that_is_no_name_and_one_that_is_taken_still_have_an_account(desk: Desk) -> None:
    odd = desk.sign_in("lihat", sub="oidc|7/ü")
    assert odd.login.endswith("@127.0.0.1")
    people.invite(desk.database, ADMIN, "u-1@127.0.0.1", "Lain", Role.OPERATOR, UNIT, NOW)
    taken = desk.sign_in("lihat")
    assert taken.login not in ("u-1@127.0.0.1", odd.login)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ani\x00 Le\u202estari", "Ani Lestari"), ("\n", None), (7, None), ("A" * 300, "A" * 100), ("", None)],
)
def test_a_name_is_what_can_be_shown_of_it(desk: Desk, name: object, shown: str | None) -> None:
    session = desk.sign_in("lihat", preferred_username="ani", name=name)
    assert session.name == (shown or "ani")


def test_where_nobody_has_an_account_the_provider_makes_none(database: Database, unit: UnitEntry) -> None:
    """The first is the administrator who has the link of the terminal: nobody comes before."""
    with served(NOW) as forger:
        assert code(lambda: Desk(database, forger).sign_in("admin")) == "oidc-first"
    assert links.open_first(database, NOW) is not None


def test_a_return_counts_once(desk: Desk) -> None:
    desk.forger.claims = {"groups": ["lihat"]}
    state, given = desk.sent()
    back = Return(state=state, held=state, code=given)
    assert desk.back(back)
    assert code(lambda: desk.back(back)) == "oidc-not-awaited"


def test_a_return_in_another_browser_counts_for_nothing_and_disturbs_nobody(desk: Desk) -> None:
    desk.forger.claims = {"groups": ["lihat"]}
    state, given = desk.sent()
    other, _ = desk.sent()
    for held in ("", other, state[:-1], f"{state} "):
        back = Return(state=state, held=held, code=given)
        assert code(partial(desk.back, back)) == "oidc-not-awaited"
    assert desk.back(Return(state=state, held=state, code=given))


@pytest.mark.parametrize("state", ["", "tidak-ada", "\x00", "é" * 1000])
def test_a_return_that_nobody_awaits(desk: Desk, state: str) -> None:
    assert code(lambda: desk.back(Return(state=state, held=state, code="x"))) == "oidc-not-awaited"


def test_a_return_comes_in_time(desk: Desk) -> None:
    state, given = desk.sent()
    late = Return(state=state, held=state, code=given)
    assert code(lambda: desk.back(late, NOW + PATIENCE)) == "oidc-not-awaited"
    desk.sent()
    desk.sent(NOW + PATIENCE + timedelta(seconds=1))
    # Those who never came back are forgotten as somebody else leaves.
    with desk.database.read() as connection:
        assert len(connection.execute(sa.select(oidc_request)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [{"code": ""}, {"code": "tebakan"}, {"issuer": "https://lain.contoh.go.id"}, {"issuer": ""}],
    ids=str,
)
def test_a_return_without_what_the_provider_gave(desk: Desk, change: dict[str, str]) -> None:
    state, given = desk.sent()
    values = {"state": state, "held": state, "code": given, **change}
    assert code(lambda: desk.back(Return(**values))) == "oidc-refused"


def test_the_code_of_somebody_else_does_not_fit(desk: Desk) -> None:
    """Else somebody could have another work in an account that is not theirs: the proof is missing."""
    desk.forger.claims = {"groups": ["lihat"]}
    _, stolen = desk.sent()
    state, _ = desk.sent()
    assert code(lambda: desk.back(Return(state=state, held=state, code=stolen))) == "oidc-refused"


def test_the_database_keeps_neither_state_nor_token(desk: Desk) -> None:
    desk.forger.claims = {"groups": ["lihat"]}
    state, given = desk.sent()
    with desk.database.read() as connection:
        kept = str(connection.execute(sa.select(oidc_request)).all())
    assert state not in kept
    desk.back(Return(state=state, held=state, code=given))
    with desk.database.read() as connection:
        assert connection.execute(sa.select(oidc_request)).all() == []
        assert [row[1:] for row in connection.execute(sa.select(account_identity))] != []


def test_roles_and_ways_in_are_the_providers(desk: Desk) -> None:
    session = desk.sign_in("lihat")
    (given,) = desk.person(session.login).roles
    site = passkeys.Site("survei.contoh.go.id", "https://survei.contoh.go.id")
    refusals: list[Callable[[], object]] = [
        lambda: links.change_password(desk.database, session, "", "x" * 20, NOW),
        lambda: people.give(desk.database, ADMIN, session.account, Role.OPERATOR, UNIT),
        lambda: people.take_back(desk.database, ADMIN, session.account, given.id),
        lambda: people.reset(desk.database, ADMIN, session.account, NOW),
        lambda: passkeys.start_adding(desk.database, session, site, "Survei", NOW),
    ]
    assert {code(job) for job in refusals} == {"roles-from-provider"}
    # Nobody learns of it who may not change people.
    auditor = Acting(Role.AUDITOR)
    assert code(lambda: people.reset(desk.database, auditor, session.account, NOW)) == "role-refused"
    for password in ("", "x"):
        tried = partial(signing_in.sign_in, desk.database, session.login, password, HERE, NOW)
        assert code(tried) == "sign-in-refused"
    # Ending sessions and letting nobody in stays with who manages people.
    people.end_sessions(desk.database, ADMIN, session.account)
    assert not desk.alive(session)


def test_an_administrator_by_the_provider_does_not_make_the_last_other_one_dispensable(desk: Desk) -> None:
    """What the provider gives it may take back at any sign-in: somebody has to come in without it."""
    admin = desk.person("admin")
    token = people.reset(desk.database, ADMIN, admin.id, NOW)
    links.use(desk.database, token, "sebuah kalimat yang panjang", NOW)
    desk.sign_in("admin")
    assert code(lambda: people.deactivate(desk.database, ADMIN, admin.id)) == "last-admin"
