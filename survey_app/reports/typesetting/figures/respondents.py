"""Figures of half a width: respondents by one profile question, units by mutu, unsur from the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from survey_app.reports.typesetting.figures.svg import (
    BAR,
    INK,
    MUTED,
    Figure,
    figure,
    line,
    lines,
    rect,
    text,
    wrapped,
)
from survey_app.text import Text
from survey_app.wording.plots import CountsPlot
from survey_app.wording.voice import Voice

_WIDTH, _LEFT, _RIGHT, _TOP = 316, 116, 216, 26
_ROW, _LETTERS = 22, 17
BY_PROFILE = Text("Responden menurut {title}", "Respondents by {title}")


@dataclass(frozen=True)
class _Row:
    """A bar as long as `length` of the longest, 0 to 1, and the words behind it."""

    label: str
    length: float
    words: str
    hollow: bool = False


def respondent_bars(plot: CountsPlot, voice: Voice) -> Figure:
    """Respondents by one question: counts with percentages."""
    return share_bars(plot, voice, voice.text(BY_PROFILE.format(title=voice.text(plot.title).lower())))


def share_bars(plot: CountsPlot, voice: Voice, what: str = "") -> Figure:
    """Bars of counts with percentages of the whole, as long as their share of the largest.

    `what` is said to who cannot see them, by default the title. A hidden count has a dash and no bar.
    """
    title, most = voice.text(plot.title), max((row.count or 0 for row in plot.rows), default=0)
    rows = [
        _Row(
            voice.text(row.label),
            (row.count or 0) / most if most else 0.0,
            _words(row.count, plot.whole, voice),
            row.left_open,
        )
        for row in plot.rows
    ]
    return _bars(title, rows, what or title)


def _words(count: int | None, whole: int, voice: Voice) -> str:
    return "–" if count is None else f"{voice.count(count)} ({voice.percent(count, whole)})"


def value_bars(title: str, values: Sequence[tuple[str, Decimal]], voice: Voice) -> Figure:
    """Bars of values on the scale of the IKM, which ends at 100."""
    rows = [_Row(name, float(value) / 100, voice.decimal(value)) for name, value in values]
    return _bars(title, rows, title)


def _bars(title: str, rows: Sequence[_Row], what: str) -> Figure:
    labels = [wrapped(row.label, _LETTERS, most=2) for row in rows]
    shapes = [text(0, 14, wrapped(title, 44, most=1)[0], bold=True)]
    y = float(_TOP)
    for row, label in zip(rows, labels, strict=True):
        height = max(_ROW, 15 * len(label) + 6)
        shapes.append(lines(_LEFT - 8, y + height / 2, label, size=11))
        shapes += _bar(row, y + height / 2)
        y += height
    shapes.append(line(_LEFT, _TOP, _LEFT, y, INK))
    told = "; ".join(f"{row.label} {row.words}" for row in rows)
    return figure(_WIDTH, y + 6, f"{what}: {told}.", shapes)


def _bar(row: _Row, middle: float) -> list[str]:
    width = row.length * (_RIGHT - _LEFT)
    look = {"stroke": MUTED, "stroke_dasharray": "2 2"} if row.hollow else {}
    return [
        rect(_LEFT, middle - 6, width, 12, "#ffffff" if row.hollow else BAR, **look),
        text(_LEFT + width + 6, middle + 4, row.words, font_size=11),
    ]
