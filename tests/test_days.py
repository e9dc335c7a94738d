"""Days, periods and moments as people read them, by the clock of whoever is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from analytics.period import Period
from survey_app import days
from survey_app.text import Text

#: In the evening in UTC, and the day after in Samarinda.
EVENING = datetime(2026, 11, 27, 20, 5, tzinfo=UTC)
SAMARINDA = EVENING.astimezone(ZoneInfo("Asia/Makassar"))


def test_a_moment_is_told_by_the_clock_it_carries_and_names_it() -> None:
    assert days.moment(SAMARINDA, "id") == "28 November 2026 pukul 04.05 WITA"
    assert days.moment(SAMARINDA, "en") == "28 November 2026 at 04:05 WITA"
    assert days.moment(EVENING.astimezone(ZoneInfo("Asia/Jakarta")), "id").endswith("pukul 03.05 WIB")
    assert days.moment(EVENING.astimezone(ZoneInfo("Asia/Jayapura")), "id").endswith("pukul 05.05 WIT")


def test_a_cell_has_less_room() -> None:
    assert days.short_moment(SAMARINDA, "id") == "28 Nov 2026, 04.05"
    assert days.short_moment(SAMARINDA, "en") == "28 Nov 2026, 04:05"
    assert [days.short_day(date(2026, m, 1), "id").split()[1] for m in (5, 8, 10, 12)] == [
        *("Mei", "Agu", "Okt", "Des")
    ]


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (date(2026, 8, 17), "17 Agustus 2026", "17 August 2026"),
        (Period.parse("2026-TW3"), "Triwulan III 2026", "Quarter 3 of 2026"),
        (SAMARINDA, "28 November 2026 pukul 04.05 WITA", "28 November 2026 at 04:05 WITA"),
        (Text("mutu", "grade"), "mutu", "grade"),
        (7, "7", "7"),
    ],
)
def test_a_sentence_writes_what_it_is_filled_with_in_its_own_language(
    value: object, indonesian: str, english: str
) -> None:
    filled = Text("Sampai {it}.", "Until {it}.").format(it=value)
    assert filled == Text(f"Sampai {indonesian}.", f"Until {english}.")
