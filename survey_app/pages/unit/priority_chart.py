"""How each unsur goes with the others against how it is judged: an annex, not an order of improvement."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

import plotly.graph_objects as go

from analytics.ikm import Interval, Priority, PriorityMap, Quadrant
from survey_app.instruments import Instrument
from survey_app.text import Language, Text
from survey_app.ui.charts import EDGE, Chart, finished
from survey_app.ui.colours import ACCENT, MUTU, QUIET
from survey_app.wording import numbers

QUADRANTS: dict[Quadrant, Text] = {
    Quadrant.MEND_FIRST: Text("Rendah, sejalan dengan lain", "Low, goes with others"),
    Quadrant.KEEP_UP: Text("Tinggi, sejalan dengan lain", "High, goes with others"),
    Quadrant.LOW_PRIORITY: Text("Rendah, berdiri sendiri", "Low, stands alone"),
    Quadrant.ENOUGH: Text("Tinggi, berdiri sendiri", "High, stands alone"),
}
#: Where each quadrant lies: on the right what is judged well, above what is important.
_CORNERS: dict[Quadrant, tuple[int, int]] = {
    Quadrant.MEND_FIRST: (0, 1),
    Quadrant.KEEP_UP: (1, 1),
    Quadrant.LOW_PRIORITY: (0, 0),
    Quadrant.ENOUGH: (1, 0),
}
#: Where a label's middle lies, as shares of what the marks span; a mark alone keeps the first.
_SIDES = {
    "top right": (0.03, 0.05),
    "bottom right": (0.03, -0.05),
    "top left": (-0.03, 0.05),
    "bottom left": (-0.03, -0.05),
}
_COLOURS = {Quadrant.MEND_FIRST: MUTU["C"], Quadrant.KEEP_UP: MUTU["B"]}


def priority_chart(priority_map: PriorityMap, instrument: Instrument, language: Language) -> Chart:
    """NRR against importance with 95% intervals; a full mark is clear of the means, a hollow one is not."""
    placed = [
        (e.number, p)
        for e, p in zip(instrument.elements, priority_map.unsur, strict=True)
        if p.quadrant is not None
    ]
    figure = go.Figure(
        go.Scatter(
            x=[p.nrr for _, p in placed],
            y=[p.importance for _, p in placed],
            error_x=_bars([(p.nrr, p.nrr_interval) for _, p in placed]),
            error_y=_bars([(p.importance, p.importance_interval) for _, p in placed]),
            mode="markers+text",
            text=[f"<b>{number}</b>" for number, _ in placed],
            textposition=_label_places([(p.nrr or 0.0, p.importance or 0.0) for _, p in placed]),
            marker={
                "size": 13,
                "color": [_colour(p) for _, p in placed],
                "symbol": ["circle" if p.clear else "circle-open" for _, p in placed],
                "line": EDGE,
            },
            hovertemplate="%{text}<br>NRR %{x:.2f}, r %{y:.2f}<extra></extra>",
        )
    )
    figure.layout.annotations = [_corner(quadrant, language) for quadrant in QUADRANTS]
    figure.add_vline(x=priority_map.mean_nrr, line_dash="dot", line_color=QUIET)
    figure.add_hline(y=priority_map.mean_importance, line_dash="dot", line_color=QUIET)
    importance = Text("Keterkaitan dengan unsur lain (r)", "Goes with the others (r)")
    nrr = Text("Nilai unsur (NRR)", "Score of the element (NRR)")
    figure.update_xaxes(title=nrr.in_language(language), showgrid=False, zeroline=False, automargin=True)
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


def _corner(quadrant: Quadrant, language: Language) -> dict[str, object]:
    """The quadrant's name in its corner of the figure."""
    x, y = _CORNERS[quadrant]
    return {
        "text": f"<b>{QUADRANTS[quadrant].in_language(language)}</b>",
        "showarrow": False,
        "opacity": 0.75,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "right" if x else "left",
        "yanchor": "top" if y else "bottom",
    }


def _label_places(marks: Sequence[tuple[float, float]]) -> list[str]:
    """For each mark the side on which its label is farthest from other marks and from labels set before."""
    spans = [max(axis) - min(axis) or 1.0 for axis in zip(*marks, strict=True)]
    scaled = [(x / spans[0], y / spans[1]) for x, y in marks]
    taken, chosen = list(scaled), []
    for mark in scaled:
        others = [place for place in taken if place != mark]
        side = max(_SIDES, key=lambda s: min((dist(_label(mark, s), o) for o in others), default=1.0))
        taken.append(_label(mark, side))
        chosen.append(side)
    return chosen


def _label(mark: tuple[float, float], side: str) -> tuple[float, float]:
    return mark[0] + _SIDES[side][0], mark[1] + _SIDES[side][1]


def _bars(rows: list[tuple[float | None, Interval | None]]) -> dict[str, object]:
    up = [0.0 if v is None or i is None else i[1] - v for v, i in rows]
    down = [0.0 if v is None or i is None else v - i[0] for v, i in rows]
    return {"type": "data", "array": up, "arrayminus": down, "thickness": 1, "width": 0, "color": QUIET}
