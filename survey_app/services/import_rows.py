"""One row of an import file: what its cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.period import Period
from survey_app.errors import Problem
from survey_app.instruments import Option, ProfileField
from survey_app.services.import_columns import Columns
from survey_app.services.import_words import plain, words

#: A time of day behind a date, with or without the name of a zone. It does not change the day.
_CLOCK = (
    r"(?:(?:T|,\s*|\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*[AP]M)?(?:\s*(?:WIB|WITA|WIT|GMT\+\d{1,2}))?)?"
)
#: The day stands first, as Indonesia writes, unless the year does.
_DATES = tuple(
    re.compile(pattern + _CLOCK, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})",
        r"(?:[^\d,]+,\s*)?(?P<day>\d{1,2})[ -]+(?P<month>[^\W\d_]+)\.?[ -]+(?P<year>\d{4})",
    )
)
#: An age, with or without its unit.
_AGE = re.compile(r"(\d{1,3})(?:[.,]0+)?(?:\s*(?:tahun|thn|th|years?))?\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """What a row says. `day` is None when it has no date."""

    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    service: str | None
    comment: str | None
    day: date | None
    problems: tuple[Problem, ...]


def read_row(columns: Columns, cells: Sequence[str], period: Period) -> Row:
    """Read the cells of one row; whether the answers are right is for intake to say."""
    total = _named_as_total(columns, cells)
    if total is not None:
        return Row({}, {}, None, None, None, (total,))
    problems: list[Problem] = []
    answers = {key: _score(key, cells[at], problems) for key, at in columns.unsur.items()}
    fields = {field.key: field for field in columns.instrument.profile}
    profile = {key: _option(fields[key], cells[at]) for key, at in columns.profile.items()}
    other = {name: cells[at] or None for name, at in columns.other.items()}
    day = _day(other.get("date"), period, problems)
    return Row(answers, profile, other.get("service"), other.get("comment"), day, tuple(problems))


def _named_as_total(columns: Columns, cells: Sequence[str]) -> Problem | None:
    """What is wrong with a row of totals or means, which is nobody's sheet. Comments may say anything."""
    free = columns.other.get("comment")
    named = [c for at, c in enumerate(cells) if len(c) > 2 and at != free and words().names_total(c)]
    if not named:
        return None
    return Problem.of(
        "row-total",
        "",
        "Baris {cell!r} adalah jumlah atau rata-rata, bukan lembar jawaban; hapus dari berkas.",
        "The row {cell!r} is a total or a mean, not an answer sheet; take it out of the file.",
        cell=named[0],
    )


def _score(key: str, cell: str, problems: list[Problem]) -> int | None:
    if cell in ("", "-"):
        return None
    if re.fullmatch(r"[0-9]{1,4}([.,]0+)?", cell):
        return int(re.split("[.,]", cell)[0]) or None
    problems.append(
        Problem.of(
            "score-unreadable",
            f"answers.{key}",
            "Nilai {cell!r} bukan angka bulat.",
            "The score {cell!r} is not a whole number.",
            cell=cell,
        )
    )
    return None


def _option(field: ProfileField, cell: str) -> str:
    """The option's key for a key, label, spelling or age; an unknown text stays, for intake to refuse."""
    if age := _AGE.fullmatch(cell):
        for option in field.options:
            if option.holds(int(age[1])):
                return option.key
    spelt = words().options.get(field.key, {}).get(plain(cell))
    for option in field.options:
        if cell.lower() == option.key.lower() or option.key == spelt or plain(cell) in _names(option):
            return option.key
    return cell


def _names(option: Option) -> list[str]:
    """What an option is called; the key of a range is more than its letters and digits."""
    ranged = option.low is not None or option.high is not None
    names = (option.label.id, option.label.en) if ranged else (option.key, option.label.id, option.label.en)
    return [plain(name) for name in names]


def _day(cell: str | None, period: Period, problems: list[Problem]) -> date | None:
    if cell is None:
        return None
    day = _parse_day(cell)
    if day is None:
        problems.append(
            Problem.of(
                "date-unreadable",
                "tanggal",
                "Tanggal {cell!r} harus seperti 2024-07-31, 31/07/2024, atau 31 Juli 2024.",
                "The date {cell!r} must be like 2024-07-31, 31/07/2024 or 31 Juli 2024.",
                cell=cell,
            )
        )
        return None
    if not period.first_day <= day < period.end_day:
        problems.append(
            Problem.of(
                "date-outside-period",
                "tanggal",
                "Tanggal {day} di luar periode {period}.",
                "The date {day} is outside the period {period}.",
                day=day,
                period=period,
            )
        )
    return day


def _parse_day(cell: str) -> date | None:
    for form in _DATES:
        if found := form.fullmatch(cell):
            month = found["month"]
            number = int(month) if month.isdecimal() else words().months.get(month.lower(), 0)
            try:
                return date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                return None
    return None
