"""The smallest group of people that a published number may be about: the one place where it stands."""

from __future__ import annotations

#: A number of fewer people than that, but not of none, would nearly be what one of them said.
MINIMUM = 5


def is_few(n: int, minimum: int = MINIMUM) -> bool:
    """Whether so many people are some, but fewer than the minimum. Nobody is no group: a 0 may be shown."""
    return 0 < n < minimum
