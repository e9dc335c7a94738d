"""What waits is sent at least once, by one server at a time, again after a while, and not for ever."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from survey_app.errors import Conflict, NotFound, Unavailable
from survey_app.services.delivery import events, sent, signing, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.posting import Outcome
from survey_app.services.delivery.sender import KEPT, LEASE, MOST_GIVEN_UP, WAITS
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import deliveries
from survey_app.storage import webhooks as stored_webhooks
from survey_app.storage.database import Database
from survey_app.storage.deliveries import NewDelivery, State
from survey_app.text import Text
from tests.conftest import NOW
from tests.services.delivery.conftest import Office
from tests.services.delivery.receiver import Received, Receiver, status

ROOT = Path(__file__).parents[3]
AWAY = "https://dasbor.contoh.go.id/"


def verified(one: Received, secret: str) -> bool:
    """As a receiver would, by the text of Standard Webhooks and nothing of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{one.headers['webhook-id']}.{one.headers['webhook-timestamp']}.".encode() + one.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in one.headers["webhook-signature"].split(" ")


def failing(word: str = "500") -> object:
    return lambda *_: Outcome(word)


def announce(office: Office, **data: object) -> None:
    office.database.write(lambda c: events.announce(c, News.RECAP, PROVINCE, data, office.now))


