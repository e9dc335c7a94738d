"""Flags of a month after any history of it, on every kind of database: those of its answers found anew."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from unittest import mock
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from survey_app.services.ikm import flagging, quality
from survey_app.services.places import catalogue, opening_hours
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.opening_hours import Hours
from survey_app.storage import bulk, emptying, flags, folding, imports, responses, rollup, sheets
from survey_app.storage.database import Database
from survey_app.storage.flags import FlagCell, FlaggedMonth
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import ImportState, unflagged

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MONTH = 202611
HOURS = Hours(date(2026, 1, 1), ((time(9), time(9, 20)),) * 7)
numbers = itertools.count()

# Sums of the spans of the rules, and a second beside them: on the edges, equal moments among them.
seconds = st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from([-1, 0, 0, 0, 1])).map(
    lambda steps: 120 * steps[0] + 600 * steps[1] + steps[2]
)
#: How many at the moment, when, by whom, what, how fast.
given_at_once = st.tuples(
    st.integers(1, 4),
    seconds,
    st.sampled_from(["k1", "k1", "k1", "k2", None]),
    st.sampled_from(["343344334", "343344334", "444444444", "123412341", "000000000"]),
    st.sampled_from([None, 4_000, 60_000]),
)
steps = st.lists(
    st.one_of(
        st.lists(given_at_once, min_size=1, max_size=3),
        st.tuples(st.just("file"), st.lists(given_at_once, min_size=1, max_size=2)),
        st.tuples(st.sampled_from(["count", "withdraw"]), st.integers(0, 1)),
        st.sampled_from(
            ["fold", "fold", "flag", "flag", "look", "look at all", "store", "rebuild", "hours", "empty"]
        ),
    ),
    max_size=14,
)


class History:
    """What happens to a unit's month: answers, folds, flags, files, and a slow server beside this one."""

    def __init__(self, database: Database, entry: UnitEntry, ids: Any) -> None:
        self.database, self.entry, self.ids = database, entry, ids
        self.files: list[int] = []
        self.looked: list[FlaggedMonth] = []

    def take(self, step: Any) -> None:
        if isinstance(step, list):
            new = [one for row in step for one in self._new(*row)]
            self.database.write(lambda connection: responses.insert_many(connection, new))
        elif isinstance(step, str):
            self._do(step)
        elif step[0] == "file":
            self._stage([replace(one, channel="import") for row in step[1] for one in self._new(*row)])
        elif step[1] < len(self.files):
            self._switch(step[0], self.files[step[1]])

    def _new(
        self,
        times: int,
        second: int,
        client: str | None,
        scores: str,
        duration: int | None,
    ) -> list[NewResponse]:
        at = NINE + timedelta(seconds=second)
        one = NewResponse(
            id=UUID(int=0),
            unit_id=self.entry.unit.id,
            service_id=self.entry.services[0].id,
            instrument="skm-2017@1",
            scores=scores,
            profile={},
            comment=None,
            channel="kiosk",
            client_id=client,
            answered_at=at,
            received_at=at,
            time_source="client",
            month=MONTH,
            duration_ms=duration,
        )
        # Of one moment the ids decide, not the order of arrival.
        return [replace(one, id=UUID(int=self.ids.getrandbits(128))) for _ in range(times)]

    def _do(self, what: str) -> None:
        if what == "fold":
            self.database.write(folding.refresh)
        elif what == "flag":
            quality.refresh(self.database)
        elif what == "rebuild":
            rebuild(self.database, self.entry)
        elif what == "empty":
            self._empty()
        elif what == "hours":
            opening_hours.set_hours(self.database, ADMIN, self.entry.unit.code, HOURS)
        elif what == "store":
            for found in self.looked:
                self.database.write(partial(flags.store, new=found))
            self.looked = []
        else:
            look = quality.flags_of_rollup if what == "look" else quality.flags_anew
            with self.database.read() as connection:
                self.looked.append(look(connection, self.entry.unit.id, MONTH))

    def _empty(self) -> None:
        """As retention does: of a month that is flagged, every device is forgotten."""
        settle(self.database)
        unit_id = self.entry.unit.id
        assert self.database.write(partial(emptying.empty, unit_id=unit_id, month=MONTH, rules=quality.RULES))

    def _stage(self, new: Sequence[NewResponse]) -> None:
        def store(connection: sa.Connection) -> int:
            number = imports.begin(connection, self.entry.unit.id, "", NINE)
            bulk.append(connection, bulk.ready(connection.dialect, new).placed(import_id=number))
            return number

        self.files.append(self.database.write(store))

    def _switch(self, to: str, number: int) -> None:
        """As it can be: a staged file is counted, a counted one withdrawn."""
        with self.database.read() as connection:
            (state,) = [f.state for f in imports.of_unit(connection, self.entry.unit.id) if f.id == number]
            sums = folding.sums_of_import(connection, number)
        if (to, state) == ("count", ImportState.STAGED):
            self.database.write(lambda connection: folding.count_import(connection, number, sums))
        elif (to, state) == ("withdraw", ImportState.COUNTED):
            self.database.write(lambda connection: folding.withdraw_import(connection, number, sums))


