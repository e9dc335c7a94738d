"""The numbers: exact sums in, frozen results out. No I/O, no clock, no hidden randomness.

Each package is a domain, and offers in its `__init__` what the product uses of it, to be imported from there:
`from analytics.ikm import Moments`. What all of them share is offered here.
"""

from analytics.errors import AnalyticsError
from analytics.period import Period
from analytics.reason import Reason
from analytics.rounding import half_up

__all__ = ["AnalyticsError", "Period", "Reason", "half_up"]
