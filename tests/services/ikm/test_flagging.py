"""Flags of the answers that came, and of their neighbours, against those of the whole month found anew."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from survey_app.services.ikm import flagging
from survey_app.services.places.opening_hours import Hours, Opening
from survey_app.storage.sheets import TracedSheet

NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
MONTH = 202611
OPENING = Opening(ZoneInfo("Asia/Makassar"), (Hours(date(2026, 1, 1), ((time(9), time(9, 20)),) * 7),))
A, B = "343344334", "434433443"
numbers = itertools.count(1)


def sheet(second: float, scores: str, client: str | None = "k1", duration: int | None = None) -> TracedSheet:
    """A kiosk's, `second` after nine; of one moment those made first are first."""
    return TracedSheet(
        seq=next(numbers),
        service_id=1,
        instrument="skm-2017@1",
        scores=scores,
        channel="kiosk",
        client_id=client,
        answered_at=NINE + timedelta(seconds=second),
        time_source="client",
        duration_ms=duration,
        flags=0,
    )


def different(second: float, times: int) -> list[TracedSheet]:
    """Sheets of one moment that repeat none of the others."""
    return [sheet(second, f"12341{1 + i}{1 + int(second) % 4}31") for i in range(times)]


def check_change(known: Sequence[TracedSheet], come: Sequence[TracedSheet]) -> None:
    """`known` are flagged, the others come: what their neighbourhood says is what all sheets say."""
    ordered = sorted([*known, *come], key=lambda s: (s.answered_at, s.seq))
    new = {s.seq for s in come}
    before = flagging.flag([s for s in ordered if s.seq not in new], OPENING)
    masks = {one.sheet.seq: one.flags for one in before}
    stored = [replace(s, flags=masks.get(s.seq, 0)) for s in ordered]

    spans = flagging.neighbourhood(come)
    # As the database is asked, one span after the other.
    near = [s for first, last in spans for s in stored if first <= s.answered_at <= last]
    alone = [s for s in come if not flagging.has_neighbours(s)]
    looked_at = flagging.flag([*filter(flagging.has_neighbours, near), *alone], OPENING)
    again = flagging.affected(looked_at, come)

    whole = flagging.flag(stored, OPENING)
    masks.update({one.sheet.seq: one.flags for one in again})
    assert masks == {one.sheet.seq: one.flags for one in whole}
    changed = flagging.change(MONTH, flagging.cells(MONTH, before), again, new)
    assert changed == tuple(flagging.cells(MONTH, whole))


def test_any_sheets_that_come_change_what_all_sheets_say() -> None:
    """Moments two minutes apart, so that runs and repeats end on the edges of the rules, and a second off."""
    random = Random(20261129)
    for _ in range(400):
        sheets = [
            one
            for _ in range(random.randint(1, 9))
            for one in _at_once(random, 120 * random.randint(0, 14) + random.choice((0, 0, 0, 0, 1)))
        ]
        # Those that come are often earlier than what is known, also of one moment.
        random.shuffle(sheets)
        cut = random.randint(0, min(len(sheets), 4))
        check_change(sheets[cut:], sheets[:cut])


def _at_once(random: Random, second: int) -> list[TracedSheet]:
    client = random.choice(("k1", "k1", "k1", "k1", "k2", "", None))
    scores = random.choice((A, A, B, "444444444", "000000000"))
    duration = random.choice((None, 4_000, 60_000))
    return [sheet(second, scores, client, duration) for _ in range(random.randint(1, 4))]


def test_a_sheet_that_a_run_makes_suspect_still_repeats_one_ten_minutes_before() -> None:
    """Four come 120 s after one that repeats what was said 600 s before it."""
    check_change([sheet(0, A), sheet(600, A)], different(720, 4))


def test_a_sheet_that_comes_to_be_a_repeat_is_still_in_a_run_that_ends_two_minutes_later() -> None:
    """One comes 600 s before the first of five within 120 s, and says the same."""
    check_change([sheet(600, A), *different(720, 4)], [sheet(0, A)])


def test_no_neighbour_is_counted_twice_where_two_neighbourhoods_meet() -> None:
    """Two come 1440 s apart; in the middle are three, and a fourth 120 s before: no run of five."""
    check_change([sheet(600, A), *different(720, 3)], [sheet(0, A), sheet(1440, A)])


def test_of_one_moment_the_one_that_comes_late_may_be_the_first() -> None:
    first, second = sheet(0, A), sheet(0, A)
    check_change([second], [first])


@pytest.mark.parametrize(("second", "again"), [(-120.000001, 0), (-120, 1), (600, 1), (600.000001, 0)])
def test_only_those_within_reach_of_the_rules_are_looked_at_again(second: float, again: int) -> None:
    """A run may have begun 120 s before, what repeats a sheet comes up to 600 s after it."""
    found = flagging.affected(flagging.flag([sheet(second, A)], OPENING), [sheet(0, B), sheet(0, A, None)])
    assert len(found) == again


def test_a_forgotten_device_keeps_its_flags_and_has_no_neighbours() -> None:
    """4 a burst, 16 a repeat; 1, all alike, is found in the sheet itself, and not kept where it is not."""
    kept = [replace(sheet(i, "444444444", ""), flags=4 + 16) for i in range(5)]
    flagged = flagging.flag([*kept, sheet(6, A, ""), replace(sheet(7, A, ""), flags=1)], OPENING)
    assert [one.flags for one in flagged] == [1 + 4 + 16] * 5 + [0, 0]
    (_, *cells) = flagging.cells(MONTH, flagged)
    assert [cell.identified for cell in cells] == [5]