#: Two sheets of one device, alike: each flags the other.
ALIKE = [(2, 0, "k1", "343344334", 4_000)]


@settings(max_examples=12)
@given(steps=steps, batch=st.integers(1, 6), ids=st.randoms())
# Flagged while others wait in the tail, for the first time and again.
@example(steps=[ALIKE, "fold", "flag", "fold", "flag"], batch=1, ids=Random(1))
@example(steps=[ALIKE, "fold", ALIKE, "flag", ALIKE, "fold", ALIKE, "flag"], batch=2, ids=Random(1))
# Flagged rows count no more.
@example(steps=[("file", ALIKE), ("count", 0), "flag", ("withdraw", 0), "flag"], batch=6, ids=Random(1))
def test_any_history_gives_the_flags_of_the_month_found_anew(
    database: Database, steps: list[Any], batch: int, ids: Any
) -> None:
    """To the byte, read at any moment and stored at the end; a rebuild stores the same."""
    number = next(numbers)
    catalogue.create_agency(database, ADMIN, f"a{number}", "OPD")
    entry = catalogue.create_unit(
        database, ADMIN, f"a{number}", f"u{number}", "Unit", time_zone="Asia/Makassar"
    )
    history = History(database, entry, ids)
    with (
        mock.patch.object(folding, "FOLDED_TOGETHER", batch),
        mock.patch.object(flags, "is_less", return_value=True),
    ):
        for step in steps:
            history.take(step)
            check_what_is_read(database, entry)
        settle(database)
        before = stored(database, entry)
        assert before == anew(database, entry)
        rebuild(database, entry)
        quality.refresh(database)
    assert stored(database, entry) == before


@pytest.mark.parametrize(("known", "new", "left"), [(99, 1, False), (100, 3, True), (100, 4, False)])
def test_a_fold_leaves_what_it_took_where_flags_are_found_faster_by_that(
    database: Database, unit: UnitEntry, known: int, new: int, left: bool
) -> None:
    """From 100 sheets on, and at least 30 for each that came; the flags are the same."""
    history = History(database, unit, Random(1))
    history.take([(1, i, f"k{i % 7}", "444444444", None) for i in range(known - new)])
    settle(database)
    history.take([(new, 50, "k1", "444444444", None)])
    database.write(folding.refresh)
    with database.read() as connection:
        rows = connection.execute(sa.select(unflagged.c.revision, unflagged.c.seqs)).all()
        (state,) = flags.states(connection, [unit.unit.id], [MONTH]).values()
    assert [(row.revision, len(json.loads(row.seqs))) for row in rows] == ([(2, new)] if left else [])
    assert (state.added is not None) == left
    check_what_is_read(database, unit)
    settle(database)
    assert stored(database, unit) == anew(database, unit)


def test_a_month_knows_nothing_of_the_neighbours_in_the_next(database: Database, unit: UnitEntry) -> None:
    """Sheets of one device around a midnight that ends a month: alike, and all within a burst."""
    history = History(database, unit, Random(1))
    midnight = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # in Makassar
    one = history._new(1, 0, "k1", "343344334", None)[0]

    def come(*seconds: int) -> None:
        new = [
            replace(
                one,
                id=UUID(int=history.ids.getrandbits(128)),
                answered_at=midnight + timedelta(seconds=second),
                month=MONTH if second < 0 else MONTH + 1,
            )
            for second in seconds
        ]
        database.write(lambda connection: responses.insert_many(connection, new))

    with mock.patch.object(flags, "is_less", return_value=True):
        come(-20, -10, 0, 10)
        settle(database)
        for second in (5, -5, 15, -15):
            come(second)
            settle(database)
            assert stored(database, unit) == anew(database, unit, MONTH, MONTH + 1)


