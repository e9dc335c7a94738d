"""Signals that an answer may not be a citizen's considered one. A flag is a signal and never deletes.

A new flag is a member of `Flag` and its line in `SIGNALS`, with `VERSION` raised; its words stand in
`survey_app.wording.flag_words`. Tests name what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum, IntFlag, auto

import numpy as np
from numpy.typing import NDArray

from analytics.errors import AnalyticsError
from analytics.ikm.bands import SKM_2017, Band
from analytics.ikm.covariance import FloatArray
from analytics.ikm.moderated import Past
from analytics.ikm.moments import IntArray, Moments
from analytics.ikm.scoring import IkmResult, score
from analytics.ikm.weights import Weight

BoolArray = NDArray[np.bool_]


class Flag(IntFlag):
    """Why an answer is worth a second look; a response carries any combination."""

    STRAIGHT_LINE = 1
    TOO_FAST = 2
    BURST = 4
    OUT_OF_HOURS = 8
    DUPLICATE = 16


ALL_FLAGS = ~Flag(0)
#: Raised with every flag and every change of how one is found: what is stored is then found anew.
VERSION = 3


class Known(Enum):
    """What must be known of a sheet before a flag can be looked for."""

    ANSWERS = auto()
    DURATION = auto()
    DEVICE = auto()
    HOURS = auto()


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Answer sheets with what is known of their making; n rows in any order.

    Attributes:
        answers: (n, k) scores, 0 for not answered.
        duration: (n,) seconds spent on the form; NaN where not measured.
        client: (n,) number of the device or client, -1 where not known.
        time: (n,) seconds since any fixed moment.
        local_hour: (n,) hour of day in the unit's own time zone, 0 to below 24; NaN where not known.
        opens, closes: (n,) hours of service on the sheet's day, 0 to 24; equal on a day without service; NaN
            where not known.
    """

    answers: IntArray
    duration: FloatArray
    client: IntArray
    time: FloatArray
    local_hour: FloatArray
    opens: FloatArray
    closes: FloatArray

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, column.name)) for column in fields(self)}
        if len(lengths) > 1:
            raise AnalyticsError("responses-length", got=sorted(lengths), expected="columns of equal length")


@dataclass(frozen=True, kw_only=True)
class QualityRules:
    """Thresholds. The defaults are choices, not regulation: a kiosk serves a citizen a minute, not ten.

    Attributes:
        straight_line_minimum: fewest answered elements for which equal answers mean anything.
        seconds_per_unsur: below it nobody has read the question.
        burst_count, burst_seconds: so many sheets from one client within so many seconds.
        grace_hours: so long after closing a sheet is still within hours: who waits at closing is served.
        duplicate_seconds: the same client giving the same answers again within this time.
    """

    straight_line_minimum: int = 5
    seconds_per_unsur: float = 1.0
    burst_count: int = 5
    burst_seconds: float = 120.0
    grace_hours: float = 1.0
    duplicate_seconds: float = 600.0

    @property
    def seconds_before(self) -> float:
        """So long before a sheet another of its client can change its flags; at exactly so long it does.

        A burst that holds a sheet began at most `burst_seconds` before it, what it repeats was given at most
        `duplicate_seconds` before.
        """
        return max(self.burst_seconds, self.duplicate_seconds)

    @property
    def seconds_after(self) -> float:
        """So long after a sheet another of its client can change its flags: by then a burst has ended."""
        return self.burst_seconds


@dataclass(frozen=True)
class FlagEffect:
    """The index with every sheet, and without the flagged ones; the first is the result.

    Attributes:
        counts: flagged sheets per flag; a sheet with two flags counts in both.
        flagged: sheets with at least one of the flags considered.
        difference: IKM of all minus IKM without the flagged, in IKM points; None if either is undefined.
    """

    everything: IkmResult
    unflagged: IkmResult
    counts: tuple[tuple[Flag, int], ...]
    flagged: int
    difference: Decimal | None


@dataclass(frozen=True)
class Signal:
    """How a flag is found: what must be known of a sheet, and which of n sheets carry it."""

    needs: Known
    find: Callable[[Responses, QualityRules], BoolArray]


def flag_responses(responses: Responses, rules: QualityRules | None = None) -> IntArray:
    """(n,) bit masks of `Flag`, each found as `SIGNALS` has it.

    Missing data: what is not known raises no flag.
    """
    mask = np.zeros(len(responses.answers), dtype=np.int64)
    for flag, signal in SIGNALS.items():
        mask[signal.find(responses, rules or QualityRules())] |= flag.value
    return mask


