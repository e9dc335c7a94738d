"""Periods of reporting, written 2024, 2024-S1, 2024-TW3 or 2024-07: half-open runs of local months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.errors import AnalyticsError

_PATTERN = re.compile(r"(?P<year>\d{4})(?:-(?:S(?P<S>[12])|TW(?P<TW>[1-4])|(?P<M>0[1-9]|1[0-2])))?")
#: Years in which a survey can have been held; the calendar of the computer ends at 9999.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS = {"year": 12, "semester": 6, "quarter": 3, "month": 1}
#: The length in months of the parts of a period.
_PARTS = {12: 6, 6: 3, 3: 1}


@dataclass(frozen=True, order=True)
class Period:
    """A calendar period. Ordered by its first month.

    Attributes:
        start: first month, counted as year x 12 + month - 1.
        months: 12, 6, 3 or 1.
    """

    start: int
    months: int

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read 2024, 2024-S1, 2024-TW3 or 2024-07.

        Raises:
            AnalyticsError: `period-format` for anything else.
        """
        match = _PATTERN.fullmatch(text.strip())
        if match is None or not _FIRST_YEAR <= int(match["year"]) <= _LAST_YEAR:
            raise AnalyticsError("period-format", got=text, expected="2024, 2024-S1, 2024-TW3 or 2024-07")
        start = int(match["year"]) * 12
        for part, months in (("S", 6), ("TW", 3), ("M", 1)):
            if match[part]:
                return cls(start + (int(match[part]) - 1) * months, months)
        return cls(start, 12)

    @classmethod
    def containing(cls, day: date, kind: str) -> Period:
        """The period of `kind` (year, semester, quarter, month) that `day` lies in."""
        months = _MONTHS[kind]
        index = day.year * 12 + day.month - 1
        return cls(index - index % 12 % months, months)

    @classmethod
    def of_month(cls, number: int) -> Period:
        """The month written yyyymm, as `month_range` has it."""
        return cls(number // 100 * 12 + number % 100 - 1, 1)

    @property
    def kind(self) -> str:
        """year, semester, quarter or month."""
        return next(kind for kind, months in _MONTHS.items() if months == self.months)

    @property
    def first_day(self) -> date:
        return _first_day(self.start)

    @property
    def last_day(self) -> date:
        return self.end_day - timedelta(days=1)

    @property
    def end_day(self) -> date:
        """The day after the last: the period is half-open."""
        return _first_day(self.start + self.months)

    @property
    def month_range(self) -> tuple[int, int]:
        """First and last month as yyyymm, both inclusive."""
        return _yyyymm(self.start), _yyyymm(self.start + self.months - 1)

    @property
    def parts(self) -> tuple[Period, ...]:
        """Its halves, quarters or months in order; none for a month."""
        length = _PARTS.get(self.months)
        if length is None:
            return ()
        return tuple(Period(start, length) for start in range(self.start, self.start + self.months, length))

    @property
    def whole(self) -> Period | None:
        """The period of whose `parts` it is one; None for a year."""
        length = next((whole for whole, part in _PARTS.items() if part == self.months), None)
        return None if length is None else Period(self.start - self.start % length, length)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a month; of calendar periods one then holds the other."""
        return self.start < other.start + other.months and other.start < self.start + self.months

    def shift(self, steps: int) -> Period:
        """The period `steps` of its own length later (earlier when negative)."""
        return Period(self.start + steps * self.months, self.months)

    def __str__(self) -> str:
        year, month = divmod(self.start, 12)
        part = month // self.months + 1
        suffix = {12: "", 6: f"-S{part}", 3: f"-TW{part}", 1: f"-{part:02d}"}[self.months]
        return f"{year:04d}{suffix}"


def _first_day(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _yyyymm(index: int) -> int:
    return index // 12 * 100 + index % 12 + 1
