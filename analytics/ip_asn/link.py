"""IP ASN against IKM over units: exploratory, and honest about how little a few units can show."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.correlation import bonett_wright_interval, critical_r, fisher_interval
from analytics.ikm.covariance import FloatArray
from analytics.ikm.intervals import Interval
from analytics.ip_asn.ruleset import Ruleset
from analytics.reason import Reason

#: How a page has to label everything of this module: no study links the two official indices over units.
EXPLORATORY = "exploratory"

_MINIMUM = 4


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """Two series over units. Undefined is None; `reasons` says why by field name.

    Attributes:
        n: units in which both are known.
        pearson, pearson_interval: r and its 95 % interval (Fisher).
        spearman, spearman_interval: rank correlation, ties at their mean rank, 95 % (Bonett and Wright).
        corrected: pearson / sqrt(reliability); the correlation if the IKM had no sampling error.
        reliability: share of the IKM's variance over units that is not sampling error, 0 to 1.
        r_minimum: smallest |r| that n units can tell from 0 at 5 %.
    """

    n: int
    pearson: float | None
    pearson_interval: Interval | None
    spearman: float | None
    spearman_interval: Interval | None
    corrected: float | None
    reliability: float | None
    r_minimum: float | None
    reasons: tuple[tuple[str, Reason], ...]
    label: str = EXPLORATORY

    def reason(self, field: str) -> Reason | None:
        """Why `field` is undefined; None when it has a value."""
        return dict(self.reasons).get(field)


def link(
    dimensions: Mapping[str, Sequence[float | None]],
    ikm: Sequence[float | None],
    ikm_se: Sequence[float | None],
) -> dict[str, Correlation]:
    """Correlate every dimension of IP ASN (and its total) with the IKM over units.

    Args:
        dimensions: per name one value per unit, 0 to 100.
        ikm: IKM per unit, 25 to 100.
        ikm_se: its standard error, in IKM points; 0 for a census.

    The correction is Spearman's (1904) for attenuation with reliability = 1 - mean(se^2) / var(IKM), over the
    units with a known se. Missing data: a unit without one of the two values is left out of that pair.

    Raises:
        AnalyticsError: `units-length` if the series differ in length; `not-finite`, as what is not known is
            None.
    """
    require_finite(ikm=ikm, ikm_se=ikm_se, **dimensions)
    y, se = _series(ikm), _series(ikm_se)
    result = {}
    for name, values in dimensions.items():
        x = _series(values)
        if not len(x) == len(y) == len(se):
            raise AnalyticsError("units-length", got=(len(x), len(y), len(se)), expected="one value per unit")
        known = ~np.isnan(x) & ~np.isnan(y)
        result[name] = _correlate(x[known], y[known], se[known])
    return result


def kompetensi_kinerja(
    kompetensi: Sequence[float | None], kinerja: Sequence[float | None], ruleset: Ruleset
) -> Correlation:
    """Correlate the two dimensions over units or employees; refused where one is computed from the other.

    Under the rules of 2023 competence starts from the performance predicate, so performance counts twice by
    construction: `COUNTED_TWICE`. Neither has sampling error here, so nothing is corrected.

    Raises:
        AnalyticsError: `units-length`, `not-finite`.
    """
    require_finite(kompetensi=kompetensi, kinerja=kinerja)
    if not ruleset.kompetensi_kinerja:
        return _undefined(len(kompetensi), Reason.COUNTED_TWICE)
    x, y = _series(kompetensi), _series(kinerja)
    if len(x) != len(y):
        raise AnalyticsError("units-length", got=(len(x), len(y)), expected="one value per unit")
    known = ~np.isnan(x) & ~np.isnan(y)
    return _correlate(x[known], y[known], None)


def _series(values: Sequence[float | None]) -> FloatArray:
    return np.array([math.nan if v is None else v for v in values], dtype=np.float64)


def _correlate(x: FloatArray, y: FloatArray, se: FloatArray | None) -> Correlation:
    n = len(x)
    if n < _MINIMUM:
        return _undefined(n, Reason.TOO_FEW)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return _undefined(n, Reason.NO_VARIATION)
    # Imported here: it takes longer to load than everything else of the product's numbers together.
    from scipy.stats import rankdata

    r, rank_r = pearson(x, y), pearson(rankdata(x), rankdata(y))
    reliability, corrected, why = _corrected(r, y, se)
    reasons = [(f, why) for f, v in (("reliability", reliability), ("corrected", corrected)) if v is None]
    return Correlation(
        n=n,
        pearson=r,
        pearson_interval=fisher_interval(r, n),
        spearman=rank_r,
        spearman_interval=bonett_wright_interval(rank_r, n),
        corrected=corrected,
        reliability=reliability,
        r_minimum=critical_r(n),
        reasons=tuple((field, w) for field, w in reasons if w is not None),
    )


def pearson(x: FloatArray, y: FloatArray) -> float:
    """Pearson's r of two series that both vary, kept within -1 and 1.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(x=x, y=y)
    dx, dy = x - x.mean(), y - y.mean()
    return float(np.clip(dx @ dy / math.sqrt(float(dx @ dx) * float(dy @ dy)), -1, 1))


def _corrected(
    r: float, y: FloatArray, se: FloatArray | None
) -> tuple[float | None, float | None, Reason | None]:
    if se is None or np.isnan(se).all():
        return None, None, Reason.NOT_RECORDED
    reliability = 1 - float(np.nanmean(se**2)) / float(np.var(y, ddof=1))
    if reliability <= 0:
        return None, None, Reason.NOISE_EXCEEDS_SPREAD
    corrected = r / math.sqrt(reliability)
    if abs(corrected) > 1:
        return reliability, None, Reason.CORRECTED_BEYOND_ONE
    return reliability, corrected, None


def _undefined(n: int, why: Reason) -> Correlation:
    fields = ("pearson", "spearman", "corrected", "reliability")
    reasons = tuple((field, why) for field in fields)
    return Correlation(
        n=n,
        pearson=None,
        pearson_interval=None,
        spearman=None,
        spearman_interval=None,
        corrected=None,
        reliability=None,
        r_minimum=critical_r(n),
        reasons=reasons,
    )
