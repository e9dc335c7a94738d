"""Hours of service: what is held against them, from which day, and who may say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from analytics.ikm.quality import Flag
from analytics.period import Period
from survey_app.errors import Refused
from survey_app.services.follow_up.effect import NOTHING
from survey_app.services.ikm import respondents, results
from survey_app.services.ikm.quality import Quality
from survey_app.services.places import opening_hours
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.opening_hours import Hours, hours_of, remove_hours, set_hours
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import snapshot
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from tests.services.ikm.test_quality import MIXED, assessed, insert, sheet, stored_flags, tally

OFFICE = (time(7, 30), time(16, 0))
#: Monday to Friday; 20 November 2026 is a Friday.
WEEK = (OFFICE,) * 5 + (None, None)
FROM_NOVEMBER = Hours(date(2026, 11, 1), WEEK)


def at_hour(entry: UnitEntry, day: int, hour: int, minute: int = 0, **changes: object) -> NewResponse:
    """A kiosk's answer in November 2026 at a time of Kaltim, which is eight hours ahead of UTC."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)
    new = sheet(entry, MIXED, 0, answered_at=moment, received_at=moment, client_id=None)
    return replace(new, **changes)  # type: ignore[arg-type]  # names of its fields


def out_of_hours(quality: Quality) -> tuple[int | None, int]:
    counted = tally(quality, Flag.OUT_OF_HOURS)
    return counted.n, counted.checked


def test_by_hand(database: Database, unit: UnitEntry) -> None:
    """Friday 07.29, 07.30, 16.59 and 17.00, Saturday 10.00; a phone at night and paper are not checked."""
    new = [
        at_hour(unit, 20, 7, 29),
        at_hour(unit, 20, 7, 30),
        at_hour(unit, 20, 16, 59),
        at_hour(unit, 20, 17, 0, channel="app"),
        at_hour(unit, 21, 10),
        at_hour(unit, 20, 22, channel="web"),
        at_hour(unit, 20, 22, channel="paper", time_source="period"),
    ]
    insert(database, *new)
    results.refresh(database)
    assert out_of_hours(assessed(database)) == (None, 0)
    set_hours(database, ADMIN, "ptsp", FROM_NOVEMBER)
    assert out_of_hours(assessed(database)) == (3, 5)  # read before the flags are stored anew
    results.refresh(database)
    assert out_of_hours(assessed(database)) == (3, 5)
    assert {n.id for n in (new[0], new[3], new[4])} == set(stored_flags(database))


def test_hours_hold_from_their_day_until_the_next(database: Database, unit: UnitEntry) -> None:
    """Closing is at 16.00 until the 15th, at 20.00 from the 16th; nothing is known before the 2nd."""
    late = [at_hour(unit, day, 18) for day in (1, 6, 13, 16, 20)]
    insert(database, *late)
    set_hours(
        database, ADMIN, "ptsp", Hours(date(2026, 11, 16), ((time(7, 30), time(20)),) * 5 + (None,) * 2)
    )
    set_hours(database, ADMIN, "ptsp", Hours(date(2026, 11, 2), WEEK))
    assert out_of_hours(assessed(database)) == (2, 4)
    assert [h.valid_from.day for h in hours_of(database, "ptsp")] == [2, 16]
    remove_hours(database, ADMIN, "ptsp", date(2026, 11, 16))
    assert out_of_hours(assessed(database)) == (4, 4)


def test_the_hour_is_that_of_the_unit_not_of_the_server(database: Database, unit: UnitEntry) -> None:
    """Sunday 23.30 UTC is Monday 07.30 in Kaltim."""
    insert(database, at_hour(unit, 23, 7, 30))
    set_hours(database, ADMIN, "ptsp", FROM_NOVEMBER)
    assert out_of_hours(assessed(database)) == (0, 1)


def test_the_official_number_stays_and_a_publication_keeps_what_was_checked(
    database: Database, unit: UnitEntry
) -> None:
    insert(database, at_hour(unit, 20, 9), at_hour(unit, 20, 22, scores="111111111"))
    set_hours(database, ADMIN, "ptsp", FROM_NOVEMBER)
    result = results.unit_result(database, "ptsp", Period.parse("2026-11"), within=PROVINCE)
    assert result.score.ikm == Decimal("55.56")  # 25 x (31 + 9) / 18
    sheets = respondents.answer_sheets(database, result)
    kept = snapshot.load(
        snapshot.dump(
            snapshot.Snapshot(result=result, sheets=sheets, text={}, comments=None, follow_up=NOTHING)
        )
    )
    assert kept.result.quality is not None
    assert out_of_hours(kept.result.quality) == (1, 2)


@pytest.mark.parametrize(
    ("week", "code"),
    [
        ((OFFICE, (time(16), time(16)), *WEEK[2:]), "hours-order"),
        (((time(16), time(8)), *WEEK[1:]), "hours-order"),
        ((None,) * 7, "hours-missing"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    database: Database, unit: UnitEntry, week: tuple[tuple[time, time] | None, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_hours(database, ADMIN, "ptsp", Hours(date(2026, 11, 1), week))
    assert [p.code for p in refused.value.problems] == [code]
    assert hours_of(database, "ptsp") == ()


@pytest.mark.parametrize(
    ("acting", "code"),
    [
        (Acting(Role.LEADERSHIP), "role-refused"),
        (Acting(Role.OPERATOR), "role-refused"),
        (Acting(Role.MANAGER, Scope(unit="lain")), "scope-refused"),
    ],
)
def test_who_may_not_keep_the_settings_is_refused(
    database: Database, unit: UnitEntry, acting: Acting, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        set_hours(database, acting, "ptsp", FROM_NOVEMBER)
    with pytest.raises(Refused, match=code):
        remove_hours(database, acting, "ptsp", FROM_NOVEMBER.valid_from)


def test_hours_come_back_as_they_were_set(database: Database, unit: UnitEntry) -> None:
    new = Hours(
        date(2026, 1, 5), ((time(0), time(23, 59)), None, OFFICE, None, OFFICE, None, (time(8), time(9)))
    )
    set_hours(database, ADMIN, "ptsp", new)
    assert hours_of(database, "ptsp") == (new,)
    assert opening_hours.DAYS[4].id == "Jumat"


@pytest.mark.parametrize("source", ["row", "period"])
def test_a_moment_that_no_clock_told_raises_no_flag_of_time(
    database: Database, unit: UnitEntry, source: str
) -> None:
    """Ten equal sheets of one kiosk at nine on a Saturday, a day without service."""
    saturday = datetime(2026, 11, 21, 1, tzinfo=UTC)
    set_hours(database, ADMIN, "ptsp", FROM_NOVEMBER)
    told = [sheet(unit, MIXED, 0, answered_at=saturday, time_source=source) for _ in range(10)]
    insert(database, *told)
    counted = {t.flag: (t.n, t.checked) for t in assessed(database).tallies}
    for flag in (Flag.BURST, Flag.DUPLICATE, Flag.OUT_OF_HOURS):
        assert counted[flag] == (None, 0)
    # The same ten by a clock are a run, nine repeats, and outside the hours.
    insert(database, *[sheet(unit, MIXED, 0, answered_at=saturday) for _ in range(10)])
    counted = {t.flag: (t.n, t.checked) for t in assessed(database).tallies}
    assert counted[Flag.BURST] == (10, 10)
    assert counted[Flag.DUPLICATE] == (9, 10)
    assert counted[Flag.OUT_OF_HOURS] == (10, 10)
