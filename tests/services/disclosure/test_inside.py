"""Single answers for programs: nothing in them that fewer than five share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analytics import Period
from analytics.disclosure import MINIMUM
from analytics.ikm import Flag
from survey_app.services.answers.intake import Channel, Submission, TimeSource, prepare
from survey_app.services.disclosure import inside
from survey_app.services.disclosure.inside import SingleAnswer
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.storage import responses
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from tests.submissions import NOW, submission

OCTOBER = Period.parse("2026-10")
#: The unit of the fixture is in Samarinda: eight hours ahead.
AFTER_OCTOBER = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)


def give(database: Database, day: int, n: int, **changes: object) -> None:
    """So many answers at noon of a day in October, all alike."""
    when = datetime(2026, 10, day, 5, 0, tzinfo=UTC)
    entry = unit_entry.find(database, "ptsp")
    assert entry is not None
    given: dict[str, Any] = {
        "client_time": when,
        "time_source": TimeSource.CLIENT,
        "channel": Channel.KIOSK,
        **changes,
    }
    made = [prepare(entry, submission(**given), NOW) for _ in range(n)]
    new = [m for m in made if isinstance(m, NewResponse)]
    assert len(new) == n, made
    database.write(lambda connection: responses.insert_many(connection, new))


def told(database: Database, now: datetime = NOW, **wanted: str) -> list[SingleAnswer]:
    """Every answer of October, in pages of seven."""
    found: list[SingleAnswer] = []
    after = None
    while True:
        page = inside.answers(
            database,
            ADMIN,
            "ptsp",
            OCTOBER,
            now,
            after=after,
            limit=7,
            service_code=wanted.get("service"),
        )
        found += page.answers
        if (after := page.after) is None:
            return found


def groups(found: Sequence[SingleAnswer]) -> Counter[tuple[date | None, str | None, str | None]]:
    return Counter((one.day, one.service, one.channel) for one in found)


@pytest.fixture
def unit_with_two_services(database: Database, unit: catalogue.UnitEntry) -> Database:
    catalogue.create_service(database, ADMIN, "ptsp", "akta", "Akta lahir")
    return database


def test_what_five_share_is_told_and_what_fewer_share_is_not(unit_with_two_services: Database) -> None:
    database = unit_with_two_services
    give(database, 5, 5)
    give(database, 6, 4)  # a day of four, and
    give(database, 7, 1)  # of one: the month and the service are told
    give(database, 8, 2, service="akta")
    give(database, 9, 3, channel=Channel.WEB)  # together five of another service or way
    assert groups(told(database)) == {
        (date(2026, 10, 5), "umum", "kiosk"): 5,
        (None, "umum", "kiosk"): 5,
        (None, None, None): 5,
    }
    assert groups(told(database, service="umum")) == {
        (date(2026, 10, 5), "umum", "kiosk"): 5,
        (None, "umum", "kiosk"): 5,
    }


def test_the_last_few_of_a_month_are_left_out(database: Database, unit: catalogue.UnitEntry) -> None:
    give(database, 5, 6)
    give(database, 6, 4, channel=Channel.WEB)
    assert groups(told(database)) == {(date(2026, 10, 5), "umum", "kiosk"): 6}


def test_the_day_is_that_of_the_unit(database: Database, unit: catalogue.UnitEntry) -> None:
    late = datetime(2026, 10, 5, 17, 30, tzinfo=UTC)
    give(database, 5, 5, client_time=late)
    assert {one.day for one in told(database)} == {date(2026, 10, 6)}


def test_of_a_month_that_runs_only_days_that_are_over(database: Database, unit: catalogue.UnitEntry) -> None:
    give(database, 5, 5)
    give(database, 6, 3)
    give(database, 7, 2)
    noon = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
    assert told(database, noon) == []
    assert told(database, datetime(2026, 10, 5, 15, 59, tzinfo=UTC)) == []
    next_day = datetime(2026, 10, 5, 16, 0, tzinfo=UTC)
    assert len(told(database, next_day)) == 5
    # What is told without its day waits: who asks every day would know it.
    assert len(told(database, AFTER_OCTOBER - timedelta(minutes=1))) == 5
    assert len(told(database, AFTER_OCTOBER)) == 10


def test_the_order_is_that_of_the_content(database: Database, unit: catalogue.UnitEntry) -> None:
    for score in (4, 1, 3, 2, 4):
        give(database, 5, 1, answers=dict.fromkeys(submission().answers, score))
    found = [one.scores["waktu"] for one in told(database)]
    assert found == [1, 2, 3, 4, 4]


def test_an_answer_without_a_date_has_none(database: Database, unit: catalogue.UnitEntry) -> None:
    give(database, 31, 6, time_source=TimeSource.PERIOD, channel=Channel.IMPORT)
    assert groups(told(database)) == {(None, "umum", "import"): 6}


def test_a_score_left_out_is_none_and_a_flag_is_told(database: Database, unit: catalogue.UnitEntry) -> None:
    gap = submission((3, 0, 3, 3, 3, 3, 3, 3, 3)).answers
    give(database, 5, 5, channel=Channel.PAPER, answers=gap)
    (one, *_) = told(database)
    assert (one.scores["waktu"], list(one.scores.values()).count(None)) == (3, 1)
    assert one.flags == Flag.STRAIGHT_LINE


def test_answers_of_two_questionnaires_do_not_hide_each_other(
    database: Database, unit: catalogue.UnitEntry
) -> None:
    give(database, 5, 5)
    entry = unit_entry.find(database, "ptsp")
    assert entry is not None
    catalogue.choose_instrument(database, ADMIN, "ptsp", "skm-2017-tanpa-biaya@1")
    keys = [key for key in submission().answers if key != "biaya"]
    other = Submission(id=submission().id, unit="ptsp", answers=dict.fromkeys(keys, 2), channel=Channel.KIOSK)
    when = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
    placed = unit_entry.find(database, "ptsp")
    assert placed is not None
    made = prepare(placed, replace(other, client_time=when, time_source=TimeSource.CLIENT), NOW)
    assert isinstance(made, NewResponse)
    database.write(lambda connection: responses.insert_many(connection, [made]))
    assert {one.instrument for one in told(database)} == {"skm-2017@1"}


@hypothesis_settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.integers(1, 6),
            st.sampled_from(["umum", "akta"]),
            st.sampled_from([*Channel]),
            st.sampled_from([Flag(0), Flag.STRAIGHT_LINE, Flag.OUT_OF_HOURS]),
        ),
        max_size=6,
    ),
)
@example([(1, 5, "umum", Channel.WEB, Flag(0)), (1, 1, "umum", Channel.WEB, Flag.OUT_OF_HOURS)])
@example([(1, 4, "umum", Channel.WEB, Flag(0)), (2, 1, "akta", Channel.WEB, Flag.OUT_OF_HOURS)])
def test_nobody_is_told_apart(given_: list[tuple[int, int, str, Channel, Flag]]) -> None:
    """By the rule alone, without a database: of each combination there are none or at least five."""
    told = [
        inside._Told(day=date(2026, 10, d), service=s, channel=c.value, instrument="i@1", scores="3", flags=f)
        for d, n, s, c, f in given_
        for _ in range(n)
    ]
    for over in (False, True):
        kept = inside._only_shared(told, over=over)
        # When the counter was closed few come: whoever saw one would know the answer by that alone.
        counted = Counter((t.day, t.service, t.channel, t.off_hours) for t in kept)
        assert all(n >= MINIMUM for n in counted.values())
        if over:
            left = Counter(t.off_hours for t in told)
            left.subtract(t.off_hours for t in kept)
            assert all(n < MINIMUM for n in left.values())
