"""Units beside units and periods beside periods: together, ranked, compared, over time."""

from analytics.comparison.aggregate import Aggregate, Coverage, Covers, Method, aggregate
from analytics.comparison.ahead import ahead
from analytics.comparison.beside_mean import Beside, Side, beside_mean
from analytics.comparison.cells import Cell, stand_out
from analytics.comparison.compare import (
    Adjusted,
    Difference,
    adjust_p,
    benjamini_hochberg,
    change,
    difference,
    holm,
)
from analytics.comparison.dispersion import pooled_ses
from analytics.comparison.funnel import Funnel, Position, funnel, funnel_limits
from analytics.comparison.laney import LaneyChart, laney
from analytics.comparison.likeness import alike_order
from analytics.comparison.rank_sets import RankSet, indistinguishable_groups, rank_sets
from analytics.comparison.ranking import Rank, rank_intervals, shrink
from analytics.comparison.series import Break, Point, Series, instrument_breaks, regulation_breaks
from analytics.comparison.shares import Counted, ShareBeside, shares_above, shares_beside
from analytics.comparison.small_areas import Area, small_areas
from analytics.comparison.trend import MIN_POINTS, Trend, seasonal_trend, trend

__all__ = [
    "MIN_POINTS",
    "Adjusted",
    "Aggregate",
    "Area",
    "Beside",
    "Break",
    "Cell",
    "Counted",
    "Coverage",
    "Covers",
    "Difference",
    "Funnel",
    "LaneyChart",
    "Method",
    "Point",
    "Position",
    "Rank",
    "RankSet",
    "Series",
    "ShareBeside",
    "Side",
    "Trend",
    "adjust_p",
    "aggregate",
    "ahead",
    "alike_order",
    "benjamini_hochberg",
    "beside_mean",
    "change",
    "difference",
    "funnel",
    "funnel_limits",
    "holm",
    "indistinguishable_groups",
    "instrument_breaks",
    "laney",
    "pooled_ses",
    "rank_intervals",
    "rank_sets",
    "regulation_breaks",
    "seasonal_trend",
    "shares_above",
    "shares_beside",
    "shrink",
    "small_areas",
    "stand_out",
    "trend",
]
