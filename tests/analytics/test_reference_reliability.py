"""Agreement with R (psych::alpha, alpha.ci, cor.test, t.test, lm) to 1e-9 relative, statistic by statistic.

Expected values: reference/reliability.json, printed by reference/reliability.R. 1e-9 leaves room for the
order of summation only; the largest difference seen is 5e-15.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from analytics.ikm import Moments
from analytics.ikm.covariance import covariance
from analytics.ikm.estimate import unsur_estimate
from analytics.ikm.intervals import Interval
from analytics.ikm.priorities import priorities
from analytics.ikm.reliability import reliability
from analytics.ip_asn.link import Correlation, link
from benchmarks.reliability_methods import feldt
from tests.analytics.reference.samples import of_r
from tests.analytics.reference_data import answers, columns, reference

R = reference("reliability")
LEVELS = {"sekadau": 4, "skm200": 4, "spak60": 6, "overall80": 4, "missing120": 4}
Computed = dict[str, list[float | None]]


def ends(intervals: Iterable[Interval | None], side: int) -> list[float | None]:
    return [None if interval is None else interval[side] for interval in intervals]


def questionnaire(name: str) -> Computed:
    m = Moments.from_answers(answers("reliability", name), levels=LEVELS[name])
    r, p = reliability(m), priorities(m)
    c = covariance(m)
    assert c is not None
    # R has Student's t on the logit; the product's interval of one sample of sheets is another one.
    nrr = [of_r(unsur_estimate(m, i)).interval for i in range(m.k)]
    computed: Computed = {
        "mean": [t / n for n, t in zip(m.answered, m.totals, strict=True)],
        "sd": np.sqrt(np.diagonal(c)).tolist(),
        # R fills a triangle by columns
        "covariance": c.T[np.tril_indices(m.k)].tolist(),
        "alpha": [r.alpha],
        "interval": [float(end[0]) for end in feldt(np.array([r.alpha], dtype=float), m.n, m.k)],
        "alpha_if_dropped": list(r.alpha_if_dropped),
        "r_drop": list(r.item_rest),
        "item_rest": [u.importance for u in p.unsur],
        "item_rest_low": ends((u.importance_interval for u in p.unsur), 0),
        "item_rest_high": ends((u.importance_interval for u in p.unsur), 1),
        "nrr_low": ends(nrr, 0),
        "nrr_high": ends(nrr, 1),
        "r_critical": [r.r_critical],
    }
    return {key: computed[key] for key in R[name]}


def linked() -> Computed:
    x = {key: values.tolist() for key, values in columns("reliability", "units28").items()}
    dims = {key: x[key] for key in ("kualifikasi", "kompetensi", "kinerja")}
    correlations: list[Correlation] = list(link(dims, x["ikm"], x["se"]).values())
    return {
        "pearson": [f.pearson for f in correlations],
        "pearson_low": ends((f.pearson_interval for f in correlations), 0),
        "pearson_high": ends((f.pearson_interval for f in correlations), 1),
        "spearman": [f.spearman for f in correlations],
        "spearman_low": ends((f.spearman_interval for f in correlations), 0),
        "spearman_high": ends((f.spearman_interval for f in correlations), 1),
        "reliability": [correlations[0].reliability],
        "corrected": [f.corrected for f in correlations],
        "r_minimum": [correlations[0].r_minimum],
    }


COMPUTED = {name: questionnaire(name) for name in LEVELS} | {"units28": linked()}
PAIRS = [(name, statistic) for name, block in R.items() for statistic in block]


@pytest.mark.parametrize(("name", "statistic"), PAIRS)
def test_agrees_with_r(name: str, statistic: str) -> None:
    expected, got = R[name][statistic], COMPUTED[name][statistic]
    # rel for every value; abs only keeps a correlation of about 0 from asking for more than float64 has
    assert got == pytest.approx(expected, rel=1e-9, abs=1e-14)


def test_more_than_150_statistics_are_compared() -> None:
    assert sum(len(values) for block in R.values() for values in block.values()) >= 450
    assert set(COMPUTED) == set(R)
