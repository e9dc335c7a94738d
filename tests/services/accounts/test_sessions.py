"""Sessions: how they end, which role they act in, and what is known of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from survey_app.errors import NotFound
from survey_app.services.accounts import demo_people, people, sessions
from survey_app.services.accounts.sessions import Origin, SessionTimes
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.tables import account_session
from tests.cheap_passwords import role_ids, somebody
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("cheap")
OFFICE = Origin("10.1.2.3", "Firefox, Windows")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def budi(database: Database, unit: UnitEntry) -> int:
    return somebody(database, NOW)


def test_a_session_knows_who_and_in_which_role(database: Database, budi: int) -> None:
    found = sessions.find(database, sessions.begin(database, budi, OFFICE, NOW), NOW)
    assert found is not None
    assert found.acting == Acting(Role.ADMIN, PROVINCE, budi)
    assert (found.login, found.browser, found.network) == (
        "budi@kaltim.go.id",
        "Firefox, Windows",
        "10.1.2.0/24",
    )


@pytest.mark.parametrize("token", [None, "", "x", "a" * 43, "\x00", "é"])
def test_what_nobody_was_given_opens_nothing(database: Database, budi: int, token: str | None) -> None:
    sessions.begin(database, budi, OFFICE, NOW)
    assert sessions.find(database, token, NOW) is None


def test_the_token_is_nowhere_in_the_database(database: Database, budi: int) -> None:
    token = sessions.begin(database, budi, OFFICE, NOW)
    with database.read() as connection:
        rows = connection.execute(sa.select(account_session)).all()
    assert token not in repr(rows)
    assert sessions.find(database, rows[0].id, NOW) is None


def test_nobody_at_the_page_for_an_hour_ends_it_and_a_click_within_keeps_it(
    database: Database, budi: int
) -> None:
    token = sessions.begin(database, budi, OFFICE, NOW)
    assert sessions.find(database, token, NOW + 59 * MINUTE) is not None
    assert sessions.find(database, token, NOW + 59 * MINUTE + HOUR - MINUTE) is not None
    assert sessions.find(database, token, NOW + 59 * MINUTE + HOUR - MINUTE + HOUR) is None


def test_a_working_day_ends_it_however_busy_somebody_is(database: Database, budi: int) -> None:
    times = SessionTimes(idle=HOUR, longest=3 * HOUR)
    token = sessions.begin(database, budi, OFFICE, NOW, times)
    for step in range(1, 6):
        assert sessions.find(database, token, NOW + step * HOUR / 2) is not None
    assert sessions.find(database, token, NOW + 3 * HOUR) is None


def test_a_clock_set_back_keeps_a_session_no_longer_than_it_was_given(database: Database, budi: int) -> None:
    token = sessions.begin(database, budi, OFFICE, NOW)
    assert sessions.find(database, token, NOW - HOUR) is not None
    assert sessions.find(database, token, NOW + 12 * HOUR) is None


def test_what_is_ended_is_over_at_once(database: Database, budi: int) -> None:
    tokens = [sessions.begin(database, budi, OFFICE, NOW) for _ in range(4)]
    mine = sessions.find(database, tokens[0], NOW)
    assert mine is not None
    sessions.end(database, tokens[1])
    assert sessions.find(database, tokens[1], NOW) is None
    other = sessions.find(database, tokens[2], NOW)
    assert other is not None
    sessions.end_own(database, mine, other.key)
    assert sessions.find(database, tokens[2], NOW) is None
    sessions.end_others(database, mine)
    assert [sessions.find(database, token, NOW) is None for token in tokens] == [False, True, True, True]


def test_nobody_ends_a_session_of_somebody_else(database: Database, budi: int) -> None:
    siti = somebody(database, NOW, "siti@kaltim.go.id")
    hers = sessions.begin(database, siti, OFFICE, NOW)
    found = sessions.find(database, hers, NOW)
    mine = sessions.find(database, sessions.begin(database, budi, OFFICE, NOW), NOW)
    assert mine is not None
    assert found is not None
    sessions.end_own(database, mine, found.key)
    sessions.end_others(database, mine)
    assert sessions.find(database, hers, NOW) is not None


def test_one_acts_in_one_of_the_own_roles_and_in_nobody_elses(database: Database, budi: int) -> None:
    siti = somebody(database, NOW, "siti@kaltim.go.id", Role.OPERATOR, Scope(unit="ptsp"))
    people.give(database, ADMIN, siti, Role.AUDITOR, PROVINCE)
    token = sessions.begin(database, siti, OFFICE, NOW)
    session = sessions.find(database, token, NOW)
    assert session is not None
    assert session.acting == Acting(Role.OPERATOR, Scope(unit="ptsp"), siti)
    sessions.act_as(database, session, role_ids(database, siti)[1])
    changed = sessions.find(database, token, NOW)
    assert changed is not None
    assert changed.acting == Acting(Role.AUDITOR, PROVINCE, siti)
    with pytest.raises(NotFound, match="role-unknown"):
        sessions.act_as(database, session, role_ids(database, budi)[0])
    again = sessions.find(database, token, NOW)
    assert again is not None
    assert again.acting.role is Role.AUDITOR


def test_a_role_that_is_taken_back_and_an_account_that_is_deactivated_end_it(
    database: Database, budi: int
) -> None:
    siti = somebody(database, NOW, "siti@kaltim.go.id")
    token = sessions.begin(database, siti, OFFICE, NOW)
    people.take_back(database, ADMIN, siti, role_ids(database, siti)[0])
    assert sessions.find(database, token, NOW) is None
    with pytest.raises(NotFound, match="account-without-role"):
        sessions.begin(database, siti, OFFICE, NOW)
    people.give(database, ADMIN, siti, Role.AUDITOR, PROVINCE)
    token = sessions.begin(database, siti, OFFICE, NOW)
    people.deactivate(database, ADMIN, siti)
    assert sessions.find(database, token, NOW) is None
    people.activate(database, ADMIN, siti)
    assert sessions.find(database, token, NOW) is None


def test_people_of_the_demonstration_are_in_where_it_is_open_and_until_somebody_real_comes(
    database: Database, unit: UnitEntry
) -> None:
    token = demo_people.sign_in(database, Role.MANAGER, OFFICE, NOW)
    assert sessions.find(database, token, NOW) is None
    found = sessions.find(database, token, NOW, demo=lambda: True)
    assert found is not None
    assert found.acting.scope == Scope(agency=unit.agency.code)
    somebody(database, NOW)
    with pytest.raises(Exception, match="demo-closed"):
        demo_people.sign_in(database, Role.ADMIN, OFFICE, NOW)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2::5", "2001:db8:1::/48"),
        ("::ffff:10.1.2.3", "10.1.2.0/24"),
        ("testclient", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(
    database: Database, budi: int, address: str, network: str
) -> None:
    found = sessions.find(database, sessions.begin(database, budi, Origin(address), NOW), NOW)
    assert found is not None
    assert found.network == network
