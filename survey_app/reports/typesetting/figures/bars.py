"""Values per unsur as bars against the bands of mutu."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.ikm import Band
from survey_app.reports.typesetting.figures.svg import (
    BAR,
    INK,
    LINE,
    MUTED,
    SHADE,
    Figure,
    figure,
    line,
    lines,
    rect,
    text,
    wrapped,
)
from survey_app.wording.plots import NOBODY, ValueRow, ValuesPlot, strips
from survey_app.wording.voice import Voice

_WIDTH, _LEFT, _RIGHT, _TOP = 640, 225, 550, 26
_ROW, _LETTERS = 30, 31


def unsur_bars(plot: ValuesPlot, voice: Voice) -> Figure:
    """Horizontal bars on the whole scale of the index, the bands of mutu behind them."""
    return _bars(plot, voice, voice.say("Diagram batang {of}", "Bar chart: {of}", of=voice.text(plot.of)))


def unit_bars(plot: ValuesPlot, voice: Voice) -> Figure:
    """The same for units, whose intervals are drawn on the bars."""
    what = voice.say("Diagram batang {of}", "Bar chart of the {of}", of=voice.text(plot.of))
    return _bars(plot, voice, what)


def _bars(plot: ValuesPlot, voice: Voice, what: str) -> Figure:
    labels = [wrapped(voice.text(row.label), _LETTERS) for row in plot.rows]
    heights = [max(_ROW, 15 * len(label) + 8) for label in labels]
    bottom = _TOP + sum(heights)
    shapes = _background(plot.bands, bottom, voice)
    y = float(_TOP)
    for row, label, height in zip(plot.rows, labels, heights, strict=True):
        shapes.append(lines(_LEFT - 10, y + height / 2, label))
        shapes += _bar(row, plot.bands, y + height / 2, voice)
        y += height
    return figure(_WIDTH, bottom + 24, f"{what}: {plot.told(voice)}.", shapes)


def _x(value: Decimal | float, bands: Sequence[Band]) -> float:
    low, high = float(bands[0].low), float(bands[-1].high)
    return _LEFT + (float(value) - low) / (high - low) * (_RIGHT - _LEFT)


def _background(bands: Sequence[Band], bottom: float, voice: Voice) -> list[str]:
    shapes = []
    for strip in strips(bands, float(bands[0].low), float(bands[-1].high)):
        left, right = _x(strip.low, bands), _x(strip.high, bands)
        fill = "#ffffff" if strip.place % 2 else SHADE
        shapes.append(rect(left, _TOP, right - left, bottom - _TOP, fill))
        shapes.append(line(left, _TOP, left, bottom, LINE, stroke_dasharray="3 3"))
        shapes.append(text((left + right) / 2, _TOP - 8, strip.mutu, anchor="middle", bold=True))
        shapes.append(
            text(left, bottom + 16, voice.decimal(strip.low), anchor="middle", font_size=10, fill=MUTED)
        )
    shapes.append(line(_RIGHT, _TOP, _RIGHT, bottom, LINE, stroke_dasharray="3 3"))
    shapes.append(
        text(_RIGHT, bottom + 16, voice.decimal(bands[-1].high), anchor="middle", font_size=10, fill=MUTED)
    )
    return shapes


def _bar(row: ValueRow, bands: Sequence[Band], middle: float, voice: Voice) -> list[str]:
    if row.value is None:
        return [text(_LEFT + 8, middle + 4, voice.text(NOBODY), fill=MUTED)]
    width = _x(row.value, bands) - _LEFT
    label = f"{voice.decimal(row.value)} {row.mutu or ''}".strip()
    return [
        rect(_LEFT, middle - 8, width, 16, BAR),
        line(_LEFT, middle - 11, _LEFT, middle + 11, INK),
        *_whisker(row, bands, middle),
        text(_RIGHT + 12, middle + 4, label, bold=True),
    ]


def _whisker(row: ValueRow, bands: Sequence[Band], middle: float) -> list[str]:
    """The interval, dark with a white edge so that it shows on the bar and beside it."""
    if row.interval is None:
        return []
    low, high = (_x(end, bands) for end in row.interval)
    shapes = []
    for colour, width in (("#ffffff", 4), (INK, 1.5)):
        shapes.append(line(low, middle, high, middle, colour, stroke_width=width))
        shapes += [line(x, middle - 5, x, middle + 5, colour, stroke_width=width) for x in (low, high)]
    return shapes
