"""Figures that set units side by side: rank bands, the funnel, the heat map."""

from __future__ import annotations

from html import escape
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go

from analytics.comparison import Funnel, Position, funnel_limits
from survey_app.services.province.comparison import Comparison, Place
from survey_app.text import Language, Text
from survey_app.ui.charts import EDGE, Chart, finished
from survey_app.ui.colours import ACCENT, MUTU, QUIET
from survey_app.wording import numbers

_OUTSIDE = {
    Position.ABOVE_ALARM: MUTU["A"],
    Position.ABOVE_WARN: MUTU["B"],
    Position.BELOW_WARN: MUTU["C"],
    Position.BELOW_ALARM: MUTU["D"],
}
#: Numbers of respondents an axis names in full; by itself a log axis writes 5 for 50 and 500.
_SIZES = [s * 10**power for power in range(1, 7) for s in (1, 2, 3, 5, 7)]
#: From low to high in the hues of the mutu, all light enough for the one dark ink of their numbers.
_HEAT = [[0.0, "#b9803a"], [0.4, "#e0b877"], [0.6, "#f3ede0"], [0.8, "#9accc5"], [1.0, "#4a9a91"]]
_HEAT_INK = "#14212b"
_HEAT_RANGE = (55, 100)
#: The colours explained above the cells, where they are read first.
_SCALE = {
    "orientation": "h",
    "thickness": 8,
    "outlinewidth": 0,
    "yref": "container",
    "yanchor": "top",
    "y": 1,
}


def funnel_chart(funnel: Funnel, places: tuple[Place, ...], language: Language) -> Chart:
    """Every unit by its n against the 95% and 99.8% limits round the common mean."""
    sizes = np.geomspace(min(p.n for p in funnel.points), max(p.n for p in funnel.points), 80)
    figure = go.Figure()
    for level, dash in ((0.95, "dash"), (0.998, "solid")):
        edges = [funnel_limits(funnel.target, funnel.sd, int(n), level) for n in sizes]
        for side in (0, 1):
            figure.add_scatter(
                x=sizes,
                y=[e[side] for e in edges],
                mode="lines",
                line={"dash": dash, "color": QUIET, "width": 1.2},
                hoverinfo="skip",
            )
    figure.add_scatter(
        x=[p.n for p in funnel.points],
        y=[p.value for p in funnel.points],
        mode="markers",
        marker={"size": 10, "color": [_OUTSIDE.get(p.position, ACCENT) for p in funnel.points], "line": EDGE},
        text=[escape(p.result.entry.unit.name) for p in places],
        hovertemplate="%{text}<br>IKM %{y:.2f}, n = %{x}<extra></extra>",
    )
    figure.add_hline(y=funnel.target, line_dash="dot", line_color=QUIET)
    axis = Text("Responden (n)", "Respondents (n)").in_language(language)
    ticks = {"tickvals": _SIZES, "ticktext": [numbers.whole(n, language) for n in _SIZES]}
    figure.update_xaxes(title=axis, type="log", showgrid=False, automargin=True, **ticks)
    figure.update_yaxes(title="IKM", showgrid=False, zeroline=False, automargin=True)
    outside = [
        place.result.entry.unit.name
        for place, point in zip(places, funnel.points, strict=True)
        if point.position is not Position.WITHIN
    ]
    return Chart(finished(figure, 420, language), ", ".join(outside))


def heat_chart(comparison: Comparison, language: Language) -> Chart:
    """IKM of every unit and unsur; an empty cell is not asked, or answered by too few."""
    keys = [e.key for e in comparison.elements]
    rows = [dict(row.values) for row in comparison.heat]
    values = [[None if row.get(k) is None else float(row[k] or 0) for k in keys] for row in rows]
    names = [[e.name.in_language(language) for e in comparison.elements]] * len(rows)
    figure = go.Figure(
        go.Heatmap(
            z=np.array(
                values, dtype=object
            ),  # plotly looks at every number of a list of lists, several times
            x=[e.number for e in comparison.elements],
            y=["<br>".join(map(escape, wrap(row.result.entry.unit.name, 26))) for row in comparison.heat],
            colorscale=_HEAT,
            zmin=_HEAT_RANGE[0],
            zmax=_HEAT_RANGE[1],
            xgap=2,
            ygap=2,
            customdata=np.array(names, dtype=object),
            hovertemplate="%{y}<br>%{x} %{customdata}<br>IKM %{z:.2f}<extra></extra>",
            hoverongaps=False,
            texttemplate="%{z:.1f}",
            textfont={"size": 12, "color": _HEAT_INK},
            colorbar=_SCALE,
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True, tickfont={"size": 12}, showgrid=False)
    figure.update_xaxes(side="top", showgrid=False, automargin=True)
    words = Text("IKM menurut unit dan unsur", "IKM by unit and service element").in_language(language)
    return Chart(finished(figure, 110 + 34 * len(rows), language).update_layout(margin_t=76), words)
