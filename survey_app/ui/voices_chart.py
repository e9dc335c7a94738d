"""How many comments speak of each unsur, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import plotly.graph_objects as go

from analytics.comments import Kind
from survey_app.text import Language, Text
from survey_app.ui.charts import Chart, finished
from survey_app.ui.colours import MUTU, QUIET

_COLOURS: dict[Kind | None, str] = {
    Kind.COMPLAINT: MUTU["C"],
    Kind.SUGGESTION: "#c9bb8a",
    Kind.PRAISE: MUTU["B"],
    None: QUIET,
}


def voices_chart(
    found: Mapping[tuple[str | None, Kind | None], int],
    names: Mapping[str | None, str],
    kinds: Mapping[Kind | None, Text],
    language: Language,
) -> Chart:
    """Stacked bars: one per unsur, complaints nearest to the name."""
    labels = ["<br>".join(wrap(name, 28)) for name in names.values()]
    figure = go.Figure(
        [
            go.Bar(
                x=[found.get((unsur, kind), 0) for unsur in names],
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
    figure.update_xaxes(showgrid=False, zeroline=False, automargin=True)
    finished(figure, 70 + 36 * len(labels), language)
    figure.update_layout(
        barmode="stack",
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )
    figure.update_layout(margin={"t": 36})
    words = "; ".join(
        f"{name}: {sum(found.get((unsur, kind), 0) for kind in kinds)}" for unsur, name in names.items()
    )
    return Chart(figure, words)
