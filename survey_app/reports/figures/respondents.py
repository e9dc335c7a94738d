"""Respondents by one profile question, "tidak diisi" included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.reports.figures.svg import BAR, INK, MUTED, Figure, figure, line, lines, rect, text, wrapped
from survey_app.reports.voice import Voice

_WIDTH, _LEFT, _RIGHT, _TOP = 316, 116, 216, 26
_ROW, _LETTERS = 22, 17


@dataclass(frozen=True)
class Share:
    """One row: how many of the respondents chose it. `unanswered` marks the row "tidak diisi"."""

    label: str
    count: int
    unanswered: bool = False


def respondent_bars(title: str, shares: Sequence[Share], voice: Voice) -> Figure:
    """Bars of counts with percentages of all respondents; half as wide as the other figures."""
    whole = sum(share.count for share in shares)
    most = max((share.count for share in shares), default=0)
    labels = [wrapped(share.label, _LETTERS, most=2) for share in shares]
    shapes = [text(0, 14, wrapped(title, 44, most=1)[0], bold=True)]
    y = float(_TOP)
    for share, label in zip(shares, labels, strict=True):
        height = max(_ROW, 15 * len(label) + 6)
        shapes.append(lines(_LEFT - 8, y + height / 2, label, size=11))
        shapes += _bar(share, whole, most, y + height / 2, voice)
        y += height
    shapes.append(line(_LEFT, _TOP, _LEFT, y, INK))
    return figure(_WIDTH, y + 6, _alt(title, shares, whole, voice), shapes)


def _bar(share: Share, whole: int, most: int, middle: float, voice: Voice) -> list[str]:
    width = share.count / most * (_RIGHT - _LEFT) if most else 0.0
    look = {"stroke": MUTED, "stroke_dasharray": "2 2"} if share.unanswered else {}
    words = f"{voice.count(share.count)} ({voice.percent(share.count, whole)})"
    return [
        rect(_LEFT, middle - 6, width, 12, "#ffffff" if share.unanswered else BAR, **look),
        text(_LEFT + width + 6, middle + 4, words, font_size=11),
    ]


def _alt(title: str, shares: Sequence[Share], whole: int, voice: Voice) -> str:
    told = [f"{s.label} {voice.count(s.count)} ({voice.percent(s.count, whole)})" for s in shares]
    return (
        voice.say("Responden menurut {title}: ", "Respondents by {title}: ", title=title.lower())
        + "; ".join(told)
        + "."
    )
