"""The index over periods, with its intervals, and marks where a series is not comparable."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.ikm import Band
from survey_app.reports.typesetting.figures.svg import (
    BAR,
    INK,
    LINE,
    MUTED,
    SHADE,
    Figure,
    circle,
    figure,
    line,
    rect,
    text,
)
from survey_app.text import Text
from survey_app.wording.plots import TrendPlot, TrendPoint, strips
from survey_app.wording.voice import Voice

_WIDTH, _HEIGHT = 640, 288
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 606, 22, 236
OTHER_RULE = Text("aturan lain", "other rule")


def trend_line(plot: TrendPlot, voice: Voice) -> Figure:
    """Values with their 95% intervals as whiskers; an empty period leaves a gap."""
    points = plot.points
    scale = _Scale.around(plot)
    shapes = _background(scale, plot.bands, voice)
    for i, point in enumerate(points):
        x = _x(i, len(points))
        shapes += _tick(x, point, voice)
        if i and point.break_before:
            shapes += _break(_x(i - 0.5, len(points)), voice)
        elif i:
            shapes += _join(points[i - 1], point, i, len(points), scale)
    for i, point in enumerate(points):
        shapes += _point(point, _x(i, len(points)), scale, voice)
    return figure(_WIDTH, _HEIGHT, plot.told(voice), shapes)


def _tick(x: float, point: TrendPoint, voice: Voice) -> list[str]:
    """The period over n; "Jul 2024" on two lines, so that twelve of them fit."""
    label = voice.short_period(point.period).rsplit(" ", 1)
    words = label if point.n is None else [*label, f"n {voice.count(point.n)}"]
    return [
        text(
            x,
            _BOTTOM + 17 + 15 * i,
            word,
            anchor="middle",
            font_size=10,
            fill=INK if i < len(label) else MUTED,
        )
        for i, word in enumerate(words)
    ]


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float

    @classmethod
    def around(cls, plot: TrendPlot) -> _Scale:
        """The part of the scale that holds every value and interval, at least ten points of it."""
        least, most = float(plot.bands[0].low), float(plot.bands[-1].high)
        if plot.reach is None:
            return cls(least, most)
        lowest, highest = plot.reach
        low = max(least, math.floor((lowest - 2) / 5) * 5)
        high = min(most, max(math.ceil((highest + 2) / 5) * 5, low + 10))
        return cls(min(low, high - 10), high)

    def y(self, value: float) -> float:
        return _BOTTOM - (value - self.low) / (self.high - self.low) * (_BOTTOM - _TOP)


def _x(i: float, count: int) -> float:
    return _LEFT + (i + 0.5) * (_RIGHT - _LEFT) / count


def _background(scale: _Scale, bands: Sequence[Band], voice: Voice) -> list[str]:
    shapes = []
    for strip in strips(bands, scale.low, scale.high):
        top, bottom = scale.y(strip.high), scale.y(strip.low)
        fill = "#ffffff" if strip.place % 2 else SHADE
        shapes.append(rect(_LEFT, top, _RIGHT - _LEFT, bottom - top, fill))
        shapes.append(line(_LEFT, bottom, _RIGHT, bottom, LINE, stroke_dasharray="3 3"))
        if bottom - top >= 12:
            shapes.append(text(_RIGHT + 8, (top + bottom) / 2 + 4, strip.mutu, bold=True))
    step = 5 if scale.high - scale.low <= 30 else 15
    ticks = range(math.ceil(scale.low / 5) * 5, int(scale.high) + 1, step)
    for tick in ticks:
        shapes.append(
            text(_LEFT - 8, scale.y(tick) + 4, voice.count(tick), anchor="end", font_size=10, fill=MUTED)
        )
    return [*shapes, line(_LEFT, _TOP, _LEFT, _BOTTOM, INK), line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, INK)]


def _join(before: TrendPoint, point: TrendPoint, i: int, count: int, scale: _Scale) -> list[str]:
    if before.value is None or point.value is None:
        return []
    start, end = scale.y(float(before.value)), scale.y(float(point.value))
    return [line(_x(i - 1, count), start, _x(i, count), end, BAR, stroke_width=1.5)]


def _break(x: float, voice: Voice) -> list[str]:
    return [
        line(x, _TOP, x, _BOTTOM, INK, stroke_width=1.5, stroke_dasharray="6 3"),
        text(x + 4, _TOP + 10, voice.text(OTHER_RULE), font_size=10),
    ]


def _point(point: TrendPoint, x: float, scale: _Scale, voice: Voice) -> list[str]:
    if point.value is None:
        return []
    y = top = scale.y(float(point.value))
    shapes = []
    if point.interval is not None:
        low, top = (scale.y(end) for end in point.interval)
        shapes.append(line(x, low, x, top, INK))
        shapes += [line(x - 4, end, x + 4, end, INK) for end in (low, top)]
    label = text(x, top - 7, voice.decimal(point.value), anchor="middle", font_size=11, bold=True)
    return [*shapes, circle(x, y, 4), label]
