"""Flags beside the responses: by hand, in any order, rebuilt, and never a change of the official index."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ikm import Moments
from analytics.ikm.quality import Flag
from analytics.ikm.scoring import score
from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.answers.ids import uuid7
from survey_app.services.ikm import quality, rebuilding, results
from survey_app.services.ikm.quality import FlagTally, Quality
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import flags, responses, sheets
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.storage.sheets import TracedSheet

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NOVEMBER = Period.parse("2026-11")
numbers = itertools.count()

MIXED = "343344334"  # sum 31
#: Both ways to find a month's flags; they give the same.
WAYS = (quality.flags_of_rollup, quality.flags_anew)


def sheet(entry: UnitEntry, scores: str, second: int, **changes: object) -> NewResponse:
    """A kiosk's answer of 20 November 2026, `second` after nine in Kaltim, one minute on the form."""
    new = NewResponse(
        id=uuid7(NINE),
        unit_id=entry.unit.id,
        service_id=entry.services[0].id,
        instrument="skm-2017@1",
        scores=scores,
        profile={},
        comment=None,
        channel="kiosk",
        client_id="k1",
        answered_at=NINE + timedelta(seconds=second),
        received_at=NINE + timedelta(seconds=second),
        time_source="client",
        month=202611,
        duration_ms=60_000,
    )
    return replace(new, **changes)  # type: ignore[arg-type]  # names of its fields


def insert(database: Database, *new: NewResponse) -> None:
    database.write(lambda connection: responses.insert_many(connection, new))


def assessed(database: Database, unit: str = "ptsp", service: str | None = None) -> Quality:
    checked = results.unit_result(database, unit, NOVEMBER, service, within=PROVINCE).quality
    assert checked is not None
    return checked


def tally(checked: Quality, flag: Flag) -> FlagTally:
    return next(t for t in checked.tallies if t.flag is flag)


def stored_flags(database: Database) -> dict[UUID, int]:
    query = sa.text("SELECT r.id, f.flags FROM response_flag f JOIN response r ON r.seq = f.seq")
    with database.read() as connection:
        return {UUID(str(row.id)): row.flags for row in connection.execute(query)}


def by_hand(entry: UnitEntry) -> list[NewResponse]:
    """Eight sheets. Sums: 31, 36, 18, 31, 31, 27, 31, 31: 236 of 72 answers.

    0 plain; 1 all alike; 2 all alike and eight seconds for nine unsur; 3 repeats 0 after 300 s;
    4 the same at another device; 5 all alike on paper, where neither speed nor device is known;
    6 repeats 3 after 601 s, a second too late; 7 from a phone that is not known.
    """
    return [
        sheet(entry, MIXED, 0),
        sheet(entry, "444444444", 150),
        sheet(entry, "222222222", 200, duration_ms=8_000),
        sheet(entry, MIXED, 300),
        sheet(entry, MIXED, 300, client_id="k2"),
        sheet(entry, "333333333", 300, channel="paper", client_id=None, duration_ms=None),
        sheet(entry, MIXED, 901),
        sheet(entry, MIXED, 950, channel="web", client_id=None),
    ]


@pytest.mark.parametrize("flagged_first", [False, True])
def test_a_table_by_hand(database: Database, unit: UnitEntry, flagged_first: bool) -> None:
    new = by_hand(unit)
    insert(database, *new)
    if flagged_first:
        results.refresh(database)
    checked = assessed(database)
    counted = {t.flag: (t.n, t.checked) for t in checked.tallies}
    assert counted == {
        Flag.STRAIGHT_LINE: (3, 8),
        Flag.TOO_FAST: (1, 7),
        Flag.BURST: (0, 6),
        Flag.OUT_OF_HOURS: (None, 0),
        Flag.DUPLICATE: (1, 6),
    }
    assert tally(checked, Flag.OUT_OF_HOURS).reason is Reason.NOT_RECORDED
    # All: 25 x 236/72 = 81.944. Without 1, 2, 3 and 5: 236 - 36 - 18 - 31 - 27 = 124 of 36: 86.111.
    assert (checked.effect.everything.ikm, checked.effect.unflagged.ikm) == (
        Decimal("81.94"),
        Decimal("86.11"),
    )
    assert (checked.effect.flagged, checked.effect.unflagged.n) == (4, 4)
    # Without the sheet that repeats: 25 x 205/63 = 81.349; without the hurried one: 25 x 218/63 = 86.508.
    assert tally(checked, Flag.DUPLICATE).without.ikm == Decimal("81.35")
    assert tally(checked, Flag.TOO_FAST).without.ikm == Decimal("86.51")
    assert tally(checked, Flag.TOO_FAST).difference == Decimal("-4.57")


def test_the_flags_are_stored_with_each_response(database: Database, unit: UnitEntry) -> None:
    new = by_hand(unit)
    insert(database, *new)
    results.refresh(database)
    one = Flag.STRAIGHT_LINE
    expected = {1: one, 2: one | Flag.TOO_FAST, 3: Flag.DUPLICATE, 5: one}
    assert stored_flags(database) == {new[i].id: int(mask) for i, mask in expected.items()}


