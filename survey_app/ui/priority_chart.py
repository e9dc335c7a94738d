"""The map of priorities: how important an unsur is against how it is judged."""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.intervals import Interval
from analytics.priorities import Priority, PriorityMap, Quadrant
from survey_app.instruments import Instrument
from survey_app.text import Language, Text
from survey_app.ui import numbers
from survey_app.ui.charts import EDGE, Chart, finished
from survey_app.ui.colours import ACCENT, MUTU, QUIET

QUADRANTS: dict[Quadrant, Text] = {
    Quadrant.MEND_FIRST: Text("Benahi dahulu", "Mend first"),
    Quadrant.KEEP_UP: Text("Pertahankan", "Keep up"),
    Quadrant.LOW_PRIORITY: Text("Prioritas rendah", "Low priority"),
    Quadrant.ENOUGH: Text("Sudah cukup", "Enough"),
}
_COLOURS = {Quadrant.MEND_FIRST: MUTU["C"], Quadrant.KEEP_UP: MUTU["B"]}


def priority_chart(found: PriorityMap, instrument: Instrument, language: Language) -> Chart:
    """NRR against importance with 95% intervals; a full mark is clear of the means, a hollow one is not."""
    placed = [
        (e.number, p) for e, p in zip(instrument.elements, found.unsur, strict=True) if p.quadrant is not None
    ]
    figure = go.Figure(
        go.Scatter(
            x=[p.nrr for _, p in placed],
            y=[p.importance for _, p in placed],
            error_x=_bars([(p.nrr, p.nrr_interval) for _, p in placed]),
            error_y=_bars([(p.importance, p.importance_interval) for _, p in placed]),
            mode="markers+text",
            text=[f"<b>{number}</b>" for number, _ in placed],
            textposition="top right",
            marker={
                "size": 13,
                "color": [_colour(p) for _, p in placed],
                "symbol": ["circle" if p.clear else "circle-open" for _, p in placed],
                "line": EDGE,
            },
            hovertemplate="%{text}<br>NRR %{x:.2f}, r %{y:.2f}<extra></extra>",
        )
    )
    figure.add_vline(x=found.mean_nrr, line_dash="dot", line_color=QUIET)
    figure.add_hline(y=found.mean_importance, line_dash="dot", line_color=QUIET)
    importance = Text("Pentingnya (korelasi butir-sisa)", "Importance (item-rest correlation)")
    figure.update_xaxes(title="NRR", showgrid=False, zeroline=False, automargin=True)
    figure.update_yaxes(
        title=importance.in_language(language), showgrid=False, zeroline=False, automargin=True
    )
    words = "; ".join(
        f"{number} {QUADRANTS[p.quadrant].in_language(language)}, NRR {numbers.decimal(p.nrr, language)}"
        for number, p in placed
        if p.quadrant is not None
    )
    return Chart(finished(figure, 420, language), words)


def _colour(priority: Priority) -> str:
    return _COLOURS.get(priority.quadrant, ACCENT) if priority.quadrant else QUIET


def _bars(rows: list[tuple[float | None, Interval | None]]) -> dict[str, object]:
    up = [0.0 if v is None or i is None else i[1] - v for v, i in rows]
    down = [0.0 if v is None or i is None else v - i[0] for v, i in rows]
    return {"type": "data", "array": up, "arrayminus": down, "thickness": 1, "width": 0, "color": QUIET}
