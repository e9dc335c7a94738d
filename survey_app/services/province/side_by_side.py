"""Units beside the mean of all, beside themselves a year ago and beside their targets, for one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from analytics import Period
from analytics.comparison import Aggregate, Beside, Method, Side, beside_mean
from analytics.ikm import Estimate
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.province.comparison import Comparison, Place, compare, on_the_scale
from survey_app.services.province.grading import Grading, grading
from survey_app.services.province.indices import Part, index_of, parts
from survey_app.services.province.overview import Overview
from survey_app.services.province.summary import Change, against


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A ranked unit.

    Attributes:
        side: where it lies beside the mean of the scope, all ranked units allowed for.
        year: its change since the same period a year ago, all units looked at allowed for; None where
            there is nothing that may be compared.
        target: the unit's own for the period; None without one.
    """

    place: Place
    side: Side
    year: Change | None
    target: Decimal | None

    @property
    def result(self) -> UnitResult:
        return self.place.result

    @property
    def fell(self) -> bool:
        """Clearly lower than a year ago."""
        return self.year is not None and self.year.beyond_chance and (self.year.difference.value or 0) < 0

    @property
    def below_target(self) -> bool:
        """The value that is shown is lower than the target."""
        value = self.result.score.ikm
        return self.target is not None and value is not None and value < self.target


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """A scope.

    Attributes:
        mean: the simple mean of the measured units on the scale of 25 to 100, with its interval.
        standings: in the order of `comparison.places`.
        year_ago: the period that `Standing.year` looks back to.
        grading: how the ranked units are graded.
    """

    comparison: Comparison
    mean: Aggregate
    standings: tuple[Standing, ...]
    year_ago: Period
    grading: Grading

    def on(self, side: Side) -> int:
        """How many units lie on that side of the mean."""
        return sum(standing.side is side for standing in self.standings)


def steps_of_a_year(period: Period) -> int:
    """Periods from one to the same of the year before."""
    return 12 // period.months


def side_by_side(
    all_units: Overview, seed: int, minimum: int, targets: Mapping[str, Decimal] | None = None
) -> SideBySide:
    """The units that were read, whose trends reach a year back (`steps_of_a_year`).

    Who does not see what stays inside hands in `disclosure.on_screen.without_few`.

    Args:
        seed, minimum: as of `comparison.compare`.
        targets: of units, by their codes.
    """
    found = compare(all_units, seed, minimum)
    measured = [row.result for row in found.heat if on_the_scale(row.result)]
    mean = index_of(parts(measured, -1), Method.MEAN_OF_UNITS, None)
    beside = _sides(tuple(p.result.current for p in found.places), parts(measured, -1))
    back = steps_of_a_year(all_units.period)
    ours = [u for u in all_units.units if u.instrument.gives_ikm]
    year = against(ours, Method.MEAN_OF_UNITS, all_units.period, back)
    changes = {id(change.result): change for change in year.changes}
    standings = tuple(
        Standing(
            place=place,
            side=one.side,
            year=changes.get(id(place.result)),
            target=(targets or {}).get(place.result.entry.unit.code),
        )
        for place, one in zip(found.places, beside, strict=True)
    )
    return SideBySide(
        comparison=found,
        mean=mean,
        standings=standings,
        year_ago=year.period,
        grading=grading(p.result.instrument for p in found.places),
    )


# Remembered by the results, which are compared by identity: where they have not changed, nothing here has.
@lru_cache(maxsize=16)
def _sides(ranked: Sequence[PeriodResult], measured: tuple[Part, ...]) -> tuple[Beside, ...]:
    """Without an interval of the mean nobody is clearly on a side of it."""
    mean = index_of(measured, Method.MEAN_OF_UNITS, None)
    estimates = [Estimate.of(part.score) for part in ranked]
    if mean.estimate.interval is None or mean.estimate.value is None:
        middle = mean.estimate.value or 0.0
        return tuple(Beside((e.value or 0.0) - middle, (-75.0, 75.0), Side.LEVEL) for e in estimates)
    return beside_mean(estimates, mean.estimate, mean.coverage.reporting)