def test_an_answer_that_arrives_late_flags_those_that_came_before(
    database: Database, unit: UnitEntry
) -> None:
    """Four of one device in 90 s are no burst; the fifth, from its outbox a day later, makes them one."""
    live = [sheet(unit, f"34334433{1 + i}", 30 * i) for i in range(4)]
    insert(database, *live)
    results.refresh(database)
    assert tally(assessed(database), Flag.BURST).n == 0
    late = sheet(unit, "343344322", 45, received_at=NINE + timedelta(days=1))
    insert(database, late)
    assert tally(assessed(database), Flag.BURST).n == 5  # read before the flags are stored anew
    results.refresh(database)
    assert stored_flags(database) == {s.id: Flag.BURST.value for s in [*live, late]}


def test_a_typed_sheet_has_neither_device_nor_moment(database: Database, unit: UnitEntry) -> None:
    typed = [
        sheet(unit, MIXED, i, channel="import", client_id="file:1", time_source="row", duration_ms=None)
        for i in range(6)
    ]
    insert(database, *typed)
    checked = assessed(database)
    assert [t.n for t in checked.tallies] == [0, None, None, None, None]
    assert checked.effect.difference == Decimal("0.00")


def test_each_service_has_its_own_tally(database: Database, unit: UnitEntry) -> None:
    other = catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    insert(database, sheet(unit, MIXED, 0), sheet(unit, "444444444", 500, service_id=other.id))
    results.refresh(database)
    assert tally(assessed(database, service="umum"), Flag.STRAIGHT_LINE).n == 0
    assert tally(assessed(database, service="izin"), Flag.STRAIGHT_LINE).n == 1
    assert assessed(database, service="izin").effect.unflagged.ikm is None


def test_another_questionnaire_is_flagged_and_not_mixed_in(database: Database, unit: UnitEntry) -> None:
    insert(database, sheet(unit, MIXED, 0), sheet(unit, "44444", 500, instrument="spak@1"))
    results.refresh(database)
    assert assessed(database).effect.everything.n == 1
    assert len(stored_flags(database)) == 1


given_sheets = st.tuples(
    st.sampled_from(["444444444", "343344334", "123412341", "333300000", "000000000"]),
    st.integers(0, 40).map(lambda step: 31 * step),
    st.sampled_from(["k1", "k2", None]),
    st.sampled_from([None, 4_000, 60_000]),
)


@settings(max_examples=12)
@given(data=st.lists(st.tuples(given_sheets, st.booleans()), min_size=1, max_size=12), random=st.randoms())
def test_any_order_gives_the_same_flags_and_a_rebuild_the_same_bytes(
    database: Database,
    data: list[tuple[tuple[str, int, str | None, int | None], bool]],
    random: Random,
) -> None:
    """The same sheets at two units in two orders. Of one moment the ids decide: they rank alike at both."""
    first, second = new_unit(database), new_unit(database)
    rows = [(*row, uuid7(NINE), refresh) for row, refresh in data]
    for entry, last_bit, order in ((first, 0, rows), (second, 1, random.sample(rows, len(rows)))):
        for scores, second_of, client, duration, one_id, refresh in order:
            own_id = UUID(int=one_id.int & ~1 | last_bit)
            new = sheet(entry, scores, second_of, id=own_id, client_id=client, duration_ms=duration)
            insert(database, new)
            if refresh:
                results.refresh(database)
            check_against_definitions(database, entry)
    results.refresh(database)
    assert stored(database, first) == stored(database, second)
    before = stored(database, first), stored_flags(database)
    rebuilding.rebuild(database)
    assert (stored(database, first), stored_flags(database)) == before


def new_unit(database: Database) -> UnitEntry:
    number = next(numbers)
    catalogue.create_agency(database, ADMIN, f"a{number}", "OPD")
    return catalogue.create_unit(
        database, ADMIN, f"a{number}", f"u{number}", "Unit", time_zone="Asia/Makassar"
    )


def stored(database: Database, entry: UnitEntry) -> list[tuple[object, ...]]:
    query = sa.text(
        "SELECT month, instrument, flags, moments, timed, identified FROM flag_cell WHERE unit_id = :unit "
        "ORDER BY month, instrument, flags"
    )
    with database.read() as connection:
        return [tuple(map(_plain, row)) for row in connection.execute(query, {"unit": entry.unit.id})]


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def check_against_definitions(database: Database, entry: UnitEntry) -> None:
    """What is read is what the definitions say of the raw rows, and all less the flagged is the rest."""
    with database.read() as connection:
        raw = [s for s in sheets.of_month(connection, entry.unit.id, 202611) if s.scores != "000000000"]
    result = results.unit_result(database, entry.unit.code, NOVEMBER, within=PROVINCE)
    if not raw:
        assert result.quality is None
        return
    assert result.quality is not None
    marked = {s.seq for s in raw if is_alike(s) or is_fast(s) or in_burst(s, raw) or repeats(s, raw)}
    rest = [[int(d) for d in s.scores] for s in raw if s.seq not in marked]
    everything = Moments.from_answers([[int(d) for d in s.scores] for s in raw])
    effect = result.quality.effect
    assert effect.everything == result.score == score(everything)
    assert effect.flagged == len(marked)
    expected = score(Moments.from_answers(rest) if rest else Moments.zero(9))
    assert effect.unflagged == expected
    merged = Moments.merge_all((g.moments for g in result.quality.groups), 9)
    assert merged == result.current.moments
    counts = {t.flag: t.n for t in result.quality.tallies}
    assert counts[Flag.STRAIGHT_LINE] == sum(map(is_alike, raw))
    assert (counts[Flag.TOO_FAST] or 0) == sum(map(is_fast, raw))
    assert (counts[Flag.BURST] or 0) == sum(in_burst(s, raw) for s in raw)


