"""When and where answers are worse: what is found, what is hidden, and that chance alone is not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analytics import Period
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, TimeSource
from survey_app.services.ikm import hours, places_apart, results
from survey_app.services.ikm.answered import Sheets
from survey_app.services.ikm.hours import Week, week_of
from survey_app.services.ikm.places_apart import Kind, families_of
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import responses
from survey_app.storage.database import Database
from survey_app.wording import unit_words
from tests.reports import samples

QUARTER = Period.parse("2026-TW4")
#: A Monday, 08.00 in Pontianak.
MONDAY = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
GOOD, BAD = (3, 4), (1, 2)


def _answer(
    database: Database,
    n: int,
    levels: Sequence[int],
    at: datetime,
    channel: Channel = Channel.WEB,
    **said: str,
) -> None:
    rows = [[levels[i % len(levels)]] * 9 for i in range(n)]
    new = samples._checked(database, "u", rows, "2026-10", (said,), None)
    given = [
        replace(
            r,
            id=uuid7(r.answered_at),
            channel=channel.value,
            answered_at=at,
            time_source=TimeSource.CLIENT.value,
        )
        for r in new
    ]
    database.write(lambda connection: responses.insert_many(connection, given))


def _result(database: Database) -> UnitResult:
    return results.unit_result(database, "u", QUARTER, within=PROVINCE)


def _week(database: Database, unsur: int | None = None) -> Week:
    found = week_of(database, _result(database), unsur)
    assert found is not None
    return found


@pytest.fixture
def unit(database: Database) -> None:
    samples.create_unit(database, "u", "Unit")


@pytest.mark.usefixtures("unit")
def test_a_bad_hour_is_named_by_the_clock_of_the_unit_and_hours_of_few_are_empty(database: Database) -> None:
    for day in range(5):
        for hour in range(6):
            levels = BAD if (day, hour) == (1, 2) else GOOD
            _answer(database, 10, levels, MONDAY + timedelta(days=day, hours=hour))
    _answer(database, 4, BAD, MONDAY + timedelta(days=5))
    samples.insert(database, "u", [(1,) * 9] * 30, "2026-10")  # a file tells no hour
    week = _week(database)
    assert week.n == 304
    assert week.worst == (1, 10)  # Tuesday, 08 + 2
    assert [at for at, hour in week.hours.items() if hour.clear] == [(1, 10)]
    assert week.hours[1, 10].value == pytest.approx(37.5, abs=1)
    few = week.hours[5, 8]
    assert (few.n, few.value, few.clear) == (4, None, False)
    # The lowest unsur is all of them here: its sentence names the hour.
    assert unit_words._where(_week(database, 2), ()).id == ", terutama Selasa pukul 10"
    # What came in is seen at once.
    _answer(database, 1, GOOD, MONDAY + timedelta(days=5))
    assert _week(database).hours[5, 8].n == 5


@pytest.mark.usefixtures("unit")
def test_phones_that_are_worse_are_named_and_few_are_hidden_with_what_would_tell_them(
    database: Database,
) -> None:
    _answer(database, 40, GOOD, MONDAY, Channel.KIOSK, jenis_kelamin="L")
    _answer(database, 40, (2, 3), MONDAY, Channel.WEB, jenis_kelamin="P")
    families = {family.kind: family for family in families_of(database, _result(database))}
    ways = {group.way: group for group in families[Kind.WAY].groups}
    assert (ways[Channel.WEB].n, ways[Channel.WEB].below, ways[Channel.KIOSK].above) == (40, True, True)
    assert ways[Channel.WEB].mutu == "D"
    said = unit_words._where(None, (families[Kind.WAY],))
    assert said.id == ", terutama lewat ponsel atau komputer"
    # Three more people of a third way: their index would be what is left of the whole, so none is told.
    _answer(database, 3, BAD, MONDAY, Channel.APP)
    assert Kind.WAY not in {family.kind for family in families_of(database, _result(database))}


def test_a_stable_unit_is_told_of_no_hour_and_no_group_in_most_quarters() -> None:
    """Forty quarters of 160 answers that depend on nothing: hours ring in 5 of 100, and groups too."""
    rng = np.random.default_rng(20_261_130)
    assert sum(_rings(rng) for _ in range(40)) <= 8  # 4 expected, 9 and more in 1 of 100 such tests


def _rings(rng: np.random.Generator) -> bool:
    """By the computing parts alone: a database for each quarter would take a minute."""
    levels = rng.choice([1, 2, 3, 4], (160, 9), p=[0.03, 0.12, 0.6, 0.25])
    none = np.zeros(160, dtype=np.int64)
    at = rng.integers(0, 5, 160) * 24 + rng.integers(8, 15, 160)
    sheets = hours._Sheets(QUARTER, QUARTER, levels, none, at)
    week = hours._week(sheets, "skm-2017@1", None)
    known = Sheets(
        answers=levels,
        units=none,
        services=rng.integers(1, 4, 160),
        strata=none,
        ways=rng.integers(0, 2, 160),
        profile=rng.integers(0, 4, 160),
        profiles=tuple(
            {"jenis_kelamin": sex, "usia": age} for sex in ("L", "P") for age in ("18-25", "26-35")
        ),
    )
    services = ((1, "a"), (2, "b"), (3, "c"))
    families = places_apart._families(known, "skm-2017@1", services, True, None)
    clear = [g for family in families for g in family.groups if g.below or g.above]
    assert week is not None
    return any(hour.clear for hour in week.hours.values()) or bool(clear)
