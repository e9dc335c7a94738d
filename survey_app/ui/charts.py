"""Interactive figures (plotly) of `wording.plots`. Each comes with what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from analytics.ikm import Band
from survey_app.text import Language
from survey_app.ui.colours import ACCENT, QUIET, mutu_colour
from survey_app.wording import numbers, periods
from survey_app.wording.plots import Strip, TrendPlot, TrendPoint, ValuesPlot, strips
from survey_app.wording.voice import Voice

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


def unsur_chart(plot: ValuesPlot, language: Language) -> Chart:
    """Values as marks against the bands of the grading table; without one where nobody answered."""
    rows = [row for row in plot.rows if row.value is not None]
    labels = ["<br>".join(wrap(row.label.in_language(language), 26)) for row in rows]
    values = [row.value or Decimal(0) for row in rows]
    texts = [f"{numbers.decimal(row.value, language)} <b>{row.mutu}</b>" for row in rows]
    figure = go.Figure(
        go.Scatter(
            x=[float(v) for v in values],
            y=labels,
            mode="markers+text",
            text=texts,
            textposition=["middle left" if v > 80 else "middle right" for v in values],
            marker={"size": 15, "color": [mutu_colour(row.mutu) for row in rows], "line": EDGE},
            hovertemplate="%{y}<br>IKM %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    low = min([50.0, *(float(v) - 8 for v in values)])
    shade(figure, plot.bands, low, axis="x")
    figure.update_xaxes(range=[low, 100], dtick=10, showgrid=False, zeroline=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, ticklabelstandoff=8, automargin=True)
    return Chart(finished(figure, 60 + 46 * len(rows), language), plot.told(Voice(language)))


def trend_chart(plot: TrendPlot, language: Language, height: int = 270) -> Chart:
    """An index over periods with 95% intervals; a period without a value is a gap, never a zero."""
    labels = [_tick(p, language) for p in plot.points]
    figure = go.Figure([_line(run, language) for run in plot.runs()])
    least = float(plot.bands[0].low) if plot.bands else 0.0
    low = max(least, min([70.0, *(plot.reach or ())]) - 3)
    shade(figure, plot.bands, low, axis="y")
    for i, point in enumerate(plot.points):
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
    return Chart(finished(figure, height, language), plot.told(Voice(language)))


def _line(run: Sequence[TrendPoint], language: Language) -> go.Scatter:
    return go.Scatter(
        x=[_tick(p, language) for p in run],
        y=[None if p.value is None else float(p.value) for p in run],
        error_y=_error_bars(run),
        mode="lines+markers",
        line={"color": ACCENT, "width": 2.5},
        marker={"size": 9},
        customdata=[_hover(p, language) for p in run],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _tick(p: TrendPoint, language: Language) -> str:
    """A period on two lines, so that periods stand beside each other in a narrow figure too."""
    return "<br>".join(periods.short(p.period, language).rsplit(" ", 1))


def _mark_break(figure: go.Figure, place: float) -> None:
    """A dashed line between two periods, at a position of the category axis."""
    line = {"color": QUIET, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=place, x1=place, y0=0, y1=1, yref="paper", line=line)


def _error_bars(run: Sequence[TrendPoint]) -> dict[str, Any]:
    up = [p.reach[1] - float(p.value or 0) for p in run]
    down = [float(p.value or 0) - p.reach[0] for p in run]
    return {"type": "data", "array": up, "arrayminus": down, "thickness": 1.6, "width": 5}


def _hover(p: TrendPoint, language: Language) -> str:
    return (
        f"<b>{periods.name(p.period, language)}</b>"
        f"<br>IKM {numbers.decimal(p.value, language)} {p.mutu or ''}"
        f"<br>95%: {numbers.interval(p.interval, language)}<br>n = {numbers.whole(p.n, language)}"
    )


def shade(figure: go.Figure, bands: Sequence[Band], low: float, axis: str) -> None:
    """Tint the range of each mutu and name it, so that a value is read against the regulation's table."""
    shown = strips(bands, low, float(bands[-1].high)) if bands else []
    across = "y" if axis == "x" else "x"
    # Set at once: plotly's own add_hrect looks at every axis for each of them, ten times as slowly.
    figure.layout.shapes = [_strip(strip, axis, across) for strip in shown]
    figure.layout.annotations = [_letter(strip, axis, across) for strip in shown]


def _strip(strip: Strip, axis: str, across: str) -> dict[str, Any]:
    place = {f"{axis}0": strip.low, f"{axis}1": strip.high, f"{axis}ref": axis}
    place |= {f"{across}0": 0, f"{across}1": 1, f"{across}ref": f"{across} domain"}
    look = {"fillcolor": mutu_colour(strip.mutu), "opacity": 0.13, "line": {"width": 0}, "layer": "below"}
    return {"type": "rect", **place, **look}


def _letter(strip: Strip, axis: str, across: str) -> dict[str, Any]:
    """At the strip's top corner: on the left of upright strips, on the right of lying ones."""
    upright = axis == "x"
    place = {
        axis: strip.low if upright else strip.high,
        f"{axis}ref": axis,
        f"{across}ref": f"{across} domain",
    }
    place |= {across: 1, "xanchor": "left" if upright else "right", "yanchor": "top"}
    text = f"<b>{strip.mutu}</b>" if strip.high - strip.low > _ROOM_FOR_A_LETTER else ""
    return {"text": text, "showarrow": False, "font": {"size": 13}, "opacity": 0.75, **place}


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
