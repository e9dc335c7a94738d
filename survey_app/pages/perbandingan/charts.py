"""The funnel."""

from __future__ import annotations

from html import escape

import numpy as np
import plotly.graph_objects as go

from analytics.comparison import Funnel, Position, funnel_limits
from survey_app.services.province.comparison import Place
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
