"""What every page begins with, and how a figure is put on it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from survey_app.ui import words
from survey_app.ui.charts import Chart

#: Text in figures: plotly cannot inherit it from the page.
_INK = {"light": "#14212b", "dark": "#eef3f6"}
_HERE = Path(__file__).parent


def style(name: str) -> None:
    """Apply one of the style sheets beside this module."""
    st.html(_HERE / f"{name}.css")


def heading(title: str, lead: str = "") -> None:
    """The page's title with the language switch beside it, and one sentence about the page."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(title, anchor=False, width="content")
        words.choose_language()
    if lead:
        st.markdown(lead)


def show(chart: Chart, key: str) -> None:
    """Draw `chart` in the theme's ink, without a toolbar; the page scrolls when a finger drags over it."""
    chart.figure.update_layout(font={"color": _INK[st.context.theme.type or "light"]}, template="none")
    config = {"displayModeBar": False, "scrollZoom": False}
    st.plotly_chart(chart.figure, key=key, alt=chart.alt or None, theme=None, config=config)
