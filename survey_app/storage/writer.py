"""One thread writes to a SQLite file and commits many jobs with one fsync.

Eight threads that write for themselves starve each other on SQLite's lock (measured: up to 4.5 s); one
writer with a queue takes the same load with the slowest wait at 0.1 s. A future resolves only after the
commit, so whoever holds a receipt holds a durable answer.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy import Connection, Engine

from survey_app.storage.availability import told_plainly

Job = Callable[[Connection], Any]

#: Jobs per commit: enough to share the fsync, few enough that a refresh among them delays nobody long.
GROUP = 256


class GroupCommitWriter:
    """Runs jobs one after another, each in its own savepoint, groups of them in one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[tuple[Job, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Any]:
        """Queue `job`; the future has its result once it is committed, or its exception."""
        future: Future[Any] = Future()
        self._queue.put((job, future))
        return future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        open_ = True
        while open_:
            group, open_ = self._next_group()
            if group:
                _commit_group(self._engine, group)

    def _next_group(self) -> tuple[list[tuple[Job, Future[Any]]], bool]:
        group: list[tuple[Job, Future[Any]]] = []
        item = self._queue.get()
        while item is not None:
            # Whoever cancelled while waiting is not written; from here on nobody can cancel.
            if item[1].set_running_or_notify_cancel():
                group.append(item)
            if len(group) == GROUP or self._queue.empty():
                return group, True
            item = self._queue.get()
        return group, False


def _commit_group(engine: Engine, group: list[tuple[Job, Future[Any]]]) -> None:
    outcomes: list[tuple[Future[Any], Any, BaseException | None]] = []
    try:
        with told_plainly(), engine.begin() as connection:
            for job, future in group:
                outcomes.append((future, *_run_job(connection, job)))
    except BaseException as error:  # noqa: BLE001  # whoever waits must learn of it; the thread must go on
        for _, future in group:
            future.set_exception(error)
        return
    for future, result, failure in outcomes:
        if failure is None:
            future.set_result(result)
        else:
            future.set_exception(failure)


def _run_job(connection: Connection, job: Job) -> tuple[Any, BaseException | None]:
    savepoint = connection.begin_nested()
    try:
        with told_plainly():
            result = job(connection)
            savepoint.commit()
    except Exception as error:  # belongs to this job's caller; the others of the group go on
        if not _is_open(connection):
            raise  # as it is: rolling back to a savepoint that is gone would hide the reason
        savepoint.rollback()
        return None, error
    return result, None


def _is_open(connection: Connection) -> bool:
    """False when SQLite has taken the whole transaction back, as it does when a disk is full or fails.

    What the jobs before did is then gone, and the driver's commit would do nothing without saying so.
    """
    driver = connection.connection.dbapi_connection
    return driver is not None and bool(driver.in_transaction)
