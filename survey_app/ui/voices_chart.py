"""How many comments speak of each unsur, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TypeVar

import plotly.graph_objects as go

from analytics.comments import Kind
from survey_app.text import Language, Text
from survey_app.ui.charts import Chart, finished
from survey_app.ui.colours import MUTU, QUIET

Category = TypeVar("Category")

_COLOURS: dict[Kind | None, str] = {
    Kind.COMPLAINT: MUTU["C"],
    Kind.SUGGESTION: "#c9bb8a",
    Kind.PRAISE: MUTU["B"],
    None: QUIET,
}


def voices_chart(
    found: Mapping[tuple[Category, Kind | None], int],
    names: Mapping[Category, str],
    kinds: Mapping[Kind | None, Text],
    language: Language,
) -> Chart:
    """Stacked bars, one per category (unsur or month) in the order of `names`, complaints first."""
    labels = ["<br>".join(wrap(name, 28)) for name in names.values()]
    figure = go.Figure(
        [
            go.Bar(
                x=[found.get((category, kind), 0) for category in names],
                y=labels,
                name=text.in_language(language),
                orientation="h",
                marker_color=_COLOURS[kind],
                hovertemplate="%{y}<br>%{fullData.name}: %{x}<extra></extra>",
            )
            for kind, text in kinds.items()
        ]
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    counted = Text("Komentar", "Comments").in_language(language)
    figure.update_xaxes(title=counted, showgrid=False, zeroline=False, automargin=True)
    finished(figure, 110 + 34 * len(labels), language)
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"}
    figure.update_layout(barmode="stack", bargap=0.35, showlegend=True, legend=legend, margin={"t": 36})
    words = "; ".join(
        f"{name}: {sum(found.get((category, kind), 0) for kind in kinds)}" for category, name in names.items()
    )
    return Chart(figure, words)
