"""A receiver that is trusted, and who sends to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from survey_app.services.delivery import sent, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.posting import Outcome
from survey_app.services.delivery.sender import Sender
from survey_app.services.delivery.webhooks import Terms, Webhook
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.deliveries import Delivery
from tests.conftest import NOW
from tests.services.delivery.receiver import HERE, Receiver, receiving, status

KEY = b"k" * 32


@pytest.fixture(scope="module")
def serving_receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    with receiving(tmp_path_factory.mktemp("receiver")) as found:
        yield found


@pytest.fixture
def receiver(serving_receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    """As new, and trusted as the authority of a province would be."""
    monkeypatch.setenv("SSL_CERT_FILE", str(serving_receiver.trust))
    serving_receiver.received.clear()
    serving_receiver.answer = status(204)
    return serving_receiver


@dataclass
class Office:
    """A server with one webhook; `now` is moved by tests."""

    database: Database
    now: datetime = NOW

    def told(
        self,
        address: str,
        scope: Scope = PROVINCE,
        events: tuple[News, ...] = tuple(News),
        name: str = "dasbor",
    ) -> str:
        """Make a webhook, and give its secret."""
        terms = Terms(name=name, scope=scope, address=address, events=events)
        return webhooks.make(self.database, ADMIN, terms, KEY, self.now, HERE)

    def sender(self, **changed: object) -> Sender:
        given: dict[str, object] = {"base": "https://survei.test", "allowed": HERE, "key": lambda: KEY}
        given |= {"database": self.database, "clock": lambda: self.now}
        return Sender(**{**given, **changed})  # type: ignore[arg-type]

    def send(self, **changed: object) -> list[str]:
        """Send what is due; what came back, each in a word."""
        return [outcome.answer for _, outcome in self.sender(**changed).send_due()]

    def test(self, webhook: int = 1) -> None:
        webhooks.send_test(self.database, ADMIN, webhook, self.now)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def deliveries(self) -> list[Delivery]:
        """The newest first."""
        return [one.delivery for one in sent.listed(self.database, ADMIN)]

    def webhook(self) -> Webhook:
        (found,) = webhooks.listed(self.database, ADMIN)
        return found


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def answering(word: str) -> object:
    """A way to send by which nothing is sent."""
    return lambda *_: Outcome(word)
