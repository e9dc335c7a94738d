"""What R computes from unit values and series, computed here: names and order as in trend.R and ranking.R."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.funnel import funnel
from analytics.comparison.laney import laney
from analytics.comparison.ranking import shrink
from analytics.comparison.series import Point, Series
from analytics.comparison.trend import Trend, seasonal_trend, trend
from analytics.ikm.sheets import Sheets
from analytics.period import Period
from tests.analytics.reference import Reference, named, numbers, published


def series(starts: Iterable[int], months: int, values: Sequence[float]) -> Series:
    return Series(tuple(Point(Period(s, months), v) for s, v in zip(starts, values, strict=True)))


def shown(t: Trend) -> list[float]:
    """Without an interval where there are too few pairs for one."""
    return numbers(t.s, t.correlation, t.variance, t.t, t.df, t.p, t.slope, t.interval or ())


def trends() -> Reference:
    given = {n: v for n, v in published("trend").items() if not n.endswith("_trend")}
    years, gappy = ([int(y) * 12 for y in given[n]] for n in ("years", "gappy_years"))
    monthly, lasting = (series(range(24000, 24036), 1, given[n]) for n in ("monthly", "lasting"))
    quarterly = series(range(24000, 24036, 3), 3, given["monthly"][:12])
    left = Series(tuple(lasting.points[int(m)] for m in given["left"]))
    floored = series(range(24000, 24016), 1, np.floor(given["lasting"][:16]).tolist())
    return given | {
        "rising_trend": shown(trend(series(years, 12, given["rising"]))),
        "flat_trend": shown(trend(series(years, 12, given["flat"]))),
        "tied_trend": shown(trend(series(years, 12, given["tied"]))),
        "gappy_trend": shown(trend(series(gappy, 12, given["gappy"]))),
        "lasting_trend": shown(trend(Series(lasting.points[:23]))),
        "left_trend": shown(trend(left)),
        "floored_trend": shown(trend(floored)),
        "monthly_trend": shown(seasonal_trend(monthly)),
        "quarterly_trend": shown(seasonal_trend(quarterly)),
        "two_years_trend": shown(seasonal_trend(Series(lasting.points[:24]))),
        "lasting_months_trend": shown(seasonal_trend(lasting)),
        "left_months_trend": shown(seasonal_trend(left)),
    }


def shrunken(values: Sequence[float], ses: Sequence[float]) -> Reference:
    s = shrink(values, ses)
    return {
        "tau2": numbers(s.tau2),
        "mean": numbers(s.mean),
        "mean_se": numbers(s.mean_se),
        "values": numbers(s.values),
        "sds": numbers(s.sds),
        "shares": numbers(s.shares),
    }


def ranking() -> Reference:
    given = {n: published("ranking")[n] for n in ("values", "ses", "n")}
    values, ses, n = given["values"], given["ses"], [int(v) for v in given["n"]]
    f = funnel(values, ses, n)
    points = tuple(
        Point(Period(24000 + i, 1), v, s) for i, (v, s) in enumerate(zip(values, ses, strict=True))
    )
    sheets = [Sheets(k, (k - 1) * k * se**2, (0,) * 36 + (k,)) for k, se in zip(n, ses, strict=True)]
    chart = laney(Series(points), sheets, np.random.default_rng(0), expected=0.318, draws=10)
    assert chart.limits is not None
    limits = {
        "target": numbers(f.target),
        "sd": numbers(f.sd),
        "warn_low": [p.warn[0] for p in f.points],
        "warn_high": [p.warn[1] for p in f.points],
        "alarm_low": [p.alarm[0] for p in f.points],
        "alarm_high": [p.alarm[1] for p in f.points],
    }
    months = {
        "centre": numbers(chart.centre),
        "sigma": numbers(chart.sigma_z),
        "low": [low for low, _ in chart.limits],
        "high": [high for _, high in chart.limits],
    }
    similar = [0, 1, 4, 7, 11]
    return (
        given
        | named("eb", shrunken(values, ses))
        | named("alike", shrunken([values[i] for i in similar], [ses[i] for i in similar]))
        | named("three", shrunken(values[:3], ses[:3]))
        | named("pooled", {"se": numbers(pooled_ses(values, ses, n))})
        | named("funnel", limits)
        | named("laney", months)
    )
