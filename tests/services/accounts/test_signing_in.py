"""Signing in: one argon2 whatever is wrong, nobody locked out for good, and no way around the counting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from survey_app.errors import Refused
from survey_app.services.accounts import delays, links, people, sessions, signing_in
from survey_app.services.accounts.sessions import Origin
from survey_app.services.accounts.signing_in import TooEarly
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.cheap_passwords import PASSWORD, somebody
from tests.conftest import NOW

HERE, THERE = Origin("10.1.2.3"), Origin("10.9.9.9")
BUDI = "budi@kaltim.go.id"
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def budi(database: Database, cheap: list[str]) -> int:
    made = somebody(database, NOW)
    cheap.clear()
    return made


def fail(database: Database, login: str = BUDI, origin: Origin = HERE, now: datetime = NOW) -> str:
    with pytest.raises(Refused) as refused:
        signing_in.sign_in(database, login, "wrong", origin, now)
    return refused.value.code


def test_a_login_is_known_however_a_phone_writes_it(database: Database) -> None:
    token = signing_in.sign_in(database, " Budi@Kaltim.go.id ", PASSWORD, HERE, NOW)
    assert sessions.find(database, token, NOW) is not None


@pytest.mark.parametrize("login", [BUDI, "nobody", "", "\x00", "x" * 5000, "waiting", "gone"])
def test_whatever_is_wrong_is_one_argon2_and_the_same_words(
    database: Database, cheap: list[str], login: str
) -> None:
    people.invite(database, ADMIN, "waiting", "Waiting", Role.AUDITOR, PROVINCE, NOW)
    people.deactivate(database, ADMIN, somebody(database, NOW, "gone", Role.AUDITOR))
    cheap.clear()
    password = PASSWORD if login != BUDI else "wrong"
    with pytest.raises(Refused) as refused:
        signing_in.sign_in(database, login, password, HERE, NOW)
    assert (refused.value.code, refused.value.text) == ("sign-in-refused", signing_in.NOT_SIGNED_IN)
    assert cheap == [password]


@pytest.mark.parametrize("ended", ["password", "account"])
def test_a_password_that_is_over_while_it_is_compared_lets_nobody_in(
    database: Database, budi: int, monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    begin = sessions.begin
    somebody(database, NOW, "second")

    def late(*args: Any, **named: Any) -> str:
        if ended == "password":
            links.use(database, people.reset(database, ADMIN, budi, NOW), "gajah terbang tinggi", NOW)
        else:
            people.deactivate(database, ADMIN, budi)
        return begin(*args, **named)

    monkeypatch.setattr(sessions, "begin", late)
    with pytest.raises(Refused, match="sign-in-refused"):
        signing_in.sign_in(database, BUDI, PASSWORD, HERE, NOW)
    assert sessions.open_ones(database, budi, NOW) == []


@pytest.mark.parametrize("login", [BUDI, "nobody"])
def test_who_fails_again_and_again_waits_longer_each_time_and_comes_in_then(
    database: Database, cheap: list[str], login: str
) -> None:
    for _ in range(delays.PAIR.free + 1):
        assert fail(database, login) == "sign-in-refused"
    compared = len(cheap)
    with pytest.raises(TooEarly) as early:
        signing_in.sign_in(database, login, PASSWORD, HERE, NOW)
    assert early.value.seconds == 1
    assert len(cheap) == compared
    # What came too early was not counted.
    assert fail(database, login, now=NOW + SECOND) == "sign-in-refused"
    with pytest.raises(TooEarly) as early:
        signing_in.sign_in(database, login, PASSWORD, HERE, NOW + SECOND)
    assert early.value.seconds == 2


def test_the_owner_comes_in_from_elsewhere_while_somebody_guesses(database: Database) -> None:
    for minute in range(20):
        fail(database, now=NOW + timedelta(hours=minute / 3))
    signing_in.sign_in(database, BUDI, PASSWORD, THERE, NOW + timedelta(hours=20 / 3))


@pytest.mark.parametrize(("days", "is_known"), [(27, True), (33, False)])
def test_strangers_with_many_addresses_keep_nobody_out_of_the_own_office(
    database: Database, days: int, is_known: bool
) -> None:
    """Whoever tries again in the moment that a wait is over would be faster than the owner every time."""
    signing_in.sign_in(database, BUDI, PASSWORD, HERE, NOW)
    later = NOW + timedelta(days=days)
    strangers = [Origin(f"2001:db8:{number:x}::1") for number in range(delays.ACCOUNT.free + 20)]
    codes = [fail(database, origin=origin, now=later) for origin in strangers]
    assert codes.count("sign-in-refused") == delays.ACCOUNT.free + 1
    assert fail(database, origin=THERE, now=later) == "sign-in-too-early"
    if not is_known:
        assert fail(database, now=later) == "sign-in-too-early"
        return
    signing_in.sign_in(database, BUDI, PASSWORD, HERE, later)
    # What fails here counts here.
    for _ in range(delays.PAIR.free + 1):
        assert fail(database, now=later) == "sign-in-refused"
    assert fail(database, now=later) == "sign-in-too-early"


def test_the_right_password_forgets_what_was_mistyped_here(database: Database) -> None:
    for _ in range(delays.PAIR.free):
        fail(database)
    signing_in.sign_in(database, BUDI, PASSWORD, HERE, NOW)
    for _ in range(delays.PAIR.free + 1):
        assert fail(database) == "sign-in-refused"


def test_the_own_account_does_not_wash_an_address_clean(database: Database) -> None:
    """Else somebody with an account would guess as fast as they like, with a right password now and then."""
    for number in range(delays.ADDRESS.free + 1):
        assert fail(database, f"other{number}") == "sign-in-refused"
        if number < delays.ADDRESS.free:
            signing_in.sign_in(database, BUDI, PASSWORD, HERE, NOW)
    assert fail(database, "another") == "sign-in-too-early"


def test_many_tries_at_once_are_counted_one_by_one(database: Database, cheap: list[str]) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: fail(database), range(24)))
    assert codes.count("sign-in-refused") == delays.PAIR.free + 1
    assert len(cheap) == delays.PAIR.free + 1


def test_after_a_day_without_a_failure_all_is_forgotten(database: Database) -> None:
    for _ in range(delays.PAIR.free + 1):
        fail(database)
    later = NOW + delays.FORGOTTEN_AFTER + SECOND
    for _ in range(delays.PAIR.free + 1):
        assert fail(database, now=later) == "sign-in-refused"


def test_a_person_of_the_demonstration_has_no_password(database: Database) -> None:
    with pytest.raises(Refused, match="sign-in-refused"):
        signing_in.sign_in(database, "contoh-admin", "", HERE, NOW)
