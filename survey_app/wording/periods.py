"""Periods in words, and the list a person chooses from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics import Period
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice

KINDS: dict[str, Text] = {
    "month": Text("Bulan", "Month"),
    "quarter": Text("Triwulan", "Quarter"),
    "semester": Text("Semester", "Half-year"),
    "year": Text("Tahun", "Year"),
}


def name(period: Period, language: Language) -> str:
    """Juli 2026, Triwulan III 2026, Semester I 2026, Tahun 2026."""
    return Voice(language).period(period)


def short(period: Period, language: Language) -> str:
    """A name that fits an axis: Jul 2026, TW3 2026, S1 2026, 2026."""
    return Voice(language).short_period(period)


def choices(first: date, last: date, kind: str) -> list[Period]:
    """Periods of `kind` from the one that holds `last` back to the one that holds `first`."""
    oldest, newest = Period.containing(first, kind), Period.containing(last, kind)
    return [newest.shift(-back) for back in range((newest.start - oldest.start) // newest.months + 1)]


def last_over(offered: Sequence[Period], today: date) -> int:
    """The place of the newest period that is over, of `offered` from the newest; else the first place."""
    return next((i for i, period in enumerate(offered) if period.end_day <= today), 0)
