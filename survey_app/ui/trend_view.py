"""A value over periods, with the marks where the rule or the questionnaire changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics import Period, Reason
from analytics.comparison import Break
from analytics.ikm import Band
from survey_app.services.ikm.history import Step
from survey_app.text import Text
from survey_app.ui import charts, layout
from survey_app.ui.words import language, say, t
from survey_app.wording import periods, plots
from survey_app.wording.reasons import reason_text

OTHER_FORM = Text("kuesioner lain", "another questionnaire")
DASHED = Text(
    "Garis putus-putus: nilai sejak {broken} tidak dapat dibandingkan dengan nilai sebelumnya.",
    "Dashed line: scores from {broken} cannot be compared with earlier ones.",
)


def show_trend(steps: Sequence[Step], bands: Sequence[Band], key: str) -> None:
    """The value in each period with its interval; never joined across a break."""
    if sum(s.result.score.ikm is not None for s in steps) < 2:
        st.markdown(say(reason_text(Reason.TOO_FEW_POINTS)))
        return
    layout.show(charts.trend_chart(plots.of_history(steps, bands), language()), key)
    st.caption(t("Garis tegak: selang kepercayaan 95%.", "Bars: 95% confidence intervals."))
    show_breaks([(s.result.period, s.breaks) for s in steps])


def show_breaks(marks: Sequence[tuple[Period, Sequence[Break]]]) -> None:
    """What the dashed lines of a trend mean; nothing without any."""
    broken = [f"{periods.name(period, language())} ({_why(breaks)})" for period, breaks in marks if breaks]
    if broken:
        st.caption(say(DASHED.format(broken=", ".join(broken))))


def _why(breaks: Sequence[Break]) -> str:
    """The last regulation that came into force, else that the questionnaire changed."""
    regulations = [b.regulation for b in breaks if b.regulation is not None]
    return regulations[-1] if regulations else say(OTHER_FORM)
