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
from survey_app.wording.voice import Voice

_WIDTH, _LEFT, _RIGHT, _TOP = 316, 116, 216, 26
_ROW, _LETTERS = 22, 17
BY_PROFILE = Text("Responden menurut {title}", "Respondents by {title}")


@dataclass(frozen=True)
class Share:
    """One row: how many of all chose it, None where hidden. `unanswered` marks the row "tidak diisi"."""

    label: str
    count: int | None
    unanswered: bool = False


@dataclass(frozen=True)
class _Row:
    """A bar as long as `length` of the longest, 0 to 1, and the words behind it."""

    label: str
    length: float
    words: str
    hollow: bool = False


def respondent_bars(title: str, shares: Sequence[Share], voice: Voice, whole: int | None = None) -> Figure:
    """Respondents by one question: counts with percentages of `whole`, or of their sum."""
    what = voice.text(BY_PROFILE.format(title=title.lower()))
    return share_bars(title, shares, what, voice, whole)


def share_bars(
    title: str, shares: Sequence[Share], what: str, voice: Voice, whole: int | None = None
) -> Figure:
    """Bars of counts with percentages of `whole`, by default their sum.

    `what` is said to who cannot see them. A hidden count has a dash and no bar.
    """
    counts = [share.count or 0 for share in shares]
    of, most = sum(counts) if whole is None else whole, max(counts, default=0)
    rows = [
        _Row(share.label, count / most if most else 0.0, _words(share.count, of, voice), share.unanswered)
        for share, count in zip(shares, counts, strict=True)
    ]
    return _bars(title, rows, what)


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
