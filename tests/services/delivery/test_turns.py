"""Nobody's slowness, key or clock costs the others their messages."""

from __future__ import annotations

import pytest

from survey_app.errors import SettingError
from survey_app.services.delivery import events, sender
from survey_app.services.delivery.events import News
from survey_app.services.delivery.posting import Outcome
from survey_app.services.places.scope import PROVINCE
from survey_app.text import Text
from tests.services.delivery.conftest import Office, answering

AWAY = "https://dasbor.contoh.go.id/"


def announce(office: Office) -> None:
    office.database.write(lambda c: events.announce(c, News.RECAP, PROVINCE, {}, office.now))


def test_a_receiver_that_takes_its_messages_slowly_waits_for_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each after 14 seconds, which is in time: a hundred must not hold up the others for half an hour."""
    clock = [0.0]
    monkeypatch.setattr(sender, "monotonic", lambda: clock[0])
    tried: list[str] = []

    def post(address: str, *_: object) -> Outcome:
        tried.append(address)
        clock[0] += 14 if address == AWAY else 0.1
        return Outcome("204")

    office.told(AWAY, name="lambat")
    office.told("https://cepat.test/")
    for webhook in (1, 1, 1, 2, 2):
        office.test(webhook)
    assert office.send(post=post) == ["204"] * 5
    assert tried == [AWAY, "https://cepat.test/", "https://cepat.test/", AWAY, AWAY]


def test_a_key_that_cannot_be_read_costs_no_message_a_try(office: Office) -> None:
    def unreadable() -> bytes:
        raise SettingError("secret-open", Text("a", "a"))

    office.told(AWAY)
    office.test()
    for _ in range(2):
        with pytest.raises(SettingError):
            office.send(key=unreadable)
        office.later(minutes=6)
    assert [one.tries for one in office.deliveries()] == [0]


def test_what_a_clock_that_was_ahead_has_put_off_is_sent(office: Office) -> None:
    office.told(AWAY)
    office.later(days=400)
    announce(office)
    assert office.send(post=answering("500")) == ["500"]
    announce(office)
    office.later(days=-400)
    assert office.send(post=answering("204")) == ["204"] * 2
    assert office.send(post=answering("204")) == []
