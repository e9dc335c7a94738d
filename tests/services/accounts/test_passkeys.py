"""Passkeys: the bytes of a real device are accepted once, for its own address, and nothing else is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from survey_app.errors import AppError, Refused
from survey_app.services.accounts import links, passkeys, people, sessions
from survey_app.services.accounts.passkeys import FRESH, MOST, PATIENCE, Site
from survey_app.services.accounts.sessions import Origin, Session
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from tests.passkey_device import Device, text
from tests.submissions import NOW

SITE = Site("survei.contoh.go.id", "https://survei.contoh.go.id")
HERE = Origin("10.0.0.1")


def code(job: Callable[[], object]) -> str:
    with pytest.raises(AppError) as caught:
        job()
    return caught.value.code


@pytest.fixture
def ani(database: Database) -> Session:
    people.invite(database, ADMIN, "ani", "Ani", Role.MANAGER, PROVINCE, NOW)
    (person,) = people.listed(database, ADMIN)
    found = sessions.find(database, sessions.begin(database, person.id, HERE, NOW), NOW)
    assert found is not None
    return found


def added(database: Database, session: Session, device: Device, name: str = "Ponsel") -> None:
    options = passkeys.start_adding(database, session, SITE, "Survei", NOW)
    passkeys.add(database, session, SITE, device.make(options, SITE.origin), name, NOW)


def signed_in(database: Database, device: Device) -> Session | None:
    options = passkeys.start_sign_in(database, SITE, NOW)
    token = passkeys.sign_in(database, SITE, device.sign(options, SITE.origin), HERE, NOW)
    return sessions.find(database, token, NOW)


def test_a_device_signs_its_owner_in_again_and_again(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    for count in (1, 2):
        session = signed_in(database, device)
        assert session is not None
        assert (session.login, session.acting.role) == ("ani", Role.MANAGER)
        (key,) = passkeys.listed(database, ani.account)
        assert (key.name, key.sign_count, key.used_at) == ("Ponsel", count, NOW)


def test_an_answer_counts_once_and_for_a_few_minutes(database: Database, ani: Session) -> None:
    device = Device()
    options = passkeys.start_adding(database, ani, SITE, "Survei", NOW)
    made = device.make(options, SITE.origin)
    passkeys.add(database, ani, SITE, made, "Ponsel", NOW)
    assert code(lambda: passkeys.add(database, ani, SITE, made, "Lagi", NOW)) == "passkey-refused"
    options = passkeys.start_sign_in(database, SITE, NOW)
    answer = device.sign(options, SITE.origin)
    late = NOW + PATIENCE
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, late)) == "passkey-refused"
    options = passkeys.start_sign_in(database, SITE, NOW)
    answer = device.sign(options, SITE.origin)
    passkeys.sign_in(database, SITE, answer, HERE, NOW)
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"


def _damaged(answer: dict[str, Any], *path: str) -> dict[str, Any]:
    changed = copy.deepcopy(answer)
    place = changed
    for step in path[:-1]:
        place = place[step]
    value = place[path[-1]]
    place[path[-1]] = ("A" if value[0] != "A" else "B") + value[1:]
    return changed


@pytest.mark.parametrize(
    "path",
    [
        ("id",),
        ("rawId",),
        ("type",),
        ("response", "signature"),
        ("response", "authenticatorData"),
        ("response", "clientDataJSON"),
    ],
)
def test_nothing_of_an_answer_may_be_changed(database: Database, ani: Session, path: tuple[str, ...]) -> None:
    device = Device()
    added(database, ani, device)
    answer = _damaged(device.sign(passkeys.start_sign_in(database, SITE, NOW), SITE.origin), *path)
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"response": None},
        {"response": {"clientDataJSON": "!"}},
        {"response": {"clientDataJSON": 1}},
        {"response": {"clientDataJSON": text(b"[]")}},
        {"response": {"clientDataJSON": text(b'{"challenge": 5}')}},
        {"response": {"clientDataJSON": text(b"\xff")}},
        {"response": {"clientDataJSON": text(b"[" * 30_000)}},
    ],
)
def test_what_is_no_answer_is_refused(database: Database, ani: Session, answer: dict[str, Any]) -> None:
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"
    assert code(lambda: passkeys.add(database, ani, SITE, answer, "Ponsel", NOW)) == "passkey-refused"


@pytest.mark.parametrize("named", ["\ud800", "a\0b", "", "A" * 2000, ["AA"], 5, None, True])
def test_what_no_device_is_called_is_never_looked_for(
    database: Database, ani: Session, named: object
) -> None:
    device = Device()
    added(database, ani, device)
    answer = device.sign(passkeys.start_sign_in(database, SITE, NOW), SITE.origin) | {"id": named}
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"
    if isinstance(named, str):
        passkeys.remove(database, ani, named, NOW)
    assert len(passkeys.listed(database, ani.account)) == 1


def test_another_address_gets_nothing(database: Database, ani: Session) -> None:
    """What a page made to look like ours has a device sign says so itself."""
    device = Device()
    added(database, ani, device)
    for origin in ("https://survei.contoh.go.id.jahat.example", "http://survei.contoh.go.id", "null"):
        answer = device.sign(passkeys.start_sign_in(database, SITE, NOW), origin)
        assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"  # noqa: B023
    other = Site("lain.example", SITE.origin)
    answer = device.sign(passkeys.start_sign_in(database, other, NOW), SITE.origin)
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"


def test_a_device_that_looks_at_nobody_is_not_enough(database: Database, ani: Session) -> None:
    device = Device(verifies=False)
    assert code(lambda: added(database, ani, device)) == "passkey-refused"
    assert passkeys.listed(database, ani.account) == []


def test_a_copied_device_gives_itself_away_by_its_count(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    signed_in(database, device)
    device.count = 0
    assert code(lambda: signed_in(database, device)) == "passkey-refused"


def test_what_one_person_was_asked_another_cannot_answer(database: Database, ani: Session) -> None:
    people.invite(database, ADMIN, "eko", "Eko", Role.ADMIN, PROVINCE, NOW)
    (eko,) = (p for p in people.listed(database, ADMIN) if p.login == "eko")
    other = sessions.find(database, sessions.begin(database, eko.id, HERE, NOW), NOW)
    assert other is not None
    device = Device()
    made = device.make(passkeys.start_adding(database, other, SITE, "Survei", NOW), SITE.origin)
    assert code(lambda: passkeys.add(database, ani, SITE, made, "Ponsel", NOW)) == "passkey-refused"
    # Nor does what is asked of who signs in make a key.
    asked = passkeys.start_sign_in(database, SITE, NOW).replace('"rpId"', '"rp": {"id": "x"}, "rpId"')
    made = device.make(asked, SITE.origin)
    assert code(lambda: passkeys.add(database, ani, SITE, made, "Ponsel", NOW)) == "passkey-refused"


def test_a_key_is_one_persons(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    assert code(lambda: added(database, ani, device)) == "passkey-refused"


def test_a_key_that_is_over_while_it_is_looked_at_lets_nobody_in(
    database: Database, ani: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device()
    added(database, ani, device)
    begin = sessions.begin

    def late(*args: Any, **named: Any) -> str:
        links.use(database, people.reset(database, ADMIN, ani.account, NOW), "gajah terbang tinggi", NOW)
        return begin(*args, **named)

    monkeypatch.setattr(sessions, "begin", late)
    assert code(lambda: signed_in(database, device)) == "passkey-refused"
    assert sessions.open_ones(database, ani.account, NOW) == []


def test_a_deactivated_person_is_not_let_in(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    people.deactivate(database, ADMIN, ani.account)
    assert code(lambda: signed_in(database, device)) == "passkey-refused"


def test_ways_in_change_soon_after_signing_in(database: Database, ani: Session) -> None:
    late = NOW + FRESH + timedelta(seconds=1)
    added(database, ani, Device())
    (key,) = passkeys.listed(database, ani.account)
    for job in (
        lambda: passkeys.start_adding(database, ani, SITE, "Survei", late),
        lambda: passkeys.add(database, ani, SITE, {}, "Ponsel", late),
        lambda: passkeys.remove(database, ani, key.credential_id, late),
        lambda: passkeys.drop_password(database, ani, late),
    ):
        assert code(job) == "sign-in-again"


def test_the_last_way_in_stays(database: Database, ani: Session) -> None:
    assert code(lambda: passkeys.drop_password(database, ani, NOW)) == "last-way-in"
    first, second = Device(), Device()
    added(database, ani, first)
    added(database, ani, second, "Laptop")
    passkeys.drop_password(database, ani, NOW)
    passkeys.remove(database, ani, text(second.id), NOW)
    assert code(lambda: passkeys.remove(database, ani, text(first.id), NOW)) == "last-way-in"
    assert signed_in(database, first) is not None


def test_a_reset_takes_passkeys_away(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    (person,) = people.listed(database, ADMIN)
    assert not person.waiting
    links.use(database, people.reset(database, ADMIN, ani.account, NOW), "gajah terbang tinggi", NOW)
    assert passkeys.listed(database, ani.account) == []


def test_keys_are_few_and_named(database: Database, ani: Session) -> None:
    for number in range(MOST):
        added(database, ani, Device(), f"Ponsel {number}")
    assert code(lambda: passkeys.start_adding(database, ani, SITE, "Survei", NOW)) == "passkeys-many"
    with pytest.raises(Refused) as caught:
        passkeys.add(database, ani, SITE, {}, "\n", NOW)
    assert [problem.code for problem in caught.value.problems] == ["name-length"]


def test_a_refused_key_is_written_down_with_whose_it_is(database: Database, ani: Session) -> None:
    device = Device()
    added(database, ani, device)
    answer = device.sign(passkeys.start_sign_in(database, SITE, NOW), "https://jahat.example")
    assert code(lambda: passkeys.sign_in(database, SITE, answer, HERE, NOW)) == "passkey-refused"
    stranger = Device().sign(passkeys.start_sign_in(database, SITE, NOW), SITE.origin)
    assert code(lambda: passkeys.sign_in(database, SITE, stranger, HERE, NOW)) == "passkey-refused"
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(actions=["sign-in"], refused=True), None)
    assert (entry.who, entry.what) == ("ani", '{"way": "passkey"}')
