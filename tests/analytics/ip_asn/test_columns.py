"""What only a whole column shows: by hand, on both sides of every bound."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analytics.ip_asn.columns import check_record_columns, check_score_columns
from survey_app import rulesets

RULES = rulesets.get("ip-asn-2019")
DAY = date(2021, 12, 31)


def of_scores(*kinerja: str) -> list[tuple[int, str]]:
    problems = check_score_columns([(i, {"kinerja": score}) for i, score in enumerate(kinerja, start=8)])
    return [(problem.row, problem.code) for problem in problems]


def of_records(*rows: dict[str, Any]) -> list[tuple[int, str]]:
    problems = check_record_columns(list(enumerate(rows, start=2)), RULES, DAY)
    return [(problem.row, problem.code) for problem in problems]


def test_a_score_below_one_makes_its_column_one_of_shares_up_to_one() -> None:
    assert of_scores("0,8", "1", "0", "25") == [(8, "score-scale"), (9, "score-scale")]
    assert of_scores("1", "0", "25") == []


@pytest.mark.parametrize(
    ("ratings", "code", "rows"),
    [
        (["30", "5"], "rating-scale", [2, 3]),
        (["30", "30,5"], "rating-low", [2]),
        (["31", "120"], "", []),
        (["121", "30"], "rating-scale", [3]),
    ],
)
def test_ratings_of_thirty_and_less_are_doubtful(ratings: list[str], code: str, rows: list[int]) -> None:
    assert of_records(*({"rating": rating} for rating in ratings)) == [(row, code) for row in rows]


def training(*ends: str) -> dict[str, Any]:
    return {"trainings": [{"end": end} for end in ends]}


def test_one_date_that_has_the_month_first_makes_doubtful_what_can_be_read_both_ways() -> None:
    """3/4 can; 5/5 is one day either way, 12/31 the proof, and 12/32 no date and no proof."""
    assert of_records(training("3/4/2021", "5/5/2021"), training("12/31/2021")) == [(2, "date-month-first")]
    assert of_records(training("3/4/2021", "12/32/2021")) == []


def test_only_a_day_after_the_day_of_measurement_does_not_count_yet() -> None:
    assert of_records(training("2021-12-31", "2022-01-01")) == [(2, "date-future")]
