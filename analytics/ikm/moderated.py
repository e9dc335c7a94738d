"""The interval of an index of few sheets: what the sample tells, and how far off it may be.

A small sample says little of how much people differ, and one in which all agree says nothing. So its own
dispersion is moderated: by what the form itself makes likely, which is worth six sheets, and by what earlier
months of the same unit showed (`Past`). Nothing is borrowed from other units, so none is atypical of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from scipy.special import stdtrit

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import Interval, require_level

#: Share of a person's answers that is the person's own, and of people who give one score throughout, that the
#: expected dispersion supposes; and the degrees of freedom it is worth.
_ALIKE, _ONE_SCORE, _EXPECTED_FREEDOM = 0.22, 0.3, 6.0
#: Degrees of freedom that a past lends for each of its own, as people change; and at most.
LENT, MOST = 0.5, 60.0
#: Degrees of freedom of the past at which what is expected of the form counts half.
_PAST_HALVES = 20.0
#: Part of the curvature that is taken off the position.
_BENT = 0.07


@dataclass(frozen=True, kw_only=True)
class Past:
    """How much the users of a unit differed in earlier months, said coarsely.

    Attributes:
        weight: degrees of freedom it lends, above 0 (see `past.past_of`).
        dispersion: as `Sample.dispersion`, 0 to 1.
        calibration: the number of the calibration that found it.
    """

    weight: float
    dispersion: float
    calibration: int = 0

    def __post_init__(self) -> None:
        require_finite(weight=self.weight, dispersion=self.dispersion)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What sheets tell about an index, as a position on its scale, of which 0 and 1 are the ends.

    Attributes:
        position: of the index, 0 to 1.
        dispersion: variance of one person's position over p (1 - p), 0 to 1; 0 where all sheets agree.
        freedom: degrees of freedom of `dispersion`, 0 or more: less than sheets - 1 near the ends of the
            scale, where agreement is no evidence.
        sheets: how many; where some leave unsur out, answers an unsur (harmonic mean by weight).
        unseen: 1 - n/N with n as `sheets`, the share of the users that is not known; 1 when N is not.
        expected: dispersion that the form makes likely (`expected_dispersion`), 0 to 1.
        past: what earlier months tell; None where there are none.
    """

    position: float
    dispersion: float
    freedom: float
    sheets: float
    unseen: float
    expected: float
    past: Past | None = None

    def __post_init__(self) -> None:
        require_finite(position=self.position, dispersion=self.dispersion, freedom=self.freedom)
        require_finite(sheets=self.sheets, unseen=self.unseen, expected=self.expected)

    @cached_property
    def moderated(self) -> tuple[float, float]:
        """The dispersion to use, and its degrees of freedom.

        phi = (d0 phi0 + w phi_past + nu phi_own) / (d0 + w + nu). Where the sample differs more than its
        past, something has changed: the past then weighs (phi_past / phi_own)^2 as much. What is expected of
        the form weighs d0 = 6 / (1 + w/20): the more a unit has shown, the less is left to expect.

        Source: moderated variance of Smyth 2004, Statistical Applications in Genetics 3(1), with a fixed
            prior; weights by simulation, docs/decisions/interval-of-the-ikm.md.
        """
        first, weight = self.expected_weight, self.past_weight
        seen = 0.0 if self.past is None else self.past.dispersion
        freedom = first + weight + self.freedom
        return (first * self.expected + weight * seen + self.freedom * self.dispersion) / freedom, freedom

    @property
    def past_weight(self) -> float:
        """w of `moderated`; 0 without a past."""
        if self.past is None:
            return 0.0
        seen = self.past.dispersion
        return self.past.weight * (min(1.0, seen / self.dispersion) ** 2 if self.dispersion else 1.0)

    @property
    def expected_weight(self) -> float:
        """d0 of `moderated`."""
        return _EXPECTED_FREEDOM / (1 + self.past_weight / _PAST_HALVES)

    def after(self, past: Past | None, other: Sample) -> Sample:
        """This sample as a neighbour in time of `other`, of the same unit: `past` and it are its past.

        The other lends half of its degrees of freedom, as a past does.
        """
        lent = LENT * other.freedom
        told = [(p.weight, p.dispersion) for p in (past,) if p is not None] + [(lent, other.dispersion)]
        weight = sum(w for w, _ in told)
        if weight == 0:
            return replace(self, past=None)
        dispersion = sum(w * d for w, d in told) / weight
        return replace(self, past=Past(weight=min(weight, MOST), dispersion=dispersion))

    def interval(self, level: float = 0.95) -> Interval:
        """Wilson's interval of the position, with the moderated dispersion: 0 to 1, and around the position.

        All positions theta with (x - e theta)^2 <= t^2 A0 theta (1 - theta), A0 = phi (1 - n/N) / n,
        b = .07 A0 (t^2 (1 - nu/df) - 1), x = position - b, e = 1 - 2 b and t that of df degrees of freedom:
        for phi = 1 that is Wilson's of a share, with a second-order correction. The people who were asked are
        known: the ends are at least n/N x and at most n/N x + 1 - n/N.

        Raises:
            AnalyticsError: `interval-level`.

        Source: Wilson 1927, JASA 22, as of effective numbers in Franco, Little, Louis and Slud 2019, Journal
            of Survey Statistics and Methodology 7(3); coverage by `python -m benchmarks.coverage`.
        """
        require_level(level)
        m, known, (phi, freedom) = self.position, 1 - self.unseen, self.moderated
        t = float(stdtrit(freedom, (1 + level) / 2))
        spread = phi * self.unseen / self.sheets
        x, e = self._unbent(t)
        a, b = e * e + t * t * spread, 2 * x * e + t * t * spread
        root = math.sqrt(max(0.0, b * b - 4 * a * x * x))
        low = 0.0 if x <= 0 else (b - root) / (2 * a)
        high = 1.0 if x >= e else (b + root) / (2 * a)
        return max(min(low, m), known * m), min(max(high, m), known * m + self.unseen)

    def _unbent(self, t: float) -> tuple[float, float]:
        """x and e of `interval`."""
        phi, freedom = self.moderated
        bend = _BENT * phi * self.unseen / self.sheets * (t * t * (1 - self.freedom / freedom) - 1)
        return self.position - bend, 1 - 2 * bend


