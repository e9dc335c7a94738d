"""The roll-up against the raw rows: the same sums and bytes, whatever the order of inserts and refreshes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ikm import Moments
from survey_app.errors import StorageError
from survey_app.services.answers.ids import uuid7
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses, rollup
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.storage.rollup import Cell

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
numbers = itertools.count()

rows = st.tuples(
    st.text("01234", min_size=9, max_size=9).filter(lambda s: set(s) != {"0"}),
    st.sampled_from([202601, 202602]),
    st.sampled_from([{}, {"jenis_kelamin": "L"}, {"jenis_kelamin": "P", "usia": "56+"}]),
)
steps = st.lists(st.one_of(st.lists(rows, min_size=1, max_size=5), st.just("refresh")), max_size=8)


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


@settings(max_examples=25)
@given(steps=steps, batch=st.integers(1, 4))
def test_any_interleaving_gives_the_sums_of_the_raw_rows(
    database: Database, steps: list[object], batch: int
) -> None:
    number = next(numbers)
    catalogue.create_agency(database, ADMIN, f"a{number}", "OPD")
    entry = catalogue.create_unit(
        database, ADMIN, f"a{number}", f"u{number}", "Unit", time_zone="Asia/Makassar"
    )
    inserted: list[NewResponse] = []
    with mock.patch.object(rollup, "SQLITE_BATCH", batch):
        for step in steps:
            if isinstance(step, list):
                new = [new_response(entry, *row) for row in step]
                insert(database, new)
                inserted += new
            else:
                database.write(rollup.refresh)
            assert_cells_are_sums_of(read(database, entry), inserted)
        results.refresh(database)
    before = stored_bytes(database)
    results.rebuild(database)
    assert stored_bytes(database) == before
    assert_cells_are_sums_of(read(database, entry), inserted)


def assert_cells_are_sums_of(cells: Sequence[Cell], inserted: Sequence[NewResponse]) -> None:
    assert {c.month for c in cells} == {r.month for r in inserted}
    for cell in cells:
        raw = [r for r in inserted if r.month == cell.month]
        assert cell.moments == Moments.from_answers([[int(d) for d in r.scores] for r in raw])
        chosen = Counter((field, option) for r in raw for field, option in r.profile.items())
        assert {(f, o): n for f, counts in cell.profile.items() for o, n in counts.items()} == chosen


def test_a_commit_that_overtakes_another_is_not_lost(
    fresh_postgres_url: str, request: pytest.FixtureRequest
) -> None:
    """PostgreSQL: a transaction takes its row number first and commits last, with a refresh in between."""
    from survey_app.storage.database import open_database

    database = open_database(fresh_postgres_url)
    catalogue.create_agency(database, ADMIN, "a", "OPD")
    entry = catalogue.create_unit(database, ADMIN, "a", "u", "Unit", time_zone="Asia/Makassar")
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
    database.close()


def test_a_known_id_in_a_batch_counts_once(database: Database, unit: UnitEntry) -> None:
    one = new_response(unit, "333333333", 202601, {})
    new = [one, replace(one, scores="111111111"), new_response(unit, "222222222", 202601, {})]
    first = database.write(lambda connection: responses.insert_many(connection, new))
    again = database.write(lambda connection: responses.insert_many(connection, new))
    assert (first, again) == (2, 0)
    assert [c.moments.totals[0] for c in read(database, unit)] == [5]


def test_a_restore_into_another_cluster_is_noticed_and_mended(
    database: Database, unit: UnitEntry, request: pytest.FixtureRequest
) -> None:
    if database.is_sqlite:
        cluster, xid = "", 0  # a SQLite file carries its own row numbers along: nothing to notice
    else:
        cluster, xid = "another", 2**60
    insert(database, [new_response(unit, "333333333", 202601, {})])
    results.refresh(database)
    database.write(lambda c: c.execute(sa.text(f"UPDATE rollup_state SET cluster = '{cluster}'")))
    database.write(lambda c: c.execute(sa.text(f"UPDATE response SET xid = {xid}")))
    if cluster:
        with pytest.raises(StorageError, match="rollup-other-cluster"):
            read(database, unit)
    results.rebuild(database)
    insert(database, [new_response(unit, "444444444", 202601, {})])
    assert [c.moments.totals[0] for c in read(database, unit)] == [7]


def test_uuid_type_is_kept(database: Database, unit: UnitEntry) -> None:
    new = new_response(unit, "333333333", 202601, {})
    insert(database, [new])
    with database.read() as connection:
        stored_id = connection.execute(sa.select(sa.column("id", sa.Uuid)).select_from(sa.table("response")))
        assert stored_id.scalar_one() == UUID(str(new.id))
