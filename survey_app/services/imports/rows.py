"""One row of an import file: what its cells say, what is wrong with it, and what was left out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from analytics import Period
from survey_app.errors import Problem
from survey_app.instruments import Instrument, Option, ProfileField
from survey_app.services.answers.checks import redacted_comment
from survey_app.services.imports.columns import Columns
from survey_app.services.imports.dates import Answered, DateReader
from survey_app.services.imports.labels import total_in
from survey_app.services.imports.scores import ScoreReader
from survey_app.services.imports.words import plain, words
from survey_app.text import Text

#: An age, with or without its unit.
_AGE = re.compile(r"(\d{1,3})(?:[.,]0+)?(?:\s*(?:tahun|thn|th|years?))?\.?", re.IGNORECASE)
#: Behind a degree: what counts as the same.
_ALIKE = ("setara", "sederajat")
NO_OPTION = Text(
    "“{cell}” tidak ada di antara pilihan {name} sehingga dicatat sebagai tidak diisi; yang ada: {options}.",
    "“{cell}” is not an option of {name}, so it counts as not filled in; the options are: {options}.",
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a row says.

    Attributes:
        day: in the unit's zone, None when it has no date; `at` is the moment where it has a time of day.
        other_days: the days it would have to whoever reads its date in another way.
        problems: why it cannot be taken; `remarks`: what of it was not taken.
    """

    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    service: str | None
    comment: str | None
    day: date | None
    at: datetime | None
    other_days: frozenset[date]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True)
class RowReader:
    """What is known of a file before its rows are read."""

    header: Sequence[str]
    columns: Columns
    scores: ScoreReader
    dates: DateReader
    period: Period

    def read(self, cells: Sequence[str]) -> Row:
        """Read the cells of one row; whether the answers are right is for intake to say."""
        total = total_in(self.columns, self.header, cells)
        if total is not None:
            return Row(
                answers={},
                profile={},
                service=None,
                comment=None,
                day=None,
                at=None,
                other_days=frozenset(),
                problems=(total,),
                remarks=(),
            )
        columns, problems, remarks = self.columns, list[Problem](), list[Problem]()
        answers = {key: self.scores.read(key, cells[at], problems) for key, at in columns.unsur.items()}
        fields = {field.key: field for field in columns.instrument.profile}
        profile = {key: _option(fields[key], cells[at], remarks) for key, at in columns.profile.items()}
        other = {name: cells[at] or None for name, at in columns.other.items()}
        comment = _comment(columns.instrument, other.get("comment"), remarks)
        written = other.get("date") or ""
        answered = self._answered(written, problems)
        return Row(
            answers=answers,
            profile=profile,
            service=other.get("service"),
            comment=comment,
            day=answered.day if answered else None,
            at=answered.at if answered else None,
            other_days=frozenset(self.dates.other_days(written)) if written else frozenset(),
            problems=tuple(problems),
            remarks=tuple(remarks),
        )

    def _answered(self, cell: str, problems: list[Problem]) -> Answered | None:
        if not cell:
            return None
        answered = self.dates.read(cell)
        if answered is None:
            problems.append(_unreadable(cell))
        elif not self.period.first_day <= answered.day < self.period.end_day:
            problems.append(
                Problem.of(
                    "date-outside-period",
                    "tanggal",
                    "Tanggal {day} di luar periode {period}.",
                    "The date {day} is outside the period {period}.",
                    day=answered.day,
                    period=self.period,
                )
            )
        return answered


def _unreadable(cell: str) -> Problem:
    return Problem.of(
        "date-unreadable",
        "tanggal",
        "Tanggal “{cell}” harus seperti 2024-07-31, 31/07/2024, atau 31 Juli 2024.",
        "The date “{cell}” must be like 2024-07-31, 31/07/2024 or 31 Juli 2024.",
        cell=cell,
    )


def _option(field: ProfileField, cell: str, remarks: list[Problem]) -> str:
    """The option's key for a key, label, spelling or age; an unknown word is left out, and remarked on."""
    if words().is_blank(cell):
        return ""
    if age := _AGE.fullmatch(cell):
        for option in field.options:
            if option.holds(int(age[1])):
                return option.key
    for text in (cell, _without_alike(cell)):
        spelt = words().options.get(field.key, {}).get(plain(text))
        for option in field.options:
            if text.lower() == option.key.lower() or option.key == spelt or plain(text) in _names(option):
                return option.key
    remarks.append(_unknown_option(field, cell))
    return ""


def _without_alike(cell: str) -> str:
    name = plain(cell)
    return next((name.removesuffix(word) for word in _ALIKE if name.endswith(word)), cell)


def _unknown_option(field: ProfileField, cell: str) -> Problem:
    labels = [o.label for o in field.options]
    return Problem(
        "profile-unknown",
        f"profile.{field.key}",
        NO_OPTION.format(
            cell=cell,
            name=field.name,
            options=Text(", ".join(t.id for t in labels), ", ".join(t.en for t in labels)),
        ),
    )


def _names(option: Option) -> list[str]:
    """What an option is called; the key of a range is more than its letters and digits."""
    ranged = option.low is not None or option.high is not None
    names = (option.label.id, option.label.en) if ranged else (option.key, option.label.id, option.label.en)
    return [plain(name) for name in names]


def _comment(instrument: Instrument, cell: str | None, remarks: list[Problem]) -> str | None:
    """The comment, cut where it is longer than the questionnaire takes."""
    comment, limit = redacted_comment(cell), instrument.comment_max
    if comment is None or len(comment) <= limit:
        return comment
    remarks.append(
        Problem.of(
            "comment-cut",
            "comment",
            "Masukan sepanjang {length} huruf dipotong menjadi {limit}.",
            "A comment of {length} characters was cut to {limit}.",
            length=len(comment),
            limit=limit,
        )
    )
    return comment[: limit - 1].rstrip() + "…"
