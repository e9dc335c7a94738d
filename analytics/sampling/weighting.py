"""Post-stratification: the index as if every group had answered in proportion to its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.ikm.estimate import Estimate
from analytics.ikm.moments import Moments
from analytics.ikm.scoring import score
from analytics.ikm.weights import Weight
from analytics.reason import Reason
from analytics.sampling.strata import weighted_sum


@dataclass(frozen=True)
class Group:
    """A poststratum: its name, the sums of its sheets and its known size among the users."""

    name: str
    moments: Moments
    population: int


@dataclass(frozen=True, kw_only=True)
class Weighted:
    """The index weighted to known sizes; the one of the sheets as they came is `scoring.score`.

    Attributes:
        weighted: to the known sizes.
        design_effect: Kish's n sum(w^2) / (sum w)^2, 1 for equal weights; the variance the weights cost.
        effective_n: n / design_effect.
        empty: groups that exist among the users and returned no sheet with a defined index.
        covered: share of the users who belong to the groups that answered; the weighted index speaks for
            these only.
        borrowed: groups whose own sheets cannot tell their variance (one sheet, all alike, an unsur answered
            by few) and that have the pooled variance within all groups instead.
    """

    weighted: Estimate
    design_effect: float | None
    effective_n: float | None
    empty: tuple[str, ...]
    covered: float
    borrowed: tuple[str, ...] = ()


def post_stratify(
    groups: Sequence[Group],
    *,
    weights: Sequence[Weight] | None = None,
    finite: bool = False,
) -> Weighted:
    """Weight groups to their known sizes, from sums only.

    value = sum N_g/N IKM_g over groups with answers; a sheet of group g weighs w = N_g / n_g. Given how many
    sheets came from each group, the groups are strata: variance = sum (N_g/N)^2 s_g^2/n_g, with s_g^2 the
    variance of the index within the group on n_g - 1, times 1 - n_g/N_g when `finite`; small groups take the
    pooled variance in (`borrowing.variance`). Interval logit-t with Satterthwaite's degrees of
    freedom.

    R's survey::postStratify has n/(n - 1) in the place of n_g/(n_g - 1) and so too small a variance for small
    groups: its 95 % interval holds the truth in half of all samples with groups of 1 and 9 sheets
    (`python -m benchmarks.coverage`). With groups of ten sheets or more ours is R's of the
    stratified design.

    Missing data: within a group as in `scoring.score`. A group without a defined index is `empty` and
    its users are not `covered`; nothing is made up for it. Where no group varies there is no interval.

    Args:
        groups: disjoint, together all sheets.
        weights: of the unsur; None for equal weights.
        finite: whether the sheets are a sample without replacement from exactly these users.

    Raises:
        AnalyticsError: `group-size` when more sheets came than users exist, or no group has users.

    Source: Holt and Smith 1979, JRSS A 142 (inference given the sizes of the groups); Cochran 1977, 5.4;
        Kish 1965, Survey Sampling, 11.2C.
    """
    _check_sizes(groups)
    scored = [(g, _scored(g, weights, finite)) for g in groups if g.population]
    known = [(g, e) for g, e in scored if e.exact is not None]
    empty = tuple(g.name for g, e in scored if e.exact is None)
    users = sum(g.population for g, _ in known)
    covered = users / sum(g.population for g in groups)
    if not known:
        return Weighted(
            weighted=Estimate.undefined(Reason.NO_ANSWERS),
            design_effect=None,
            effective_n=None,
            empty=empty,
            covered=0.0,
        )
    n = sum(g.moments.n for g, _ in known)
    effect = n * sum(g.population**2 / g.moments.n for g, _ in known) / users**2
    weighted = weighted_sum([e for _, e in known], [Fraction(g.population, users) for g, _ in known])
    borrowed = tuple(known[i][0].name for i in weighted.borrowed)
    return Weighted(
        weighted=weighted,
        design_effect=effect,
        effective_n=n / effect,
        empty=empty,
        covered=covered,
        borrowed=borrowed,
    )


def _scored(group: Group, weights: Sequence[Weight] | None, finite: bool) -> Estimate:
    return Estimate.of(score(group.moments, weights=weights, population=group.population if finite else None))


def _check_sizes(groups: Sequence[Group]) -> None:
    too_small = [g.name for g in groups if g.population < g.moments.n]
    if too_small or not any(g.population for g in groups):
        raise AnalyticsError(
            "group-size",
            got=too_small or "no users in any group",
            expected="groups with at least as many users as sheets",
            hint="Correct the known sizes of the groups.",
        )
