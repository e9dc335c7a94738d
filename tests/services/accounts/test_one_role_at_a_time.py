"""Where two roles meet a session has the rights of one, and begins with the one that may least."""

from __future__ import annotations

import itertools

import pytest

from survey_app.errors import NotFound
from survey_app.services.accounts import people, sessions
from survey_app.services.accounts.sessions import Origin, Session
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.submissions import NOW

UNIT, AGENCY = Scope(unit="ptsp"), Scope(agency="dpmptsp")
GIVEN = ((Role.ADMIN, PROVINCE), (Role.MANAGER, AGENCY), (Role.MANAGER, UNIT), (Role.OPERATOR, UNIT))


def signed_in(database: Database, given: tuple[tuple[Role, Scope], ...]) -> Session:
    (role, scope), *more = given
    people.invite(database, ADMIN, "ani", "Ani", role, scope, NOW)
    (ani,) = people.listed(database, ADMIN)
    for role, scope in more:
        people.give(database, ADMIN, ani.id, role, scope)
    found = sessions.find(database, sessions.begin(database, ani.id, Origin(""), NOW), NOW)
    assert found is not None
    return found


@pytest.mark.parametrize("given", list(itertools.permutations(GIVEN))[::5])
def test_in_whatever_order_roles_were_given_the_least_comes_first(
    database: Database, unit: UnitEntry, given: tuple[tuple[Role, Scope], ...]
) -> None:
    session = signed_in(database, given)
    assert session.acting == Acting(Role.OPERATOR, UNIT, session.account)


@pytest.mark.parametrize("given", [GIVEN[:2], GIVEN[1:3]])
def test_of_two_roles_that_meet_the_lesser_by_right_or_by_place_comes_first(
    database: Database, unit: UnitEntry, given: tuple[tuple[Role, Scope], ...]
) -> None:
    session = signed_in(database, given)
    assert (session.acting.role, session.acting.scope) == given[1]


def test_no_right_of_the_other_role_reaches_a_session_until_it_is_chosen(
    database: Database, unit: UnitEntry
) -> None:
    session = signed_in(database, (GIVEN[0], GIVEN[3]))
    assert not session.acting.may(Action.CREATE_UNITS)
    admin = next(r for r in sessions.roles_of(database, session) if r.role == Role.ADMIN)
    sessions.act_as(database, session, admin.id)
    (now,) = sessions.open_ones(database, session.account, NOW)
    assert now.key == session.key
    assert now.acting == Acting(Role.ADMIN, PROVINCE, session.account)


def test_a_role_of_somebody_else_cannot_be_chosen(database: Database, unit: UnitEntry) -> None:
    session = signed_in(database, GIVEN[3:])
    people.invite(database, ADMIN, "eko", "Eko", Role.ADMIN, PROVINCE, NOW)
    (eko,) = (p for p in people.listed(database, ADMIN) if p.login == "eko")
    with pytest.raises(NotFound, match="role-unknown"):
        sessions.act_as(database, session, eko.roles[0].id)
    (unchanged,) = sessions.open_ones(database, session.account, NOW)
    assert unchanged.acting.role is Role.OPERATOR
