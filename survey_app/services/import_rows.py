"""One row of an import file: which column is what, and what its cells say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from analytics.period import Period
from survey_app.errors import Problem, Refused
from survey_app.instruments import Instrument, ProfileField
from survey_app.text import Text

#: Which unsur columns U8 and U9 hold: the questionnaire's order, or that of the regulation's narrative.
Order = Literal["form", "narrative"]

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S")
_OTHER = {"tanggal": "date", "date": "date", "layanan": "service", "service": "service"}
_OTHER |= {"saran": "comment", "komentar": "comment", "comment": "comment"}


@dataclass(frozen=True)
class Columns:
    """Where each thing stands: unsur by key, profile fields by key, others by name."""

    instrument: Instrument
    unsur: Mapping[str, int]
    profile: Mapping[str, int]
    other: Mapping[str, int]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """What a row says. `day` is None when it has no date."""

    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    service: str | None
    comment: str | None
    day: date | None
    problems: tuple[Problem, ...]


def read_columns(header: Sequence[str], instrument: Instrument, order: Order | None) -> Columns:
    """Match the header with the instrument.

    Raises:
        Refused: `order-needed` when U8 and U9 could mean two things, `columns-missing` for absent unsur,
            `columns-repeated` for two columns of one meaning.
    """
    names = [re.sub(r"[\s-]+", "_", name.strip().lower()) for name in header]
    unsur_of = _unsur_names(names, instrument, order)
    fields = {field.key for field in instrument.profile}
    unsur: dict[str, int] = {}
    profile: dict[str, int] = {}
    other: dict[str, int] = {}
    ignored = []
    for position, name in enumerate(names):
        if name in unsur_of:
            _place(unsur, unsur_of[name], position)
        elif name in fields:
            _place(profile, name, position)
        elif name in _OTHER:
            _place(other, _OTHER[name], position)
        elif name:
            ignored.append(header[position])
    missing = [e for e in instrument.elements if e.key not in unsur]
    if missing:
        text = Text("Kolom unsur kurang: {names}", "Unsur columns are missing: {names}")
        listed = ", ".join(f"{e.number} ({e.key})" for e in missing)
        raise Refused("columns-missing", text.format(names=listed))
    return Columns(instrument, unsur, profile, other, tuple(ignored))


def read_row(columns: Columns, cells: Sequence[str], period: Period) -> Row:
    """Read the cells of one row; whether the answers are right is for intake to say."""
    problems: list[Problem] = []
    answers = {key: _score(key, cells[at], problems) for key, at in columns.unsur.items()}
    fields = {field.key: field for field in columns.instrument.profile}
    profile = {key: _option(fields[key], cells[at]) for key, at in columns.profile.items()}
    other = {name: cells[at] or None for name, at in columns.other.items()}
    day = _day(other.get("date"), period, problems)
    return Row(answers, profile, other.get("service"), other.get("comment"), day, tuple(problems))


def _unsur_names(names: Sequence[str], instrument: Instrument, order: Order | None) -> dict[str, str]:
    by_number = {e.number.lower(): e.key for e in instrument.elements}
    disputed = [e.number.lower() for e in instrument.elements if e.key in ("sarpras", "pengaduan")]
    if len(disputed) == 2 and any(name in disputed for name in names):
        if order is None:
            raise _order_needed(disputed)
        if order == "narrative":
            first, second = disputed
            by_number[first], by_number[second] = by_number[second], by_number[first]
    return {**by_number, **{key: key for key in instrument.keys}}


def _place(columns: dict[str, int], name: str, position: int) -> None:
    if name in columns:
        text = Text("Kolom untuk {name} ada dua", "There are two columns for {name}")
        raise Refused("columns-repeated", text.format(name=name))
    columns[name] = position


def _score(key: str, cell: str, problems: list[Problem]) -> int | None:
    if cell in ("", "0", "-"):
        return None
    if re.fullmatch(r"[0-9]{1,4}([.,]0+)?", cell):
        return int(re.split("[.,]", cell)[0])
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
    """The option's key for a key, label or number (an age); an unknown text stays, for intake to refuse."""
    if cell.isdecimal() and len(cell) <= 3:
        for option in field.options:
            if option.holds(int(cell)):
                return option.key
    for option in field.options:
        if cell.lower() in (option.key.lower(), option.label.id.lower(), option.label.en.lower()):
            return option.key
    return cell


def _day(cell: str | None, period: Period, problems: list[Problem]) -> date | None:
    if cell is None:
        return None
    day = _parse_day(cell)
    if day is None:
        problems.append(
            Problem.of(
                "date-unreadable",
                "tanggal",
                "Tanggal {cell!r} harus 2024-07-31 atau 31/07/2024.",
                "The date {cell!r} must be 2024-07-31 or 31/07/2024.",
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
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007  # a calendar day has no zone
        except ValueError:
            continue
    return None


def _order_needed(disputed: Sequence[str]) -> Refused:
    text = Text(
        "Kolom {numbers} dapat berarti dua hal: kuesioner PermenPANRB 14/2017 menaruh sarana prasarana "
        "sebelum pengaduan, uraiannya sebaliknya. Sebutkan --order form atau --order narrative, "
        "atau beri nama kolom sarpras dan pengaduan",
        "The columns {numbers} can mean two things: the questionnaire of PermenPANRB 14/2017 has "
        "facilities before complaints, its narrative the other way round. Give --order form or "
        "--order narrative, or name the columns sarpras and pengaduan",
    )
    return Refused("order-needed", text.format(numbers=" dan ".join(n.upper() for n in disputed)))
