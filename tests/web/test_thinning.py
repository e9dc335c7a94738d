"""What is over its time is gone, and everything that anybody is told stays to the byte, on both databases."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from starlette.testclient import TestClient

from analytics import Period
from survey_app.cli import main
from survey_app.errors import Unavailable
from survey_app.reports.unit import drafting
from survey_app.services.ikm import quality, rebuilding, results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.retention import thinning
from survey_app.settings import Retention
from survey_app.storage import audit, comments, imports, responses
from survey_app.storage.audit import NewEntry, Wanted
from survey_app.storage.database import Database
from survey_app.storage.emptying import Kind
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import answer_import, metadata, response
from tests.storage.test_emptying import new_response

KEPT = Retention(comments=4, profiles=5, devices=3, audit=6)
#: The first month of answers: 2026-01; they are of that and the next two.
FIRST = Period.parse("2026-01")
LATEST = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
#: What may change as data are thinned: the answers' own columns, counts of what stood there, the log.
THINNED = {"response", "kept_profile", "audit"}
SCORES = ("343344334", "333333333", "443344334", "123412341")


def at(month: Period, minute: int) -> datetime:
    day = month.first_day
    return datetime(day.year, day.month, 12, 1, tzinfo=UTC) + timedelta(minutes=minute)


def answers(unit: UnitEntry, month: Period) -> list[NewResponse]:
    """Twelve, among them repeats of one device within ten minutes, and comments of all kinds."""
    return [
        new_response(
            unit,
            scores=SCORES[i // 3],
            month=month.month_range[0],
            answered_at=at(month, i * 2),
            received_at=at(month, i * 2),
            profile={"usia": ("56+", "26-35")[i % 2], "jenis_kelamin": "LP"[i % 2]},
            comment=f"Petugas ramah, antrean {i} lama" if i % 2 else None,
            client_id=f"k{i % 2}",
        )
        for i in range(12)
    ]


@pytest.fixture
def filled(database: Database, unit: UnitEntry) -> Database:
    """Three months published as a quarter and as a recap, and answers of this month."""
    new = [row for shift in range(3) for row in answers(unit, FIRST.shift(shift))]
    new.append(new_response(unit, received_at=LATEST))
    database.write(lambda connection: responses.insert_many(connection, new))
    results.refresh(database)
    quarter = Period.parse("2026-TW1")
    drafting.publish(database, ADMIN, unit.unit.code, quarter, LATEST)
    recap_publishing.publish(database, ADMIN, recap(database, None, quarter), LATEST)
    return database


def tables(database: Database, but: set[str] = THINNED) -> dict[str, list[Any]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            for name, table in metadata.tables.items()
            if name not in but
        }


def fixed(database: Database) -> list[Any]:
    """What never changes of the answers."""
    emptied = {"profile", "comment", "client_id", "network"}
    query = sa.select(*(c for c in response.c if c.name not in emptied)).order_by(response.c.seq)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def standing(database: Database) -> dict[str, tuple[int, int, int]]:
    """By month in how many answers a comment, a profile, a device stand."""
    c = response.c
    query = sa.select(
        c.month,
        sa.func.count(c.comment),
        sa.func.count().filter(c.profile != "{}"),
        sa.func.count().filter(c.client_id != ""),
    )
    with database.read() as connection:
        rows = connection.execute(query.group_by(c.month).order_by(c.month)).all()
    return {str(Period.of_month(month)): (int(a), int(b), int(d)) for month, a, b, d in rows}


def entries(database: Database) -> list[dict[str, Any]]:
    with database.read() as connection:
        found = audit.read(connection, Wanted(actions=("thin",)), None)
    assert {(e.role, e.who, e.network, e.refused) for e in found} <= {("system", None, None, False)}
    return [{"unit": e.unit, **json.loads(e.what)} for e in reversed(found)]


def test_each_kind_goes_after_its_own_time_and_says_how_much(filled: Database) -> None:
    half = {"2026-01": (6, 12, 12), "2026-02": (6, 12, 12), "2026-03": (6, 12, 12), "2026-11": (1, 1, 1)}
    assert standing(filled) == half
    kept = replace(KEPT, comments=9, profiles=10, devices=8)
    # The last minute of November at the office, eight hours ahead: of January comments (kept to the end of
    # October) and devices (of September) are over, and profiles (of November) are not.
    november = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)
    done = thinning.thin(filled, november, kept=kept)
    assert done.answers == Counter({Kind.COMMENTS: 6, Kind.DEVICES: 24})
    left = half | {"2026-01": (0, 12, 0), "2026-02": (6, 12, 0)}
    assert standing(filled) == left
    assert entries(filled) == [
        {"unit": "ptsp", "month": "2026-01", "comments": 6, "devices": 12},
        {"unit": "ptsp", "month": "2026-02", "devices": 12},
    ]
    thinning.thin(filled, november + timedelta(minutes=1), kept=kept)
    assert standing(filled) == left | {"2026-01": (0, 0, 0), "2026-02": (0, 12, 0), "2026-03": (6, 12, 0)}


def test_what_is_told_stays_to_the_byte(
    filled: Database,
    client: TestClient,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    paths = ("/hasil", "/hasil.csv", "/hasil.json", "/hasil/ptsp", "/hasil/ptsp.csv", "/hasil/ptsp.json")
    numbers = itertools_count()

    def told() -> list[bytes]:
        result = results.unit_result(filled, "ptsp", Period.parse("2026"), within=PROVINCE)
        made = [client.get(path).content for path in paths]
        for place in (("--unit", "ptsp"), ("--province",)):
            output = tmp_path / f"{numbers()}.pdf"
            arguments = ["report", *place, "--period", "2026-TW1", "-o", str(output), "--internal"]
            ended = CliRunner().invoke(main, arguments)
            assert ended.exit_code == 0, ended.output
            made.append(output.read_bytes())
        return [*made, repr((result.trend, result.respondents, result.quality)).encode()]

    before, rows, never = told(), tables(filled), fixed(filled)
    assert "antrean 11 lama" in rows["publication"][0]
    done = thinning.thin(filled, LATEST, kept=KEPT)
    assert done.answers == {Kind.COMMENTS: 18, Kind.PROFILES: 36, Kind.DEVICES: 36}
    assert standing(filled)["2026-03"] == (0, 0, 0)
    assert standing(filled)["2026-11"] == (1, 1, 1)
    assert (tables(filled), fixed(filled)) == (rows, never)
    assert told() == before
    # And computed anew from what is left.
    rebuilding.rebuild(filled)
    assert told() == before


def itertools_count() -> Callable[[], int]:
    numbers = iter(range(100))
    return lambda: next(numbers)


def test_it_is_stopped_goes_on_and_finds_nothing_more(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping, real = threading.Event(), thinning._empty_month

    def and_stop(*args: Any, **given: Any) -> Any:
        stopping.set()
        return real(*args, **given)

    monkeypatch.setattr(thinning, "_empty_month", and_stop)
    assert thinning.thin(filled, LATEST, stopping, kept=KEPT).answers[Kind.PROFILES] == 12
    assert standing(filled)["2026-01"] == (0, 0, 0)
    assert standing(filled)["2026-02"] == (6, 12, 12)
    monkeypatch.undo()
    left = thinning.look(filled, KEPT, LATEST)
    assert left.answers == {Kind.COMMENTS: 12, Kind.PROFILES: 24, Kind.DEVICES: 24}
    assert thinning.thin(filled, LATEST, kept=KEPT).answers == left.answers
    said = entries(filled)
    again = thinning.thin(filled, LATEST, kept=KEPT)
    assert (sum(again.answers.values()), again.entries, again.waiting) == (0, 0, 0)
    assert entries(filled) == said


def test_an_error_in_the_middle_leaves_a_month_whole_and_no_entry(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    before = standing(filled)
    monkeypatch.setattr(audit, "append", full)
    with pytest.raises(OSError, match="disk full"):
        thinning.thin(filled, LATEST, kept=KEPT)
    assert standing(filled) == before


def test_a_clock_that_cannot_be_right_takes_nothing_out(filled: Database) -> None:
    before = standing(filled)
    for wrong in (LATEST + timedelta(days=800), datetime(1970, 1, 3, tzinfo=UTC)):
        with pytest.raises(Unavailable, match="clock-implausible"):
            thinning.thin(filled, wrong, kept=KEPT)
        with pytest.raises(Unavailable, match="clock-implausible"):
            thinning.look(filled, KEPT, wrong)
    assert standing(filled) == before


def test_a_month_whose_answers_cannot_be_checked_waits_and_is_counted(
    filled: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(quality, "RULES", "another:")
    monkeypatch.setattr(quality, "refresh", lambda _: None)
    done = thinning.thin(filled, LATEST, kept=KEPT)
    assert (sum(done.answers.values()), done.waiting) == (0, 3)
    assert "3 months of units are over their time" in caplog.text
    assert standing(filled)["2026-01"] == (6, 12, 12)


def test_few_are_not_counted_out_in_the_log(database: Database, unit: UnitEntry) -> None:
    """Who reads the log may not know how many of four people wrote something."""
    rows = [*answers(unit, FIRST)[:4], new_response(unit, received_at=LATEST)]
    database.write(lambda connection: responses.insert_many(connection, rows))
    thinning.thin(database, LATEST, kept=KEPT)
    told = {"comments": "< 5", "devices": "< 5", "profiles": "< 5"}
    assert entries(database) == [{"unit": "ptsp", "month": "2026-01", **told}]


def test_rows_of_a_file_that_was_never_finished_go_too(database: Database, unit: UnitEntry) -> None:
    rows = answers(unit, FIRST)

    def stage(connection: sa.Connection) -> int:
        number = imports.begin(connection, unit.unit.id, "a" * 64, LATEST - timedelta(hours=1))
        given = [replace(row, import_id=number, channel="import", client_id=None) for row in rows]
        values = [responses.values_of(row) for row in given]
        connection.execute(sa.insert(response), values)
        return number

    number = database.write(stage)
    thinning.thin(database, LATEST, kept=KEPT)
    assert standing(database) == {"2026-01": (6, 12, 0)}
    thinning.thin(database, LATEST + timedelta(days=2), kept=KEPT)
    assert standing(database) == {"2026-01": (0, 0, 0)}
    with database.read() as connection:
        state = connection.execute(
            sa.select(answer_import.c.state).where(answer_import.c.id == number)
        ).scalar_one()
    assert state == "withdrawn"


def test_the_log_keeps_what_was_done_and_forgets_who(filled: Database) -> None:
    """By the office's clock, which is eight hours ahead of UTC: May begins at 16 o'clock of 30 April."""
    with filled.engine.execution_options(write=True).begin() as connection:
        for i, moment in enumerate(["2026-04-30 15:59", "2026-04-30 16:01", "2026-11-19 00:00"]):
            new = NewEntry(
                role="admin",
                action="publish",
                refused=False,
                agency="",
                unit="",
                what=json.dumps({"period": str(i)}),
                before=None,
                who="ani@kaltim.go.id",
                network="10.1.2.0/24",
            )
            at_moment = datetime.fromisoformat(f"{moment}+00:00")
            connection.execute(sa.insert(metadata.tables["audit"]).values(at=at_moment, **vars(new)))
    assert thinning.look(filled, KEPT, LATEST).entries == 1
    assert thinning.thin(filled, LATEST, kept=KEPT).entries == 1
    with filled.read() as connection:
        mine = audit.read(connection, Wanted(actions=("publish",)), None)
    told = {json.loads(e.what).get("period"): (e.who, e.network) for e in mine if e.at < LATEST}
    kept = ("ani@kaltim.go.id", "10.1.2.0/24")
    assert (told["0"], told["1"], told["2"]) == ((None, None), kept, kept)
    assert {"unit": "", "entries": 1} in entries(filled)


def in_the_files(database_url: str, words: bytes) -> int:
    """How often something stands in the file of SQLite and in its log."""
    path = Path(sa.make_url(database_url).database or "")
    return b"".join(p.read_bytes() for p in path.parent.glob(f"{path.name}*")).count(words)


def quoted(database: Database) -> int:
    """How often the publication quotes the comments."""
    with database.read() as connection:
        snapshot: str = connection.execute(sa.text("SELECT snapshot FROM publication")).scalar_one()
    return snapshot.count(", antrean ")


def test_nothing_of_it_is_left_in_the_file(filled: Database, database_url: str) -> None:
    """SQLite: neither in the file nor in its log. On PostgreSQL it goes with the next vacuum."""
    if not filled.is_sqlite:
        return
    thinning.thin(filled, LATEST, kept=KEPT)
    assert in_the_files(database_url, b", antrean ") == quoted(filled)


def test_who_was_killed_before_the_log_was_empty_leaves_that_to_the_next(
    filled: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not filled.is_sqlite:
        return
    with monkeypatch.context() as patched:
        patched.setattr(comments, "empty_log", lambda *_: False)
        thinning.thin(filled, LATEST, kept=KEPT)
    assert in_the_files(database_url, b", antrean ") > quoted(filled)
    assert not thinning.thin(filled, LATEST, kept=KEPT).answers
    assert in_the_files(database_url, b", antrean ") == quoted(filled)


def test_nobody_waits_for_the_log_while_somebody_reads(
    filled: Database, database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Inside SQLite the night would wait for the reader, and every citizen for the night."""
    if not filled.is_sqlite:
        return
    monkeypatch.setattr(comments, "_PAUSES", (0.01, 0.01))
    with filled.read() as connection:
        connection.execute(sa.text("SELECT count(*) FROM response")).scalar_one()
        begun = time.monotonic()
        thinning.thin(filled, LATEST, kept=KEPT)
        assert time.monotonic() - begun < 15
    assert "still stands in the log" in caplog.text
    assert comments.empty_log(filled.engine)
    assert in_the_files(database_url, b", antrean ") == quoted(filled)


def test_whatever_goes_is_overwritten_however_sqlite_was_built(filled: Database) -> None:
    """Who is in the log and in sessions too. Not every SQLite overwrites by itself, as Debian's does."""
    if not filled.is_sqlite:
        return
    filled.engine.dispose()

    def built_otherwise(connection: Any, _: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")

    sa.event.listen(filled.engine, "connect", built_otherwise, insert=True)
    with filled.read() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1