def test_the_signature_is_that_of_the_published_example() -> None:
    """Of the libraries of Standard Webhooks, which all hold it."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = NOW.fromtimestamp(1614265330, NOW.tzinfo)
    headers = signing.headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_arrives_signed_and_says_where_the_result_is(office: Office, receiver: Receiver) -> None:
    secret = office.told(receiver.address())
    announce(office, agency=None, period="2026-TW3", path="/api/v1/results/province")
    assert office.send() == ["204"]
    (one,) = receiver.received
    assert verified(one, secret)
    assert not verified(one, "whsec_" + base64.b64encode(b"x" * 32).decode())
    assert not verified(Received(one.path, one.headers, one.body + b" "), secret)
    assert one.headers["content-type"] == "application/json"
    assert int(one.headers["webhook-timestamp"]) == int(NOW.timestamp())
    url = "https://survei.test/api/v1/results/province"
    assert json.loads(one.body) == {
        "type": "recap.published",
        "timestamp": "2026-11-20T03:00:00Z",
        "data": {"agency": None, "period": "2026-TW3", "url": url},
    }
    (kept,) = office.deliveries()
    assert (kept.state, kept.tries, kept.answer) == (State.DELIVERED, 1, "204")
    assert office.send() == []


def test_the_secret_is_in_no_database_and_of_each_webhook_its_own(office: Office) -> None:
    secrets = {office.told(AWAY) for _ in range(2)}
    assert len(secrets) == 2
    with office.database.read() as connection:
        written = str(stored_webhooks.every(connection))
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        assert len(key) == 32
        assert not any(form in written for form in (secret[6:], key.hex(), repr(key)))


def test_a_message_is_tried_again_under_the_same_id_and_given_up_after_three_days(
    office: Office, receiver: Receiver
) -> None:
    office.told(receiver.address())
    announce(office)
    receiver.answer = status(500)
    answers = office.send()
    for wait in WAITS:
        office.later(seconds=wait.total_seconds() - 1)
        assert office.send() == []
        office.later(seconds=1)
        answers += office.send()
    assert answers == ["500"] * (len(WAITS) + 1)
    assert timedelta(days=2.5) < office.now - NOW < timedelta(days=3)
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    assert len({one.headers["webhook-timestamp"] for one in receiver.received}) == len(answers)
    (kept,) = office.deliveries()
    assert (kept.state, kept.tries, kept.answer) == (State.GIVEN_UP, 9, "500")
    office.later(days=1)
    assert office.send() == []
    assert office.webhook().given_up == 1


def _give_up(office: Office, times: int) -> None:
    for _ in range(times):
        announce(office)
        for wait in (timedelta(), *WAITS):
            office.later(seconds=wait.total_seconds())
            office.send(post=failing())


def test_after_five_in_a_row_a_webhook_is_switched_off_until_somebody_switches_it_on(office: Office) -> None:
    office.told(AWAY)
    _give_up(office, MOST_GIVEN_UP - 1)
    assert (office.webhook().active, office.webhook().given_up) == (True, 4)
    announce(office)
    assert office.send(post=failing("204")) == ["204"]
    assert office.webhook().given_up == 0
    _give_up(office, MOST_GIVEN_UP)
    assert (office.webhook().active, office.webhook().failed) == (False, True)
    announce(office)
    assert office.deliveries()[0].state is State.GIVEN_UP
    with pytest.raises(Conflict, match="webhook-off"):
        office.test()
    webhooks.set_active(office.database, ADMIN, 1, active=True, now=office.now)
    assert (office.webhook().active, office.webhook().failed, office.webhook().given_up) == (True, False, 0)
    announce(office)
    assert office.send(post=failing("200")) == ["200"]


def test_what_waits_for_a_webhook_that_is_switched_off_is_given_up(office: Office) -> None:
    office.told(AWAY)
    announce(office)
    office.send(post=failing())
    webhooks.set_active(office.database, ADMIN, 1, active=False, now=office.now)
    (kept,) = office.deliveries()
    assert (kept.state, kept.answer) == (State.GIVEN_UP, "switched-off")
    assert not office.webhook().failed
    announce(office)
    assert len(office.deliveries()) == 1


def test_switched_off_while_a_message_is_on_its_way(office: Office) -> None:
    office.told(AWAY)
    announce(office)

    def off(*_: object) -> Outcome:
        webhooks.set_active(office.database, ADMIN, 1, active=False, now=office.now)
        return Outcome("204")

    assert office.send(post=off) == ["204"]
    (kept,) = office.deliveries()
    assert kept.state is State.GIVEN_UP
    assert not office.webhook().active


def test_who_wants_no_more_is_told_no_more(office: Office, receiver: Receiver) -> None:
    office.told(receiver.address())
    receiver.answer = status(410)
    announce(office)
    announce(office)
    assert office.send() == ["410"]
    assert {d.state for d in office.deliveries()} == {State.GIVEN_UP}
    assert office.webhook().failed


def test_a_test_is_sent_once_and_says_nothing_about_the_webhook(office: Office, receiver: Receiver) -> None:
    office.told(receiver.address())
    receiver.answer = status(500)
    for _ in range(MOST_GIVEN_UP + 1):
        office.test()
        assert office.send() == ["500"]
    assert {d.state for d in office.deliveries()} == {State.GIVEN_UP}
    assert office.webhook().active
    assert json.loads(receiver.received[0].body)["type"] == "webhook.test"


def test_a_delivery_is_sent_again_under_its_id(office: Office, receiver: Receiver) -> None:
    office.told(receiver.address())
    announce(office)
    with pytest.raises(Conflict, match="delivery-waits"):
        sent.send_again(office.database, ADMIN, 1, office.now)
    office.send()
    sent.send_again(office.database, ADMIN, 1, office.now)
    assert office.send() == ["204"]
    assert len(receiver.received) == 2
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    with pytest.raises(NotFound, match="delivery-unknown"):
        sent.send_again(office.database, ADMIN, 9, office.now)
    webhooks.end(office.database, ADMIN, 1, office.now)
    with pytest.raises(NotFound, match="webhook-unknown"):
        sent.send_again(office.database, ADMIN, 1, office.now)


def test_a_receiver_that_is_slow_holds_up_nobody_else(office: Office, receiver: Receiver) -> None:
    office.told(AWAY, name="lambat")
    office.told(receiver.address())
    tried: list[str] = []

    def post(address: str, *_: object) -> Outcome:
        tried.append(address)
        return Outcome("too-slow" if address == AWAY else "204")

    for _ in range(3):
        announce(office)
    assert sorted(office.send(post=post)) == ["204", "204", "204", "too-slow"]
    assert tried.count(AWAY) == 1


def test_with_another_key_nothing_is_sent(office: Office, receiver: Receiver) -> None:
    """Its receiver would refuse every message, and nobody would know why."""
    office.told(receiver.address())
    announce(office)
    assert office.send(key=lambda: b"x" * 32) == ["key-changed"]
    assert receiver.received == []
    office.later(minutes=1)
    assert office.send() == ["204"]


def test_without_a_public_address_a_path_stands_alone(office: Office, receiver: Receiver) -> None:
    office.told(receiver.address())
    announce(office, path="/api/v1/results/province")
    office.send(base="")
    assert json.loads(receiver.received[0].body)["data"] == {"url": "/api/v1/results/province"}


def test_what_has_ended_is_forgotten_after_a_month(office: Office) -> None:
    office.told(AWAY)
    announce(office)
    office.send(post=failing("200"))
    office.later(seconds=KEPT.total_seconds())
    announce(office)
    office.send(post=failing())
    assert len(office.deliveries()) == 2
    office.later(seconds=1)
    office.send(post=failing())
    (kept,) = office.deliveries()
    assert kept.state is State.WAITING


def test_what_others_carry_is_left_to_them(office: Office) -> None:
    mail = NewDelivery(
        kind="mail",
        recipient="ani@contoh.go.id",
        event="alarm",
        message="msg_1",
        agency="",
        unit="",
        body="{}",
        made_at=NOW,
    )
    office.database.write(lambda connection: deliveries.add(connection, mail))
    assert office.send(post=failing("200")) == []
    assert office.deliveries() == []
    with pytest.raises(NotFound, match="delivery-unknown"):
        sent.send_again(office.database, ADMIN, 1, office.now)


def test_what_did_not_happen_is_not_told(office: Office) -> None:
    office.told(AWAY)

    def job(connection: object) -> None:
        events.announce(connection, News.RECAP, PROVINCE, {}, NOW)  # type: ignore[arg-type]
        raise Unavailable("database-away", Text("-", "-"), "")

    with pytest.raises(Unavailable):
        office.database.write(job)
    assert office.deliveries() == []


def test_sent_and_not_written_down_is_sent_again(
    office: Office, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.told(receiver.address())
    announce(office)

    def away(*_: object) -> None:
        raise Unavailable("database-away", Text("-", "-"), "")

    with monkeypatch.context() as broken:
        broken.setattr(deliveries, "set_ended", away)
        with pytest.raises(Unavailable):
            office.send()
    assert office.send() == []
    office.later(seconds=LEASE.total_seconds())
    assert office.send() == ["204"]
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1


def test_a_server_killed_on_the_way_loses_nothing(
    office: Office, database_url: str, receiver: Receiver
) -> None:
    office.told(receiver.address())
    announce(office)
    stuck = subprocess.Popen(
        [sys.executable, "-m", "tests.services.delivery.stuck", NOW.isoformat()],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert stuck.stdout is not None
        assert stuck.stdout.readline() == "sending\n"
    finally:
        stuck.kill()
        stuck.communicate()
    assert office.send() == []
    (kept,) = office.deliveries()
    assert (kept.state, kept.tries) == (State.WAITING, 1)
    office.later(seconds=LEASE.total_seconds())
    assert office.send() == ["204"]
    (kept,) = office.deliveries()
    assert (kept.state, kept.tries) == (State.DELIVERED, 2)


def test_nothing_to_do_writes_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked four times a minute, on every server."""
    monkeypatch.setattr(database, "write", None)
    assert Office(database).send() == []


def test_what_still_waits_for_a_webhook_that_is_off_is_not_sent(office: Office) -> None:
    """Written by a transaction that had seen it on."""
    office.told(AWAY)
    announce(office)
    office.database.write(lambda c: stored_webhooks.set_active(c, 1, active=False))
    sent_to: list[str] = []

    def post(address: str, *_: object) -> Outcome:
        sent_to.append(address)
        return Outcome("204")

    assert office.send(post=post) == ["switched-off"]
    assert sent_to == []
    assert office.deliveries()[0].state is State.GIVEN_UP
