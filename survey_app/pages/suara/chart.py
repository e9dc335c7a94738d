"""How many comments speak of each unsur, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import TypeVar

import plotly.graph_objects as go

from analytics.text import Kind
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
    """Stacked bars, one per category (unsur or month) in the order of `names`, complaints first.

    A kind that no comment has gets no entry in the legend.
    """
    lines = [wrap(name, 28) for name in names.values()]
    labels = ["<br>".join(parts) for parts in lines]
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
            if any(found.get((category, kind)) for category in names)
        ]
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False)
    counted = Text("Masukan", "Comments").in_language(language)
    figure.update_xaxes(title=counted, showgrid=False, zeroline=False, automargin=True)
    # Every bar has the room that the longest name needs.
    finished(figure, 110 + max(34, 20 * max(map(len, lines), default=1)) * len(lines), language)
    # Over the whole width: beside the names alone, a phone sets one entry a line and squeezes the bars.
    legend = {"orientation": "h", "xref": "container", "x": 0, "traceorder": "normal"}
    legend |= {"yref": "container", "y": 1, "yanchor": "top"}
    figure.update_layout(barmode="stack", bargap=0.35, showlegend=True, legend=legend, margin={"t": 36})
    words = "; ".join(
        f"{name}: {sum(found.get((category, kind), 0) for kind in kinds)}" for category, name in names.items()
    )
    return Chart(figure, words)
