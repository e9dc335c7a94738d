"""Interactive figures (plotly) as functions of frozen results. Each comes with what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from analytics.ikm.bands import Band
from analytics.ikm.intervals import Interval
from analytics.period import Period
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Language
from survey_app.ui.colours import ACCENT, QUIET, mutu_colour
from survey_app.wording import numbers, periods

#: A light edge keeps dark marks visible on the dark theme.
EDGE = {"color": "rgba(255,255,255,0.75)", "width": 1.2}
#: A strip of a band, in points of the scale, too low for its letter.
_ROOM_FOR_A_LETTER = 3
#: As many labels of two lines stand beside each other on a phone; of more periods only some are named.
_MOST_TICKS = 8
_SEPARATORS: dict[Language, str] = {"id": ",.", "en": ".,"}


@dataclass(frozen=True)
class Chart:
    """A figure and its text alternative."""

    figure: go.Figure
    alt: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """An index in one period; value and interval None when undefined.

    `break_before`: why it is not comparable with the point before; the two are not joined.
    """

    period: Period
    value: float | None
    interval: Interval | None
    mutu: str | None
    n: int
    break_before: str | None = None

    @property
    def reach(self) -> Interval:
        """The interval, or the value alone: never away from the value, which is rounded and it is not."""
        value = self.value or 0.0
        low, high = self.interval or (value, value)
        return min(low, value), max(high, value)


def unsur_chart(result: UnitResult, language: Language) -> Chart:
    """IKM of every unsur against the bands of the grading table, in the order of the questionnaire."""
    rows = [
        (e, u)
        for e, u in zip(result.instrument.elements, result.score.unsur, strict=True)
        if u.ikm is not None
    ]
    labels = [_label(e.number, e.name.in_language(language)) for e, _ in rows]
    values = [u.ikm or Decimal(0) for _, u in rows]
    texts = [f"{numbers.decimal(u.ikm, language)} <b>{u.mutu}</b>" for _, u in rows]
    figure = go.Figure(
        go.Scatter(
            x=[float(v) for v in values],
            y=labels,
            mode="markers+text",
            text=texts,
            textposition=["middle left" if v > 80 else "middle right" for v in values],
            marker={"size": 15, "color": [mutu_colour(u.mutu) for _, u in rows], "line": EDGE},
            hovertemplate="%{y}<br>IKM %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    low = min([50.0, *(float(v) - 8 for v in values)])
    _shade(figure, result.instrument.bands, low, axis="x")
    figure.update_xaxes(range=[low, 100], dtick=10, showgrid=False, zeroline=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, ticklabelstandoff=8, automargin=True)
    words = "; ".join(
        f"{e.number} {e.name.in_language(language)} {numbers.decimal(u.ikm, language)} ({u.mutu})"
        for e, u in rows
    )
    return Chart(finished(figure, 60 + 46 * len(rows), language), words)


def trend_chart(
    trend: Sequence[Point], bands: Sequence[Band], language: Language, height: int = 270
) -> Chart:
    """An index over periods with 95% intervals; a period without a value is a gap, never a zero."""
    known = [p for p in trend if p.value is not None]
    labels = [_tick(p, language) for p in trend]
    figure = go.Figure([_line(run, language) for run in _runs(trend)])
    least = float(bands[0].low) if bands else 0.0
    low = max(least, min([70.0, *(p.reach[0] for p in known)]) - 3)
    _shade(figure, bands, low, axis="y")
    for i, point in enumerate(trend):
        if point.break_before:
            _mark_break(figure, i - 0.5)
    figure.update_yaxes(range=[low, 100.5], showgrid=False, zeroline=False, automargin=True)
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=labels,
        tickvals=labels[::-1][:: ceil(len(labels) / _MOST_TICKS)],
        showgrid=False,
        automargin=True,
    )
    return Chart(finished(figure, height, language), "; ".join(_told(p, language) for p in known))


def _runs(trend: Sequence[Point]) -> list[list[Point]]:
    """The points that may be joined: a break begins a new run."""
    runs: list[list[Point]] = [[]]
    for point in trend:
        if point.break_before and runs[-1]:
            runs.append([])
        runs[-1].append(point)
    return runs


def _line(run: Sequence[Point], language: Language) -> go.Scatter:
    return go.Scatter(
        x=[_tick(p, language) for p in run],
        y=[p.value for p in run],
        error_y=_error_bars(run),
        mode="lines+markers",
        line={"color": ACCENT, "width": 2.5},
        marker={"size": 9},
        customdata=[_hover(p, language) for p in run],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _tick(p: Point, language: Language) -> str:
    """A period on two lines, so that periods stand beside each other in a narrow figure too."""
    return periods.short(p.period, language).replace(" ", "<br>")


def _mark_break(figure: go.Figure, place: float) -> None:
    """A dashed line between two periods, at a position of the category axis."""
    line = {"color": QUIET, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line=line)


def _told(p: Point, language: Language) -> str:
    words = f"{periods.name(p.period, language)} {numbers.decimal(p.value, language)}"
    return f"{words} ({p.break_before})" if p.break_before else words


def _error_bars(trend: Sequence[Point]) -> dict[str, Any]:
    up = [p.reach[1] - (p.value or 0.0) for p in trend]
    down = [(p.value or 0.0) - p.reach[0] for p in trend]
    return {"type": "data", "array": up, "arrayminus": down, "thickness": 1.6, "width": 5}


def _hover(p: Point, language: Language) -> str:
    return (
        f"<b>{periods.name(p.period, language)}</b>"
        f"<br>IKM {numbers.decimal(p.value, language)} {p.mutu or ''}"
        f"<br>95%: {numbers.interval(p.interval, language)}<br>n = {numbers.whole(p.n, language)}"
    )


def _shade(figure: go.Figure, bands: Sequence[Band], low: float, axis: str) -> None:
    """Tint the range of each mutu and name it, so that a value is read against the regulation's table."""
    shown = [band for band in bands if float(band.high) > low]
    across = "y" if axis == "x" else "x"
    # Set at once: plotly's own add_hrect looks at every axis for each of them, ten times as slowly.
    figure.layout.shapes = [_strip(band, low, axis, across) for band in shown]
    figure.layout.annotations = [_letter(band, low, axis, across) for band in shown]


