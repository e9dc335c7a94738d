"""Marks that say a value at a glance, as HTML: mutu by shape and colour, intervals, small trends.

Streamlit drops SVG from its HTML, so a mark is an element that the sheet marks.css gives its shape, and a
plot is positioned elements over the lines between letters. Colours are the sheet's, for the light and the
dark theme. What a mark says stands beside it in words, so readers of the screen pass over them.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from analytics.ikm import Band

#: Of a small trend, in its own units.
_WIDE, _HIGH, _EDGE = 250, 40, 4


@dataclass(frozen=True)
class Scale:
    """From where to where values are drawn; the same for every row that is compared."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """How far along the scale a value lies, in percent; what lies outside stands at the end."""
        return max(0.0, min(100.0, 100 * (value - self.low) / (self.high - self.low)))

    @classmethod
    def of(cls, values: Sequence[float], bands: Sequence[Band] = ()) -> Scale:
        """One that holds all values and a little room; not empty. Of none, the whole range of `bands`."""
        ends = [*values] or [float(e) for b in bands for e in (b.low, b.high)] or [25.0, 100.0]
        low, high = min(ends), max(ends)
        room = max(1.0, (high - low) * 0.05)
        return cls(low - room, high + room)


def mark(letter: str | None, size: int = 10) -> str:
    """The shape of a mutu: triangle A, circle B, diamond C, square D; a grey circle without one."""
    kind = letter if letter in ("A", "B", "C", "D") else "x"
    return f'<i class="mk k{kind} m{kind}" style="--s:{size}px" aria-hidden="true"></i>'


def graded(text: str, letter: str | None) -> str:
    """A value with its shape and letter: the letter is never left to the colour alone."""
    if letter is None:
        return f'<b class="num">{escape(text)}</b>'
    return f'<b class="num">{escape(text)}</b> {mark(letter)} <span class="m{letter}">{escape(letter)}</span>'


def chip(letter: str | None, word: str = "") -> str:
    """The letter on its colour, with the word it stands for; nothing without a letter."""
    if letter is None:
        return ""
    named = f"{letter} · {word}" if word else letter
    return f'<span class="chip c{escape(letter)}">{escape(named)}</span>'


def limits_of(bands: Sequence[Band], scale: Scale) -> str:
    """A style: lines at the limits between letters, to be drawn behind every row of a plot."""
    ends = sorted({float(band.low) for band in bands})[1:]
    lines = [
        f"linear-gradient(var(--line2),var(--line2)) {scale.share(end):.2f}% 0/1px 100% no-repeat"
        for end in ends
        if scale.low < end < scale.high
    ]
    return f"--lines:{','.join(lines) or 'none'}"


def axis(bands: Sequence[Band], scale: Scale) -> str:
    """The letters over the part of the scale where each of them holds."""
    parts = []
    for band in bands:
        start, end = scale.share(float(band.low)), scale.share(float(band.high))
        if end - start > 4:
            parts.append(
                f'<span style="left:{start:.1f}%;width:{end - start:.1f}%">{escape(band.mutu)}</span>'
            )
    return f'<div class="axis" aria-hidden="true">{"".join(parts)}</div>'


def plot(
    value: float | None,
    interval: tuple[float, float] | None,
    letter: str | None,
    scale: Scale,
    around: Sequence[tuple[float, str | None]] = (),
) -> str:
    """One row of a dot plot: the value's mark on the band of its interval.

    Args:
        value: None draws an empty row.
        around: values and letters of what the row is made of, as small dots.
    """
    parts = [
        f'<i class="u m{other or "x"}" style="left:{scale.share(one):.1f}%"></i>' for one, other in around
    ]
    kind = letter or "x"
    if value is not None and interval is not None:
        start, end = map(scale.share, interval)
        parts.append(
            f'<i class="ci m{kind}" style="left:{start:.1f}%;width:{max(end - start, 0.5):.1f}%"></i>'
        )
    if value is not None:
        parts.append(f'<span class="dot" style="left:{scale.share(value):.1f}%">{mark(letter)}</span>')
    return f'<div class="plot" aria-hidden="true">{"".join(parts)}</div>'


def spark(
    values: Sequence[float | None],
    breaks: Sequence[bool] = (),
    target: float | None = None,
    high: int = _HIGH,
    reach: float = 0.5,
) -> str:
    """A small trend as a line, in the colour of lines of the theme; nothing of fewer than two values.

    Args:
        values: the oldest first; None leaves a gap.
        breaks: true where a value cannot be compared with the one before it: the line is not joined there.
        target: drawn as a dashed line.
        reach: how much the height is worth at least: lines that stand below each other have the same.
    """
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return ""
    ends = known if target is None else [*known, target]
    low, top = min(ends), max(ends)
    room = max(top - low, reach)
    low -= (room - (top - low)) / 2
    step = (_WIDE - 2 * _EDGE) / (len(values) - 1)

    def at(place: int, value: float) -> str:
        return f"{_EDGE + place * step:.1f} {high - _EDGE - (value - low) / room * (high - 2 * _EDGE):.1f}"

    path, joined = [], False
    for place, value in enumerate(values):
        if value is None:
            joined = False
            continue
        broken = place < len(breaks) and breaks[place]
        path.append(f"{'L' if joined and not broken else 'M'}{at(place, value)}")
        joined = True
    dashes = ""
    if target is not None:
        y = at(0, target).split()[1]
        dashes = f'<path d="M0 {y}H{_WIDE}" stroke-width="1" stroke-dasharray="4 4"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" preserveAspectRatio="none" '
        f'fill="none" stroke="#000" stroke-linejoin="round" stroke-linecap="round">{dashes}'
        f'<path d="{"".join(path)}" stroke-width="2.5" vector-effect="non-scaling-stroke"/></svg>'
    )
    image = base64.b64encode(svg.encode()).decode()
    return (
        f'<i class="spark" aria-hidden="true" style="height:{high}px;'
        f"-webkit-mask-image:url(data:image/svg+xml;base64,{image});"
        f'mask-image:url(data:image/svg+xml;base64,{image})"></i>'
    )
