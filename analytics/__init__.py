"""The numbers: exact sums in, frozen results out. No I/O, no clock, no hidden randomness."""

from analytics.errors import AnalyticsError
from analytics.ikm.moments import Moments

__all__ = ["AnalyticsError", "Moments"]
