"""Flags: each rule at its edge, nothing flagged from what is not known, nothing ever deleted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics import AnalyticsError
from analytics.ikm import Moments
from analytics.ikm.moments import IntArray
from analytics.ikm.quality import (
    ALL_FLAGS,
    SIGNALS,
    VERSION,
    Flag,
    FlagEffect,
    Known,
    QualityRules,
    Responses,
    flag_effect,
    flag_responses,
)
from analytics.ikm.scoring import score

PLAIN = [3, 4, 3, 2, 3, 4, 3, 3, 4]
UNKNOWN = math.nan


def responses(
    answers: Sequence[Sequence[int]],
    *,
    duration: Sequence[float] | None = None,
    client: Sequence[int] | None = None,
    time: Sequence[float] | None = None,
    hour: Sequence[float] | None = None,
    opens: float = 8.0,
    closes: float = 15.5,
) -> Responses:
    n = len(answers)
    return Responses(
        answers=np.array(answers, dtype=np.int64).reshape(n, 9),
        duration=np.array(duration if duration is not None else [UNKNOWN] * n, dtype=np.float64),
        client=np.array(client if client is not None else [-1] * n, dtype=np.int64),
        time=np.array(time if time is not None else np.arange(n) * 1e6, dtype=np.float64),
        local_hour=np.array(hour if hour is not None else [UNKNOWN] * n, dtype=np.float64),
        opens=np.full(n, opens),
        closes=np.full(n, closes),
    )


def flags(r: Responses) -> list[Flag]:
    return [Flag(int(v)) for v in flag_responses(r)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([4] * 9, Flag.STRAIGHT_LINE),
        ([1] * 9, Flag.STRAIGHT_LINE),
        ([3] * 8 + [0], Flag.STRAIGHT_LINE),
        ([3] * 8 + [4], Flag(0)),
        ([3] * 5 + [0] * 4, Flag.STRAIGHT_LINE),
        ([3] * 4 + [0] * 5, Flag(0)),  # four answers that agree say nothing
    ],
)
def test_straight_lines(row: list[int], expected: Flag) -> None:
    assert flags(responses([row])) == [expected]


@pytest.mark.parametrize(("seconds", "expected"), [(8.9, Flag.TOO_FAST), (9.0, Flag(0)), (UNKNOWN, Flag(0))])
def test_speed_per_unsur(seconds: float, expected: Flag) -> None:
    assert flags(responses([PLAIN], duration=[seconds])) == [expected]


def test_every_flag_is_looked_for() -> None:
    assert list(SIGNALS) == list(Flag), "each flag of analytics.ikm.quality needs its line in SIGNALS"


def test_whoever_adds_or_changes_a_flag_raises_the_version() -> None:
    """Flags that are stored were found as these lines have it; VERSION has them found anew."""
    looked_for = {flag.name: signal.needs for flag, signal in SIGNALS.items()}
    rules = QualityRules()
    assert (VERSION, looked_for, tuple(vars(rules).values())) == (
        3,
        {
            "STRAIGHT_LINE": Known.ANSWERS,
            "TOO_FAST": Known.DURATION,
            "BURST": Known.DEVICE,
            "OUT_OF_HOURS": Known.HOURS,
            "DUPLICATE": Known.DEVICE,
        },
        (5, 1.0, 5, 120.0, 1.0, 600.0),
    ), "raise VERSION with what changed here"


def different(n: int) -> list[list[int]]:
    return [[*PLAIN[:6], 1 + i % 4, 1 + i // 4 % 4, 2] for i in range(n)]


def test_a_burst_flags_the_whole_run_and_only_that_client() -> None:
    """Five sheets in 120 s from client 1, one from client 2 among them, one from client 1 an hour later."""
    found = flags(responses(different(7), client=[1, 1, 2, 1, 1, 1, 1], time=[0, 30, 40, 60, 90, 120, 3720]))
    assert [Flag.BURST in f for f in found] == [True, True, False, True, True, True, False]


def test_a_second_slower_is_no_burst() -> None:
    assert flags(responses(different(5), client=[1] * 5, time=[0, 30, 60, 90, 121])) == [Flag(0)] * 5


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (7.99, Flag.OUT_OF_HOURS),
        (8.0, Flag(0)),
        (16.49, Flag(0)),  # who waits when the doors close at 15.30 is served
        (16.5, Flag.OUT_OF_HOURS),
        (UNKNOWN, Flag(0)),
    ],
)
def test_out_of_hours(hour: float, expected: Flag) -> None:
    assert flags(responses([PLAIN], hour=[hour])) == [expected]


@pytest.mark.parametrize(
    ("hour", "expected"), [(0.5, Flag.OUT_OF_HOURS), (12.0, Flag.OUT_OF_HOURS), (UNKNOWN, Flag(0))]
)
def test_a_day_without_service_has_no_hours(hour: float, expected: Flag) -> None:
    assert flags(responses([PLAIN], hour=[hour], opens=0.0, closes=0.0)) == [expected]


def test_hours_that_are_not_known_flag_nothing() -> None:
    assert flags(responses([PLAIN], hour=[3.0], opens=UNKNOWN, closes=UNKNOWN)) == [Flag(0)]


def test_duplicates_are_the_later_ones_of_the_same_client() -> None:
    found = flags(responses([PLAIN] * 4, client=[1, 1, 1, 2], time=[0, 600, 1300, 1]))
    assert found == [Flag(0), Flag.DUPLICATE, Flag(0), Flag(0)]


def test_each_repeat_is_measured_from_the_one_before() -> None:
    found = flags(responses([PLAIN] * 3, client=[1] * 3, time=[0, 500, 1000]))
    assert found == [Flag(0), Flag.DUPLICATE, Flag.DUPLICATE]


def test_clients_that_are_not_known_are_no_one_client() -> None:
    assert flags(responses([PLAIN] * 6, time=[0] * 6)) == [Flag(0)] * 6


def test_no_response_has_no_flag() -> None:
    assert flags(responses([])) == []


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(AnalyticsError, match="responses-length"):
        responses([PLAIN], hour=[8.0, 9.0])


def effect_of(rows: IntArray, masks: IntArray, consider: Flag = ALL_FLAGS) -> FlagEffect:
    """The sums as the roll-up keeps them: of all sheets, and of those with exactly the same flags."""
    groups = {Flag(int(m)): Moments.from_answers(rows[masks == m]) for m in np.unique(masks) if m}
    return flag_effect(Moments.from_answers(rows), groups, consider=consider)


def test_the_index_with_and_without_the_flagged() -> None:
    """Hand: all 4 (flagged) and all 2 but one 3: 100 and 25 x 19/9 = 52.78, mean 76.39."""
    rows = np.array([[4] * 9, [2] * 8 + [3]])
    effect = effect_of(rows, flag_responses(responses(rows.tolist())))
    assert (effect.everything.ikm, effect.unflagged.ikm) == (Decimal("76.39"), Decimal("52.78"))
    assert effect.difference == Decimal("23.61")
    assert dict(effect.counts)[Flag.STRAIGHT_LINE] == effect.flagged == 1


def test_only_the_flags_considered_leave_the_second_index() -> None:
    rows = np.array([[4] * 9, PLAIN])
    effect = effect_of(rows, np.array([1, 8]), Flag.OUT_OF_HOURS)
    assert effect.unflagged.n == 1
    assert effect.unflagged.ikm == Decimal("100.00")


def test_when_everything_is_flagged_the_second_index_is_undefined() -> None:
    effect = effect_of(np.array([[4] * 9]), np.array([1]))
    assert (effect.everything.ikm, effect.unflagged.ikm, effect.difference) == (Decimal("100.00"), None, None)


sheets = st.integers(1, 20).flatmap(
    lambda n: st.tuples(
        arrays(np.int64, (n, 9), elements=st.integers(1, 4)),
        arrays(np.int64, n, elements=st.integers(-1, 2)),
        arrays(np.int64, n, elements=st.integers(0, 2000)),
    )
)


@given(sheets)
def test_flags_never_delete_and_do_not_depend_on_the_order(
    data: tuple[IntArray, IntArray, IntArray],
) -> None:
    rows, client, seconds = data
    time = seconds + np.arange(len(rows)) / 1000  # distinct, so that "the later one" is one sheet
    r = responses(rows.tolist(), client=client.tolist(), time=time.tolist())
    mask = flag_responses(r)
    back = slice(None, None, -1)
    turned = Responses(**{column.name: getattr(r, column.name)[back] for column in fields(r)})
    assert flag_responses(turned)[back].tolist() == mask.tolist()
    effect = effect_of(rows, mask)
    assert effect.everything == score(Moments.from_answers(rows))
    assert effect.unflagged.n + effect.flagged == effect.everything.n == len(rows)


def test_thresholds_can_be_set() -> None:
    rules = QualityRules(straight_line_minimum=10)
    assert flag_responses(responses([[4] * 9]), rules).tolist() == [0]


@given(sheets)
def test_no_flag_depends_on_a_sheet_beyond_the_reach_of_the_rules(
    data: tuple[IntArray, IntArray, IntArray],
) -> None:
    """Of each sheet alone with those of its client in reach: as of all. Steps of 60 s meet the edges."""
    rows, client, time = data[0] % 2 + 3, data[1], data[2] // 10 * 60
    r = responses(rows.tolist(), client=client.tolist(), time=time.tolist())
    mask, rules = flag_responses(r), QualityRules()
    for i in range(len(rows)):
        near = (time >= time[i] - rules.seconds_before) & (time <= time[i] + rules.seconds_after)
        kept = np.flatnonzero((near & (client == client[i])) | (np.arange(len(rows)) == i))
        alone = Responses(**{column.name: getattr(r, column.name)[kept] for column in fields(r)})
        assert flag_responses(alone)[kept == i] == mask[i]
