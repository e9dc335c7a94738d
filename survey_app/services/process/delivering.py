"""Sending what waits in the outbox, by the settings of this server."""

from __future__ import annotations

import threading

from survey_app import settings
from survey_app.services.delivery.sender import Sender
from survey_app.services.process import runtime
from survey_app.storage.database import Database


def sender(database: Database) -> Sender:
    """Who sends, with this server's clock, key and public address."""
    config = settings.load()
    return Sender(
        database=database,
        clock=runtime.now,
        key=runtime.webhook_key,
        base=config.public_url or "",
        allowed=config.webhook_networks,
    )


def send_due(stopping: threading.Event) -> None:
    """Send what is due, and stop between two messages when the server stops."""
    for _ in sender(runtime.database()).send_due():
        if stopping.is_set():
            return
