"""Values per unsur as bars against the bands of mutu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.ikm.bands import Band
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
from survey_app.text import Text
from survey_app.wording.voice import Voice

_WIDTH, _LEFT, _RIGHT, _TOP = 640, 225, 550, 26
_ROW, _LETTERS = 30, 31
NOBODY = Text("belum ada yang menjawab", "nobody has answered")


@dataclass(frozen=True)
class Bar:
    """An IKM at two decimals (None when nobody answered), its mutu if it has one, and its 95% interval."""

    label: str
    value: Decimal | None
    mutu: str | None
    interval: tuple[float, float] | None = None


def unsur_bars(bars: Sequence[Bar], bands: Sequence[Band], voice: Voice, of: str = "") -> Figure:
    """Horizontal bars on the whole scale of the index, the bands of mutu behind them.

    `of` says what they are to who cannot see them; the IKM of the unsur without it.
    """
    what = of or voice.say("IKM per unsur", "IKM per unsur")
    return _bars(bars, bands, voice, voice.say("Diagram batang {of}", "Bar chart: {of}", of=what))


def unit_bars(bars: Sequence[Bar], bands: Sequence[Band], voice: Voice) -> Figure:
    """The same for units, whose intervals are drawn on the bars."""
    return _bars(
        bars, bands, voice, voice.say("Diagram batang IKM per unit", "Bar chart of the IKM per unit")
    )


def _bars(bars: Sequence[Bar], bands: Sequence[Band], voice: Voice, what: str) -> Figure:
    labels = [wrapped(bar.label, _LETTERS) for bar in bars]
    heights = [max(_ROW, 15 * len(label) + 8) for label in labels]
    bottom = _TOP + sum(heights)
    shapes = _background(bands, bottom, voice)
    y = float(_TOP)
    for bar, label, height in zip(bars, labels, heights, strict=True):
        shapes.append(lines(_LEFT - 10, y + height / 2, label))
        shapes += _bar(bar, bands, y + height / 2, voice)
        y += height
    return figure(_WIDTH, bottom + 24, _alt(what, bars, voice), shapes)


def _x(value: Decimal | float, bands: Sequence[Band]) -> float:
    low, high = float(bands[0].low), float(bands[-1].high)
    return _LEFT + (float(value) - low) / (high - low) * (_RIGHT - _LEFT)


def _background(bands: Sequence[Band], bottom: float, voice: Voice) -> list[str]:
    shapes = []
    for i, band in enumerate(bands):
        left = _x(band.low, bands)
        right = _x(bands[i + 1].low if i + 1 < len(bands) else band.high, bands)
        shapes.append(rect(left, _TOP, right - left, bottom - _TOP, "#ffffff" if i % 2 else SHADE))
        shapes.append(line(left, _TOP, left, bottom, LINE, stroke_dasharray="3 3"))
        shapes.append(text((left + right) / 2, _TOP - 8, band.mutu, anchor="middle", bold=True))
        shapes.append(
            text(left, bottom + 16, voice.decimal(band.low), anchor="middle", font_size=10, fill=MUTED)
        )
    shapes.append(line(_RIGHT, _TOP, _RIGHT, bottom, LINE, stroke_dasharray="3 3"))
    shapes.append(
        text(_RIGHT, bottom + 16, voice.decimal(bands[-1].high), anchor="middle", font_size=10, fill=MUTED)
    )
    return shapes


def _bar(bar: Bar, bands: Sequence[Band], middle: float, voice: Voice) -> list[str]:
    if bar.value is None:
        return [text(_LEFT + 8, middle + 4, _nobody(voice), fill=MUTED)]
    width = _x(bar.value, bands) - _LEFT
    label = f"{voice.decimal(bar.value)} {bar.mutu or ''}".strip()
    return [
        rect(_LEFT, middle - 8, width, 16, BAR),
        line(_LEFT, middle - 11, _LEFT, middle + 11, INK),
        *_whisker(bar, bands, middle),
        text(_RIGHT + 12, middle + 4, label, bold=True),
    ]


def _whisker(bar: Bar, bands: Sequence[Band], middle: float) -> list[str]:
    """The interval, dark with a white edge so that it shows on the bar and beside it."""
    if bar.interval is None:
        return []
    low, high = (_x(end, bands) for end in bar.interval)
    shapes = []
    for colour, width in (("#ffffff", 4), (INK, 1.5)):
        shapes.append(line(low, middle, high, middle, colour, stroke_width=width))
        shapes += [line(x, middle - 5, x, middle + 5, colour, stroke_width=width) for x in (low, high)]
    return shapes


def _nobody(voice: Voice) -> str:
    return voice.text(NOBODY)


def _alt(what: str, bars: Sequence[Bar], voice: Voice) -> str:
    return f"{what}: {'; '.join(_told(bar, voice) for bar in bars)}."


def _told(bar: Bar, voice: Voice) -> str:
    if bar.value is None:
        return f"{bar.label} {_nobody(voice)}"
    within = "" if bar.interval is None else voice.interval(bar.interval)
    beside = ", ".join(part for part in (bar.mutu, within) if part)
    return f"{bar.label} {voice.decimal(bar.value)}" + (f" ({beside})" if beside else "")
