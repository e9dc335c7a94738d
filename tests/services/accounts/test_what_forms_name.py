"""What names something of somebody else opens and ends nothing: a role, a session, a key, a link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app.errors import NotFound, Refused, Unavailable
from survey_app.services.accounts import links, passkeys, people, sessions, signing_in
from survey_app.services.accounts.delays import Keys
from survey_app.services.accounts.sessions import Session
from survey_app.services.answers.limits import network_of
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import accounts, identities
from survey_app.storage import sessions as stored_sessions
from survey_app.storage.database import Connection, Database
from survey_app.text import Text
from tests.cheap_passwords import PASSWORD, role_ids, somebody
from tests.passkey_device import Device
from tests.services.accounts.test_links import HOME, first
from tests.services.accounts.test_passkeys import added, code, signed_in
from tests.services.accounts.test_people import MANAGER, UNIT, person_with, province
from tests.submissions import NOW

pytestmark = pytest.mark.usefixtures("cheap")
__all__ = ["province"]


def session_of(database: Database, account: int) -> Session:
    found = sessions.find(database, sessions.begin(database, account, HOME, NOW), NOW)
    assert found is not None
    return found


def test_a_manager_takes_no_role_and_ends_no_session_of_another_by_the_name_of_an_own_one(
    province: Database,
) -> None:
    mine = person_with(province, [(Role.OPERATOR, UNIT)], "siti")
    other = somebody(province, NOW, "ketua", Role.LEADERSHIP, PROVINCE)
    theirs, (role,) = session_of(province, other), role_ids(province, other)
    people.take_back(province, MANAGER, mine, role)
    people.end_sessions(province, MANAGER, mine, theirs.key)
    assert role_ids(province, other) == [role]
    assert [one.key for one in sessions.open_ones(province, other, NOW)] == [theirs.key]


def test_who_has_no_role_is_the_provinces_alone(province: Database) -> None:
    account = person_with(province, [(Role.OPERATOR, UNIT)])
    people.take_back(province, MANAGER, account, role_ids(province, account)[0])
    with pytest.raises(Refused, match="scope-refused"):
        people.reset(province, MANAGER, account, NOW)


def test_nobody_forgets_the_key_of_somebody_else(database: Database) -> None:
    ani, budi = (session_of(database, somebody(database, NOW, login)) for login in ("ani", "budi"))
    device = Device()
    added(database, ani, device)
    (key,) = passkeys.listed(database, ani.account)
    passkeys.remove(database, budi, key.credential_id, NOW)
    assert passkeys.listed(database, ani.account) == [key]


def test_a_device_that_looks_at_nobody_later_signs_nobody_in(database: Database) -> None:
    device = Device()
    added(database, session_of(database, somebody(database, NOW)), device)
    device._seen = Device(verifies=False)._seen
    assert code(lambda: signed_in(database, device)) == "passkey-refused"


def test_the_first_link_is_dead_once_somebody_was_invited_otherwise(database: Database) -> None:
    token = first(database)
    somebody(database, NOW)
    with pytest.raises(NotFound, match="link-dead"):
        links.use_first(database, token, "siti", "Siti", PASSWORD, NOW)


def test_two_providers_may_call_different_people_the_same(database: Database) -> None:
    account = somebody(database, NOW)
    database.write(lambda c: identities.add(c, "https://satu.example", "u-1", account))
    with database.read() as connection:
        assert identities.account_of(connection, "https://satu.example", "u-1") == account
        assert identities.account_of(connection, "https://dua.example", "u-1") is None


def test_who_is_in_stays_in_while_the_database_takes_nothing_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = sessions.begin(database, somebody(database, NOW), HOME, NOW)

    def away(*_: object) -> None:
        raise Unavailable("database-away", Text("-", "-"), "")

    monkeypatch.setattr(Database, "write", away)
    assert sessions.find(database, token, NOW + timedelta(minutes=5)) is not None


def test_what_is_over_by_its_time_is_forgotten_as_the_next_one_begins(database: Database) -> None:
    account = somebody(database, NOW)
    old = session_of(database, account)
    sessions.begin(database, account, HOME, old.ends_at + timedelta(seconds=1))
    with database.read() as connection:
        left = stored_sessions.of_account(connection, account)
    assert old.key not in {one.token_hash for one in left}


def test_a_sample_administrator_is_not_the_one_who_must_remain(province: Database) -> None:
    (admin,) = (p.id for p in people.listed(province, ADMIN) if p.login == "admin")

    def sample(connection: Connection) -> None:
        made = accounts.add(connection, "contoh-admin", "Admin contoh", NOW, demo=True)
        assert made is not None
        accounts.add_role(connection, made, Role.ADMIN, "", "")
        accounts.set_password(connection, made, "hash")

    province.write(sample)
    with pytest.raises(Refused, match="last-admin"):
        people.deactivate(province, ADMIN, admin)


def test_who_signs_in_often_wears_the_patience_with_the_account_no_thinner(database: Database) -> None:
    somebody(database, NOW, "ani")
    for _ in range(3):
        signing_in.sign_in(database, "ani", PASSWORD, HOME, NOW)
    keys = Keys.of("ani", network_of(HOME.address))
    with database.read() as connection:
        counted = accounts.failures(connection, [keys.account, keys.address])
    assert {failures for failures, _ in counted.values()} == {0}
