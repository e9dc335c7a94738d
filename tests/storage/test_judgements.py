"""Judgements of comments at the same time."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import sqlalchemy as sa

from survey_app.services.answers import intake
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import judgements
from survey_app.storage.database import Connection, Database
from survey_app.storage.judgements import StoredJudgement
from survey_app.storage.tables import comment_judgement, response
from tests.submissions import NOW, submission


def test_two_who_judge_the_same_comment_at_once_are_both_kept(database: Database, unit: UnitEntry) -> None:
    """The second waits for the first, and neither is refused for having the other's number."""
    intake.accept(database, submission(comment="Antrean lama"), NOW)
    with database.read() as connection:
        seq = connection.execute(sa.select(response.c.seq)).scalar_one()
    one = StoredJudgement(
        unit_id=unit.unit.id,
        seq=seq,
        draw=1,
        frame="",
        stratum="-/-",
        probability=1.0,
        rate=1.0,
        unsur="",
        kind="",
        urgent=False,
        stands=True,
        role="manager",
        judged_at=NOW,
    )
    began = threading.Event()

    def slowly(connection: Connection) -> bool:
        kept = judgements.append(connection, one)
        began.set()
        time.sleep(0.3)
        return kept

    with ThreadPoolExecutor() as others:
        first = others.submit(database.write, slowly)
        assert began.wait(20)
        assert database.write(lambda connection: judgements.append(connection, replace(one, role="admin")))
        assert first.result()
    said = sa.select(comment_judgement.c.turn, comment_judgement.c.role)
    with database.read() as connection:
        assert set(map(tuple, connection.execute(said))) == {(1, "manager"), (2, "admin")}