def _strip(band: Band, low: float, axis: str, across: str) -> dict[str, Any]:
    place = {f"{axis}0": max(low, float(band.low)), f"{axis}1": float(band.high), f"{axis}ref": axis}
    place |= {f"{across}0": 0, f"{across}1": 1, f"{across}ref": f"{across} domain"}
    look = {"fillcolor": mutu_colour(band.mutu), "opacity": 0.13, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", **place, **look}


def _letter(band: Band, low: float, axis: str, across: str) -> dict[str, Any]:
    """At the strip's top corner: on the left of upright strips, on the right of lying ones."""
    bottom, top = max(low, float(band.low)), float(band.high)
    upright = axis == "x"
    place = {axis: bottom if upright else top, f"{axis}ref": axis, f"{across}ref": f"{across} domain"}
    place |= {across: 1, "xanchor": "left" if upright else "right", "yanchor": "top"}
    text = f"<b>{band.mutu}</b>" if top - bottom > _ROOM_FOR_A_LETTER else ""
    return {"text": text, "showarrow": False, "font": {"size": 13}, "opacity": 0.75, **place}


def _label(number: str, name: str) -> str:
    return "<br>".join(wrap(f"{number} {name}", 26))


def finished(figure: go.Figure, height: int, language: Language) -> go.Figure:
    return figure.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 12, "b": 28},
        showlegend=False,
        separators=_SEPARATORS[language],
        font={"size": 14, "family": "Source Sans, sans-serif"},
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