@pytest.mark.parametrize("lacks", ["nothing", "a revision", "the rules"])
def test_a_change_is_stored_upon_the_flags_that_it_changes_alone(
    database: Database, unit: UnitEntry, lacks: str
) -> None:
    """Two servers, of two versions perhaps: whoever was slower has looked at other flags than now stand."""
    history = History(database, unit, Random(1))
    history.take(ALIKE)
    settle(database)
    history.take(ALIKE)
    with mock.patch.object(flags, "is_less", return_value=True):
        database.write(folding.refresh)
        with database.read() as connection:
            change = quality.flags_of_rollup(connection, unit.unit.id, MONTH)
    assert change.since is not None
    if lacks == "a revision":
        change = replace(change, since=change.since - 1)
    elif lacks == "the rules":
        change = replace(change, rules="0:of before")
    assert database.write(partial(flags.store, new=change)) == (lacks == "nothing")
    settle(database)
    assert stored(database, unit) == anew(database, unit)


def test_a_rebuild_needs_nothing_that_is_computed(database: Database, unit: UnitEntry) -> None:
    """Whoever lost the cells, the flags and how far they are gets all of them back."""
    History(database, unit, Random(1)).take([*ALIKE, (1, 5, None, "444444444", None)])
    settle(database)
    before = stored(database, unit)
    assert before[1]
    for table in ("rollup", "flag_month", "flag_cell", "response_flag"):
        database.write(partial(sa.Connection.execute, statement=sa.text(f"DELETE FROM {table}")))
    rebuild(database, unit)
    quality.refresh(database)
    check_what_is_read(database, unit)
    assert stored(database, unit) == before


def settle(database: Database) -> None:
    while database.write(folding.refresh):
        pass
    quality.refresh(database)


def rebuild(database: Database, entry: UnitEntry) -> None:
    """One unit's: those of the other examples stand in the same database."""
    with database.read() as connection:
        rebuilt = folding.compute(connection, entry.unit.id)
    assert database.write(lambda connection: folding.replace(connection, rebuilt))


def check_what_is_read(database: Database, entry: UnitEntry) -> None:
    """Every moment: what a page reads is what all answers say; what holds without them says the same."""
    with database.read() as connection:
        unit_id = entry.unit.id
        read = quality.read(connection, rollup.read(connection, [unit_id]))
        opening = opening_hours.read(connection, unit_id)
        whole = flagging.flag(sheets.of_month(connection, unit_id, MONTH), opening)
    assert in_order(read) == in_order(flagging.cells(MONTH, whole))


def in_order(cells: Sequence[FlagCell]) -> list[tuple[object, ...]]:
    plain = [
        (*list(vars(c).values())[:4], c.moments.to_bytes(), c.timed, c.identified, c.scheduled) for c in cells
    ]
    return sorted(plain)


def stored(database: Database, entry: UnitEntry) -> tuple[list[tuple[object, ...]], dict[int, int]]:
    cells = sa.text(
        "SELECT month, service_id, instrument, flags, moments, timed, identified, scheduled FROM flag_cell "
        "WHERE unit_id = :unit"
    )
    marked = sa.text("SELECT seq, flags FROM response_flag WHERE unit_id = :unit")
    with database.read() as connection:
        unit = {"unit": entry.unit.id}
        found = sorted((*row[:4], bytes(row.moments), *row[5:]) for row in connection.execute(cells, unit))
        left = connection.execute(sa.text("SELECT count(*) FROM unflagged WHERE unit_id = :unit"), unit)
        assert left.scalar_one() == 0
        return found, {row.seq: row.flags for row in connection.execute(marked, unit)}


def anew(
    database: Database, entry: UnitEntry, *months: int
) -> tuple[list[tuple[object, ...]], dict[int, int]]:
    """Of the one month of most tests, or of these."""
    with database.read() as connection:
        found = [quality.flags_anew(connection, entry.unit.id, month) for month in months or (MONTH,)]
    cells = in_order([cell for one in found for cell in one.cells])
    return cells, {seq: mask for one in found for seq, mask in one.responses.items()}