def flag_effect(
    everything: Moments,
    groups: Mapping[Flag, Moments],
    *,
    weights: Sequence[Weight] | None = None,
    population: int | None = None,
    bands: Sequence[Band] = SKM_2017,
    past: Past | None = None,
    consider: Flag = ALL_FLAGS,
) -> FlagEffect:
    """The index of all sheets beside the index without those that carry a flag of `consider`.

    From sums: no answer sheet is read again. Missing data as `analytics.ikm.scoring.score`.

    Args:
        everything: sums of all sheets.
        groups: sums of the sheets that carry exactly these flags; each sheet is in one group at most.

    Raises:
        AnalyticsError: `moments-negative` if the groups are not part of `everything`; those of `score`.
    """
    flagged = Moments.merge_all(
        (moments for flags, moments in groups.items() if flags & consider), everything.k, everything.levels
    )
    whole, rest = (
        score(moments, weights=weights, population=population, bands=bands, past=past)
        for moments in (everything, everything - flagged)
    )
    known = whole.ikm is not None and rest.ikm is not None
    counts = tuple((flag, sum(m.n for flags, m in groups.items() if flag in flags)) for flag in Flag)
    difference = (whole.ikm or Decimal(0)) - (rest.ikm or Decimal(0)) if known else None
    return FlagEffect(whole, rest, counts, flagged.n, difference)


def _straight_line(responses: Responses, rules: QualityRules) -> BoolArray:
    """All answered elements equal. Plausible for a content citizen, and common: a signal only."""
    answers = responses.answers
    answered = answers > 0
    highest = answers.max(axis=1, initial=0)
    equal = ((answers == highest[:, None]) | ~answered).all(axis=1)
    return np.asarray(equal & (answered.sum(axis=1) >= rules.straight_line_minimum))


def _too_fast(responses: Responses, rules: QualityRules) -> BoolArray:
    """Duration / answered elements below seconds_per_unsur."""
    answered = (responses.answers > 0).sum(axis=1)
    return np.asarray(responses.duration < rules.seconds_per_unsur * answered)


def _burst(responses: Responses, rules: QualityRules) -> BoolArray:
    """Every sheet of a run of burst_count sheets of one client within burst_seconds.

    Sorted by client and time a run is a window of so many sheets whose ends are close enough.
    """
    n, last = len(responses.client), rules.burst_count - 1
    flagged = np.zeros(n, dtype=np.bool_)
    order = np.lexsort((responses.time, responses.client))
    client, time = responses.client[order], responses.time[order]
    first = slice(None, max(n - last, 0))
    close = time[last:] - time[first] <= rules.burst_seconds
    (starts,) = np.nonzero(close & (client[last:] == client[first]) & (client[first] >= 0))
    for offset in range(rules.burst_count):
        flagged[order[starts + offset]] = True
    return flagged


def _out_of_hours(responses: Responses, rules: QualityRules) -> BoolArray:
    """Local hour outside [opens, closes + grace_hours), or a day without service."""
    hour, opens, closes = responses.local_hour, responses.opens, responses.closes
    outside = (hour < opens) | (hour >= closes + rules.grace_hours)
    return np.asarray(outside | (np.isfinite(hour) & (opens == closes)))


def _duplicate(responses: Responses, rules: QualityRules) -> BoolArray:
    """The same client gave the same answers within duplicate_seconds before; the first is not flagged."""
    flagged = np.zeros(len(responses.client), dtype=np.bool_)
    seen: dict[tuple[int, bytes], float] = {}
    for i in np.argsort(responses.time, kind="stable"):
        client, time = int(responses.client[i]), float(responses.time[i])
        key = client, responses.answers[i].tobytes()
        flagged[i] = client >= 0 and time - seen.get(key, -np.inf) <= rules.duplicate_seconds
        seen[key] = time
    return flagged


SIGNALS: Mapping[Flag, Signal] = {
    Flag.STRAIGHT_LINE: Signal(Known.ANSWERS, _straight_line),
    Flag.TOO_FAST: Signal(Known.DURATION, _too_fast),
    Flag.BURST: Signal(Known.DEVICE, _burst),
    Flag.OUT_OF_HOURS: Signal(Known.HOURS, _out_of_hours),
    Flag.DUPLICATE: Signal(Known.DEVICE, _duplicate),
}