def sample_of(
    *,
    position: float,
    variance: float,
    sheets: float,
    unseen: float,
    expected: float,
    past: Past | None = None,
) -> Sample:
    """The sample whose sheets have this variance.

    phi = S2 / (p (1 - p) + S2/n), 0 where all agree; nu = (n - 1) min(1, 9 p (1 - p)).

    Args:
        position: of the index, 0 to 1.
        variance: of one person's position (S2), 0 or more.
        sheets: at least 1.
        unseen, expected, past: as of `Sample`.

    Raises:
        AnalyticsError: `not-finite`.
    """
    require_finite(variance=variance)
    room = position * (1 - position)
    return Sample(
        position=position,
        dispersion=variance / (room + variance / sheets) if variance > 0 else 0.0,
        freedom=(sheets - 1) * min(1.0, 9 * room),
        sheets=sheets,
        unseen=unseen,
        expected=expected,
        past=past,
    )


@lru_cache(maxsize=256)
def expected_dispersion(weights: tuple[Fraction, ...], levels: int) -> float:
    """The dispersion that a form makes likely: of nine unsur of equal weight and four levels .318.

    r + (1 - r) (1/(a J) + s (1 - 1/J)/a) with a = levels - 1 steps and 1/J the sum of the squared weights:
    people of whose answers the share r = .22 is their own, and of whom s = .3 give one score throughout.

    Raises:
        AnalyticsError: `levels-few` below two levels.
    """
    require_finite(levels=levels)
    if levels < 2:
        raise AnalyticsError("levels-few", got=levels, expected="at least two levels")
    share, steps = float(sum(w * w for w in weights)), levels - 1
    return _ALIKE + (1 - _ALIKE) * (share / steps + _ONE_SCORE * (1 - share) / steps)
