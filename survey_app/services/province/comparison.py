"""Units side by side without pretending to more order than the samples show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

from analytics import Period
from analytics.comparison import (
    Funnel,
    Rank,
    RankSet,
    funnel,
    indistinguishable_groups,
    pooled_ses,
    rank_intervals,
    rank_sets,
    shrink,
)
from analytics.disclosure import MINIMUM
from analytics.ikm import Estimate, IkmResult
from survey_app.instruments import Element
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import Overview, overview
from survey_app.storage.database import Database

#: Below it a unit is listed, but not ranked: its place would be a matter of single answers.
MINIMUM_RANKED = 30
#: Levels of the answers that ranks and funnel are made for, those of PermenPANRB 14/2017.
LEVELS = 4
#: Ranks are simulated: the same draws everywhere, so that pages and reports of one period say the same.
RANKS_SEED = 20_170_014


@dataclass(frozen=True)
class Place:
    """A ranked unit among all that are.

    Attributes:
        rank: the interval its rank lies in, of this unit alone.
        together: the places it may have; those of all ranked units hold at once.
        groups: its groups of units not to be told apart, by the same judgement as `together`.
    """

    result: UnitResult
    rank: Rank
    together: RankSet
    groups: tuple[int, ...]


@dataclass(frozen=True)
class HeatRow:
    """A unit's IKM per unsur by key; None where fewer than `disclosure.MINIMUM` answered."""

    result: UnitResult
    values: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Units of a scope in a period.

    Attributes:
        places: ranked units, the highest IKM first. Empty when fewer than two can be ranked.
        unranked: measured units with too few answers, whose sample cannot tell its own error, or that are not
            `on_the_scale`.
        funnel: the ranked units against their common mean, in the order of `places`; None without any.
        elements: columns of the heat map: the unsur of any of the units.
        heat: measured units in the order of the summary.
    """

    period: Period
    minimum: int
    places: tuple[Place, ...]
    unranked: tuple[UnitResult, ...]
    funnel: Funnel | None
    elements: tuple[Element, ...]
    heat: tuple[HeatRow, ...]


def comparison(
    database: Database, scope: Scope, period: Period, seed: int, minimum: int = MINIMUM_RANKED
) -> Comparison:
    """Compare the units of `scope`; the simulated rankings are drawn from `seed`."""
    return compare(overview(database, scope, period, back=0), seed, minimum)


def compare(all_units: Overview, seed: int, minimum: int = MINIMUM_RANKED) -> Comparison:
    """The comparison of units that were read."""
    measured = [u for u in all_units.measured if u.instrument.gives_ikm]
    ranked = sorted((u for u in measured if _can_be_ranked(u, minimum)), key=_value, reverse=True)
    if len(ranked) < 2:
        ranked = []
    elements = {e.key: e for u in measured for e in u.instrument.elements}
    placed = {u.entry.unit.id for u in ranked}
    return Comparison(
        period=all_units.period,
        minimum=minimum,
        places=_places(ranked, seed),
        unranked=tuple(u for u in measured if u.entry.unit.id not in placed),
        funnel=_funnel(ranked),
        elements=tuple(elements.values()),
        heat=tuple(_heat_row(u) for u in measured),
    )


def on_the_scale(unit: UnitResult) -> bool:
    """Whether the unit's IKM is one of 25 to 100. That of five levels begins at 20: the same answers give
    another number there, so that a place among the others would say nothing."""
    return unit.score.levels == LEVELS


def _can_be_ranked(unit: UnitResult, minimum: int) -> bool:
    estimate = Estimate.of(unit.score)
    known = bool(estimate.se) and estimate.df is not None
    return unit.score.n >= minimum and known and on_the_scale(unit)


def _value(unit: UnitResult) -> float:
    return float(unit.score.exact or 0)


def _places(ranked: Sequence[UnitResult], seed: int) -> tuple[Place, ...]:
    found = _ranks(tuple(u.current for u in ranked), seed) if ranked else ()
    return tuple(Place(u, *standing) for u, standing in zip(ranked, found, strict=True))


# Remembered by the results, which are compared by identity: where they have not changed, ranks have not.
@lru_cache(maxsize=16)
def _ranks(parts: tuple[PeriodResult, ...], seed: int) -> tuple[tuple[Rank, RankSet, tuple[int, ...]], ...]:
    """Of each result, the highest first: its rank alone and together, and its groups not to be told apart."""
    values = [float(p.score.exact or 0) for p in parts]
    shrunken = shrink(values, _pooled(values, [p.score for p in parts]))
    ranks = rank_intervals(shrunken.values, shrunken.sds, np.random.default_rng(seed))
    estimates = [Estimate.of(p.score) for p in parts]
    member: list[list[int]] = [[] for _ in parts]
    for number, units in enumerate(indistinguishable_groups(estimates), 1):
        for place in units:
            member[place].append(number)
    together = rank_sets(estimates)
    return tuple(zip(ranks, together, map(tuple, member), strict=True))


def _funnel(ranked: Sequence[UnitResult]) -> Funnel | None:
    if not ranked:
        return None
    return funnel(
        [_value(u) for u in ranked],
        [_without_correction(u.score) for u in ranked],
        [u.score.n for u in ranked],
    )


def _pooled(values: Sequence[float], scores: Sequence[IkmResult]) -> list[float]:
    """Standard errors with the dispersion of one respondent from all units, each with its own correction."""
    found = pooled_ses(values, [_without_correction(s) for s in scores], [s.n for s in scores])
    return [se * _correction(s) for se, s in zip(found, scores, strict=True)]


def _without_correction(score: IkmResult) -> float:
    """The standard error as if the population were unlimited, which is what a funnel asks for."""
    return (score.se or 0.0) / _correction(score)


def _correction(score: IkmResult) -> float:
    return math.sqrt(1 - score.n / score.population) if score.population else 1.0


def _heat_row(unit: UnitResult) -> HeatRow:
    pairs = zip(unit.instrument.elements, unit.score.unsur, strict=True)
    return HeatRow(unit, tuple((e.key, u.ikm if u.n >= MINIMUM else None) for e, u in pairs))
