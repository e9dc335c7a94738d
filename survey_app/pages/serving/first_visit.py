"""What the first visitor would wait for: questionnaires are checked, what draws a figure is loaded."""

from __future__ import annotations

from analytics import Period
from analytics.ikm import SKM_2017
from survey_app import instruments
from survey_app.ui.charts import trend_chart
from survey_app.wording.plots import TrendPlot, TrendPoint


def prepare() -> None:
    """Done once as the server starts; plotly loads its parts when the first figure asks for them."""
    instruments.published()
    point = TrendPoint(period=Period.parse("2026-TW1"), value=80.0, interval=(78.0, 82.0), mutu="B", n=100)
    trend_chart(TrendPlot(points=(point,), bands=SKM_2017), "id").figure.to_json()
