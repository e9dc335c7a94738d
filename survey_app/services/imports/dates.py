"""When the rows of a file were answered: which of day and month stands first, and in which zone a clock runs.

Indonesia writes the day first, a form from America the month. One date that is impossible in one of the two
ways tells for the whole column; a column without any is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from survey_app.errors import Refused
from survey_app.services.imports.words import words
from survey_app.text import Text

#: What stands first in a date of three numbers that does not begin with the year.
Dates = Literal["day-first", "month-first"]

_ZONE = r"WIB|WITA|WIT|Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT"
#: A time of day behind a date, with or without its zone.
_CLOCK = (
    r"(?:(?:T|,\s*|\s+)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    rf"(?:\s*(?P<half>[AP])\.?M\.?)?(?:\s*(?P<zone>{_ZONE}))?)?"
)
_YEAR_FIRST, _NUMBERS, _NAMED = (
    re.compile(pattern + _CLOCK, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})",
        r"(?:[^\d,]+,\s*)?(?P<day>\d{1,2})[ -]+(?P<month>[^\W\d_]+)\.?[ -]+(?P<year>\d{4})",
    )
)
_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9, "Z": 0, "UTC": 0, "GMT": 0}
_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?", re.IGNORECASE)
#: How many cells of a column a question about it names, and how.
_SHOWN = 3
_IN_LINE = Text("“{cell}” (baris {line})", "“{cell}” (line {line})")


@dataclass(frozen=True)
class Answered:
    """The day in the unit's zone, and the moment where the cell has a time of day."""

    day: date
    at: datetime | None


@dataclass(frozen=True)
class DateReader:
    """Reads the cells of one column."""

    dates: Dates
    zone: ZoneInfo

    def read(self, cell: str) -> Answered | None:
        """When a row was answered; None for a cell that is no date."""
        match = _YEAR_FIRST.fullmatch(cell) or _NUMBERS.fullmatch(cell) or _NAMED.fullmatch(cell)
        if match is None:
            return None
        try:
            return self._answered(match)
        except (ValueError, OverflowError):
            return None

    def other_days(self, cell: str) -> set[date]:
        """The days that the cell means to whoever reads it in another way: its order, or without its zone."""
        mine = self.read(cell)
        if mine is None:
            return set()
        others = {_written(cell, dates) for dates in get_args(Dates)} - {mine.day, None}
        return {day for day in others if day is not None}

    def _answered(self, match: re.Match[str]) -> Answered:
        day = _date(match, self.dates)
        clock = _clock(match)
        if clock is None:
            return Answered(day, None)
        zone = _zone(match["zone"]) if match["zone"] else self.zone
        at = datetime.combine(day, clock, zone).astimezone(self.zone)
        return Answered(at.date(), at)


def is_date(cell: str) -> bool:
    """Whether a cell is a date in one of the two orders."""
    return any(_written(cell, dates) for dates in get_args(Dates))


def order_of(cells: Iterable[tuple[int, str]], said: Dates | None) -> Dates:
    """What stands first in the dates of a column of (line, cell).

    Raises:
        Refused: `dates-needed` when no date of the column tells, `dates-mixed` when its dates contradict
            each other, or a spreadsheet has turned some of them into other dates.
    """
    if said is not None:
        return said
    filled = [(line, cell) for line, cell in cells if cell]
    numbers = [(line, match) for line, cell in filled if (match := _NUMBERS.fullmatch(cell))]
    proofs: dict[Dates, list[tuple[int, str]]] = {"day-first": [], "month-first": []}
    for line, match in numbers:
        first, second = int(match["day"]), int(match["month"])
        if first <= 12 < second:
            proofs["month-first"].append((line, match[0]))
        elif second <= 12 < first:
            proofs["day-first"].append((line, match[0]))
    day, month = proofs["day-first"], proofs["month-first"]
    if day and month:
        raise _mixed([day[0], month[0]])
    if numbers and len(day + month) == len(numbers):
        _refuse_converted(filled, (day + month)[0])
    doubtful = [(line, f[0]) for line, f in numbers if int(f["day"]) != int(f["month"])]
    if doubtful and not day and not month:
        raise _needed(doubtful)
    return "month-first" if month else "day-first"


def _refuse_converted(filled: Sequence[tuple[int, str]], text: tuple[int, str]) -> None:
    """Excel makes dates of what its own order allows, day and month changed, and leaves the rest as text."""
    real = [(line, cell, found) for line, cell in filled if (found := _YEAR_FIRST.fullmatch(cell))]
    if real and all(int(found["day"]) <= 12 for _, _, found in real):
        raise _mixed([text, real[0][:2]])


def _written(cell: str, dates: Dates) -> date | None:
    """The day as it stands in the cell, in no zone."""
    match = _YEAR_FIRST.fullmatch(cell) or _NUMBERS.fullmatch(cell) or _NAMED.fullmatch(cell)
    try:
        return None if match is None else _date(match, dates)
    except ValueError:
        return None


def _date(match: re.Match[str], dates: Dates) -> date:
    day, month = match["day"], match["month"]
    if match.re is _NUMBERS and dates == "month-first":
        day, month = month, day
    number = int(month) if month.isdecimal() else words().months.get(month.lower(), 0)
    return date(int(match["year"]), number, int(day))


def _clock(match: re.Match[str]) -> time | None:
    if match["hour"] is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + 12 * (match["half"].upper() == "P")
    micro = int((match["fraction"] or "0").ljust(6, "0")[:6])
    return time(hour, int(match["minute"]), int(match["second"] or 0), micro)


def _zone(name: str) -> timezone:
    if (hours := _HOURS.get(name.upper())) is not None:
        return timezone(timedelta(hours=hours))
    match = _OFFSET.fullmatch(name)
    assert match is not None  # the pattern of the clock let nothing else through
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    return timezone(-offset if match["sign"] == "-" else offset)


def _needed(doubtful: Sequence[tuple[int, str]]) -> Refused:
    text = Text(
        "Tanggal seperti {cells} dapat berarti dua hal, dan tidak ada tanggal lain di kolom itu yang "
        "memastikannya. Sebutkan --dates day-first (tanggal lebih dahulu) atau --dates month-first "
        "(bulan lebih dahulu).",
        "Dates like {cells} can mean two things, and no date in the column settles it. Give --dates "
        "day-first or --dates month-first.",
    )
    return Refused("dates-needed", text.format(cells=_listed(doubtful)))


def _mixed(found: Sequence[tuple[int, str]]) -> Refused:
    text = Text(
        "Tanggal di satu kolom ditulis dengan dua cara: {cells}. Mungkin Excel menukar sebagian tanggal dan "
        "bulan. Perbaiki kolomnya di berkas asal, atau sebutkan --dates day-first atau --dates month-first; "
        "tanggal yang diawali tahun lalu dipakai seperti tertulis.",
        "The dates of one column are written in two ways: {cells}. Excel may have changed day and month in "
        "some. Correct the column in the original file, or give --dates day-first or --dates month-first; "
        "dates that begin with the year are then taken as they stand.",
    )
    return Refused("dates-mixed", text.format(cells=_listed(found)))


def _listed(found: Sequence[tuple[int, str]]) -> Text:
    cells = [_IN_LINE.format(cell=cell, line=line) for line, cell in found[:_SHOWN]]
    return Text(", ".join(text.id for text in cells), ", ".join(text.en for text in cells))
