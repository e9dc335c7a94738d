"""What happened, written down for whoever wants to know, in the transaction in which it happens.

What is told is that something happened and where the API has it. No figure is in it: who may see one asks.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from survey_app.services.places.scope import Scope
from survey_app.storage import deliveries, webhooks
from survey_app.storage.database import Connection
from survey_app.storage.deliveries import NewDelivery

#: By what deliveries are carried.
WEBHOOK = "webhook"
#: What "try it" sends; nobody has to ask for it.
TEST = "webhook.test"


class News(StrEnum):
    """What somebody can want to be told of."""

    #: A unit has published a period, or a new version of it.
    RESULT = "result.published"
    #: An agency or the province has.
    RECAP = "recap.published"
    #: A scheduled report has been made, or made anew.
    REPORT = "report.ready"


def announce(
    connection: Connection, news: News, place: Scope, data: Mapping[str, object], now: datetime
) -> None:
    """Write a delivery for every active webhook that wants to know this of this place.

    Args:
        place: agency and unit by their codes; of a unit both.
        data: what happened; `path` is where the API has it.
    """
    for told in webhooks.told_of(connection, place.agency or "", place.unit or ""):
        if news in told.events.split():
            write(connection, told.id, news, place, data, now)


def write(
    connection: Connection,
    webhook_id: int,
    event: str,
    place: Scope,
    data: Mapping[str, object],
    now: datetime,
) -> None:
    """Write one delivery for one webhook, under a message of its own."""
    new = NewDelivery(
        kind=WEBHOOK,
        recipient=str(webhook_id),
        event=event,
        message=f"msg_{secrets.token_hex(16)}",
        agency=place.agency or "",
        unit=place.unit or "",
        body=json.dumps(data, ensure_ascii=False, sort_keys=True),
        made_at=now,
    )
    deliveries.add(connection, new)
