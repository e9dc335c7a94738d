"""Checks on rows of IP ASN before anything is stored: every problem with its row, nothing hidden."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from analytics.ip_asn.employee import STATUSES, Employee, Penalty, Training
from analytics.ip_asn.ruleset import DIMENSIONS, Level, Ruleset
from analytics.ip_asn.scoring import HIGHEST_RATING

#: A printed total may differ from its parts by rounding, not by more.
TOLERANCE = Decimal("0.01")
#: Hours of one training: a year of working days with eight hours each is 2,000.
MOST_HOURS = 2000
#: The first year a training or penalty of somebody in service may be of.
FIRST_YEAR = 1950
#: A number as people and spreadsheets write it, in digits of this script.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


@dataclass(frozen=True)
class RowProblem:
    """One finding: row as the reader sees it, stable code, field, what is there, what should be.

    `difference` is total minus parts for `total-differs`.
    """

    row: int
    code: str
    field: str
    got: str
    expected: str
    difference: Decimal | None = None


def check_scores(
    rows: Sequence[Mapping[str, Any]], ruleset: Ruleset, units: Collection[str], *, first_row: int = 1
) -> tuple[RowProblem, ...]:
    """Problems of rows that give dimension scores, as BKN's export does.

    Args:
        rows: per employee `unit`, `status`, the four dimensions and `total`; `jabatan` (a key of the rule
            set) when known, without which the competence total is checked against all groups of posts.
        units: names or codes of the units that exist.
        first_row: number of the first row as the reader sees it.

    Codes: `unit-unknown`, `status-unknown`, `jabatan-unknown`, `not-a-number`, `score-range`,
    `kompetensi-impossible` and `score-impossible` (only where the rule set computes scores, so that the
    scores a dimension can have are known), `total-differs`.

    Missing data: an absent or empty dimension, total, status or jabatan is not a problem here; completeness
    counts it.
    """
    return tuple(
        problem
        for number, row in enumerate(rows, start=first_row)
        for problem in _scores(number, row, ruleset, units)
    )


def check_records(
    rows: Sequence[Mapping[str, Any]], ruleset: Ruleset, units: Collection[str], *, first_row: int = 1
) -> tuple[RowProblem, ...]:
    """Problems of raw records, from which scores are to be computed.

    Args:
        rows: per employee `unit`, `status`, `jabatan`, `pendidikan`, `rating`; `trainings` as a sequence of
            mappings with `kind`, `end` (a date or its text) and `jp`; `penalties` with `level` and `on`.

    Codes: `ruleset-partial` (once, for the whole file), `unit-unknown`, `status-unknown`, `jabatan-unknown`,
    `pendidikan-unknown`, `rating-unknown`, `not-a-number`, `rating-range`, `jp-range`, `training-unknown`,
    `penalty-unknown`, `not-a-date`, `date-range`. A row without any can be given to `employee_of_row`.
    """
    if not ruleset.computes:
        unknown = "; ".join(ruleset.unknown)
        return (RowProblem(first_row, "ruleset-partial", "ruleset", ruleset.id, f"known rules. {unknown}"),)
    return tuple(
        problem
        for number, row in enumerate(rows, start=first_row)
        for problem in _record(number, row, ruleset, units)
    )


def _scores(
    number: int, row: Mapping[str, Any], ruleset: Ruleset, units: Collection[str]
) -> Iterator[RowProblem]:
    yield from _known(number, row, "unit", units, required=True)
    yield from _known(number, row, "status", STATUSES)
    if ruleset.kompetensi:
        yield from _known(number, row, "jabatan", _jabatan(ruleset))
    values: dict[str, Decimal] = {}
    for field in (*DIMENSIONS, "total"):
        if not _empty(row.get(field)):
            value = decimal_of(row[field])
            if value is None:
                yield RowProblem(number, "not-a-number", field, str(row[field]), "a number")
            else:
                values[field] = value
    outside = tuple(_ranges(number, values, ruleset))
    yield from outside
    within = {field: value for field, value in values.items() if field not in {p.field for p in outside}}
    yield from _grid(number, within, row.get("jabatan"), ruleset)
    yield from _total(number, values)


def _record(
    number: int, row: Mapping[str, Any], ruleset: Ruleset, units: Collection[str]
) -> Iterator[RowProblem]:
    yield from _known(number, row, "unit", units, required=True)
    yield from _known(number, row, "status", STATUSES, required=True)
    yield from _known(number, row, "jabatan", _jabatan(ruleset), required=True)
    yield from _known(number, row, "pendidikan", _names(ruleset.kualifikasi))
    if ruleset.rated_by == "predicate":
        yield from _known(number, row, "rating", _names(ruleset.kinerja), code="rating-unknown")
    else:
        yield from _within(number, row, "rating", HIGHEST_RATING)
    kinds = sorted({part.kind for group in ruleset.kompetensi for part in group.parts})
    for training in row.get("trainings") or ():
        yield from _known(number, training, "kind", kinds, required=True, code="training-unknown")
        yield from _dated(number, training, "end")
        yield from _within(number, {"jp": 0, **training}, "jp", MOST_HOURS, required=True)
    levels = _names(ruleset.disiplin[1:])
    for penalty in row.get("penalties") or ():
        yield from _known(number, penalty, "level", levels, required=True, code="penalty-unknown")
        yield from _dated(number, penalty, "on")


def employee_of_row(row: Mapping[str, Any], person: str, measured_on: date) -> Employee:
    """The record of a row in which `check_records` found nothing.

    Args:
        person: the pseudonym that stands for the NIP.
        measured_on: the day the windows count back from.
    """
    trainings = (
        Training(t["kind"], int(decimal_of(t.get("jp", 0)) or 0), _date(t["end"]), t.get("for_post", True))
        for t in row.get("trainings") or ()
    )
    return Employee(
        id=person,
        unit=row["unit"],
        status=row["status"],
        jabatan=row["jabatan"],
        pendidikan=_text(row.get("pendidikan")),
        rating=_text(row.get("rating")),
        measured_on=measured_on,
        trainings=tuple(trainings),
        penalties=tuple(Penalty(p["level"], _date(p["on"])) for p in row.get("penalties") or ()),
        penyetaraan=bool(row.get("penyetaraan", False)),
    )


def decimal_of(value: object) -> Decimal | None:
    """A finite decimal, whose mark may be a comma as in Indonesian; None for anything else."""
    written = str(value).strip()
    if not _NUMBER.fullmatch(written):
        return None
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None


def _known(
    number: int,
    row: Mapping[str, Any],
    field: str,
    known: Collection[str],
    *,
    required: bool = False,
    code: str = "",
) -> Iterator[RowProblem]:
    value = row.get(field)
    if value in known or (_empty(value) and not required):
        return
    expected = "one of " + ", ".join(sorted(known)) if len(known) <= 12 else f"one of {len(known)} known"
    yield RowProblem(number, code or f"{field}-unknown", field, "" if value is None else str(value), expected)


def _within(
    number: int, row: Mapping[str, Any], field: str, most: int, *, required: bool = False
) -> Iterator[RowProblem]:
    """A number from 0 to `most`; an empty one is no problem unless it is required."""
    if _empty(row.get(field)) and not required:
        return
    value = decimal_of(row[field])
    if value is None:
        yield RowProblem(number, "not-a-number", field, str(row[field]), "a number")
    elif not 0 <= value <= most:
        yield RowProblem(number, f"{field}-range", field, str(row[field]), f"0 to {most}")


def _dated(number: int, row: Mapping[str, Any], field: str) -> Iterator[RowProblem]:
    day = date_of(row.get(field))
    if day is None:
        yield RowProblem(number, "not-a-date", field, str(row.get(field)), "a date such as 2021-12-31")
    elif day.year < FIRST_YEAR:
        yield RowProblem(number, "date-range", field, str(row.get(field)), f"{FIRST_YEAR} or later")


def date_of(value: object) -> date | None:
    """The date that is written there; None for anything else."""
    try:
        return _date(value)
    except ValueError:
        return None


def _date(value: Any) -> date:
    """A date, ISO text, or the day first as in Indonesian: 2021-01-05 and 05/01/2021."""
    if isinstance(value, date):
        return value
    if match := _DAY_FIRST.fullmatch(str(value).strip()):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(str(value).strip())


def _text(value: Any) -> str | None:
    """Words as they are; numbers with a decimal point."""
    if _empty(value):
        return None
    found = decimal_of(value)
    return str(value) if found is None else str(found)


def _ranges(number: int, values: Mapping[str, Decimal], ruleset: Ruleset) -> Iterator[RowProblem]:
    for field, value in values.items():
        maximum = Decimal(100) if field == "total" else ruleset.maximum(field)
        if not 0 <= value <= maximum:
            yield RowProblem(number, "score-range", field, str(value), f"0 to {maximum}")


def _grid(
    number: int, values: Mapping[str, Decimal], jabatan: object, ruleset: Ruleset
) -> Iterator[RowProblem]:
    """Scores that no level of the rules gives: another rule set, a code, or a mistake."""
    if not ruleset.computes:
        return
    own = ruleset.group_of(jabatan) if isinstance(jabatan, str) else None
    groups = ruleset.kompetensi if own is None else (own,)
    possible = {
        "kualifikasi": _scores_of(ruleset.kualifikasi),
        "kompetensi": frozenset[Decimal]().union(*(group.possible_totals for group in groups)),
        "kinerja": _scores_of(ruleset.kinerja),
        "disiplin": _scores_of(ruleset.disiplin),
    }
    for field, known in possible.items():
        if field in values and values[field] not in known:
            code = "kompetensi-impossible" if field == "kompetensi" else "score-impossible"
            expected = "one of " + ", ".join(str(score) for score in sorted(known))
            yield RowProblem(number, code, field, str(values[field]), expected)


def _total(number: int, values: Mapping[str, Decimal]) -> Iterator[RowProblem]:
    if any(field not in values for field in (*DIMENSIONS, "total")):
        return
    parts = sum((values[field] for field in DIMENSIONS), Decimal(0))
    difference = values["total"] - parts
    if abs(difference) > TOLERANCE:
        yield RowProblem(number, "total-differs", "total", str(values["total"]), str(parts), difference)


def _jabatan(ruleset: Ruleset) -> list[str]:
    return [jabatan for group in ruleset.kompetensi for jabatan in group.jabatan]


def _scores_of(levels: Sequence[Level]) -> frozenset[Decimal]:
    return frozenset(level.score for level in levels)


def _names(levels: Sequence[Level]) -> list[str]:
    return [level.name for level in levels]


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
