"""A filled database of before the record becomes one of now: every result stays, also where it is cut off."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import op

from analytics.period import Period
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import respondents, results
from survey_app.services.imports import importing
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import folding, rollup
from survey_app.storage.database import Database, open_database
from survey_app.storage.migrating import migrate
from tests.submissions import KEYS, NOW, submission

#: Answers that were in no cell yet when the version before stopped.
LIVE = 3
YEAR = Period.parse("2026")


@pytest.fixture
def told(database: Database, unit: UnitEntry, tmp_path: Path) -> dict[str, str]:
    """What is said of answers of each kind, of which the last are in the tail."""
    code = devices.create_pairing(database, ADMIN, "ptsp", "Loket 1", NOW).code
    kiosk = devices.pair(database, code, NOW).device
    path = tmp_path / "a.csv"
    path.write_text("\n".join([",".join([*KEYS, "saran"]), *[f"{'4,' * 9}Baik {i}" for i in range(4)]]))
    importing.import_responses(database, ADMIN, path, "ptsp", Period.parse("2026-05"), NOW)
    for i in range(12):
        at_kiosk = {"channel": Channel.KIOSK, "client_id": kiosk.code, "device_id": kiosk.id}
        sent = submission((1 + i % 4, *[3] * 8), comment=f"Saran {i}", **(at_kiosk if i % 3 else {}))
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
        if i == 11 - LIVE:
            results.refresh(database)
    return said(database)


def said(database: Database) -> dict[str, str]:
    result = results.unit_result(database, "ptsp", YEAR, within=PROVINCE)
    with database.read() as connection:
        cells = repr(rollup.read(connection))
    sheets = respondents.answer_sheets(database, result).tolist()
    return {"result": repr(result), "cells": cells, "sheets": repr(sheets)}


@pytest.fixture
def before(database: Database, told: dict[str, str]) -> Iterator[sa.Connection]:
    """The database as the version of 0015 left it, with its watermark where `LIVE` answers are live."""
    with database.read() as connection:
        cells = [tuple(row) for row in connection.execute(sa.text("SELECT * FROM rollup"))]
        live = sorted(connection.execute(sa.text("SELECT seq FROM tail")).scalars())
    assert len(live) == LIVE
    database.engine.dispose()
    with database.engine.execution_options(write=True).begin() as connection:
        migrate(connection, "0015")
        names = ("unit_id", "month", "service_id", "instrument", "moments", "profile")
        rows = [dict(zip(names, cell, strict=True)) for cell in cells]
        values = ", ".join(f":{name}" for name in names)
        connection.execute(sa.text(f"INSERT INTO rollup ({', '.join(names)}) VALUES ({values})"), rows)
        set_watermark(connection, live[0])
    with database.engine.execution_options(write=True).connect() as connection:
        yield connection


def set_watermark(connection: sa.Connection, first_live: int) -> None:
    watermark = first_live
    if connection.dialect.name == "postgresql":
        watermark = 1
        connection.execute(sa.text(f"UPDATE response SET xid = 1 WHERE seq >= {first_live}"))
    connection.execute(sa.text(f"UPDATE rollup_state SET watermark = {watermark}"))


def test_what_came_before_is_as_it_was(
    database: Database, before: sa.Connection, told: dict[str, str], database_url: str
) -> None:
    file = before.execute(sa.text("SELECT DISTINCT client_id FROM response WHERE channel = 'import'"))
    assert [client[:5] for client in file.scalars()] == ["file:"]
    before.rollback()
    opened = open_database(database_url)
    with opened.read() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM tail")).scalar_one() == LIVE
        kinds = connection.execute(
            sa.text(
                "SELECT channel, count(import_id), count(device_id), count(client_id), count(*) FROM response"
                " GROUP BY channel ORDER BY channel"
            )
        ).all()
    assert [tuple(kind) for kind in kinds] == [
        ("import", 4, 0, 0, 4),
        ("kiosk", 0, 8, 8, 8),
        ("web", 0, 0, 0, 4),
    ]
    assert said(opened) == told
    results.refresh(opened)
    assert said(opened) == told
    opened.close()


def test_a_file_is_known_again_afterwards(
    database: Database, before: sa.Connection, database_url: str, tmp_path: Path
) -> None:
    before.rollback()
    opened = open_database(database_url)
    again = importing.import_responses(
        opened, ADMIN, tmp_path / "a.csv", "ptsp", Period.parse("2026-05"), NOW
    )
    assert (again.stored, again.known) == (0, 4)
    opened.close()


def test_of_another_cluster_everything_is_added_up_anew(
    database: Database, before: sa.Connection, told: dict[str, str], database_url: str
) -> None:
    """Restored elsewhere and never rebuilt: what the watermark said is not believed."""
    if database.is_sqlite:
        before.rollback()
    else:
        before.execute(sa.text("UPDATE rollup_state SET cluster = 'another', watermark = 9999"))
        before.commit()
    opened = open_database(database_url)
    with opened.read() as connection:
        waiting = connection.execute(sa.text("SELECT count(*) FROM tail")).scalar_one()
    assert waiting == (LIVE if database.is_sqlite else 16)
    assert said(opened) == told
    while opened.write(folding.refresh):
        pass
    assert said(opened) == told
    opened.close()


@pytest.mark.parametrize("cut", ["create_index", "create_table", "execute", "drop_table"])
def test_cut_short_it_begins_again(
    database: Database,
    before: sa.Connection,
    told: dict[str, str],
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    cut: str,
) -> None:
    """As a kill does, at the third statement of each kind: all of it is one transaction."""
    before.rollback()
    calls = list[str]()
    real = getattr(op, cut)

    def fails(*args: Any, **kwargs: Any) -> Any:
        calls.append(cut)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(op, cut, fails)
        with pytest.raises(KeyboardInterrupt):
            open_database(database_url)
    with database.read() as connection:
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        assert version == "0015"
        assert connection.execute(sa.text("SELECT count(*) FROM rollup_state")).scalar_one() == 1
    opened = open_database(database_url)
    assert said(opened) == told
    opened.close()


def test_one_id_of_two_units_does_not_go_back(
    database: Database, unit: UnitEntry, told: dict[str, str]
) -> None:
    """The version before knows an answer by its id alone."""
    columns = "service_id, instrument, scores, channel, answered_at, received_at, time_source, month, profile"
    last = "FROM response WHERE seq = (SELECT max(seq) FROM response)"
    twice = f"INSERT INTO response (id, unit_id, {columns}) SELECT id, 99, {columns} {last}"
    columns = "agency_id, name, time_zone, instrument, active"
    other = f"INSERT INTO unit (id, code, {columns}) SELECT 99, 'lain', {columns} FROM unit"
    with database.engine.execution_options(write=True).begin() as connection:
        connection.execute(sa.text(other))
        connection.execute(sa.text(twice))
    with (
        pytest.raises(RuntimeError, match="downgrade-ids"),
        database.engine.execution_options(write=True).begin() as connection,
    ):
        migrate(connection, "0016")


_STORE = (
    "INSERT INTO response (id, unit_id, service_id, instrument, scores, profile, channel, answered_at,"
    " received_at, time_source, month) SELECT :id, unit_id, id, 'skm-2017@1', '333333333', '{}', 'web',"
    " :now, :now, 'server', 202611 FROM service"
)


@pytest.fixture
def older(fresh_postgres_url: str) -> Iterator[Database]:
    """A database of 0015 with a unit; a server of that version may go on using it."""
    database = open_database(fresh_postgres_url)
    catalogue.create_agency(database, ADMIN, "dpmptsp", "DPMPTSP")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "ptsp", "PTSP", time_zone="Asia/Makassar")
    with database.engine.begin() as connection:
        migrate(connection, "0015")
    yield database
    database.close()


def test_an_answer_on_its_way_meanwhile_counts(older: Database, fresh_postgres_url: str) -> None:
    """A server of the version before is storing one while the next version brings the schema up."""
    with older.engine.connect() as before, before.begin() as transaction, ThreadPoolExecutor(1) as pool:
        before.execute(sa.text(_STORE), {"id": uuid7(NOW), "now": NOW})
        opening = pool.submit(open_database, fresh_postgres_url)
        _wait_until_somebody_waits(older)
        transaction.commit()
        opened = opening.result(30)
    assert results.unit_result(opened, "ptsp", YEAR, within=PROVINCE).score.n == 1
    opened.close()


def test_who_uses_one_table_and_then_another_is_let_pass(older: Database, fresh_postgres_url: str) -> None:
    """As that server does with a sheet of paper: neither ends the other, and both come to their end."""
    with older.engine.connect() as before, before.begin() as transaction, ThreadPoolExecutor(1) as pool:
        before.execute(sa.text("SELECT * FROM unit"))
        opening = pool.submit(open_database, fresh_postgres_url)
        _wait_until_somebody_waits(older)
        # By then PostgreSQL has looked, once, whether the two wait for each other.
        time.sleep(1.5)
        before.execute(sa.text(_STORE), {"id": uuid7(NOW), "now": NOW})
        transaction.commit()
        opened = opening.result(30)
    assert results.unit_result(opened, "ptsp", YEAR, within=PROVINCE).score.n == 1
    opened.close()


def test_how_long_a_statement_may_wait_stays_as_it_was(older: Database) -> None:
    with older.engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '7s'"))
        migrate(connection)
        assert connection.execute(sa.text("SHOW lock_timeout")).scalar_one() == "7s"


def _wait_until_somebody_waits(database: Database) -> None:
    query = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(200):
        with database.look() as connection:
            if connection.execute(query).scalar_one():
                return
        time.sleep(0.05)
    raise AssertionError("the migration went on beside a transaction that was not over")
