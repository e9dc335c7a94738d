"""A rule set of IP ASN as a value: every score level, window and category of one regulation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from analytics.errors import AnalyticsError

DIMENSIONS = ("kualifikasi", "kompetensi", "kinerja", "disiplin")


@dataclass(frozen=True)
class Level:
    """A named level and what it scores. `low` is the rating from which it holds, for ratings in numbers."""

    name: str
    score: Decimal
    low: Decimal | None = None


@dataclass(frozen=True)
class CompetencePart:
    """What one kind of training scores.

    Attributes:
        kind: kepemimpinan, fungsional, teknis or seminar.
        years: it counts if it ended within so many years before the measurement; None for ever.
        min_jp: fewest hours (jam pelajaran); None for any.
        for_post: it must be the training prescribed for the post held.
    """

    kind: str
    score: Decimal
    years: int | None
    min_jp: int | None
    for_post: bool


@dataclass(frozen=True)
class CompetenceGroup:
    """Posts that are scored alike."""

    key: str
    jabatan: tuple[str, ...]
    parts: tuple[CompetencePart, ...]

    @property
    def possible_totals(self) -> frozenset[Decimal]:
        """Every total these parts can add up to; anything else is an error or another rule set."""
        return frozenset(
            sum((part.score for part in chosen), Decimal(0))
            for size in range(len(self.parts) + 1)
            for chosen in combinations(self.parts, size)
        )


@dataclass(frozen=True)
class CategoryBand:
    """A category as the regulation prints it, bounds inclusive. Between bands there are gaps."""

    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Ruleset:
    """One dated set of rules.

    Attributes:
        first_year, last_year: measurement years it holds for; last_year None while in force.
        unknown: details that were not available; empty means verified throughout ("terverifikasi").
        computes: scores can be computed from raw records; otherwise given dimension scores are taken.
        break_before: a series may not be joined with earlier years.
        kompetensi_kinerja: the two dimensions are measured apart, so their correlation means something.
        maxima: highest score per dimension, in the order of DIMENSIONS; they sum to 100.
        kualifikasi, kinerja, disiplin: levels, best first. rated_by: "rating" (a number) or "predicate".
        kompetensi: groups of posts. lookback_years: how long a penalty counts.
        categories: ascending.
    """

    id: str
    title_id: str
    title_en: str
    first_year: int
    last_year: int | None
    unknown: tuple[str, ...]
    computes: bool
    break_before: bool
    kompetensi_kinerja: bool
    maxima: tuple[Decimal, ...]
    kualifikasi: tuple[Level, ...]
    kompetensi: tuple[CompetenceGroup, ...]
    rated_by: str
    kinerja: tuple[Level, ...]
    disiplin: tuple[Level, ...]
    lookback_years: int
    categories: tuple[CategoryBand, ...]

    @property
    def verification(self) -> str:
        """As shown to readers: whether every detail of the rules is known."""
        return "terverifikasi sebagian" if self.unknown else "terverifikasi"

    def holds_in(self, year: int) -> bool:
        """Whether `year` is one of its measurement years."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def maximum(self, dimension: str) -> Decimal:
        return self.maxima[DIMENSIONS.index(dimension)]

    def group_of(self, jabatan: str) -> CompetenceGroup | None:
        """The group that scores `jabatan`; None for a post the rules do not name."""
        return next((group for group in self.kompetensi if jabatan in group.jabatan), None)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a rule set: stable code, place ("/categories/2"), what is there, what should be."""

    code: str
    path: str
    got: str
    expected: str


class RulesetError(AnalyticsError):
    """A rule set that cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            "ruleset-invalid",
            got=[f"{p.path}: {p.code}" for p in problems],
            expected="a rule set without problems",
        )
