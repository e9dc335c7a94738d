"""What a unit's result means for the next step: odds of the letter, priorities, what a change would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from analytics.comparison import Difference, change
from analytics.ikm import (
    Estimate,
    NextMutu,
    Odds,
    PriorityMap,
    Reliability,
    WhatIf,
    odds,
    odds_at,
    priorities,
    reliability,
    to_next_mutu,
    what_if,
)
from analytics.sampling import Progress, progress
from survey_app.instruments import Element
from survey_app.services.ikm.history import incomparable
from survey_app.services.ikm.results import UnitResult

#: The ministry's outline asks for the three lowest unsur.
PRIORITIES = 3


@dataclass(frozen=True, kw_only=True)
class Insight:
    """Read from a unit's result alone.

    Attributes:
        odds: probability of each mutu.
        change: against the period before.
        priorities: importance and performance of every unsur.
        reliability: Cronbach's alpha, and each unsur against the r table; what takes the sheets themselves is
            in `services.ikm.reliability`.
        next_mutu: per unsur, what it alone would need for the next letter; None where nothing leads there.
        sampling: achieved against required; None while the users served are not known.
    """

    odds: Odds
    change: Difference
    priorities: PriorityMap
    reliability: Reliability
    next_mutu: tuple[NextMutu | None, ...]
    sampling: Progress | None


@dataclass(frozen=True)
class Lift:
    """The index if one unsur had another NRR, and the odds of its letter with the sampling error of today.

    How much people differ is kept, of the room that is left to them: see `analytics.ikm.odds.odds_at`.
    """

    outcome: WhatIf
    odds: Odds


def insight(result: UnitResult, today: date) -> Insight:
    """What `result` says about the next step; `today` decides how many days of the period are left."""
    bands = result.instrument.bands
    return Insight(
        odds=odds(Estimate.of(result.score), bands, result.peers),
        change=_change(result),
        priorities=priorities(result.current.moments, result.score.population),
        reliability=reliability(result.current.moments),
        next_mutu=to_next_mutu(result.score, bands)[0],
        sampling=_sampling(result, today),
    )


def ranked(result: UnitResult) -> list[tuple[Element, Fraction]]:
    """The answered unsur from the lowest NRR to the highest; equal ones in the instrument's order."""
    pairs = zip(result.instrument.elements, result.score.unsur, strict=True)
    known = [(element, unsur.exact) for element, unsur in pairs if unsur.exact is not None]
    return sorted(known, key=lambda pair: pair[1])


def lowest(result: UnitResult) -> list[Element]:
    """The unsur proposed for follow-up; none while all are equal or one person has answered."""
    order = ranked(result)
    if result.score.n < 2 or not order or order[0][1] == order[-1][1]:
        return []
    return [element for element, _ in order[:PRIORITIES]]


def lift(result: UnitResult, position: int, nrr: Fraction) -> Lift:
    """What happens to the index if the unsur at `position` had this NRR.

    Raises: AnalyticsError for an undefined index, an unknown position or a NRR outside the scale.
    """
    bands = result.instrument.bands
    change = nrr - (result.score.unsur[position].exact or Fraction(0))
    outcome = what_if(result.score, {position: change}, bands)
    return Lift(outcome, odds_at(Estimate.of(result.score), outcome.exact, bands, result.peers))


def _change(result: UnitResult) -> Difference:
    """Against the period before, unless another rule or questionnaire lies between."""
    last = result.trend[-2]
    why = incomparable(result, last.period)
    if why is not None:
        return Difference.undefined(why)
    return change(Estimate.of(last.score), Estimate.of(result.score))


def _sampling(result: UnitResult, today: date) -> Progress | None:
    """By service where every service has recorded at least as many users as answers, else as a whole."""
    users = result.score.population
    if users is None:
        return None
    days_left = max(0, (result.period.end_day - max(today, result.period.first_day)).days)
    served = {s.service.code: s.users for s in result.services if s.users is not None and s.users >= s.n}
    if not served or len(served) < len(result.services):
        return progress({"": users}, {"": result.score.n}, days_left)
    return progress(served, {s.service.code: s.n for s in result.services}, days_left)
