"""What the server does as it starts, so that its first visitor does not wait for it."""

from __future__ import annotations

import subprocess
import sys

#: In a process of its own: modules once loaded stay.
_DRAW = """
import sys
from analytics.ikm.bands import SKM_2017
from analytics.period import Period
from survey_app.pages.serving import first_visit
from survey_app.ui.charts import trend_chart
from survey_app.wording.plots import TrendPlot, TrendPoint
if "prepare" in sys.argv:
    first_visit.prepare()
before = set(sys.modules)
point = TrendPoint(period=Period.parse("2026-TW3"), value=70.5, interval=None, mutu="C", n=12)
figure = trend_chart(TrendPlot(points=(point,), bands=SKM_2017), "en").figure
figure.to_json()
print(len(set(sys.modules) - before))
"""


def test_a_prepared_server_draws_without_loading_anything() -> None:
    assert _loaded_by_the_first_figure() > 10
    assert _loaded_by_the_first_figure("prepare") == 0


def _loaded_by_the_first_figure(*arguments: str) -> int:
    command = [sys.executable, "-c", _DRAW, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
