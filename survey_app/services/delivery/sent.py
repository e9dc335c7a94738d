"""What was sent to webhooks and what waits, as people see it, and sending one again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from survey_app.errors import Conflict, NotFound
from survey_app.services.delivery import webhooks
from survey_app.services.delivery.events import WEBHOOK
from survey_app.services.delivery.webhooks import WEBHOOK_OFF
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import deliveries
from survey_app.storage import webhooks as stored_webhooks
from survey_app.storage.database import Database
from survey_app.storage.deliveries import Delivery, State
from survey_app.storage.webhooks import StoredWebhook
from survey_app.text import Text

DELIVERY_UNKNOWN = Text("Pengiriman tidak dikenal.", "There is no such delivery.")
STILL_WAITS = Text("Pengiriman ini masih menunggu.", "This delivery is still waiting.")


@dataclass(frozen=True)
class Sent:
    """A delivery, and what its webhook is called. `again`: it can be sent once more."""

    delivery: Delivery
    webhook: str
    again: bool


@asked(Action.CONNECT_PROGRAMS)
def listed(database: Database, acting: Acting, limit: int = 100) -> list[Sent]:
    """The newest deliveries of webhooks inside the own place. Raises: Refused `role-refused`."""
    acting.require_action(Action.CONNECT_PROGRAMS, to_read=True)
    mine = {str(one.id): one for one in webhooks.inside(database, acting.scope)}
    with database.read() as connection:
        found = deliveries.newest(connection, WEBHOOK, list(mine), limit)
    return [
        Sent(
            one,
            mine[one.recipient].name,
            again=one.state is not State.WAITING and mine[one.recipient].active,
        )
        for one in found
    ]


def _read(database: Database, delivery_id: int) -> tuple[Delivery, StoredWebhook | None] | None:
    with database.read() as connection:
        found = deliveries.by_id(connection, delivery_id)
        if found is None or found.kind != WEBHOOK:
            return None
        return found, stored_webhooks.by_id(connection, int(found.recipient))


def _where(database: Database, given: Given) -> Scope:
    found = _read(database, given["delivery_id"])
    return PROVINCE if found is None or found[1] is None else webhooks.scope_of(found[1])


@audited(Action.CONNECT_PROGRAMS, "delivery_id", place=_where)
def send_again(database: Database, acting: Acting, delivery_id: int, now: datetime) -> None:
    """Have a delivery that has ended sent once more, under the same message.

    Raises:
        Refused: `role-refused`, `scope-refused`.
        NotFound: `delivery-unknown`, `webhook-unknown`.
        Conflict: `webhook-off`, `delivery-waits`.
    """
    acting.require_action(Action.CONNECT_PROGRAMS)
    found = _read(database, delivery_id)
    if found is None:
        raise NotFound("delivery-unknown", DELIVERY_UNKNOWN)
    if not webhooks.required(database, acting, found[1]).active:
        raise Conflict("webhook-off", WEBHOOK_OFF)
    if not database.write(lambda connection: deliveries.send_again(connection, delivery_id, now)):
        raise Conflict("delivery-waits", STILL_WAITS)
