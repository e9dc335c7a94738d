"""Estimates for units of few sheets, which lean on each unit's own past and on the other units.

For looking after units, and nowhere in the place of the IKM: the regulation's number is the unit's own. Of
two units of 8 sheets the lower is mostly the unluckier; such a list needs where they probably are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from scipy.special import expit, stdtrit

from analytics.comparison import linking
from analytics.comparison.ranking import FloatArray
from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.ikm.intervals import Interval, require_level
from analytics.ikm.moderated import Sample
from analytics.reason import Reason

#: Units that a line is drawn through; of fewer, nobody is told how far they lie apart.
FEWEST_UNITS = 10
#: Standard errors of its own sheets that a unit is moved at most: one far from the line is moved no farther.
_FARTHEST = 1.0
#: How often values, errors and line are made to agree with each other.
_STEPS = 3
#: Sheets, as effective numbers, that begin in the middle of the scale while no line is known.
_MIDDLE = 4.0
#: Nodes of the normal distribution, over which a position is averaged.
_NODES, _NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_NODE_WEIGHTS = _NODE_WEIGHTS / _NODE_WEIGHTS.sum()


@dataclass(frozen=True)
class Area:
    """A unit: its sample in the period, and that of all its sheets of the year before; None without any."""

    sample: Sample
    past: Sample | None


@dataclass(frozen=True, kw_only=True)
class AreaEstimate:
    """Where a unit probably is, as a position on the scale, of which 0 and 1 are the ends.

    Attributes:
        position: the estimate.
        interval: 95 % (or `level`) interval around it.
        rmse: root of its mean squared error by the bootstrap; 0 of a census.
        share: how much of the unit's own deviation from the line is kept, 0 to 1.
        held: the line would have moved it farther than one standard error of its own sheets; it was not.
    """

    position: float
    interval: Interval
    rmse: float
    share: float
    held: bool


@dataclass(frozen=True)
class SmallAreas:
    """Estimates in the order of the units; empty with the reason `TOO_FEW` for fewer than ten units."""

    estimates: tuple[AreaEstimate, ...]
    reason: Reason | None = None


def small_areas(
    units: Sequence[Area], rng: Generator, *, level: float = 0.95, draws: int = 400
) -> SmallAreas:
    """Estimates by Fay and Herriot's model on the logit scale, with the bootstrap's error and interval.

    y_i = theta_i + e_i, var e_i = phi_i (1 - n_i/N_i) / (n_i p_i (1 - p_i)) with the moderated dispersion of
    the sample; theta_i = b0 + b1 x_i + v_i, x_i the past where there is one, else b0 of their own. y_i is
    what the sample says at p_i, log(p_i/(1 - p_i)) + (m_i - p_i)/(p_i (1 - p_i)), and p_i the estimate, in
    three steps: so a sample at the end of the scale has a value. x_i is uncertain too: it is the estimate of
    the same model, with a level only, of the pasts, and b1^2 times its variance r_i joins var v_i. So does
    phi_i/(N_i p_i (1 - p_i)): meant is the mean of N_i users, and few of them lie farther from a line than
    many. With both as d_i, g_i = (A + d_i)/(A + d_i + var e_i) and the estimate is
    line_i + g_i (y_i - line_i), but at most one standard error of e_i from y_i (limited
    translation). Its position is the mean of expit over the normal distribution around it of variance
    g_i var e_i.

    Error and interval: `draws` provinces are drawn from the model and estimated anew. The interval is the
    estimate -+ q_i sqrt(g_i var e_i), q_i the `level` quantile of |theta* - estimate*|/sqrt(g_i* var e_i); of
    a unit that was held it is at least that of its own sheets, t sqrt(var e_i).

    Missing data: units with a past are on a line of their own if they are ten at least, and so are those
    without; else they are on the level of all units. A census keeps its value, and is on no line.

    Args:
        units: none of fewer people than may be shown, as each moves the line.
        rng: source of the draws.
        level: of the intervals.
        draws: 1 or more.

    Raises:
        AnalyticsError: `interval-level`, `areas-draws`, `not-finite`.

    Source: Fay and Herriot 1979, JASA 74; limited translation: Efron and Morris 1972, JASA 67; past with
        error: regression calibration (Carroll et al. 2006, chapter 4), for what Ybarra and Lohr 2008,
        Biometrika 95, do without a distribution; intervals: Chatterjee, Lahiri and Li 2008, Annals of
        Statistics 36; coverage by `python -m benchmarks.small_areas`.
    """
    require_finite(level=level, draws=draws)
    require_level(level)
    if draws < 1:
        raise AnalyticsError("areas-draws", got=draws, expected="at least one draw")
    asked = [i for i, unit in enumerate(units) if unit.sample.unseen > 0]
    if len(asked) < FEWEST_UNITS:
        return SmallAreas((), Reason.TOO_FEW)
    found = {i: _own(unit) for i, unit in enumerate(units)}
    for members, told, has_past in _lines(units, asked):
        estimates = _on_a_line([units[i] for i in members], has_past, rng, level, draws)
        found |= {i: e for i, e in zip(members, estimates, strict=True) if i in told}
    return SmallAreas(tuple(found[i] for i in range(len(units))))


def _own(unit: Area) -> AreaEstimate:
    """Of a census."""
    m = unit.sample.position
    return AreaEstimate(position=m, interval=(m, m), rmse=0.0, share=1.0, held=False)


def _lines(units: Sequence[Area], asked: list[int]) -> list[tuple[list[int], set[int], bool]]:
    """Which units a line goes through, which of them it is told of, and whether it goes by their past."""
    with_past = [i for i in asked if units[i].past is not None]
    if len(with_past) < FEWEST_UNITS:
        return [(asked, set(asked), False)]
    others = [i for i in asked if units[i].past is None]
    lines = [(with_past, set(with_past), True)]
    if others:
        lines.append((others if len(others) >= FEWEST_UNITS else asked, set(others), False))
    return lines


@dataclass(frozen=True, kw_only=True)
class _Known:
    """Of units on one line: what is estimated of each, on the logit scale."""

    past: FloatArray | None
    extra: FloatArray
    errors: FloatArray
    line: FloatArray
    variance: float
    values: FloatArray

    @property
    def share(self) -> FloatArray:
        between = self.variance + self.extra
        return np.asarray(between / (between + self.errors))


def _on_a_line(
    units: Sequence[Area], has_past: bool, rng: Generator, level: float, draws: int
) -> list[AreaEstimate]:
    samples = [unit.sample for unit in units]
    past, unsure = None, np.zeros(len(units))
    if has_past:
        # Of a year's sheets all users are meant, whatever part of them was asked.
        earlier = _known([replace(u.past, unseen=1.0) for u in units if u.past is not None], None, unsure)
        past = _estimated(earlier.values, earlier.line, earlier.share)
        past, unsure = past - past.mean(), earlier.share * earlier.errors
    known = _known(samples, past, unsure)
    own, share = np.sqrt(known.errors), known.share
    drawn_to = _estimated(known.values, known.line, share)
    estimate = _held(drawn_to, known.values, own)
    held, left = estimate != drawn_to, share * known.errors
    quantile, rmse = _bootstrap(known, rng, level, draws)
    freedom = np.array([s.moderated[1] for s in samples])
    half = quantile * np.sqrt(left)
    half = np.where(held, np.maximum(half, own * stdtrit(freedom, (1 + level) / 2)), half)
    position, low, high = (
        _possible(p, samples)
        for p in (_averaged(estimate, left), expit(estimate - half), expit(estimate + half))
    )
    columns = (position, low, high, rmse, share, held)
    return [
        AreaEstimate(position=p, interval=(a, b), rmse=r, share=s, held=h)
        for p, a, b, r, s, h in zip(*(c.tolist() for c in columns), strict=True)
    ]


def _known(samples: Sequence[Sample], past: FloatArray | None, unsure: FloatArray) -> _Known:
    m = np.array([s.position for s in samples])
    effective = np.array([s.sheets / (s.moderated[0] * s.unseen) for s in samples])
    p = (m * effective + _MIDDLE / 2) / (effective + _MIDDLE)
    # n/N over 1 - n/N: times the variance of e, that of the mean of the users themselves.
    users = np.array([1 / s.unseen - 1 for s in samples])
    slope = 0.0
    for _ in range(_STEPS):
        room = p * (1 - p)
        values, errors = np.log(p / (1 - p)) + (m - p) / room, 1 / (effective * room)
        found = linking.fit(values[None, :], errors * (1 + users) + slope**2 * unsure, past)
        slope = float(found.slopes[0])
        extra = errors * users + slope**2 * unsure
        found = linking.fit(values[None, :], errors + extra, past)
        known = _Known(
            past=past,
            extra=extra,
            errors=errors,
            line=found.lines[0],
            variance=float(found.variances[0]),
            values=values,
        )
        p = expit(_held(_estimated(values, known.line, known.share), values, np.sqrt(errors)))
    return known


def _held(estimate: FloatArray, values: FloatArray, own: FloatArray) -> FloatArray:
    """Limited translation."""
    return np.asarray(np.clip(estimate, values - _FARTHEST * own, values + _FARTHEST * own))


def _estimated(values: FloatArray, line: FloatArray, share: FloatArray) -> FloatArray:
    return np.asarray(line + share * (values - line))


def _bootstrap(known: _Known, rng: Generator, level: float, draws: int) -> tuple[FloatArray, FloatArray]:
    """Quantile of the scaled error of each unit, and the root of its mean squared error as a position."""
    own = np.sqrt(known.errors)
    between = np.sqrt(known.variance + known.extra)
    true = known.line + between * rng.standard_normal((draws, len(own)))
    values = true + own * rng.standard_normal(true.shape)
    again = linking.fit(values, known.errors + known.extra, known.past)
    spread = again.variances[:, None] + known.extra
    share = spread / (spread + known.errors)
    found = _held(_estimated(values, again.lines, share), values, own)
    left = share * known.errors
    quantile = np.quantile(np.abs(true - found) / np.sqrt(left), level, axis=0)
    squares = (expit(true) - _averaged(found, left)) ** 2
    return np.asarray(quantile), np.asarray(np.sqrt(squares.mean(axis=0)))


def _averaged(estimate: FloatArray, variance: FloatArray) -> FloatArray:
    """The mean position over a normal distribution of the logit: expit of the mean lies too far out."""
    spread = np.sqrt(variance)
    return np.asarray(
        sum(w * expit(estimate + spread * x) for x, w in zip(_NODES, _NODE_WEIGHTS, strict=True))
    )


def _possible(positions: FloatArray, samples: Sequence[Sample]) -> FloatArray:
    """Not beyond what the people who were asked leave open, as `Sample.interval`."""
    known = np.array([(1 - s.unseen) * s.position for s in samples])
    return np.asarray(np.clip(positions, known, known + [s.unseen for s in samples]))
