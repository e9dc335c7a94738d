"""What every page begins with, and how a figure is put on it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics import Period
from analytics.comparison import Difference
from survey_app.text import Text
from survey_app.ui import words
from survey_app.ui.charts import Chart
from survey_app.ui.plain import plain
from survey_app.wording import numbers, periods, sureness
from survey_app.wording.voice import Voice

#: Text in figures: plotly cannot inherit it from the page.
_INK = {"light": "#14212b", "dark": "#eef3f6"}
_HERE = Path(__file__).parent
CHANGED = Text(
    "Dibandingkan dengan {before}: {amount}, {verdict}.", "Compared with {before}: {amount}, {verdict}."
)


def style(name: str) -> None:
    """Apply one of the style sheets beside this module."""
    st.html(_HERE / f"{name}.css")


def choices() -> DeltaGenerator:
    """The row below the navigation in which a page lets choose where and when."""
    return st.container(horizontal=True, key="choices", gap="xsmall")


def heading(title: str, lead: str = "") -> None:
    """The page's title, and one sentence about the page. Both are text."""
    st.title(plain(title), anchor=False)
    if lead:
        st.markdown(plain(lead))


def show(chart: Chart, key: str) -> None:
    """Draw `chart` in the theme's ink, without a toolbar; the page scrolls when a finger drags over it."""
    chart.figure.update_layout(font={"color": _INK[st.context.theme.type or "light"]}, template="none")
    config = {"displayModeBar": False, "scrollZoom": False}
    st.plotly_chart(chart.figure, key=key, alt=chart.alt or None, theme=None, config=config)


def change_sentence(change: Difference, since: Period) -> str:
    """The change of an index in words: how much, and whether it is clearly up or down."""
    lang = words.language()
    before = periods.name(since, lang)
    if change.value is None or change.interval is None:
        return without_comparison(change, before)
    low, high = (numbers.limit(end, lang) for end in change.interval)
    amount = words.t(
        "**{value}** (95%: {low} sampai {high})",
        "**{value}** (95%: {low} to {high})",
        value=numbers.signed(change.value, lang),
        low=low,
        high=high,
    )
    return words.say(CHANGED.format(before=before, amount=amount, verdict=sureness.moved(change)))


def without_comparison(change: Difference, before: str) -> str:
    """That there is nothing to compare with, and why when a rule or a questionnaire lies between."""
    return sureness.without_comparison(change, before, Voice(words.language()))
