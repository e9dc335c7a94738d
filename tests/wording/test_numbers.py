"""Numbers and periods as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.period import Period
from survey_app.text import Language
from survey_app.wording import numbers, periods


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (Decimal("78.74"), "id", "78,74"),
        (Decimal("1234.5"), "id", "1.234,50"),
        (Decimal("1234.5"), "en", "1,234.50"),
        (Fraction(76265, 800), "id", "95,33"),  # 95.33125
        (Fraction(19065, 200), "id", "95,33"),  # 95.325 exactly: half up, where a float would give 95.32
        (2.625, "en", "2.63"),  # a float that is exactly a tie: half up
        (None, "id", "–"),
    ],
)
def test_a_decimal_is_rounded_half_up_and_written_in_the_language(
    value: Decimal | Fraction | float | None, language: Language, expected: str
) -> None:
    assert numbers.decimal(value, language) == expected


def test_shares_intervals_and_differences_have_their_own_forms() -> None:
    assert numbers.percent(Fraction(1, 3), "id", 1) == "33,3%"
    assert numbers.interval((76.104, 81.2), "id") == "76,10–81,20"
    assert numbers.signed(-1.2, "en") == "−1.20"
    assert numbers.signed(Fraction(1, 2), "id") == "+0,50"
    assert [numbers.signed(v, "id") for v in (-0.004, -0.006)] == ["+0,00", "−0,01"]
    assert numbers.whole(1203, "id") == "1.203"
    assert {numbers.percent(None, "id"), numbers.interval(None, "id"), numbers.whole(None, "id")} == {"–"}


def test_an_end_of_an_interval_tells_on_which_side_of_nothing_it_lies() -> None:
    ends = [numbers.limit(v, "id") for v in (-0.004, 0.004, -0.00006, 0.0, -0.006, 1.2)]
    assert ends == ["−0,004", "+0,004", "−0,0001", "+0,00", "−0,01", "+1,20"]
    # Half of the last decimal rounds up, so two decimals are enough.
    assert numbers.limit(Fraction(1, 200), "en") == "+0.01"
    assert numbers.limit(-1e-12, "en") == "+0.00"


@pytest.mark.parametrize(
    ("period", "name", "short"),
    [
        ("2026", "Tahun 2026", "2026"),
        ("2026-S2", "Semester II 2026", "Sem II 2026"),
        ("2026-TW3", "Triwulan III 2026", "TW III 2026"),
        ("2026-08", "Agustus 2026", "Agu 2026"),
    ],
)
def test_a_period_is_named_as_offices_name_it(period: str, name: str, short: str) -> None:
    assert periods.name(Period.parse(period), "id") == name
    assert periods.short(Period.parse(period), "id") == short


def test_choices_run_from_the_newest_period_back_to_the_first_with_answers() -> None:
    offered = periods.choices(date(2025, 11, 1), date(2026, 5, 1), "quarter")
    assert [str(p) for p in offered] == ["2026-TW2", "2026-TW1", "2025-TW4"]


def test_publishing_begins_with_the_newest_period_that_is_over() -> None:
    offered = periods.choices(date(2025, 11, 1), date(2026, 5, 1), "quarter")
    assert periods.last_over(offered, date(2026, 6, 30)) == 1  # the second quarter ends with that day
    assert periods.last_over(offered, date(2026, 7, 1)) == 0
    assert periods.last_over(offered[:1], date(2026, 6, 30)) == 0  # nothing is over yet
