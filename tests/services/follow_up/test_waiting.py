"""How long findings wait: by hand, with what still waits, and from the revisions of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import Period
from survey_app.errors import Refused
from survey_app.services.follow_up import listing, plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.follow_up.waiting import Pace, Waiting, pace, waiting
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.reports import samples

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("months", "still", "wanted"),
    [
        ([], [], Waiting(0, 0, None, None)),
        ([], [4, 7], Waiting(0, 2, None, 7)),
        # S: 3/4 after 1, 1/2 after 2.
        ([1, 2, 3, 4], [], Waiting(4, 0, 2, None)),
        # S: 4/5 after 1; one leaves the view after 2; 4/5 x 2/3 = 8/15 after 3, 8/15 x 1/2 = 4/15 after 5.
        ([1, 3, 5], [2, 6], Waiting(3, 2, 5, 6)),
        # Of what ended alone the median would be 1.
        ([1, 1], [9, 9, 9], Waiting(2, 3, None, 9)),
        # Waiting as long as another ended they are still at risk: 1 - 1/4, not 1 - 1/2.
        ([2, 5], [2, 2], Waiting(2, 2, 5, 2)),
    ],
)
def test_the_median_counts_what_still_waits_for_as_long_as_it_has(
    months: Sequence[int], still: Sequence[int], wanted: Waiting
) -> None:
    assert waiting(months, still) == wanted


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_with_nothing_waiting_it_is_the_lower_median(months: list[int]) -> None:
    assert waiting(months, []).median == sorted(months)[(len(months) - 1) // 2]


@given(st.lists(st.integers(0, 12), max_size=9), st.lists(st.integers(0, 12), max_size=9))
def test_who_leaves_the_view_hands_the_own_weight_to_those_behind(
    months: list[int], still: list[int]
) -> None:
    """Efron 1967: the weight of a wait that goes on is shared by all longer ones; with the same median."""
    waits = sorted([(month, False) for month in months] + [(month, True) for month in still])
    weights, over, wanted = [Fraction(1, len(waits))] * len(waits) if waits else [], Fraction(0), None
    for place, (month, goes_on) in enumerate(waits):
        behind = range(place + 1, len(waits))
        if goes_on:
            for other in behind:
                weights[other] += weights[place] / len(behind)
        elif wanted is None:
            over += weights[place]
            wanted = month if over >= Fraction(1, 2) else None
    assert waiting(months, still).median == wanted


def of(database: Database, acting: Acting = ADMIN) -> Pace:
    entries = catalogue.list_units(database, PROVINCE)
    return pace(database, acting, listing.listed(database, ADMIN, entries, TODAY), TODAY)


def test_months_run_from_the_end_of_the_finding_to_the_first_revision_of_a_kind(database: Database) -> None:
    for code in ("satu", "dua"):
        samples.create_unit(database, code, code)
    first = Action(period=Period.parse("2026-TW1"), unsur="waktu", plan="p", realisation="r")
    # Runs in May (2 months after March), is done in August (5), said again of a running one in between.
    seen = plans.add(database, ADMIN, "satu", first, datetime(2026, 4, 2, tzinfo=UTC))
    for status, month in ((Status.RUNNING, 5), (Status.POSTPONED, 6), (Status.DONE, 8)):
        changed = replace(first, status=status)
        seen = plans.change(database, ADMIN, "satu", seen, changed, datetime(2026, month, 2, tzinfo=UTC))
    # Done a month before the last of the finding, opened again, and open until now: 8 months after March.
    again = plans.add(
        database, ADMIN, "dua", replace(first, status=Status.DONE), datetime(2026, 2, 9, tzinfo=UTC)
    )
    plans.change(
        database, ADMIN, "dua", again, replace(first, status=Status.RUNNING), datetime(2026, 9, 9, tzinfo=UTC)
    )
    given_up = replace(first, status=Status.CANCELLED)
    plans.add(database, ADMIN, "dua", given_up, datetime(2026, 4, 2, tzinfo=UTC))
    assert of(database) == Pace(Waiting(2, 0, 0, None), Waiting(1, 1, 5, 8))
    own = of(database, Acting(Role.MANAGER, Scope(unit="satu")))
    assert own == Pace(Waiting(1, 0, 2, None), Waiting(1, 0, 5, None))
    with pytest.raises(Refused, match="role-refused"):
        of(database, Acting(Role.OPERATOR))


def test_the_month_is_that_of_the_units_clock(database: Database) -> None:
    """31 March, 17.00 in Greenwich, is 1 April in Kalimantan Timur."""
    samples.create_unit(database, "satu", "satu")
    run = Action(period=Period.parse("2026-TW1"), unsur="waktu", plan="p", status=Status.RUNNING)
    plans.add(database, ADMIN, "satu", run, datetime(2026, 3, 31, 17, tzinfo=UTC))
    assert of(database).started == Waiting(1, 0, 1, None)
