"""Periods in words, and the list a person chooses from."""

from __future__ import annotations

from datetime import date

from analytics.period import Period
from survey_app.text import Language, Text

KINDS: dict[str, Text] = {
    "month": Text("Bulan", "Month"),
    "quarter": Text("Triwulan", "Quarter"),
    "semester": Text("Semester", "Semester"),
    "year": Text("Tahun", "Year"),
}
_MONTHS = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_PART = {"quarter": Text("Triwulan", "Quarter"), "semester": Text("Semester", "Semester")}


def name(period: Period, language: Language) -> str:
    """Juli 2026, Triwulan III 2026, Semester I 2026, Tahun 2026."""
    year, month = divmod(period.start, 12)
    if period.kind == "year":
        return f"{KINDS['year'].in_language(language)} {year}"
    if period.kind == "month":
        return f"{_MONTHS[language][month]} {year}"
    number = ("I", "II", "III", "IV")[month // period.months]
    return f"{_PART[period.kind].in_language(language)} {number} {year}"


def short(period: Period, language: Language) -> str:
    """A name that fits an axis: Jul 26, TW III 26, S1 26, 2026."""
    year, month = divmod(period.start, 12)
    number = month // period.months
    label = {
        "year": f"{year}",
        "month": f"{_MONTHS[language][month][:3]} {year % 100:02d}",
        "semester": f"S{number + 1} {year % 100:02d}",
        "quarter": f"{'TW' if language == 'id' else 'Q'}{number + 1} {year % 100:02d}",
    }
    return label[period.kind]


def choices(first: date, last: date, kind: str) -> list[Period]:
    """Periods of `kind` from the one that holds `last` back to the one that holds `first`."""
    oldest, newest = Period.containing(first, kind), Period.containing(last, kind)
    return [newest.shift(-back) for back in range((newest.start - oldest.start) // newest.months + 1)]