def is_alike(s: TracedSheet) -> bool:
    given_scores = [d for d in s.scores if d != "0"]
    return len(given_scores) >= 5 and len(set(given_scores)) == 1


def is_fast(s: TracedSheet) -> bool:
    return s.duration_ms is not None and s.duration_ms < 1000 * sum(d != "0" for d in s.scores)


def in_burst(s: TracedSheet, raw: Sequence[TracedSheet]) -> bool:
    """Some 120 seconds that hold it hold five of its device."""
    mine = [r.answered_at for r in raw if s.client_id and r.client_id == s.client_id]
    return any(
        sum(start <= t <= start + timedelta(seconds=120) for t in mine) >= 5
        for start in mine
        if start <= s.answered_at <= start + timedelta(seconds=120)
    )


def repeats(s: TracedSheet, raw: Sequence[TracedSheet]) -> bool:
    """An earlier one of its device said the same at most 600 seconds before; of one moment, a lower id."""
    earlier = raw[: raw.index(s)]
    return any(
        r.client_id == s.client_id
        and r.scores == s.scores
        and s.answered_at - r.answered_at <= timedelta(seconds=600)
        for r in earlier
        if s.client_id
    )


@pytest.mark.parametrize("channel", ["api", "web"])
def test_nobody_gets_a_kiosk_flagged_by_taking_its_name(
    database: Database, unit: UnitEntry, channel: str
) -> None:
    """A kiosk's name stands in its address; without its token no answer comes by its channel.

    Four honest answers of the kiosk, and beside each four of a script: with them, bursts and repeats.
    """
    honest = [sheet(unit, MIXED, 700 * i) for i in range(4)]
    script = [sheet(unit, MIXED, 700 * i + j, channel=channel) for i in range(4) for j in range(4)]
    insert(database, *honest, *script)
    results.refresh(database)
    marked = stored_flags(database)
    assert [marked.get(new.id, 0) for new in honest] == [0] * 4
    # What the script sent is held against it: of each four, three repeat the first.
    assert sum(Flag.DUPLICATE in Flag(mask) for mask in marked.values()) == 12


def test_flags_of_an_earlier_revision_never_replace_those_of_a_later_one(
    database: Database, unit: UnitEntry
) -> None:
    """Two servers flag the same month; the one that looked first writes last."""
    insert(database, sheet(unit, "444444444", 0))
    results.refresh(database)
    with database.read() as connection:
        slow = [find(connection, unit.unit.id, 202611) for find in WAYS]
    insert(database, sheet(unit, "333333333", 500))
    results.refresh(database)
    assert [database.write(partial(flags.store, new=new)) for new in slow] == [False, False]
    assert len(stored_flags(database)) == 2


def test_a_fold_in_between_leaves_its_month_waiting(database: Database, unit: UnitEntry) -> None:
    insert(database, sheet(unit, "444444444", 0))
    results.refresh(database)
    key = (unit.unit.id, 202611)
    database.write(lambda connection: flags.revise(connection, {key}))
    with database.read() as connection:
        assert flags.waiting(connection, quality.RULES) == [key]
        month = quality.flags_of_rollup(connection, *key)
    database.write(lambda connection: flags.revise(connection, {key}))
    assert database.write(partial(flags.store, new=month))
    with database.read() as connection:
        assert flags.waiting(connection, quality.RULES) == [key]
        assert flags.revision(connection, *key) == month.revision + 1


def test_more_months_than_are_stored_at_a_time_are_all_flagged(database: Database, unit: UnitEntry) -> None:
    months = [year * 100 + month for year in (2023, 2024, 2025) for month in range(1, 13)]
    insert(database, *[sheet(unit, "444444444", i, month=month) for i, month in enumerate(months)])
    results.refresh(database)
    assert len(stored_flags(database)) == 36
    with database.read() as connection:
        assert flags.waiting(connection, quality.RULES) == []


def test_other_rules_make_every_flag_anew(
    database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert(database, sheet(unit, "444444444", 0))
    results.refresh(database)
    monkeypatch.setattr(quality, "RULES", "next")
    database.write(lambda connection: connection.execute(sa.text("DELETE FROM flag_cell")))
    assert tally(assessed(database), Flag.STRAIGHT_LINE).n == 1  # stored ones are not believed
    results.refresh(database)
    with database.read() as connection:
        assert flags.waiting(connection, "next") == []
        assert connection.execute(sa.text("SELECT count(*) FROM flag_cell")).scalar_one() == 1
