"""What is emptied is gone, and every number stays: two units are told the same, one of them is emptied."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ikm.quality import Flag
from analytics.period import Period
from survey_app.services.answers.ids import uuid7
from survey_app.services.ikm import quality, rebuilding, results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, emptying, folding, imports, responses, rollup
from survey_app.storage.database import Database
from survey_app.storage.flags import FlagCell
from survey_app.storage.migrating import migrate
from survey_app.storage.responses import NewResponse
from survey_app.storage.rollup import Cell
from survey_app.storage.tables import ImportState, kept_profile, response, response_flag

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MONTHS = (202610, 202611)
numbers = itertools.count()


def new_response(entry: UnitEntry, **what: Any) -> NewResponse:
    """A kiosk's answer of nine o'clock of 20 November 2026, one minute on the form."""
    new = NewResponse(
        id=uuid7(NINE),
        unit_id=entry.unit.id,
        service_id=entry.services[0].id,
        instrument="skm-2017@1",
        scores="343344334",
        channel="kiosk",
        answered_at=NINE,
        received_at=NINE,
        time_source="client",
        month=202611,
        duration_ms=60_000,
        profile={"usia": "56+"},
        comment="Ramah",
        client_id="k1",
    )
    return replace(new, **what)


def empty(database: Database, entry: UnitEntry, month: int = 202611) -> bool:
    return database.write(lambda c: emptying.empty(c, entry.unit.id, month, quality.RULES)) is not None


def insert(database: Database, *new: NewResponse) -> None:
    database.write(lambda connection: responses.insert_many(connection, new))


def stored(database: Database, *columns: Any, of: UnitEntry) -> list[tuple[Any, ...]]:
    query = sa.select(*columns).where(response.c.unit_id == of.unit.id).order_by(response.c.seq)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_what_may_be_emptied_is_gone_and_nothing_else(database: Database, unit: UnitEntry) -> None:
    c = response.c
    fixed = [column for column in c if column.name not in ("profile", "comment", "client_id", "network")]
    there, none = new_response(unit), new_response(unit, profile={}, comment=None, client_id=None)
    other = new_response(unit, month=202610)
    insert(database, there, none, other)
    results.refresh(database)
    before = stored(database, *fixed, of=unit)
    assert empty(database, unit)
    assert stored(database, *fixed, of=unit) == before
    emptied = stored(database, c.profile, c.comment, c.client_id, c.network, of=unit)
    assert emptied == [
        ("{}", None, "", None),
        ("{}", None, None, None),
        ('{"usia":"56+"}', "Ramah", "k1", None),
    ]
    with database.read() as connection:
        kept = connection.execute(sa.select(kept_profile.c.month, kept_profile.c.profile)).all()
    assert [tuple(row) for row in kept] == [(202611, '{"usia":{"56+":1}}')]
    # Again it finds nothing, and counts nothing twice.
    assert empty(database, unit)
    rebuilding.rebuild(database)
    with database.read() as connection:
        assert [cell.profile for cell in rollup.read(connection)] == [{"usia": {"56+": 1}}] * 2


def test_it_waits_for_the_roll_up_and_for_the_flags(database: Database, unit: UnitEntry) -> None:
    insert(database, new_response(unit))
    assert not empty(database, unit)
    database.write(folding.refresh)
    assert not empty(database, unit)
    quality.refresh(database)
    assert empty(database, unit)
    insert(database, new_response(unit, client_id="k2"))
    assert not empty(database, unit)
    assert stored(database, response.c.client_id, of=unit) == [("",), ("k2",)]


def test_flags_that_rest_on_a_device_are_kept(database: Database, unit: UnitEntry) -> None:
    """By hand: the second repeats the first within ten minutes; the third is all alike, which is computed."""
    rows = [
        new_response(unit),
        new_response(unit, answered_at=NINE + timedelta(minutes=5)),
        new_response(unit, answered_at=NINE + timedelta(minutes=7), scores="333333333", client_id="k2"),
    ]
    insert(database, *rows)
    results.refresh(database)
    expected = {rows[1].id: Flag.DUPLICATE, rows[2].id: Flag.STRAIGHT_LINE}
    assert flags_by_id(database, unit) == expected
    assert empty(database, unit)
    for _ in range(2):
        rebuilding.rebuild(database)
        assert flags_by_id(database, unit) == expected
        assert [(t.n, t.checked) for t in tallies(database, unit) if t.flag is Flag.DUPLICATE] == [(1, 3)]
    # A device that comes anew is nobody's of before: the same answers within ten minutes repeat none.
    insert(database, new_response(unit, answered_at=NINE + timedelta(minutes=6)))
    results.refresh(database)
    assert flags_by_id(database, unit) == expected


def test_an_emptied_database_does_not_go_back(database: Database, unit: UnitEntry) -> None:
    insert(database, new_response(unit, profile={}))
    results.refresh(database)
    assert empty(database, unit)
    with (
        pytest.raises(RuntimeError, match="downgrade-emptied"),
        database.engine.execution_options(write=True).begin() as connection,
    ):
        migrate(connection, "0017")
    assert empty(database, unit)


# Whatever happens in whatever order

answer = st.fixed_dictionaries(
    {
        "scores": st.sampled_from(["343344334", "343344334", "333333333", "123412341", "444444444"]),
        "month": st.sampled_from(MONTHS),
        "second": st.integers(0, 900),
        "device": st.sampled_from([1, 1, 2, None]),
        "profile": st.sampled_from([{}, {"jenis_kelamin": "L"}, {"jenis_kelamin": "P", "usia": "56+"}]),
    }
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("answers"), st.lists(answer, min_size=1, max_size=6)),
        st.tuples(st.just("file"), st.lists(answer, min_size=1, max_size=4)),
        st.tuples(st.sampled_from(["count", "withdraw"]), st.integers(0, 2)),
        st.tuples(st.just("empty"), st.sampled_from(MONTHS)),
        st.tuples(st.just("empty now"), st.sampled_from(MONTHS)),
        st.tuples(st.sampled_from(["fold", "flags", "rebuild"]), st.none()),
    ),
    min_size=4,
    max_size=9,
)


class Twins:
    """Two units that are told the same; what may be emptied is, of the second."""

    def __init__(self, database: Database) -> None:
        number = next(numbers)
        catalogue.create_agency(database, ADMIN, f"a{number}", "OPD")
        self.database = database
        self.units = [
            catalogue.create_unit(
                database, ADMIN, f"a{number}", f"{name}{number}", "Unit", time_zone="Asia/Makassar"
            )
            for name in ("whole", "emptied")
        ]
        self.files: list[tuple[list[int], ImportState]] = []
        #: After a month was emptied other devices come: of those of before nobody knows any more.
        self.generation = 0

    def take(self, what: str, given: Any) -> None:
        if what == "answers":
            ids = [uuid7(NINE) for _ in given]
            for entry in self.units:
                insert(self.database, *self._answers(entry, given, ids))
        elif what == "file":
            ids = [uuid7(NINE) for _ in given]
            numbers = [self._stage(entry, self._answers(entry, given, ids)) for entry in self.units]
            self.files.append((numbers, ImportState.STAGED))
        elif what in ("count", "withdraw"):
            self._switch(what, given)
        elif what.startswith("empty"):
            self._empty(given, ready=what == "empty")
        else:
            do = {
                "fold": lambda: self.database.write(folding.refresh),
                "flags": lambda: quality.refresh(self.database),
                "rebuild": self._rebuild,
            }
            do[what]()

    def _rebuild(self) -> None:
        """As the command does it, without the units of other examples."""
        for entry in self.units:
            with self.database.read() as connection:
                rebuilt = folding.compute(connection, entry.unit.id)
            assert self.database.write(lambda c, rebuilt=rebuilt: folding.replace(c, rebuilt))  # type: ignore[misc]

    def _answers(self, entry: UnitEntry, given: list[dict[str, Any]], ids: list[Any]) -> list[NewResponse]:
        return [
            new_response(
                entry,
                id=id_,
                scores=one["scores"],
                month=one["month"],
                answered_at=NINE + timedelta(seconds=one["second"]),
                client_id=None if one["device"] is None else f"k{one['device']}-{self.generation}",
                profile=one["profile"],
            )
            for one, id_ in zip(given, ids, strict=True)
        ]

    def _stage(self, entry: UnitEntry, new: list[NewResponse]) -> int:
        rows = [replace(r, channel="import", client_id=None, duration_ms=None) for r in new]

        def store(connection: sa.Connection) -> int:
            number = imports.begin(connection, entry.unit.id, "", NINE)
            bulk.append(connection, bulk.ready(connection.dialect, rows).placed(import_id=number))
            return number

        return self.database.write(store)

    def _switch(self, what: str, place: int) -> None:
        before, after = {
            "count": (ImportState.STAGED, ImportState.COUNTED),
            "withdraw": (ImportState.COUNTED, ImportState.WITHDRAWN),
        }[what]
        if place >= len(self.files) or self.files[place][1] is not before:
            return
        do = folding.count_import if what == "count" else folding.withdraw_import
        for number in self.files[place][0]:
            with self.database.read() as connection:
                sums = folding.sums_of_import(connection, number)
            self.database.write(lambda c, number=number, sums=sums: do(c, number, sums))  # type: ignore[misc]
        self.files[place] = (self.files[place][0], after)

    def _empty(self, month: int, *, ready: bool) -> None:
        if ready:
            results.refresh(self.database)
        done = empty(self.database, self.units[1], month)
        assert done or not ready
        self.generation += done

    def assert_alike(self) -> None:
        whole, emptied = (self._numbers(entry) for entry in self.units)
        assert emptied == whole

    def _numbers(self, entry: UnitEntry) -> tuple[list[Cell], list[FlagCell]]:
        """The cells, without whose they are, and the flags."""
        with self.database.read() as connection:
            cells = rollup.read(connection, [entry.unit.id])
            found = quality.read(connection, cells)
        return [c._replace(unit_id=0, service_id=0) for c in cells], [replace(f, service_id=0) for f in found]


def test_a_file_that_was_emptied_counts_and_is_withdrawn_as_it_was(database: Database) -> None:
    twins = Twins(database)
    one = {"scores": "343344334", "month": 202611, "second": 0, "device": 1, "profile": {"usia": "56+"}}
    twins.take("answers", [one])
    twins.take("file", [one, {**one, "profile": {"usia": "17-25"}}])
    twins.take("empty", 202611)
    # The rows of the file are staged: more of them may come.
    profiles = [row[0] for row in stored(database, response.c.profile, of=twins.units[1])]
    assert profiles == ["{}", '{"usia":"56+"}', '{"usia":"17-25"}']
    for what, given_ in (
        ("count", 0),
        ("empty", 202611),
        ("rebuild", None),
        ("withdraw", 0),
        ("rebuild", None),
        ("empty", 202611),
        ("rebuild", None),
    ):
        twins.take(what, given_)
        twins.assert_alike()
    profiles = [row[0] for row in stored(database, response.c.profile, of=twins.units[1])]
    assert profiles == ["{}"] * 3
    with database.read() as connection:
        (left,) = rollup.read(connection, [twins.units[1].unit.id])
    assert left.profile == {"usia": {"56+": 1}}


@settings(max_examples=8)
@given(told=steps)
def test_any_interleaving_gives_what_it_would_give_without_emptying(
    database: Database, told: list[tuple[str, Any]]
) -> None:
    twins = Twins(database)
    for what, given_ in told:
        twins.take(what, given_)
        twins.assert_alike()
    for month in MONTHS:
        twins.take("empty", month)
    results.refresh(database)
    twins.assert_alike()
    whole, emptied = twins.units
    assert flags_by_id(database, emptied) == flags_by_id(database, whole)
    assert tallies(database, emptied) == tallies(database, whole)
    with database.read() as connection:
        before = stored_cells(connection, emptied)
    twins.take("rebuild", None)
    with database.read() as connection:
        assert stored_cells(connection, emptied) == before
    twins.assert_alike()


def flags_by_id(database: Database, entry: UnitEntry) -> dict[Any, int]:
    f = response_flag.c
    same = (f.seq == response.c.seq) & (f.unit_id == response.c.unit_id)
    query = sa.select(response.c.id, f.flags).join(response_flag, same)
    with database.read() as connection:
        rows = connection.execute(query.where(response.c.unit_id == entry.unit.id)).all()
    return {row.id: row.flags for row in rows}


def tallies(database: Database, entry: UnitEntry) -> Any:
    year = Period.parse("2026")
    checked = results.unit_result(database, entry.unit.code, year, None, within=PROVINCE).quality
    return () if checked is None else checked.tallies


def stored_cells(connection: sa.Connection, entry: UnitEntry) -> list[Cell]:
    return rollup.read(connection, [entry.unit.id])


@pytest.mark.parametrize("step", ["_in_tail", "_chosen"])
def test_an_answer_that_comes_while_its_month_is_emptied_keeps_what_it_says(
    on_postgres: tuple[Database, UnitEntry], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """PostgreSQL, where answers do not wait: it comes after that step, and is counted by the next fold."""
    database, entry = on_postgres
    insert(database, new_response(entry))
    results.refresh(database)
    real = getattr(emptying, step)

    def and_then(*args: Any) -> Any:
        found = real(*args)
        insert(database, new_response(entry))
        return found

    monkeypatch.setattr(emptying, step, and_then)
    assert empty(database, entry)
    c = response.c
    assert stored(database, c.profile, c.comment, c.client_id, of=entry) == [
        ("{}", None, ""),
        ('{"usia":"56+"}', "Ramah", "k1"),
    ]
    results.refresh(database)
    with database.read() as connection:
        (cell,) = rollup.read(connection, [entry.unit.id])
    assert (cell.n, cell.profile) == (2, {"usia": {"56+": 2}})
