"""Several servers at one outbox: each delivery is claimed once, by one of them."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

from survey_app.storage import deliveries
from survey_app.storage.database import Database, open_database
from survey_app.storage.deliveries import Delivery, NewDelivery, State
from tests.conftest import NOW

UNTIL = NOW + timedelta(minutes=5)
SERVERS, MESSAGES = 4, 24
LATEST = NOW + timedelta(days=1)


def written(database: Database, number: int) -> None:
    for i in range(number):
        new = NewDelivery(
            kind="webhook",
            recipient=str(i % 3),
            event="x",
            message=f"msg_{i}",
            agency="",
            unit="",
            body="{}",
            made_at=NOW,
        )
        database.write(partial(deliveries.add, new=new))


def claimed(database: Database, now: object = NOW, *passed_over: str) -> Delivery | None:
    return database.write(
        lambda c: deliveries.claim(c, "webhook", now, UNTIL, LATEST, passed_over)  # type: ignore[arg-type]
    )


def test_each_delivery_is_claimed_by_one_server(database: Database, database_url: str) -> None:
    written(database, MESSAGES)
    servers, ready = [open_database(database_url) for _ in range(SERVERS)], Barrier(SERVERS)

    def serve(server: Database) -> list[str]:
        ready.wait()
        found = []
        while (held := claimed(server)) is not None:
            found.append(held.message)
            assert server.write(lambda c: deliveries.set_ended(c, held, State.DELIVERED, "200", NOW))
        return found

    try:
        with ThreadPoolExecutor(SERVERS) as pool:
            counted = Counter(message for found in pool.map(serve, servers) for message in found)
    finally:
        for server in servers:
            server.close()
    assert counted == {f"msg_{i}": 1 for i in range(MESSAGES)}


def test_a_row_that_another_is_claiming_is_passed_over(database: Database, database_url: str) -> None:
    """On PostgreSQL nobody waits for it; SQLite has one writer."""
    if database.is_sqlite:
        written(database, 1)
        assert claimed(database) is not None
        assert claimed(database) is None
        return
    written(database, 2)
    with database.engine.begin() as holding:
        first = deliveries.claim(holding, "webhook", NOW, UNTIL, LATEST)
        second = claimed(database)
        assert first is not None
        assert second is not None
        assert first.id != second.id
        assert claimed(database) is None


def test_a_claim_that_ran_out_is_taken_over_and_who_comes_late_ends_nothing(database: Database) -> None:
    written(database, 1)
    late = claimed(database)
    assert late is not None
    assert claimed(database, UNTIL - timedelta(seconds=1)) is None
    held = claimed(database, UNTIL)
    assert held is not None
    assert (held.id, held.tries) == (late.id, 2)
    assert not database.write(lambda c: deliveries.set_ended(c, late, State.DELIVERED, "200", NOW))
    assert not database.write(lambda c: deliveries.set_waiting(c, late, "500", NOW))
    assert database.write(lambda c: deliveries.set_ended(c, held, State.DELIVERED, "200", NOW))
    assert not database.write(lambda c: deliveries.set_ended(c, held, State.DELIVERED, "200", NOW))


def test_recipients_that_are_passed_over_wait(database: Database) -> None:
    written(database, 3)
    held = claimed(database, NOW, "0", "2")
    assert held is not None
    assert held.recipient == "1"
    assert claimed(database, NOW, "0", "2") is None
