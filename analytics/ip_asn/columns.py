"""What only a whole column of an IP ASN file shows: another scale, or dates with the month first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.ip_asn.row_checks import RowProblem, date_of, decimal_of
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset
from analytics.ip_asn.scoring import HIGHEST_RATING

#: Ratings of a whole file at most this high are on another scale (1-5, 1-10, the 30 points of the dimension,
#: shares of one): on 0-100 everybody would be Buruk by far.
LOW_RATING = Decimal(30)
_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}")

#: Rows with their numbers as the reader sees them.
Numbered = Sequence[tuple[int, Mapping[str, Any]]]


def check_score_columns(rows: Numbered) -> tuple[RowProblem, ...]:
    """Dimension scores written as shares of one: no rules give a score between 0 and 1.

    Code: `score-scale`, for every score above 0 and up to 1 of such a column.
    """
    return tuple(p for dimension in DIMENSIONS for p in _shares(rows, dimension))


def check_record_columns(rows: Numbered, ruleset: Ruleset, measured_on: date) -> tuple[RowProblem, ...]:
    """What is doubtful in raw records although each cell for itself could be right.

    Codes: `rating-scale` where all ratings are at most 30; `rating-low` for one that is, among others;
    `date-month-first` for a date that could be read both ways where another proves that the month stands
    first; `date-future` for a date after `measured_on`, which does not count.

    Missing data: empty cells, and such as are no number or date, are left to `check_records`.
    """
    ratings = () if ruleset.rated_by == "predicate" else _ratings(rows)
    return (*ratings, *_month_first(rows), *_future(rows, measured_on))


def _shares(rows: Numbered, dimension: str) -> Iterator[RowProblem]:
    scores = [(number, decimal_of(row.get(dimension))) for number, row in rows]
    if not any(0 < score < 1 for _, score in scores if score is not None):
        return
    for number, score in scores:
        if score is not None and 0 < score <= 1:
            yield RowProblem(
                row=number, code="score-scale", field=dimension, got=str(score), expected="points"
            )


def _ratings(rows: Numbered) -> Iterator[RowProblem]:
    read = [(number, decimal_of(row.get("rating"))) for number, row in rows]
    ratings = [(n, r) for n, r in read if r is not None and 0 <= r <= HIGHEST_RATING]
    code = "rating-low" if any(rating > LOW_RATING for _, rating in ratings) else "rating-scale"
    for number, rating in ratings:
        if rating <= LOW_RATING:
            yield RowProblem(
                row=number, code=code, field="rating", got=str(rating), expected="a rating of 0 to 100"
            )


def _dates(rows: Numbered) -> Iterator[tuple[int, str, str]]:
    for number, row in rows:
        yield from ((number, "end", str(t.get("end"))) for t in row.get("trainings") or ())
        yield from ((number, "on", str(p.get("on"))) for p in row.get("penalties") or ())


def _month_first(rows: Numbered) -> Iterator[RowProblem]:
    read = [(line, field, text, _SLASHED.fullmatch(text.strip())) for line, field, text in _dates(rows)]
    dates = [(line, field, text, int(m[1]), int(m[2])) for line, field, text, m in read if m]
    proof = next((line for line, _, _, first, second in dates if first <= 12 < second <= 31), None)
    if proof is None:
        return
    for line, field, text, first, second in dates:
        if first != second and max(first, second) <= 12:
            yield RowProblem(
                row=line, code="date-month-first", field=field, got=text, expected=f"row {proof}"
            )


def _future(rows: Numbered, measured_on: date) -> Iterator[RowProblem]:
    for line, field, text in _dates(rows):
        day = date_of(text)
        if day is not None and day > measured_on:
            yield RowProblem(
                row=line, code="date-future", field=field, got=text, expected=measured_on.isoformat()
            )
