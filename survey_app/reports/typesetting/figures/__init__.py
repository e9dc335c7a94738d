"""Figures as SVG, shared by reports and public pages: a plot of `wording.plots` in, the same bytes out
every time.

They stay readable in grey and on paper: meaning is in position and words, never in colour alone. Text is
text, in the report's font where there is one.
"""

from survey_app.reports.typesetting.figures.bars import unit_bars, unsur_bars
from survey_app.reports.typesetting.figures.dots import DotRow, dot_plot, small_trend
from survey_app.reports.typesetting.figures.regions import region_tiles
from survey_app.reports.typesetting.figures.respondents import respondent_bars, share_bars, value_bars
from survey_app.reports.typesetting.figures.svg import Figure, captioned
from survey_app.reports.typesetting.figures.trend import trend_line

__all__ = [
    "DotRow",
    "Figure",
    "captioned",
    "dot_plot",
    "region_tiles",
    "respondent_bars",
    "share_bars",
    "small_trend",
    "trend_line",
    "unit_bars",
    "unsur_bars",
    "value_bars",
]
