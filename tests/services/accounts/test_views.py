"""Viewing as somebody else: who may, what it is written down as, and everything that ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest

from survey_app.errors import AppError, NotFound, Refused
from survey_app.services.accounts import links, passkeys, people, sessions, views
from survey_app.services.accounts.passkeys import Site
from survey_app.services.accounts.sessions import Origin, Session
from survey_app.services.places import audit_log, catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.storage.tables import account
from tests.cheap_passwords import PASSWORD, role_ids, somebody
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("cheap")
OFFICE = Origin("10.1.2.3", "Firefox, Windows")
MINE, UNIT = Scope(agency="dpmptsp"), Scope(unit="ptsp")
SITE = Site("localhost", "http://localhost")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Office:
    """An administrator with a session, and Budi, an operator of one unit."""

    database: Database
    token: str
    admin: int
    budi: int

    def session(self, after: timedelta = timedelta()) -> Session:
        found = sessions.find(self.database, self.token, NOW + after)
        assert found is not None
        return found

    def view(self) -> Session:
        mine = self.session()
        role = role_ids(self.database, self.budi)[0]
        views.begin(self.database, mine.acting, mine.key, self.budi, role, NOW)
        return self.session()

    def told(self) -> list[tuple[str, str, str | None]]:
        """What was begun and ended, the oldest first: the service, why it ended, and by whom."""
        entries = audit_log.page(self.database, ADMIN, Wanted(actions=[Action.VIEW_AS])).entries
        return [(e.what["service"], e.what.get("ended", ""), e.who) for e in reversed(entries)]


@pytest.fixture
def office(database: Database) -> Office:
    for agency, unit in (("dpmptsp", "ptsp"), ("bapenda", "samsat")):
        catalogue.create_agency(database, ADMIN, agency, agency.upper())
        catalogue.create_unit(database, ADMIN, agency, unit, unit.upper(), time_zone="Asia/Makassar")
    admin = somebody(database, NOW, "admin")
    budi = somebody(database, NOW, "budi", Role.OPERATOR, UNIT)
    return Office(database, sessions.begin(database, admin, OFFICE, NOW), admin, budi)


BEGUN = ("accounts.views.begin", "", "admin")


def ended(why: str, who: str = "admin") -> tuple[str, str, str | None]:
    return ("accounts.views.end", why, who)


def test_whoever_views_acts_as_the_other_and_is_still_known(office: Office) -> None:
    seen = office.view()
    assert (seen.login, seen.account, seen.own) == (
        "admin",
        office.admin,
        Acting(Role.ADMIN, PROVINCE, office.admin),
    )
    assert seen.acting == Acting(Role.OPERATOR, UNIT, office.budi, viewer=seen.own)
    assert seen.viewing is not None
    assert (seen.viewing.login, seen.viewing.until) == ("budi", NOW + views.LONGEST)
    (entry, *_) = audit_log.page(office.database, ADMIN, Wanted(unit="ptsp")).entries
    assert (entry.who, entry.role, entry.action, entry.network) == (
        "admin",
        "admin",
        "view-as",
        "10.1.2.0/24",
    )
    assert entry.what == {
        "service": "accounts.views.begin",
        "login": "budi",
        "role": "operator",
        "until": (NOW + views.LONGEST).isoformat(),
    }


def test_the_other_person_is_not_seen_by_it(office: Office) -> None:
    """Neither is the account's last moment the viewer's, nor is there a session of theirs."""
    before = [person.last_seen for person in people.listed(office.database, ADMIN) if person.login == "budi"]
    office.view()
    office.session(5 * MINUTE)
    after = [person.last_seen for person in people.listed(office.database, ADMIN) if person.login == "budi"]
    assert before == after
    assert sessions.open_ones(office.database, office.budi, NOW) == []


def click(office: Office) -> None:
    mine = office.session()
    views.end(office.database, mine.key, mine.own)


ENDS: dict[str, tuple[Callable[[Office], object], str]] = {
    "a click": (click, "click"),
    "the role is taken back": (
        lambda o: people.take_back(o.database, ADMIN, o.budi, role_ids(o.database, o.budi)[0]),
        "right",
    ),
    "the account is closed": (lambda o: people.deactivate(o.database, ADMIN, o.budi), "right"),
}


@pytest.mark.parametrize("how", ENDS)
def test_it_ends_and_the_own_role_is_back(office: Office, how: str) -> None:
    office.view()
    deed, why = ENDS[how]
    deed(office)
    for _ in range(2):
        back = office.session()
        assert (back.acting.role, back.acting.viewer, back.viewing) == (Role.ADMIN, None, None)
    assert office.told() == [BEGUN, ended(why)]


def test_it_ends_by_itself(office: Office) -> None:
    office.view()
    assert office.session(views.LONGEST - MINUTE).viewing is not None
    assert office.session(views.LONGEST).viewing is None
    assert office.told() == [BEGUN, ended("time")]


SESSION_ENDS: dict[str, Callable[[Office], object]] = {
    "signing out": lambda o: sessions.end(o.database, o.token),
    "another of the own sessions ends it": lambda o: sessions.end_own(o.database, other(o), o.session().key),
    "another of the own sessions ends all": lambda o: sessions.end_others(o.database, other(o)),
    "somebody ends it": lambda o: people.end_sessions(o.database, ADMIN, o.admin),
    "the viewer's account is closed": lambda o: people.deactivate(o.database, ADMIN, o.admin),
    "the viewer's role is taken back": lambda o: people.take_back(
        o.database, ADMIN, o.admin, role_ids(o.database, o.admin)[0]
    ),
    "the viewer's password is set anew": lambda o: links.use(
        o.database, people.reset(o.database, ADMIN, o.admin, NOW), "gajah terbang tinggi", NOW
    ),
    "the viewer's password is changed elsewhere": lambda o: links.change_password(
        o.database, other(o), PASSWORD, "gajah terbang tinggi", NOW
    ),
    "a day goes by": lambda o: sessions.begin(o.database, o.budi, OFFICE, NOW + timedelta(days=1)),
}


def other(office: Office) -> Session:
    token = sessions.begin(office.database, office.admin, OFFICE, NOW)
    found = sessions.find(office.database, token, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("how", SESSION_ENDS)
def test_it_ends_with_the_session_and_that_is_written_down(office: Office, how: str) -> None:
    somebody(office.database, NOW, "siti")
    office.view()
    SESSION_ENDS[how](office)
    assert sessions.find(office.database, office.token, NOW) is None
    assert office.told() == [BEGUN, ended("session")]


def test_who_gets_more_than_the_viewer_may_give_is_viewed_no_longer(office: Office) -> None:
    database = office.database
    sari = somebody(database, NOW, "sari", Role.MANAGER, MINE)
    token = sessions.begin(database, sari, OFFICE, NOW)
    mine = sessions.find(database, token, NOW)
    assert mine is not None
    views.begin(database, mine.acting, mine.key, office.budi, role_ids(database, office.budi)[0], NOW)
    people.give(database, ADMIN, office.budi, Role.LEADERSHIP, PROVINCE)
    again = sessions.find(database, token, NOW)
    assert again is not None
    assert (again.acting.role, again.viewing) == (Role.MANAGER, None)
    assert office.told()[-1] == ended("right", "sari")


@pytest.mark.parametrize(
    ("role", "scope", "code"),
    [
        (Role.ADMIN, PROVINCE, "scope-refused"),
        (Role.ADMIN, MINE, "scope-refused"),
        (Role.LEADERSHIP, MINE, "scope-refused"),
        (Role.AUDITOR, UNIT, "scope-refused"),
        (Role.OPERATOR, Scope(unit="samsat"), "scope-refused"),
        (Role.MANAGER, PROVINCE, "scope-refused"),
        (Role.MANAGER, MINE, ""),
        (Role.MANAGER, UNIT, ""),
        (Role.OPERATOR, UNIT, ""),
    ],
)
def test_a_manager_views_as_the_own_people_in_roles_to_give(
    office: Office, role: Role, scope: Scope, code: str
) -> None:
    database = office.database
    siti, sari = (
        somebody(database, NOW, "siti", role, scope),
        somebody(database, NOW, "sari", Role.MANAGER, MINE),
    )
    found = sessions.find(database, sessions.begin(database, sari, OFFICE, NOW), NOW)
    assert found is not None
    role_id = role_ids(database, siti)[0]
    begin = partial(views.begin, database, found.acting, found.key, siti, role_id, NOW)
    if not code:
        begin()
        assert office.told() == [("accounts.views.begin", "", "sari")]
        return
    with pytest.raises(Refused, match=code):
        begin()
    (entry, *_) = audit_log.page(database, ADMIN, Wanted(who="sari")).entries
    assert (entry.action, entry.refused) == ("view-as", True)


@pytest.mark.parametrize("acting", [Acting(role) for role in (Role.OPERATOR, Role.AUDITOR, Role.LEADERSHIP)])
def test_no_other_role_views_as_anybody(office: Office, acting: Acting) -> None:
    key, role = office.session().key, role_ids(office.database, office.budi)[0]
    with pytest.raises(Refused, match="role-refused"):
        views.begin(office.database, acting, key, office.budi, role, NOW)


def test_nobody_is_viewed_in_a_role_that_is_not_theirs_nor_a_closed_account_nor_oneself(
    office: Office,
) -> None:
    mine = office.session()
    admins, budis = role_ids(office.database, office.admin)[0], role_ids(office.database, office.budi)[0]

    def begin(account_id: int, role_id: int) -> str:
        with pytest.raises(AppError) as caught:
            views.begin(office.database, mine.acting, mine.key, account_id, role_id, NOW)
        return caught.value.code

    assert begin(office.budi, admins) == "role-unknown"
    assert begin(999, budis) == "role-unknown"
    assert begin(office.admin, admins) == "view-refused"
    people.deactivate(office.database, ADMIN, office.budi)
    assert begin(office.budi, budis) == "role-unknown"
    assert office.session().viewing is None


def test_nobody_views_as_a_sample(office: Office) -> None:
    database, mine = office.database, office.session()
    role = role_ids(database, office.budi)[0]
    database.write(lambda c: c.execute(account.update().where(account.c.id == office.budi).values(demo=True)))
    with pytest.raises(NotFound, match="role-unknown"):
        views.begin(database, mine.acting, mine.key, office.budi, role, NOW)


#: What somebody does to the own account.
OWN: dict[str, Callable[[Database, Session], object]] = {
    "password": lambda d, s: links.change_password(d, s, PASSWORD, "gajah terbang tinggi", NOW),
    "ask for a passkey": lambda d, s: passkeys.start_adding(d, s, SITE, "Survei", NOW),
    "add a passkey": lambda d, s: passkeys.add(d, s, SITE, {}, "", NOW),
    "remove a passkey": lambda d, s: passkeys.remove(d, s, "x", NOW),
    "drop the password": lambda d, s: passkeys.drop_password(d, s, NOW),
    "another role": lambda d, s: sessions.act_as(d, s, s.role_id),
    "end a session": lambda d, s: sessions.end_own(d, s, "x"),
    "end the others": sessions.end_others,
}


@pytest.mark.parametrize("what", OWN)
def test_nothing_of_an_account_is_changed_meanwhile(office: Office, what: str) -> None:
    seen = office.view()
    with pytest.raises(Refused, match="viewing-as"):
        OWN[what](office.database, seen)


def test_of_two_clicks_one_ends_it(office: Office) -> None:
    office.view()
    click(office)
    click(office)
    assert office.told() == [BEGUN, ended("click")]


def test_the_end_says_whom_it_was(office: Office) -> None:
    office.view()
    click(office)
    entry = audit_log.page(office.database, ADMIN, Wanted(unit="ptsp")).entries[0]
    assert entry.what == {
        "service": "accounts.views.end",
        "login": "budi",
        "role": "operator",
        "ended": "click",
    }
