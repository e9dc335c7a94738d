"""Scores from raw records: the level that gave each dimension, by the windows of the rule set."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal

from analytics.errors import AnalyticsError
from analytics.ip_asn.categories import Number, exact_decimal, place
from analytics.ip_asn.employee import (
    STATUSES,
    DimensionScore,
    Employee,
    EmployeeScore,
    Training,
    one_of,
    with_total,
)
from analytics.ip_asn.ruleset import CompetencePart, Level, Ruleset

#: PP 30/2019 rates to 120; the rules of 2019 take 91 and above as one level.
HIGHEST_RATING = 120


def score_employee(record: Employee, ruleset: Ruleset) -> EmployeeScore:
    """Score `record` by `ruleset` (Peraturan BKN 8/2019, Pasal 7-10).

    Windows are closed: a training counts if it ended on or after the same day `years` earlier and not after
    `measured_on`; a penalty likewise within the look-back. The most severe penalty decides. Only the first
    training that satisfies a part counts for it. A rating or total in a gap is placed as in `category`.

    Missing data: without education or rating that dimension and the total are None. No training recorded
    scores 0, as the regulation has it, and is marked as not recorded.

    Raises:
        AnalyticsError: `ruleset-partial` if the rules for raw records are not known; `status-unknown`,
            `jabatan-unknown`, `pendidikan-unknown`, `rating-unknown`, `rating-range`, `training-unknown`,
            `penalty-unknown`.
    """
    _check(record, ruleset)
    dimensions = (
        _kualifikasi(record, ruleset),
        _kompetensi(record, ruleset),
        _kinerja(record, ruleset),
        _disiplin(record, ruleset),
    )
    return with_total(record.id, record.unit, record.status, record.penyetaraan, dimensions, ruleset)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February for a leap day."""
    last = calendar.monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, last))


def _check(record: Employee, ruleset: Ruleset) -> None:
    if not ruleset.computes:
        raise AnalyticsError(
            "ruleset-partial",
            got=ruleset.id,
            expected="a rule set whose levels are all known",
            hint="Take the dimension scores as given. Unknown: " + "; ".join(ruleset.unknown),
        )
    one_of("status-unknown", record.status, STATUSES)
    kinds = {part.kind for group in ruleset.kompetensi for part in group.parts}
    for training in record.trainings:
        one_of("training-unknown", training.kind, sorted(kinds))
    for penalty in record.penalties:
        one_of("penalty-unknown", penalty.level, [level.name for level in ruleset.disiplin[1:]])


def _kualifikasi(record: Employee, ruleset: Ruleset) -> DimensionScore:
    if record.pendidikan is None:
        return DimensionScore("kualifikasi", None, "", recorded=False)
    level = _named("pendidikan-unknown", record.pendidikan, ruleset.kualifikasi)
    return DimensionScore("kualifikasi", level.score, level.name, recorded=True)


def _kompetensi(record: Employee, ruleset: Ruleset) -> DimensionScore:
    group = ruleset.group_of(record.jabatan)
    if group is None:
        known = [jabatan for g in ruleset.kompetensi for jabatan in g.jabatan]
        raise AnalyticsError("jabatan-unknown", got=record.jabatan, expected=f"one of {known}")
    earned = [p for p in group.parts if any(_counts(t, p, record.measured_on) for t in record.trainings)]
    score = sum((part.score for part in earned), Decimal(0))
    level = " + ".join(part.kind for part in earned)
    return DimensionScore("kompetensi", score, level, recorded=bool(record.trainings))


def _counts(training: Training, part: CompetencePart, on: date) -> bool:
    return (
        training.kind == part.kind
        and (training.for_post or not part.for_post)
        and (part.min_jp is None or training.jp >= part.min_jp)
        and training.end <= on
        and (part.years is None or training.end >= years_before(on, part.years))
    )


def _kinerja(record: Employee, ruleset: Ruleset) -> DimensionScore:
    if record.rating is None:
        return DimensionScore("kinerja", None, "", recorded=False)
    if ruleset.rated_by == "predicate":
        level = _named("rating-unknown", str(record.rating), ruleset.kinerja)
        return DimensionScore("kinerja", level.score, level.name, recorded=True)
    level, in_gap = rated(record.rating, ruleset)
    return DimensionScore("kinerja", level.score, level.name, recorded=True, in_gap=in_gap)


def rated(rating: Number, ruleset: Ruleset) -> tuple[Level, bool]:
    """The level of a rating in numbers, and whether it lies between two printed levels (75.5).

    The regulation prints whole numbers (61-75, 76-90), so a level ends one below the next.
    """
    try:
        exact = exact_decimal(rating)
    except ArithmeticError as error:
        raise AnalyticsError("rating-unknown", got=rating, expected="a rating in numbers") from error
    if not exact.is_finite() or not 0 <= exact <= HIGHEST_RATING:
        raise AnalyticsError("rating-range", got=rating, expected=f"a rating from 0 to {HIGHEST_RATING}")
    ascending = ruleset.kinerja[::-1]
    lows = [level.low for level in ascending if level.low is not None]
    highs = [low - 1 for low in lows[1:]]
    in_gap = any(high < exact < high + 1 for high in highs)
    return ascending[place(exact, highs)], in_gap


def _disiplin(record: Employee, ruleset: Ruleset) -> DimensionScore:
    since = years_before(record.measured_on, ruleset.lookback_years)
    counted = {p.level for p in record.penalties if since <= p.on <= record.measured_on}
    level = next((lv for lv in reversed(ruleset.disiplin) if lv.name in counted), ruleset.disiplin[0])
    return DimensionScore("disiplin", level.score, level.name, recorded=True)


def _named(code: str, name: str, levels: tuple[Level, ...]) -> Level:
    one_of(code, name, [level.name for level in levels])
    return next(level for level in levels if level.name == name)
