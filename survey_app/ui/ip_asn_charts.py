"""Interactive figures of IP ASN: its years, never joined across a break, and its units against the IKM."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from survey_app.services.ip_asn.linkage import LinkedUnit
from survey_app.text import Language, Text
from survey_app.ui.charts import Chart, finished
from survey_app.ui.colours import ACCENT, QUIET
from survey_app.wording import numbers
from survey_app.wording.ip_asn_words import DIMENSION_NAMES
from survey_app.wording.plots import TrendPlot, TrendPoint
from survey_app.wording.voice import Voice

NEW_RULES = Text("aturan baru", "new rules")


def years_chart(plot: TrendPlot, language: Language) -> Chart:
    """IP ASN per year; a dashed line stands where the rules begin anew, and no line crosses it or a gap."""
    figure = go.Figure([_run(run, language) for run in plot.runs() if any(p.value is not None for p in run)])
    for point in plot.points:
        if point.break_before:
            figure.add_vline(
                x=_year(point) - 0.5,
                line={"dash": "dash", "color": QUIET, "width": 1.5},
                annotation={"text": NEW_RULES.in_language(language), "font": {"size": 13}},
                annotation_position="top",  # above the figure: inside, its grid runs through the words
            )
    low, high = plot.reach or (0.0, 100.0)
    figure.update_yaxes(range=[max(0.0, low - 4), min(102.0, high + 5)], automargin=True)
    years = [_year(point) for point in plot.points]
    figure.update_xaxes(tickvals=years, range=[years[0] - 0.6, years[-1] + 0.6], showgrid=False)
    figure.update_yaxes(gridcolor="rgba(127,127,127,0.25)", zeroline=False)
    return Chart(finished(figure, 290, language).update_layout(margin_t=30), plot.told(Voice(language)))


def link_chart(units: Sequence[LinkedUnit], series: str, language: Language) -> Chart:
    """Every unit's IKM, with its 95% interval, over its IP ASN or one dimension."""
    known = [(u, u.value(series)) for u in units]
    points = [(u, x) for u, x in known if x is not None]
    ikm = [float(u.score.exact or 0) for u, _ in points]
    limits = [u.score.interval or (y, y) for (u, _), y in zip(points, ikm, strict=True)]
    figure = go.Figure(
        go.Scatter(
            x=[x for _, x in points],
            y=ikm,
            mode="markers",
            marker={"size": 9, "color": ACCENT},
            error_y={
                "type": "data",
                "array": [max(0.0, high - y) for (_, high), y in zip(limits, ikm, strict=True)],
                "arrayminus": [max(0.0, y - low) for (low, _), y in zip(limits, ikm, strict=True)],
                "thickness": 1,
                "width": 0,
                "color": QUIET,
            },
            customdata=[_hover(u, x, series, language) for u, x in points],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    name = DIMENSION_NAMES[series].in_language(language)
    figure.update_xaxes(title=name, gridcolor="rgba(127,127,127,0.25)", zeroline=False, automargin=True)
    figure.update_yaxes(title="IKM", gridcolor="rgba(127,127,127,0.25)", zeroline=False, automargin=True)
    words = Text("{n} unit: IKM terhadap {name}", "IKM against {name}, units: {n}")
    return Chart(
        finished(figure, 430, language), words.format(n=len(points), name=name).in_language(language)
    )


def _run(points: Sequence[TrendPoint], language: Language) -> go.Scatter:
    return go.Scatter(
        x=[_year(point) for point in points],
        y=[None if point.value is None else float(point.value) for point in points],
        mode="lines+markers+text",
        text=[numbers.decimal(point.value, language) for point in points],
        textposition="top center",
        line={"color": ACCENT, "width": 2.5},
        marker={"size": 9},
        customdata=[_words(point, language) for point in points],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )


def _year(point: TrendPoint) -> int:
    return point.period.first_day.year


def _words(point: TrendPoint, language: Language) -> str:
    called = "" if point.called is None else point.called.in_language(language)
    return f"{_year(point)}: {numbers.decimal(point.value, language)} {called}"


def _hover(unit: LinkedUnit, x: float, series: str, language: Language) -> str:
    name = DIMENSION_NAMES[series].in_language(language)
    return (
        f"<b>{escape(unit.entry.unit.name)}</b><br>{name} {numbers.decimal(x, language)}<br>"
        f"IKM {numbers.decimal(unit.score.ikm, language)}, 95% "
        f"{numbers.interval(unit.score.interval, language)}, n = {numbers.whole(unit.score.n, language)}"
    )
