"""Exactly once, at scale and through crashes: what has a receipt is stored, and nothing is stored twice."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from threading import Event

import pytest

from survey_app.services.answers.ids import uuid7
from tests.servers import PlainServer, fill_catalogue, stored_ids
from tests.submissions import NOW
from tests.waiting import until
from tests.web.forms import payload

CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """How much: more on SQLite, whose writer is ours; PostgreSQL's own promises are only sampled."""

    answers: int
    kills: int


@pytest.fixture
def load(database_url: str, soak: bool) -> Load:
    if not database_url.startswith("sqlite"):
        return Load(1_000, 5) if soak else Load(200, 2)
    return Load(10_000, 20) if soak else Load(300, 4)


@pytest.fixture
def running(database_url: str) -> Iterator[PlainServer]:
    fill_catalogue(database_url)
    with PlainServer(database_url) as server:
        yield server


def bodies(count: int) -> dict[str, bytes]:
    """`count` different submissions by id."""
    ids = [str(uuid7(NOW)) for _ in range(count)]
    return {id_: json.dumps(payload(id=id_)).encode() for id_ in ids}


def send(connection: HTTPConnection, body: bytes) -> tuple[int, str]:
    connection.request("POST", "/api/responses", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = json.loads(response.read())
    return response.status, answer["receipt"]


def send_all(server: PlainServer, parcel: Sequence[bytes]) -> list[tuple[int, str]]:
    """Send one after another over one connection."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        return [send(connection, body) for body in parcel]
    finally:
        connection.close()


def test_what_is_replayed_three_times_in_any_order_is_stored_once(running: PlainServer, load: Load) -> None:
    wanted = bodies(load.answers)
    everything = list(wanted.values()) * 3
    random.Random(14).shuffle(everything)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parcels = [everything[i::CONNECTIONS] for i in range(CONNECTIONS)]
        outcomes = [o for done in pool.map(lambda p: send_all(running, p), parcels) for o in done]
    assert Counter(status for status, _ in outcomes) == {201: load.answers, 200: 2 * load.answers}
    assert set(Counter(receipt for _, receipt in outcomes).values()) == {3}
    stored = stored_ids(running.database_url)
    assert len(stored) == load.answers
    assert set(stored) == wanted.keys()


def test_a_server_killed_again_and_again_under_load_loses_no_receipted_answer(
    running: PlainServer, load: Load
) -> None:
    chance = random.Random(17)
    sent: dict[str, bytes] = {}
    receipted: set[str] = set()
    for kills in range(1, load.kills + 1):
        batch = bodies(1_000)
        sent |= batch
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            items, dead = list(batch.items()), Event()
            jobs = [
                pool.submit(send_until_dead, running, items[i::CONNECTIONS], dead, receipted)
                for i in range(CONNECTIONS)
            ]
            # Not by the clock alone: a busy machine may take long to give its first receipts.
            until(partial(_more_than, kills * CONNECTIONS, receipted))
            time.sleep(chance.uniform(0.02, 0.4))
            running.kill()
            dead.set()
            for job in jobs:
                job.result()
        running.start()
    stored = stored_ids(running.database_url)
    assert len(stored) == len(set(stored))
    assert receipted <= set(stored) <= sent.keys()
    unsure = [sent[id_] for id_ in set(stored) - receipted]
    assert {status for status, _ in send_all(running, unsure)} <= {200}


def _more_than(count: int, receipted: set[str]) -> bool:
    return len(receipted) > count


def send_until_dead(
    server: PlainServer, items: Sequence[tuple[str, bytes]], dead: Event, receipted: set[str]
) -> None:
    """Send until the connection breaks, and note the ids that got a receipt before."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    with suppress(OSError, HTTPException, ValueError):
        for id_, body in items:
            if dead.is_set():
                break
            send(connection, body)
            receipted.add(id_)
    connection.close()
