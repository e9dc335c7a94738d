"""Work of the server between requests: it goes on after a failure, and ends with the server."""

from __future__ import annotations

import asyncio
import threading

import pytest
import sqlalchemy as sa

from survey_app.errors import Unavailable
from survey_app.services.answers import intake
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import background
from survey_app.storage.database import Database
from survey_app.storage.tables import rollup
from survey_app.text import Text
from tests.loops import run
from tests.submissions import NOW, submission


def test_work_that_failed_is_done_again(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []
    twice = threading.Event()

    def work(_: threading.Event) -> None:
        done.append(1)
        if len(done) < 3:
            raise [OSError("the disk failed"), away()][len(done) - 1]
        twice.set()

    async def serve() -> None:
        async with background.repeating("counting", work, 0.001):
            await asyncio.to_thread(twice.wait, 60)

    run(serve())
    assert len(done) >= 3
    assert "counting failed: Basis data tidak menjawab" in caplog.text
    assert "the disk failed" in caplog.text


def test_work_in_progress_is_told_that_the_server_stops() -> None:
    began, told = threading.Event(), threading.Event()

    def work(stopping: threading.Event) -> None:
        began.set()
        if stopping.wait(60):
            told.set()

    async def serve() -> None:
        async with background.repeating("waiting", work, 0.001):
            await asyncio.to_thread(began.wait, 60)

    run(serve())
    assert told.is_set()


def test_an_interval_of_zero_is_never() -> None:
    async def serve() -> None:
        async with background.repeating("nothing", lambda _: pytest.fail("it ran"), 0):
            await asyncio.sleep(0.01)

    run(serve())


def away() -> Unavailable:
    text = Text("Basis data tidak menjawab", "The database does not answer")
    return Unavailable("database-unavailable", text, "connection refused")


def test_a_database_that_comes_up_after_the_server_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(background, "_OPENING", (0.001, 3))
    tries: list[int] = []

    def open_at_the_third(raised: Exception) -> Database:
        tries.append(1)
        if len(tries) < 3:
            raise raised
        return database

    async def serve(raised: Exception) -> None:
        async with background.refreshing(lambda: open_at_the_third(raised), 0):
            pass

    run(serve(away()))
    assert len(tries) == 3
    assert caplog.text.count("connection refused") == 2
    # What waiting does not mend ends the start at once, and so does having waited long enough.
    tries.clear()
    with pytest.raises(Unavailable):
        run(serve(Unavailable("database-damaged", Text("Rusak", "Damaged"), "not a database")))
    assert len(tries) == 1
    monkeypatch.setattr(background, "_OPENING", (0.001, 2))
    tries.clear()
    with pytest.raises(Unavailable):
        run(serve(away()))
    assert len(tries) == 2


def test_new_answers_are_folded_in_while_the_server_runs(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission(), NOW)

    def folded() -> bool:
        with database.read() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(rollup)).scalar_one() == 1

    async def serve() -> None:
        async with background.refreshing(lambda: database, 0.001):
            while not folded():
                await asyncio.sleep(0.001)

    run(asyncio.wait_for(serve(), 60))
