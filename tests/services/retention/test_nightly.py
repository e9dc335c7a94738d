"""The night's work: once a night, and a refusal that stays is said once."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from survey_app.errors import StorageError, Unavailable
from survey_app.services.ikm.calibration import Nightly
from survey_app.storage.database import Database
from survey_app.text import Text

EVENING = datetime(2026, 11, 20, 4, tzinfo=UTC)
WHY = Text("Tidak.", "No.")


@pytest.mark.parametrize(
    ("error", "tries"),
    [(StorageError("emptying-refused", WHY), 1), (Unavailable("database-full", WHY, "full"), 3)],
)
def test_what_will_pass_is_tried_again_and_what_stays_is_not(
    database: Database, error: StorageError, tries: int
) -> None:
    done: list[datetime] = []

    def work(_: Database, now: datetime, __: threading.Event) -> None:
        done.append(now)
        raise error

    clock = iter(EVENING + timedelta(minutes=10 * i) for i in range(3))
    nightly = Nightly(lambda: database, lambda: next(clock), work)
    for _ in range(3):
        with suppress(StorageError):
            nightly(threading.Event())
    assert len(done) == tries
