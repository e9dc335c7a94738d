"""One-time links: used once, by one, in time, and only for what they were made for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from survey_app.errors import AppError, NotFound, Refused
from survey_app.services.accounts import delays, links, people, sessions, signing_in
from survey_app.services.accounts.links import VALID, Kind
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from tests.cheap_passwords import PASSWORD, somebody
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("cheap")
OTHER = "sapi biru berenang"
HOME = Origin("10.1.2.3")


def first(database: Database) -> str:
    token = links.open_first(database, NOW)
    assert token is not None
    return token


def test_the_first_link_makes_an_administrator_once(database: Database) -> None:
    token, spare = first(database), first(database)
    assert links.look(database, token, NOW).kind is Kind.FIRST
    made = links.use_first(database, token, "Budi", "Budi Santoso", PASSWORD, NOW)
    person = people.listed(database, ADMIN)[0]
    assert (person.id, person.login, [g.role for g in person.roles]) == (made, "budi", [Role.ADMIN])
    for dead in (token, spare):
        with pytest.raises(NotFound, match="link-dead"):
            links.look(database, dead, NOW)
        with pytest.raises(NotFound, match="link-dead"):
            links.use_first(database, dead, "siti", "Siti", PASSWORD, NOW)
    assert links.open_first(database, NOW) is None


def test_two_at_once_with_the_first_link_are_one_administrator(database_url: str) -> None:
    databases = [open_database(database_url) for _ in range(2)]
    # Of two servers, each with a link of its own.
    tokens = [first(database) for database in databases]

    def use(number: int) -> bool:
        try:
            links.use_first(databases[number], tokens[number], f"budi{number}", "Budi", PASSWORD, NOW)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == [False, True]
    assert len(people.listed(databases[0], ADMIN)) == 1


def test_two_at_once_with_one_link_set_one_password(database: Database) -> None:
    somebody(database, NOW)
    token = people.invite(database, ADMIN, "siti", "Siti", Role.AUDITOR, PROVINCE, NOW)

    def use(password: str) -> bool:
        try:
            links.use(database, token, password, NOW)
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, [PASSWORD, OTHER])) == [False, True]


@pytest.mark.parametrize("kind", list(Kind))
def test_a_link_works_until_its_time_and_no_longer(database: Database, kind: Kind) -> None:
    token, use = made(database, kind)
    late = NOW + VALID[kind]
    links.look(database, token, late - timedelta(seconds=1))
    with pytest.raises(NotFound, match="link-dead"):
        links.look(database, token, late)
    with pytest.raises(NotFound, match="link-dead"):
        use(token, late)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\x00", "é" * 40])
def test_a_link_nobody_made_leads_nowhere(database: Database, token: str) -> None:
    first(database)
    with pytest.raises(NotFound, match="link-dead"):
        links.look(database, token, NOW)
    with pytest.raises(NotFound, match="link-dead"):
        links.use(database, token, PASSWORD, NOW)
    with pytest.raises(NotFound, match="link-dead"):
        links.use_first(database, token, "budi", "Budi", PASSWORD, NOW)


def test_a_link_of_one_kind_is_not_used_as_another(database: Database) -> None:
    token = first(database)
    with pytest.raises(NotFound):
        links.use(database, token, PASSWORD, NOW)
    links.look(database, token, NOW)


def test_a_refused_password_leaves_the_link_to_be_used(database: Database) -> None:
    token = first(database)
    with pytest.raises(Refused) as refused:
        links.use_first(database, token, "budi", "Budi", "short", NOW)
    assert [p.code for p in refused.value.problems] == ["password-short"]
    links.use_first(database, token, "budi", "Budi", PASSWORD, NOW)


def test_every_problem_of_a_first_account_is_named_at_once(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        links.use_first(database, first(database), "B!", "\n", "short", NOW)
    assert [p.path for p in refused.value.problems] == ["login", "name", "password"]


def test_a_reset_ends_sessions_and_the_old_password_and_a_newer_link_the_older(database: Database) -> None:
    budi = somebody(database, NOW)
    session = sessions.begin(database, budi, HOME, NOW)
    older, newer = people.reset(database, ADMIN, budi, NOW), people.reset(database, ADMIN, budi, NOW)
    with pytest.raises(NotFound):
        links.look(database, older, NOW)
    assert sessions.find(database, session, NOW) is not None
    links.use(database, newer, OTHER, NOW)
    assert sessions.find(database, session, NOW) is None
    with pytest.raises(Refused, match="sign-in-refused"):
        signing_in.sign_in(database, "budi@kaltim.go.id", PASSWORD, HOME, NOW)
    signing_in.sign_in(database, "budi@kaltim.go.id", OTHER, HOME, NOW)


def test_a_link_of_somebody_deactivated_leads_nowhere(database: Database) -> None:
    somebody(database, NOW)
    siti = somebody(database, NOW, "siti", Role.AUDITOR)
    token = people.reset(database, ADMIN, siti, NOW)
    people.deactivate(database, ADMIN, siti)
    with pytest.raises(NotFound, match="link-dead"):
        links.use(database, token, OTHER, NOW)
    late = people.reset(database, ADMIN, siti, NOW)
    with pytest.raises(NotFound, match="link-dead"):
        links.use(database, late, OTHER, NOW)


def test_changing_the_own_password_needs_the_present_one_and_ends_other_sessions(database: Database) -> None:
    budi = somebody(database, NOW)
    here, there = (sessions.begin(database, budi, HOME, NOW) for _ in range(2))
    reset = people.reset(database, ADMIN, budi, NOW)
    mine = sessions.find(database, here, NOW)
    assert mine is not None
    with pytest.raises(AppError, match="password-wrong"):
        links.change_password(database, mine, "wrong", OTHER, NOW)
    with pytest.raises(AppError, match="password-short"):
        links.change_password(database, mine, PASSWORD, "short", NOW)
    assert sessions.find(database, there, NOW) is not None
    links.change_password(database, mine, PASSWORD, OTHER, NOW)
    assert sessions.find(database, here, NOW) is not None
    assert sessions.find(database, there, NOW) is None
    with pytest.raises(NotFound):
        links.look(database, reset, NOW)


def test_who_holds_somebodys_session_cannot_guess_the_password(database: Database) -> None:
    mine = sessions.find(database, sessions.begin(database, somebody(database, NOW), HOME, NOW), NOW)
    assert mine is not None
    codes = []
    for guess in range(delays.PAIR.free + 2):
        with pytest.raises(AppError) as caught:
            links.change_password(database, mine, f"guess {guess}", OTHER, NOW)
        codes.append(caught.value.code)
    assert codes == ["password-wrong"] * (delays.PAIR.free + 1) + ["sign-in-too-early"]


def made(database: Database, kind: Kind) -> tuple[str, Callable[..., object]]:
    """A link of the kind, and what uses it."""
    if kind is Kind.FIRST:
        return first(database), lambda token, now: links.use_first(database, token, "b.u", "B", PASSWORD, now)
    budi = somebody(database, NOW)
    token = (
        people.reset(database, ADMIN, budi, NOW)
        if kind is Kind.RESET
        else people.invite(database, ADMIN, "siti", "Siti", Role.AUDITOR, PROVINCE, NOW)
    )
    return token, lambda token, now: links.use(database, token, PASSWORD, now)
