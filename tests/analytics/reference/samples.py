"""What R computes from sheets, computed here; names and order as in mean, strata, compare and weighting.R."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

from analytics.comparison.aggregate import Method, aggregate
from analytics.comparison.compare import benjamini_hochberg, difference, holm
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate, estimate
from analytics.ikm.moments import IntArray
from analytics.ikm.scoring import score
from analytics.sampling.raking import Margin, rake, residuals
from analytics.sampling.strata import By, Stratum, combine, weighted_sum
from analytics.sampling.weighting import Group, post_stratify
from tests.analytics.reference import Reference, answers, by_service, named, numbers, published, rows

ONE_HOT = np.eye(9, dtype=int).tolist()


def of_r(found: Estimate) -> Estimate:
    """What R is asked of one sample: Student's t on the logit, from our value, error and degrees of freedom.

    The product's own interval of one sample is another one (docs/decisions/interval-of-the-ikm.md).
    """
    assert found.exact is not None
    assert found.se is not None
    return estimate(found.exact, found.se, found.df, found.low, found.high)


def single(x: IntArray, population: int | None = None, weights: list[int] | None = None) -> Reference:
    m = Moments.from_answers(x)
    result = score(m, population=population, weights=weights)
    e = of_r(Estimate.of(result))
    unsur = [score(m, population=population, weights=w) for w in ONE_HOT]
    found = (
        {} if weights else {"nrr": numbers(result.nrr), "nrr_se": numbers([(u.se or 0) / 25 for u in unsur])}
    )
    return found | {
        "value": numbers(e.value),
        "se": numbers(e.se),
        "logit": numbers(e.interval),
        "plain": numbers(result.interval_t),
    }


def mean() -> Reference:
    sekadau, drawn, gaps = (answers(rows(f"{name}.csv")) for name in ("sekadau", "sheets", "gaps"))
    return (
        named("sekadau", single(sekadau))
        | named("sekadau_fpc", single(sekadau, 1200))
        | named("sekadau_weighted", single(sekadau, weights=[2, 1, 3, 1, 1, 1, 4, 1, 1]))
        | named("drawn", single(drawn))
        | named("drawn_fpc", single(drawn, 150))
        | named("gaps", single(gaps))
        | named("gaps_fpc", single(gaps, 2050))
    )


def services(name: str, fpc: bool = True) -> list[Stratum]:
    found = by_service(name).items()
    return [Stratum(s, Moments.from_answers(x), users if fpc else None) for s, (users, x) in found]


def stratified(combined: Callable[[list[int] | None], Estimate]) -> Reference:
    e, unsur = combined(None), [combined(w) for w in ONE_HOT]
    return {
        "nrr": [(u.value or 0) / 25 for u in unsur],
        "nrr_se": [(u.se or 0) / 25 for u in unsur],
        "value": numbers(e.value),
        "se": numbers(e.se),
        "df": numbers(e.df),
        "interval": numbers(e.interval),
    }


def by_users_without_fpc(weights: list[int] | None) -> Estimate:
    """The users give the weights but no finite population correction."""
    users = [users for users, _ in by_service("sheets.csv").values()]
    parts = [Estimate.of(score(s.moments, weights=weights)) for s in services("sheets.csv", fpc=False)]
    return weighted_sum(parts, [Fraction(u, sum(users)) for u in users])


def pooled(name: str) -> Reference:
    finite, plain = (aggregate(services(name, fpc), Method.POOLED).estimate for fpc in (True, False))
    return {"value": numbers(finite.value), "se_fpc": numbers(finite.se), "se": numbers(plain.se)}


def each(strata: Sequence[Stratum]) -> Reference:
    parts = [score(s.moments, population=s.population) for s in strata]
    return {"values": [float(p.exact or 0) for p in parts], "ses": numbers([p.se for p in parts])}


def strata() -> Reference:
    drawn, gaps = services("sheets.csv"), services("gaps.csv")
    separate, units = combine(gaps).estimate, aggregate(drawn).estimate
    return (
        named("users_fpc", stratified(lambda w: combine(drawn, weights=w).estimate))
        | named("users", stratified(by_users_without_fpc))
        | named(
            "sheets",
            stratified(lambda w: combine(services("sheets.csv", False), by=By.SHEETS, weights=w).estimate),
        )
        | named("gaps_users", each(gaps))
        | named("gaps_users", dict(zip(("value", "se", "df"), map(numbers, ends(separate)), strict=True)))
        | named("pooled", pooled("sheets.csv"))
        | named("pooled_gaps", pooled("gaps.csv"))
        | named("units", each(drawn) | {"value": numbers(units.value), "se": numbers(units.se)})
    )


def ends(e: Estimate) -> tuple[float | None, float | None, float | None]:
    return e.value, e.se, e.df


def compare() -> Reference:
    found: Reference = {}
    for kind, fpc in (("welch", False), ("fpc", True)):
        for a, b in combinations(services("sheets.csv", fpc), 2):
            one, other = (Estimate.of(score(s.moments, population=s.population)) for s in (a, b))
            d = difference(one, other)
            found[f"{kind}.{a.name}.{b.name}"] = numbers(d.value, d.se, d.df, d.interval, d.t, d.p)
    p = [value[-1] for name, value in found.items() if name.startswith("welch")]
    many = published("compare")["many"]
    return found | {
        "p": p,
        "holm": numbers(holm(p)),
        "bh": numbers(benjamini_hochberg(p)),
        "many": many,
        "many_holm": numbers(holm(many)),
        "many_bh": numbers(benjamini_hochberg(many)),
    }


def side_by_side(weighted: Callable[[list[int] | None], Estimate], kish: float) -> Reference:
    e, unsur = weighted(None), [weighted(w) for w in ONE_HOT]
    return {
        "nrr": [(u.value or 0) / 25 for u in unsur],
        "nrr_se": [(u.se or 0) / 25 for u in unsur],
        "value": numbers(e.value),
        "se": numbers(e.se),
        "interval": numbers(e.interval),
        "kish": [kish],
    }


def survey_post_stratified(groups: Sequence[Group], weights: list[int] | None, finite: bool) -> Estimate:
    """R's postStratify from our value and our variances within the groups, with R's n/(n - 1).

    The product has n_g/(n_g - 1) there and 1 - n_g/N_g for 1 - n/N, because R's intervals hold the truth too
    seldom for small groups (`python -m benchmarks.coverage`): its own result is compared with R's stratified
    design in test_weighting.py.
    """
    value = post_stratify(groups, weights=weights, finite=finite).weighted.exact
    assert value is not None
    users, n = sum(g.population for g in groups), sum(g.moments.n for g in groups)
    ses = [score(g.moments, weights=weights).se or 0.0 for g in groups]
    shares = [(g.population / users) ** 2 * (g.moments.n - 1) / g.moments.n for g in groups]
    variance = n / (n - 1) * sum(s * se**2 for s, se in zip(shares, ses, strict=True))
    return estimate(value, (variance * (1 - n / users if finite else 1)) ** 0.5, n - 1)


def survey_raked(x: IntArray, margins: Sequence[Margin], weights: list[int] | None) -> Estimate:
    """R's rake from our value, weights and residuals, with R's n/(n - 1) where the product has 1/(1 - h)."""
    found, n = rake(x, margins, weights=weights), len(x)
    w = np.array(found.weights)
    e = 25 * (x - w @ x / w.sum()) @ (np.array(weights or [1] * 9) / sum(weights or [1] * 9))
    codes = [np.unique(m.categories, return_inverse=True)[1] for m in margins]
    contribution = w * residuals(e, codes)[0] / w.sum()
    contribution -= contribution.mean()
    return estimate(
        found.weighted.exact or 0, (n / (n - 1) * float(contribution @ contribution)) ** 0.5, n - 1
    )


def raked(*names: str) -> tuple[Reference, list[float]]:
    found = rows("sheets.csv")
    sizes: dict[str, dict[str, float]] = {
        "service": {"akta": 400, "izin": 90, "ktp": 1500, "pindah": 60},
        "sex": {"L": 2050 * 0.45, "P": 2050 * 0.55},
        "age": {"dewasa": 2050 * 0.6, "lanjut": 2050 * 0.15, "muda": 2050 * 0.25},
    }
    margins = [Margin(name, [row[name] for row in found], sizes[name]) for name in names]
    whole = rake(answers(found), margins)
    return side_by_side(lambda w: survey_raked(answers(found), margins, w), whole.design_effect), list(
        whole.weights[:30]
    )


def weighting() -> Reference:
    groups = [Group(s, Moments.from_answers(x), n) for s, (n, x) in by_service("sheets.csv").items()]
    kish = post_stratify(groups).design_effect or 0
    two, two_weights = raked("sex", "age")
    three, three_weights = raked("service", "sex", "age")
    return (
        named("post", side_by_side(lambda w: survey_post_stratified(groups, w, False), kish))
        | named("post_fpc", side_by_side(lambda w: survey_post_stratified(groups, w, True), kish))
        | named("rake", two)
        | {"rake.weights": two_weights}
        | named("rake3", three)
        | {"rake3.weights": three_weights}
    )
