"""Post-stratification: the index as if every group had answered in proportion to its size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.estimate import Estimate, estimate
from analytics.ikm import Weight, normalised_weights, score
from analytics.moments import Moments
from analytics.reason import Reason
from analytics.residuals import residual_squares


@dataclass(frozen=True)
class Group:
    """A poststratum: its name, the sums of its sheets and its known size among the users."""

    name: str
    moments: Moments
    population: int


@dataclass(frozen=True)
class Weighted:
    """Raw and weighted index side by side.

    Attributes:
        raw: of the sheets as they came.
        weighted: to the known sizes.
        design_effect: Kish's n sum(w^2) / (sum w)^2, 1 for equal weights; the variance the weights cost.
        effective_n: n / design_effect.
        empty: groups that exist among the users and returned no sheet with a defined index.
        covered: share of the users who belong to the groups that answered; the weighted index speaks for
            these only.
    """

    raw: Estimate
    weighted: Estimate
    design_effect: float | None
    effective_n: float | None
    empty: tuple[str, ...]
    covered: float


def post_stratify(
    groups: Sequence[Group],
    *,
    weights: Sequence[Weight] | None = None,
    finite: bool = False,
) -> Weighted:
    """Weight groups to their known sizes, from sums only.

    value = sum N_g/N IKM_g over groups with answers; a sheet of group g weighs w = N_g / n_g; variance =
    n/(n-1) sum over sheets of (w e / N)^2, with e the sheet's residual from its group's index, times
    1 - n/N when `finite`. Interval logit-t with n - 1 degrees of freedom.

    Missing data: within a group as in `analytics.ikm.score`. A group without a defined index is `empty` and
    its users are not `covered`; nothing is made up for it.

    Args:
        groups: disjoint, together all sheets.
        weights: of the unsur; None for equal weights.
        finite: whether the sheets are a sample without replacement from exactly these users.

    Raises:
        AnalyticsError: `group-size` when more sheets came than users exist, or no group has users.

    Source: Holt and Smith 1979, JRSS A 142; variance as in Lumley 2010, Complex Surveys, 7.2
        (R survey::postStratify); Kish 1965, Survey Sampling, 11.2C.
    """
    _check_sizes(groups)
    scored = [(g, score(g.moments, weights=weights).exact) for g in groups]
    known = [(g, exact) for g, exact in scored if exact is not None and g.population]
    empty = tuple(g.name for g, exact in scored if exact is None and g.population)
    users = sum(g.population for g, _ in known)
    covered = users / sum(g.population for g in groups)
    raw = _raw([g.moments for g in groups], sum(g.population for g in groups) if finite else None, weights)
    if not known:
        return Weighted(raw, Estimate.undefined(Reason.NO_ANSWERS), None, None, empty, 0.0)
    n = sum(g.moments.n for g, _ in known)
    value = sum((Fraction(g.population, users) * exact for g, exact in known), Fraction(0))
    effect = n * sum(g.population**2 / g.moments.n for g, _ in known) / users**2
    weighted = _with_error(value, [g for g, _ in known], users, weights, finite)
    return Weighted(raw, weighted, effect, n / effect, empty, covered)


def _with_error(
    value: Fraction,
    groups: Sequence[Group],
    users: int,
    weights: Sequence[Weight] | None,
    finite: bool,
) -> Estimate:
    n, first = sum(g.moments.n for g in groups), groups[0].moments
    scale = 100 / first.levels
    if n == 1:
        return Estimate.without_error(value, Reason.ONE_RESPONDENT, scale)
    exact_weights = normalised_weights(weights, first.k)
    squares = sum(
        float(residual_squares(g.moments, exact_weights)) * (scale * g.population / g.moments.n / users) ** 2
        for g in groups
    )
    if squares == 0:
        return Estimate.without_error(value, Reason.NO_VARIATION, scale)
    variance = n / (n - 1) * squares * (1 - n / users if finite else 1.0)
    return estimate(value, math.sqrt(variance), n - 1, scale)


def _raw(cells: Sequence[Moments], population: int | None, weights: Sequence[Weight] | None) -> Estimate:
    whole = Moments.merge_all(cells, cells[0].k, cells[0].levels)
    return Estimate.of(score(whole, weights=weights, population=population))


def _check_sizes(groups: Sequence[Group]) -> None:
    too_small = [g.name for g in groups if g.population < g.moments.n]
    if too_small or not any(g.population for g in groups):
        raise AnalyticsError(
            "group-size",
            got=too_small or "no users in any group",
            expected="groups with at least as many users as sheets",
            hint="Correct the known sizes of the groups.",
        )
