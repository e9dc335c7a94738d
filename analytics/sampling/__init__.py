"""How many sheets are needed, and what those of several groups say together."""

from analytics.sampling.levelling import levelled
from analytics.sampling.raking import Margin, rake
from analytics.sampling.size import Progress, krejcie_morgan, progress
from analytics.sampling.strata import Stratum
from analytics.sampling.ways import ENOUGH_SHEETS, ENOUGH_UNITS, WayDifference, compare_ways
from analytics.sampling.weighting import Group, Weighted, post_stratify

__all__ = [
    "ENOUGH_SHEETS",
    "ENOUGH_UNITS",
    "Group",
    "Margin",
    "Progress",
    "Stratum",
    "WayDifference",
    "Weighted",
    "compare_ways",
    "krejcie_morgan",
    "levelled",
    "post_stratify",
    "progress",
    "rake",
]
