"""An import keeps citizens waiting for its insert alone: nothing is read, checked or compared meanwhile."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import Refused
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.imports import importing
from survey_app.services.imports.importing import NewUnit
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, imports, responses
from survey_app.storage.database import Connection, Database
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import response
from tests.submissions import KEYS, NOW, stored, submission

P2019 = Period.parse("2019")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([KEYS, [3] * 9, [4] * 9, [2] * 9])
    return tmp_path / "a.csv"


@pytest.fixture
def inside(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was called while somebody's transaction was writing."""
    called: list[str] = []
    writing = [0]

    @contextmanager
    def written() -> Iterator[None]:
        writing[0] += 1
        yield
        writing[0] -= 1

    def watched(module: Any, name: str) -> None:
        real = getattr(module, name)

        def watch(*args: Any, **kwargs: Any) -> Any:
            called.extend([name] * writing[0])
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, watch)

    write = database.write

    def watched_write(job: Callable[[Any], Any]) -> Any:
        def inner(connection: Any) -> Any:
            with written():
                return job(connection)

        return write(inner)

    monkeypatch.setattr(database, "write", watched_write)
    for module, name in (
        (intake, "prepare"),
        (importing, "read_file"),
        (importing, "refuse_repeated"),
        (importing, "refuse_reread"),
        (importing, "known_elsewhere"),
        (imports, "stored_scores"),
        (bulk, "ready"),
        (bulk, "append"),
    ):
        watched(module, name)
    return called


@pytest.mark.parametrize("create", [None, NewUnit("Baru", "impor", "Asia/Jakarta")])
def test_nothing_but_the_insert_happens_within_the_transaction(
    database: Database, unit: UnitEntry, path: Path, inside: list[str], create: NewUnit | None
) -> None:
    code = "baru" if create else "ptsp"
    for _ in range(2):
        importing.import_responses(database, ADMIN, path, code, P2019, NOW, create=create)
    assert inside == ["append"]
    assert stored(database) == 3


def between(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> list[int]:
    """Let something happen once, after an import was checked and before it is stored; counts its tries."""
    tries: list[int] = []
    real = bulk.ready

    def ready(dialect: Any, new: Any) -> Any:
        tries.append(len(new))
        if len(tries) == 1:
            happens()
        return real(dialect, new)

    monkeypatch.setattr(bulk, "ready", ready)
    return tries


def test_an_import_that_comes_in_between_is_seen(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same sheets for another period, stored a moment earlier."""

    def other() -> None:
        importing.import_responses(database, ADMIN, path, "ptsp", Period.parse("2019-S1"), NOW)

    tries = between(monkeypatch, other)
    with pytest.raises(Refused, match="file-imported"):
        importing.import_responses(database, ADMIN, path, "ptsp", P2019, NOW)
    # The import that came in between, as the second, went through.
    assert (tries, stored(database)) == ([3, 3], 3)


def test_a_service_that_is_closed_in_between_takes_nothing(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False))
    with pytest.raises(Refused, match=r"service-(unknown|inactive)"):
        importing.import_responses(database, ADMIN, path, "ptsp", P2019, NOW)
    assert stored(database) == 0


def test_a_unit_that_is_created_in_between_is_the_one(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create() -> None:
        catalogue.create_unit(database, ADMIN, "dpmptsp", "baru", "Baru", time_zone="Asia/Jakarta")

    tries = between(monkeypatch, create)
    wanted = NewUnit("Lain", "impor", "Asia/Jakarta")
    assert importing.import_responses(database, ADMIN, path, "baru", P2019, NOW, create=wanted).stored == 3
    assert (tries, catalogue.find_unit(database, "baru", PROVINCE).agency.code) == ([3, 3], "dpmptsp")


def test_answers_of_citizens_in_between_do_not_matter(
    database: Database, unit: UnitEntry, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = between(monkeypatch, lambda: intake.accept(database, submission(), NOW))
    assert importing.import_responses(database, ADMIN, path, "ptsp", P2019, NOW).stored == 3
    assert (tries, stored(database)) == ([3], 4)


def test_rows_made_ready_are_those_that_are_inserted_one_by_one(database: Database, unit: UnitEntry) -> None:
    """Whichever way they go in, they come out the same, and once."""
    context = unit_entry.find(database, "ptsp")
    sent = [submission(comment="baik", profile={"usia": "26-35"}), submission((1, *[4] * 8)), submission()]
    checked = [intake.prepare(context, s, NOW) for s in sent]
    new = [r for r in checked if isinstance(r, NewResponse)]

    def write(connection: Connection) -> None:
        responses.insert_many(connection, new[:2])
        bulk.append(connection, bulk.ready(connection.dialect, [replace(r, id=uuid7(NOW)) for r in new]))
        bulk.append(connection, bulk.ready(connection.dialect, new[:2]))
        bulk.append(connection, bulk.ready(connection.dialect, []))

    database.write(write)
    columns = [c for c in response.c if c.name not in ("seq", "id")]
    with database.read() as connection:
        found = connection.execute(sa.select(*columns).order_by(response.c.seq)).all()
    assert (len(new), len(found)) == (3, 5)
    assert found[2:4] == found[:2]
