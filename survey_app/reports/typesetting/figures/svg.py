"""SVG, written by hand: a handful of shapes, escaped, with coordinates of fixed precision."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

INK = "#1b1f24"
MUTED = "#59636e"
LINE = "#9aa5b1"
SHADE = "#eef1f4"
BAR = "#35567f"
#: The colour of each letter: those of the light theme of pages.
GRADE = {"A": "#004a43", "B": "#287a72", "C": "#95600f", "D": "#632f04"}

_FONT = "'Noto Sans', 'Segoe UI', system-ui, sans-serif"


@dataclass(frozen=True)
class Figure:
    """A drawing and the words that say the same to who cannot see it."""

    svg: str
    alt: str


def figure(width: float, height: float, alt: str, shapes: Sequence[str]) -> Figure:
    body = "".join(shapes)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}"'
        f' viewBox="0 0 {_n(width)} {_n(height)}" role="img" aria-label={quoteattr(alt)}'
        f' font-family="{_FONT}" font-size="12" fill="{INK}">{body}</svg>'
    )
    return Figure(svg, alt)


#: Above and below a drawing that goes out alone.
_ABOVE, _BELOW = 56, 26
#: As many characters of its smallest words fit beside each other.
_FITTING = 105


def captioned(drawing: Figure, title: str, subtitle: str, below: Sequence[str]) -> str:
    """`drawing` on white under a title, with lines below it: what one must know who sees it alone."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawing.svg)
    assert size is not None  # `figure` writes both
    width, height = float(size[1]), float(size[2])
    words = [line for told in below for line in textwrap.wrap(told, _FITTING)]
    lines_ = [
        text(8, _ABOVE + height + 14 + 15 * i, line, font_size=11, fill=MUTED) for i, line in enumerate(words)
    ]
    shapes = [
        rect(0, 0, width, _ABOVE + height + _BELOW + 15 * (len(words) - 1), "#ffffff"),
        text(8, 24, title, bold=True, font_size=16),
        text(8, 43, subtitle, fill=MUTED),
        drawing.svg.replace("<svg ", f'<svg y="{_n(_ABOVE)}" ', 1),
        *lines_,
    ]
    return figure(
        width, _ABOVE + height + _BELOW + 15 * (len(words) - 1), f"{title}. {drawing.alt}", shapes
    ).svg


def text(
    x: float, y: float, content: str, *, anchor: str = "start", bold: bool = False, **attributes: str | float
) -> str:
    """One line of text whose baseline is at `y`."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}"{weight}{_attributes(attributes)}>'
        f"{escape(content)}</text>"
    )


def lines(x: float, middle: float, content: Sequence[str], size: float = 12) -> str:
    """Lines of text, 15 apart, around the height `middle`; end-anchored."""
    top = middle - (len(content) - 1) * 7.5 + 4
    return "".join(
        text(x, top + 15 * i, line, anchor="end", font_size=size) for i, line in enumerate(content)
    )


def rect(x: float, y: float, width: float, height: float, fill: str, **attributes: str | float) -> str:
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"'
        f"{_attributes(attributes)}/>"
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, **attributes: str | float) -> str:
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}"'
        f"{_attributes(attributes)}/>"
    )


def circle(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{BAR}"/>'


def wrapped(label: str, width: int, most: int = 3) -> list[str]:
    """`label` in at most `most` lines of about `width` letters."""
    return textwrap.wrap(label, width, max_lines=most, placeholder="…") or [""]


def _attributes(attributes: dict[str, str | float]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{value if isinstance(value, str) else _n(value)}"'
        for name, value in attributes.items()
    )


def _n(value: float) -> str:
    """Two decimals at most, so that a float's last bit never changes a file."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
