"""How many sheets are needed, and what those of several groups say together."""

from analytics.sampling.size import Progress, krejcie_morgan, progress
from analytics.sampling.strata import Stratum
from analytics.sampling.weighting import Group, Weighted, post_stratify

__all__ = ["Group", "Progress", "Stratum", "Weighted", "krejcie_morgan", "post_stratify", "progress"]
