"""Days, periods and moments as people read them, in both languages; never in UTC.

Addresses, files for machines and logs have ISO 8601 and 2026-TW3 instead. Whoever shows a moment says by
whose clock: by the unit's, or for many units together by the office's (`settings.default_time_zone`).
"""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from analytics import Period
from survey_app.languages import Language

_ROMAN = ("I", "II", "III", "IV")


def day(at: date, language: Language) -> str:
    """28 November 2026, in both languages."""
    return format_date(at, "d MMMM y", language)


def short_day(at: date, language: Language) -> str:
    """28 Nov 2026: for cells of tables."""
    return format_date(at, "d MMM y", language)


def short_month(at: date, language: Language) -> str:
    """Nov 2026."""
    return format_date(at, "MMM y", language)


def time_of_day(at: datetime, language: Language) -> str:
    """14.05 with a dot in Indonesian (EYD V), 14:05 in English."""
    return f"{at:{'%H:%M' if language == 'en' else '%H.%M'}}"


def moment(at: datetime, language: Language) -> str:
    """28 November 2026 pukul 14.05 WITA; 28 November 2026 at 14:05 WITA.

    `at` is aware: it is told by the clock that it carries, whose name stands behind it.
    """
    at_or_pukul = "at" if language == "en" else "pukul"
    return f"{day(at, language)} {at_or_pukul} {time_of_day(at, language)} {at:%Z}"


def short_moment(at: datetime, language: Language) -> str:
    """28 Nov 2026, 14.05: for cells of tables whose page says whose clock it is."""
    return f"{short_day(at, language)}, {time_of_day(at, language)}"


def period(period: Period, language: Language) -> str:
    """Semester I 2019 or First half of 2019; Triwulan III 2024; Juli 2024; Tahun 2024."""
    year, part = _place(period)
    english = language == "en"
    match period.kind:
        case "year":
            return f"{year}" if english else f"Tahun {year}"
        case "semester":
            return (
                f"{('First', 'Second')[part]} half of {year}"
                if english
                else f"Semester {_ROMAN[part]} {year}"
            )
        case "quarter":
            return f"Quarter {part + 1} of {year}" if english else f"Triwulan {_ROMAN[part]} {year}"
        case _:
            return format_date(period.first_day, "MMMM y", language)


def short_period(period: Period, language: Language) -> str:
    """The period under a tick of an axis: 2019, Sem I 2019, TW III 2024, Jul 2024; H1 2019, Q3 2024."""
    year, part = _place(period)
    english = language == "en"
    match period.kind:
        case "year":
            return f"{year}"
        case "semester":
            return f"H{part + 1} {year}" if english else f"Sem {_ROMAN[part]} {year}"
        case "quarter":
            return f"Q{part + 1} {year}" if english else f"TW {_ROMAN[part]} {year}"
        case _:
            return short_month(period.first_day, language)


def _place(period: Period) -> tuple[int, int]:
    """Year and number of the period within it, from 0."""
    year, month = divmod(period.start, 12)
    return year, month // period.months
