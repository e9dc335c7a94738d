"""A server that says when it has begun to send, and never ends: run as a module, to be killed."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime

from survey_app.services.delivery.posting import Outcome
from survey_app.services.delivery.sender import Sender
from survey_app.storage.database import open_database
from tests.services.delivery.conftest import KEY


def _stuck(*_: object) -> Outcome:
    sys.stdout.write("sending\n")
    sys.stdout.flush()
    time.sleep(600)
    return Outcome("204")


if __name__ == "__main__":
    moment = datetime.fromisoformat(sys.argv[1])
    sender = Sender(
        database=open_database(os.environ["DATABASE_URL"]), clock=lambda: moment, key=lambda: KEY, post=_stuck
    )
    for _ in sender.send_due():
        pass
