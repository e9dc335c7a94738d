"""Values beside each other as dots with their intervals, and a small course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.ikm import Band
from survey_app.reports.typesetting.figures.svg import (
    BAR,
    GRADE,
    LINE,
    MUTED,
    Figure,
    figure,
    line,
    rect,
    text,
    wrapped,
)
from survey_app.wording.plots import strips
from survey_app.wording.voice import Voice

_WIDE, _LEFT, _RIGHT, _TOP, _ROW = 480, 158, 322, 20, 19.5
#: Of the smallest room around the values, in points of the index.
_LEAST = 1.0
_TREND, _HIGH, _EDGE = 220, 34, 4


@dataclass(frozen=True, kw_only=True)
class DotRow:
    """A row: its name, value, interval and letter; `around` are values and letters of what it is made of,
    `cells` what stands at its end."""

    label: str
    value: float | None
    interval: tuple[float, float] | None
    letter: str | None
    around: Sequence[tuple[float, str | None]] = ()
    cells: Sequence[str] = ()


def dot_plot(rows: Sequence[DotRow], heads: Sequence[str], bands: Sequence[Band], voice: Voice) -> Figure:
    """Every row on one scale over the limits between letters; letters are printed beside their values.

    Args:
        heads: over the cells, as many as each row has.
    """
    low, high = _reach(rows)
    bottom = _TOP + _ROW * len(rows)
    shapes = []
    for strip in strips(bands, low, high):
        left, right = _x(strip.low, low, high), _x(strip.high, low, high)
        if strip.low > low:
            shapes.append(line(left, _TOP - 4, left, bottom, LINE))
        if right - left > 12:
            middle = (left + right) / 2
            shapes.append(text(middle, 12, strip.mutu, anchor="middle", bold=True, font_size=10, fill=MUTED))
    ends = _columns(len(heads))
    for at, head in zip(ends, ("IKM", *heads), strict=True):
        shapes.append(text(at, 12, head, anchor="end", font_size=10, fill=MUTED))
    for place, row in enumerate(rows):
        shapes += _row(row, _TOP + _ROW * (place + 0.5), (low, high), ends, voice)
    return figure(_WIDE, bottom + 2, "; ".join(_told(row, heads, voice) for row in rows) + ".", shapes)


def small_trend(
    values: Sequence[float | None], breaks: Sequence[bool], target: float | None, alt: str
) -> Figure | None:
    """A course as a line, with its last value as a dot; None of fewer than two values.

    Args:
        values: the oldest first; None leaves a gap.
        breaks: true where a value cannot be compared with the one before it: not joined there.
        target: a dashed line.
    """
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return None
    ends = known if target is None else [*known, target]
    low, room = min(ends), max(max(ends) - min(ends), 0.5)
    low -= (room - (max(ends) - min(ends))) / 2
    step = (_TREND - 2 * _EDGE) / (len(values) - 1)

    def y(value: float) -> float:
        return _HIGH - _EDGE - (value - low) / room * (_HIGH - 2 * _EDGE)

    shapes = []
    if target is not None:
        shapes.append(line(0, y(target), _TREND, y(target), MUTED, stroke_dasharray="4 4"))
    for place in range(1, len(values)):
        before, now = values[place - 1], values[place]
        if before is not None and now is not None and not (place < len(breaks) and breaks[place]):
            start = _EDGE + (place - 1) * step
            shapes.append(line(start, y(before), start + step, y(now), BAR, stroke_width=2))
    last = max(place for place, value in enumerate(values) if value is not None)
    shapes.append(_mark(_EDGE + last * step, y(known[-1]), None, 3, BAR))
    return figure(_TREND, _HIGH, alt, shapes)


def _reach(rows: Sequence[DotRow]) -> tuple[float, float]:
    """From where to where is drawn: everything, and a little room."""
    ends = [end for row in rows for end in row.interval or ()]
    ends += [row.value for row in rows if row.value is not None]
    ends += [value for row in rows for value, _ in row.around]
    low, high = min(ends, default=25.0), max(ends, default=100.0)
    room = max(_LEAST, (high - low) * 0.05)
    return low - room, high + room


def _x(value: float, low: float, high: float) -> float:
    return _LEFT + (value - low) / (high - low) * (_RIGHT - _LEFT)


def _columns(count: int) -> list[float]:
    """Where the value and each cell ends."""
    return [_RIGHT + 50, *(_RIGHT + 50 + (_WIDE - 3 - _RIGHT - 50) * (i + 1) / count for i in range(count))]


def _row(
    row: DotRow, middle: float, reach: tuple[float, float], ends: Sequence[float], voice: Voice
) -> list[str]:
    colour = GRADE.get(row.letter or "", BAR)
    shapes = [text(0, middle + 4, wrapped(row.label, 27, most=1)[0], font_size=11)]
    if row.interval is not None:
        start, end = (_x(limit, *reach) for limit in row.interval)
        shapes.append(rect(start, middle - 3.5, max(end - start, 1), 7, colour, rx=3, fill_opacity=0.4))
    for one, letter in row.around:
        shapes.append(_mark(_x(one, *reach), middle, None, 1.7, GRADE.get(letter or "", BAR)))
    if row.value is not None:
        shapes.append(_mark(_x(row.value, *reach), middle, row.letter, 4.5, colour))
    value = "–" if row.value is None else f"{voice.decimal(row.value)} {row.letter or ''}".strip()
    shapes.append(text(ends[0], middle + 4, value, anchor="end", bold=True, font_size=11))
    for at, cell in zip(ends[1:], row.cells, strict=True):
        shapes.append(text(at, middle + 4, cell, anchor="end", font_size=10))
    return shapes


def _mark(x: float, y: float, letter: str | None, r: float, colour: str) -> str:
    """The shape of a letter, as on pages: triangle A, circle B, diamond C, square D."""
    top, low, left, right = y - r, y + r, x - r, x + r
    points = {
        "A": [(x, top), (right, low), (left, low)],
        "C": [(x, top), (right, y), (x, low), (left, y)],
        "D": [(left, top), (right, top), (right, low), (left, low)],
    }.get(letter or "")
    if points is None:
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r}" fill="{colour}"/>'
    corners = " ".join(f"{across:.2f},{down:.2f}" for across, down in points)
    return f'<polygon points="{corners}" fill="{colour}"/>'


def _told(row: DotRow, heads: Sequence[str], voice: Voice) -> str:
    """Dinas Kesehatan: 79,63 B, 95% 78,80–80,40, IP ASN 80,06."""
    value = "–" if row.value is None else f"{voice.decimal(row.value)} {row.letter or ''}".strip()
    limits = [] if row.interval is None else [f"95% {voice.interval(row.interval)}"]
    cells = [f"{head} {cell}" for head, cell in zip(heads, row.cells, strict=True)]
    return f"{row.label}: {', '.join([value, *limits, *cells])}"
