"""Sending what waits: each delivery at least once, by one server at a time, again after a growing while.

A server claims a delivery for a while, sends it, and writes down what came of it. Killed on the way, its
claim runs out and another sends the message again, under the same id.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from survey_app.services.delivery import posting, signing
from survey_app.services.delivery.addresses import Network
from survey_app.services.delivery.events import TEST, WEBHOOK
from survey_app.services.delivery.posting import Outcome
from survey_app.storage import deliveries, webhooks
from survey_app.storage.database import Connection, Database
from survey_app.storage.deliveries import Delivery, State
from survey_app.storage.webhooks import StoredWebhook

#: After each try that failed; after the last it is given up, nearly three days after what it tells of.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(days=1),
    timedelta(days=1),
)
#: So many given up in a row, and a webhook is switched off.
MOST_GIVEN_UP = 5
#: How long a claim holds: well above the longest time a message may take, name and all.
LEASE = timedelta(minutes=5)
#: Seconds that one receiver is sent to before the others have their turn.
SHARE = 5.0
#: How long is kept what has been delivered or given up.
KEPT = timedelta(days=30)
#: What stands in place of an answer.
SWITCHED_OFF, KEY_CHANGED = "switched-off", "key-changed"
_log = logging.getLogger(__name__)

#: Sends a body with headers to an address outside, or in one of the networks.
Post = Callable[[str, Mapping[str, str], bytes, Sequence[Network]], Outcome]


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends: the clock, the server's key, what stands before a path of ours, and where it may send.

    `base` is empty where nobody has set the public address: then a path stands alone.
    """

    database: Database
    clock: Callable[[], datetime]
    key: Callable[[], bytes]
    base: str = ""
    allowed: Sequence[Network] = ()
    post: Post = posting.post

    def send_due(self) -> Generator[tuple[Delivery, Outcome]]:
        """Send everything due, and forget what is old; each delivery is given out as it ended.

        A receiver that has just failed is not tried with the next message, and one that has had its share of
        the time waits until the others have had theirs: one that is slow must not hold up the others, whether
        it takes its messages or not. Whoever stops asking stops the sending between two deliveries.

        Raises: as `key`, before anything counts as tried.
        """
        now = self.clock()
        with self.database.look() as connection:
            if not deliveries.is_anything_to_do(connection, WEBHOOK, now, now + WAITS[-1], now - KEPT):
                return
        self.database.write(lambda connection: deliveries.forget(connection, now - KEPT))
        self.key()
        failed: set[str] = set()
        used: dict[str, float] = {}
        while True:
            had = {recipient for recipient, seconds in used.items() if seconds >= SHARE}
            if (held := self._claim(failed | had)) is None:
                if not had:
                    return
                used.clear()
                continue
            began = monotonic()
            outcome = self._send(held)
            used[held.recipient] = used.get(held.recipient, 0.0) + monotonic() - began
            if not outcome.delivered:
                failed.add(held.recipient)
            yield held, outcome

    def _claim(self, passed_over: set[str]) -> Delivery | None:
        now = self.clock()
        return self.database.write(
            lambda connection: deliveries.claim(
                connection, WEBHOOK, now, now + LEASE, now + WAITS[-1], passed_over
            )
        )

    def _send(self, held: Delivery) -> Outcome:
        with self.database.look() as connection:
            webhook = webhooks.by_id(connection, int(held.recipient))
        if webhook is None or not webhook.active:
            outcome = Outcome(SWITCHED_OFF)
        else:
            outcome = self._posted(webhook, held)
        now = self.clock()
        if not self.database.write(lambda connection: _note(connection, held, outcome, now)):
            _log.warning("%s was ended by somebody else meanwhile", held.message)
        return outcome

    def _posted(self, webhook: StoredWebhook, held: Delivery) -> Outcome:
        secret = signing.secret(self.key(), webhook.salt)
        if signing.hashed(secret) != webhook.secret_hash:
            # Its receiver would refuse the signature, and nobody would know why.
            return Outcome(KEY_CHANGED)
        body = written(held, self.base)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "survey-app",
            **signing.headers(secret, held.message, self.clock(), body),
        }
        return self.post(webhook.address, headers, body, self.allowed)


def written(delivery: Delivery, base: str) -> bytes:
    """The body of a message: what happened, when, and the address where the API has it."""
    data = json.loads(delivery.body)
    if (path := data.pop("path", None)) is not None:
        data["url"] = base + path
    at = delivery.made_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    body = {"type": delivery.event, "timestamp": at, "data": data}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _note(connection: Connection, held: Delivery, outcome: Outcome, now: datetime) -> bool:
    """Write down what came of a try; False where the claim was lost."""
    # The webhook before its deliveries, as whoever switches it off takes them.
    webhook = webhooks.held(connection, int(held.recipient))
    if outcome.delivered:
        mine = deliveries.set_ended(connection, held, State.DELIVERED, outcome.answer, now)
        if mine:
            webhooks.count(connection, int(held.recipient), given_up=0)
        return mine
    over = held.tries > len(WAITS) or held.event == TEST or outcome.gone
    if not over and outcome.answer != SWITCHED_OFF:
        return deliveries.set_waiting(connection, held, outcome.answer, now + WAITS[held.tries - 1])
    mine = deliveries.set_ended(connection, held, State.GIVEN_UP, outcome.answer, now)
    if mine and webhook is not None and webhook.active and (outcome.gone or held.event != TEST):
        _count_given_up(connection, webhook, outcome, now)
    return mine


def _count_given_up(connection: Connection, webhook: StoredWebhook, outcome: Outcome, now: datetime) -> None:
    """One more in a row; after too many, or where the receiver wants no more, nothing is sent there."""
    webhooks.count(connection, webhook.id, given_up=webhook.given_up + 1)
    if outcome.gone or webhook.given_up + 1 >= MOST_GIVEN_UP:
        webhooks.set_active(connection, webhook.id, active=False)
        deliveries.give_up_all(connection, WEBHOOK, str(webhook.id), SWITCHED_OFF, now)
