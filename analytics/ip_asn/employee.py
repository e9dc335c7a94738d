"""What is known of one employee, and the scores: given by an export, or computed in `scoring`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.errors import AnalyticsError
from analytics.ip_asn.categories import Category, Number, category, exact_decimal
from analytics.ip_asn.ruleset import DIMENSIONS, Ruleset

STATUSES = ("PNS", "PPPK")


@dataclass(frozen=True)
class Training:
    """A training: kind (kepemimpinan, fungsional, teknis, seminar), hours and last day.

    `for_post`: it is the one prescribed for the post held.
    """

    kind: str
    jp: int
    end: date
    for_post: bool = True


@dataclass(frozen=True)
class Penalty:
    """A disciplinary penalty (ringan, sedang, berat) and its date."""

    level: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Employee:
    """What the score is computed from. `id` is a pseudonym, never a NIP.

    Attributes:
        status: PNS or PPPK.
        jabatan, pendidikan: keys of the rule set; pendidikan None when not recorded.
        rating: last year's performance, a number or a predicate as the rule set asks; None when not recorded.
        measured_on: the day the windows count back from.
        penyetaraan: moved from a structural to a functional post by the reform of posts.
    """

    id: str
    unit: str
    status: str
    jabatan: str
    pendidikan: str | None
    rating: Number | None
    measured_on: date
    trainings: tuple[Training, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    penyetaraan: bool = False


@dataclass(frozen=True)
class DimensionScore:
    """A dimension's score, the level that gave it, and whether the input lay in a gap of the regulation.

    score is None when nothing was recorded to score; `recorded` is False then, and also for a competence of 0
    that only says that no training was entered.
    """

    key: str
    score: Decimal | None
    level: str
    recorded: bool
    in_gap: bool = False


@dataclass(frozen=True, kw_only=True)
class EmployeeScore:
    """Dimensions in the order of DIMENSIONS and their sum, 0 to 100; None if a score is missing."""

    id: str
    unit: str
    status: str
    penyetaraan: bool
    dimensions: tuple[DimensionScore, ...]
    total: Decimal | None
    category: Category | None
    ruleset: Ruleset

    def score(self, dimension: str) -> Decimal | None:
        return self.dimensions[DIMENSIONS.index(dimension)].score


def given_scores(
    person: str,
    unit: str,
    status: str,
    scores: Mapping[str, Number | None],
    ruleset: Ruleset,
    *,
    penyetaraan: bool = False,
) -> EmployeeScore:
    """Take dimension scores as an export gives them, after checking that each lies within 0 and its maximum.

    Raises:
        AnalyticsError: `score-range`, or `status-unknown`.
    """
    one_of("status-unknown", status, STATUSES)
    dimensions = tuple(_given(key, scores.get(key), ruleset) for key in DIMENSIONS)
    return with_total(person, unit, status, penyetaraan, dimensions, ruleset)


def with_total(
    person: str,
    unit: str,
    status: str,
    penyetaraan: bool,
    dimensions: tuple[DimensionScore, ...],
    ruleset: Ruleset,
) -> EmployeeScore:
    """Four dimension scores with their total and its category."""
    known = [d.score for d in dimensions if d.score is not None]
    total = sum(known, Decimal(0)) if len(known) == len(DIMENSIONS) else None
    graded = None if total is None else category(total, ruleset)
    return EmployeeScore(
        id=person,
        unit=unit,
        status=status,
        penyetaraan=penyetaraan,
        dimensions=dimensions,
        total=total,
        category=graded,
        ruleset=ruleset,
    )


def _given(key: str, value: Number | None, ruleset: Ruleset) -> DimensionScore:
    if value is None:
        return DimensionScore(key, None, "", recorded=False)
    score, maximum = exact_decimal(value), ruleset.maximum(key)
    if not score.is_finite() or not 0 <= score <= maximum:
        raise AnalyticsError("score-range", got=f"{key} {value}", expected=f"0 to {maximum}")
    return DimensionScore(key, score, "", recorded=True)


def one_of(code: str, got: str, known: Sequence[str]) -> None:
    """Refuse a word that `known` does not have."""
    if got not in known:
        raise AnalyticsError(code, got=got, expected=f"one of {', '.join(known)}")
