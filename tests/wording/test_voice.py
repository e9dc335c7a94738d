"""Numbers, dates and periods as they are written in Indonesian and in English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.period import Period
from survey_app.wording.voice import Voice

ID, EN = Voice("id"), Voice("en")


def test_a_decimal_comma_and_a_point_for_thousands_in_indonesian() -> None:
    assert (ID.decimal(Decimal("78.74")), EN.decimal(Decimal("78.74"))) == ("78,74", "78.74")
    assert (ID.count(2000), EN.count(2000)) == ("2.000", "2,000")
    assert ID.decimal(Fraction(12345678, 10)) == "1.234.567,80"


def test_a_half_is_rounded_up_as_in_the_official_number() -> None:
    # 95.325 is the published case in which rounding half to even, or a float, gives 95.32.
    assert ID.decimal(Fraction(95325, 1000)) == "95,33"


def test_a_percentage_of_nobody_is_a_dash() -> None:
    assert (ID.percent(1, 3), ID.percent(0, 0)) == ("33,3%", "–")


@pytest.mark.parametrize(
    ("code", "indonesian", "english", "short"),
    [
        ("2024", "Tahun 2024", "2024", "2024"),
        ("2019-S1", "Semester I 2019", "First half of 2019", "Sem I 2019"),
        ("2024-S2", "Semester II 2024", "Second half of 2024", "Sem II 2024"),
        ("2024-TW3", "Triwulan III 2024", "Quarter 3 of 2024", "TW III 2024"),
        ("2024-08", "Agustus 2024", "August 2024", "Agu 2024"),
    ],
)
def test_every_kind_of_period_has_a_name(code: str, indonesian: str, english: str, short: str) -> None:
    period = Period.parse(code)
    assert (ID.period(period), EN.period(period), ID.short_period(period)) == (indonesian, english, short)


def test_dates_name_the_month() -> None:
    assert (ID.date(date(2026, 3, 1)), EN.date(date(2026, 3, 1))) == ("1 Maret 2026", "1 March 2026")


def test_a_list_keeps_names_with_commas_apart() -> None:
    assert [ID.enumerate(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A dan B", "A, B, dan C"]
    assert EN.enumerate(["A, B", "C"]) == "A, B; and C"
