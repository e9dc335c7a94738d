"""How many questionnaires are needed, and how many are still missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.reason import Reason
from analytics.rounding import half_up

_CHI_SQUARE = Fraction("3.841")  # 1 degree of freedom, 95 %, as printed by the authors
_SPREAD = Fraction(1, 4)  # P x Q with P = Q = 0.5
_MARGIN = Fraction(1, 20)


@dataclass(frozen=True)
class ServiceProgress:
    """One service: its users in the period, its share of the required sample, and what is missing.

    A service can fall short while the unit as a whole does not: answers to one do not stand in for another.
    per_day: sheets a day that close the gap by the last day, rounded up; None when no day is left.
    """

    key: str
    users: int
    required: int
    achieved: int
    per_day: int | None

    @property
    def missing(self) -> int:
        return max(0, self.required - self.achieved)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Achieved against required.

    Attributes:
        population: users of all services in the period.
        required: Krejcie-Morgan sample size for it.
        services: one per service; their `required` add up to the total.
        per_day: sheets a day that close the gap by the last day, rounded up; None when no day is left.
        half_width: half-width of a 95 % interval of a proportion of one half with what is achieved, 0 to 0.5;
            Krejcie and Morgan ask for 0.05. None without any sheet.
        reasons: why a field is None.
    """

    population: int
    required: int
    achieved: int
    services: tuple[ServiceProgress, ...]
    per_day: int | None
    half_width: float | None
    reasons: tuple[tuple[str, Reason], ...]

    @property
    def missing(self) -> int:
        """Sheets still needed for the unit as a whole."""
        return max(0, self.required - self.achieved)


def krejcie_morgan(population: int) -> int:
    """Sample size for `population` users: 3.841 N PQ / (d^2 (N - 1) + 3.841 PQ), P = Q = 0.5, d = 0.05.

    Rounded half up, which reproduces every row of the printed table (Krejcie and Morgan 1970, Educational and
    Psychological Measurement 30, 607-610). Exact: no float is involved. At most `population`.

    Raises:
        AnalyticsError: `population-negative`, `not-finite`.
    """
    require_finite(population=population)
    if population < 0:
        raise AnalyticsError("population-negative", got=population, expected="0 users or more")
    numerator = _CHI_SQUARE * population * _SPREAD
    size = numerator / (_MARGIN**2 * (population - 1) + _CHI_SQUARE * _SPREAD)
    return int(half_up(size, 0))


def half_width(population: int, n: int) -> float | None:
    """The d that makes `n` the required size: sqrt(3.841 PQ (N - n) / (n (N - 1))). None for n = 0.

    Raises:
        AnalyticsError: `population-below-n`, `not-finite`.
    """
    require_finite(population=population, n=n)
    _check_achieved("population", population, n)
    if n == 0:
        return None
    if n == population:
        return 0.0
    return math.sqrt(_CHI_SQUARE * _SPREAD * (population - n) / (n * (population - 1)))


def allocate(size: int, users: Mapping[str, int]) -> dict[str, int]:
    """Divide `size` sheets over services in proportion to users (largest remainders, earlier key first).

    The parts add up to `size` and none exceeds its users as long as `size` does not exceed their sum.

    Raises:
        AnalyticsError: `users-negative`, `size-above-users`, or `not-finite`.
    """
    require_finite(size=size, users=users.values())
    total = sum(users.values())
    if min(users.values(), default=0) < 0:
        raise AnalyticsError("users-negative", got=dict(users), expected="0 users or more per service")
    if size > total:
        raise AnalyticsError("size-above-users", got=size, expected=f"at most the {total} users")
    if size == 0:
        return dict.fromkeys(users, 0)
    quotas = {key: Fraction(size * n, total) for key, n in users.items()}
    parts = {key: math.floor(quota) for key, quota in quotas.items()}
    by_remainder = sorted(users, key=lambda key: parts[key] - quotas[key])
    for key in by_remainder[: size - sum(parts.values())]:
        parts[key] += 1
    return parts


def progress(users: Mapping[str, int], achieved: Mapping[str, int], days_left: int) -> Progress:
    """Where a unit's survey stands.

    Args:
        users: service users in the period, by service key.
        achieved: filled questionnaires by service key; a service without an entry has none.
        days_left: days on which answers can still come in, today included if it counts.

    Raises:
        AnalyticsError: `service-unknown` for answers to a service that `users` lacks; `population-below-n` if
            a service has more answers than users; `not-finite`.
    """
    require_finite(users=users.values(), achieved=achieved.values(), days_left=days_left)
    unknown = sorted(set(achieved) - set(users))
    if unknown:
        raise AnalyticsError("service-unknown", got=unknown, expected=f"services {sorted(users)}")
    for key in users:
        _check_achieved(key, users[key], achieved.get(key, 0))
    population, n = sum(users.values()), sum(achieved.values())
    required = krejcie_morgan(population)
    parts = allocate(required, users)
    services = tuple(_service(k, users[k], parts[k], achieved.get(k, 0), days_left) for k in users)
    per_day = _per_day(required - n, days_left)
    width = half_width(population, n)
    reasons = [("per_day", Reason.PERIOD_OVER)] if per_day is None else []
    reasons += [("half_width", Reason.TOO_FEW)] if width is None else []
    return Progress(
        population=population,
        required=required,
        achieved=n,
        services=services,
        per_day=per_day,
        half_width=width,
        reasons=tuple(reasons),
    )


def _service(key: str, users: int, required: int, achieved: int, days_left: int) -> ServiceProgress:
    return ServiceProgress(key, users, required, achieved, _per_day(required - achieved, days_left))


def _per_day(missing: int, days_left: int) -> int | None:
    return math.ceil(max(0, missing) / days_left) if days_left > 0 else None


def _check_achieved(what: str, users: int, n: int) -> None:
    if n > users:
        raise AnalyticsError(
            "population-below-n",
            got=f"{what}: {users} users",
            expected=f"at least the {n} who answered",
            hint="Correct the number of users served in the period.",
        )
