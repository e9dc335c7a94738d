"""Counts of profiles across publications: nobody can subtract their way to a few people of one kind."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure.minimum import MINIMUM
from analytics.period import Period
from survey_app import instruments
from survey_app.services.disclosure import public_results
from survey_app.services.disclosure.profile_hiding import Version, tells, touching
from survey_app.services.ikm import profiles
from survey_app.services.ikm.profiles import ProfileCount
from survey_app.storage.database import Database
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish

MONTHS = [Period.parse(f"2026-0{m}") for m in (1, 2, 3)]
QUARTER = Period.parse("2026-TW1")
GENDER = next(f for f in instruments.get("skm-2017@1").profile if f.key == "jenis_kelamin")


def gender(database: Database, period: str) -> list[int | None]:
    """Men, women and not given, as the public sees them."""
    result = next(r for r in public_results.of_unit(database, "sekadau") if str(r.period) == period)
    profile = next(p for p in result.respondents if p.field.key == GENDER.key)
    return [*(n for _, n in profile.counts), profile.unanswered]


def add(database: Database, month: str, men: int, women: int) -> None:
    """Sheets of a month, each of another person."""
    rows = samples.random_rows(men + women, seed=int(month[-2:]))
    who = [{"jenis_kelamin": "L"}] * men + [{"jenis_kelamin": "P"}] * women
    samples.insert(database, "sekadau", rows, month, who)


def test_a_quarter_less_its_months_would_be_two_women(database: Database) -> None:
    """Men 20 + 20 + 18, women 10 + 12 + 2: the quarter's 24 women less 10 and 12 are those two of March."""
    samples.create_unit(database, "sekadau", "Loket")
    for month, men, women in (("2026-01", 20, 10), ("2026-02", 20, 12), ("2026-03", 18, 2)):
        add(database, month, men, women)
    publish(database, "2026-TW1")
    assert gender(database, "2026-TW1") == [58, 24, 0]
    publish(database, "2026-01")
    assert gender(database, "2026-01") == [20, 10, 0]
    publish(database, "2026-02")
    assert gender(database, "2026-02") == [None, None, None]
    # What was shown stays; the people themselves may be counted.
    assert gender(database, "2026-TW1") == [58, 24, 0]
    assert all(r.score is not None for r in public_results.of_unit(database, "sekadau"))


def test_a_hidden_count_is_not_told_by_the_longer_period(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    add(database, "2026-01", 20, 3)
    add(database, "2026-02", 20, 10)
    publish(database, "2026-01")
    assert gender(database, "2026-01") == [None, None, 0]
    publish(database, "2026-TW1")
    assert gender(database, "2026-TW1") == [None, None, None]


def test_the_same_period_again_and_periods_beside_each_other_hide_nothing(database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    add(database, "2026-01", 20, 3)
    add(database, "2026-02", 20, 10)
    for month in ("2026-01", "2026-02", "2026-01"):
        publish(database, month)
    assert gender(database, "2026-01") == [None, None, 0]
    assert gender(database, "2026-02") == [20, 10, 0]


def test_what_touches_stays_in_the_order_of_publishing() -> None:
    """January is found by the quarter only, which was published after it."""
    earlier = [MONTHS[0], Period.parse("2025-TW1"), QUARTER, MONTHS[1]]
    assert touching(MONTHS[1], earlier, lambda period: period) == [MONTHS[0], QUARTER, MONTHS[1]]


counts = st.tuples(*[st.sampled_from([0, 1, 2, 3, 5, 6, 7, 9, 12])] * 3)


@given(st.lists(counts, min_size=3, max_size=3), st.permutations(range(4)))
def test_no_combination_of_what_is_shown_leaves_a_few_people_of_a_kind(
    months: list[tuple[int, int, int]], order: list[int]
) -> None:
    """An attacker adds and subtracts every shown count of three months and their quarter, in any order."""
    whole = tuple(sum(column) for column in zip(*months, strict=True))
    published = [*zip(MONTHS, months, strict=True), (QUARTER, whole)]
    before: list[Version] = []
    shown: list[tuple[Period, tuple[int | None, ...]]] = []
    for period, numbers in (published[i] for i in order):
        if not 0 < sum(numbers) < MINIMUM:
            pairs = tuple(zip(GENDER.options, numbers[:2], strict=True))
            counted = ProfileCount(GENDER, pairs, numbers[2])
            new = Version.of(period, [counted], None)
            near = touching(new, before, lambda version: version.period)
            seen = profiles.hidden(counted) if tells(GENDER.key, new, near) else profiles.shown(counted)
            shown.append((period, (*(n for _, n in seen.counts), seen.unanswered)))
            before.append(new)
    for option in range(3):
        known = [(_months_of(p), n) for p, numbers in shown if (n := numbers[option]) is not None]
        for signs in product((-1, 0, 1), repeat=len(known)):
            terms = list(zip(signs, known, strict=True))
            times = [sum(sign * covered[month] for sign, (covered, _) in terms) for month in range(3)]
            if set(times) <= {0, 1}:  # the people of some months, each counted once
                assert not 0 < sum(sign * n for sign, (_, n) in terms) < MINIMUM


def _months_of(period: Period) -> tuple[int, ...]:
    return tuple(int(period in (QUARTER, month)) for month in MONTHS)
