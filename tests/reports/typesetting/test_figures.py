"""Figures are well-formed SVG, the same every time, and say in words what they show."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from analytics.ikm.bands import SKM_2017
from analytics.period import Period
from survey_app.reports.typesetting.figures import Figure, respondent_bars, trend_line, unsur_bars
from survey_app.reports.typesetting.figures.trend import OTHER_RULE
from survey_app.text import Text
from survey_app.wording.plots import (
    MEASURED_OTHERWISE,
    NOBODY,
    PER_UNSUR,
    WITHOUT_VALUE,
    CountRow,
    CountsPlot,
    TrendPlot,
    TrendPoint,
    ValueRow,
    ValuesPlot,
)
from survey_app.wording.voice import Voice

ID = Voice("id")
SVG = "{http://www.w3.org/2000/svg}"


def bars(*rows: tuple[str, str | None, str | None]) -> ValuesPlot:
    """Rows of a label, a value and its mutu."""
    made = [
        ValueRow(label=Text(label, label), value=None if value is None else Decimal(value), mutu=mutu)
        for label, value, mutu in rows
    ]
    return ValuesPlot(of=PER_UNSUR, rows=tuple(made), bands=SKM_2017)


def counts(title: str, *rows: tuple[str, int]) -> CountsPlot:
    """Rows of a label and a count; the last is of those who left the question open."""
    made = [
        CountRow(label=Text(label, label), count=n, left_open=i == len(rows))
        for i, (label, n) in enumerate(rows, 1)
    ]
    return CountsPlot(title=Text(title, title), rows=tuple(made), whole=sum(n for _, n in rows))


BARS = bars(("U1 <Persyaratan> & lain", "70.41", "C"), ("U2 Waktu", None, None))
S1_2024, S2_2024, S1_2025, S2_2025 = (Period.parse(p) for p in ("2024-S1", "2024-S2", "2025-S1", "2025-S2"))
TREND = TrendPlot(
    points=(
        TrendPoint(period=S1_2024, value=Decimal("70.00"), interval=(65.0, 75.0), n=40),
        TrendPoint(period=S2_2024, value=None, n=0),
        TrendPoint(period=S1_2025, value=Decimal("80.00"), n=1, break_before=True),
        TrendPoint(period=S2_2025, value=Decimal("82.50"), interval=(80.0, 85.0), n=2000),
    ),
    bands=SKM_2017,
)
SEX = counts("Jenis kelamin", ("Laki-laki", 27), ("Perempuan", 16), ("Tidak diisi", 6))

FIGURES = {
    "bars": lambda: unsur_bars(BARS, ID),
    "trend": lambda: trend_line(TREND, ID),
    "respondents": lambda: respondent_bars(SEX, ID),
}


def root(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def texts(figure: Figure) -> list[str]:
    return [element.text or "" for element in root(figure).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_same_every_time_and_carries_its_words(name: str) -> None:
    figure = FIGURES[name]()
    assert figure == FIGURES[name]()
    assert root(figure).get("aria-label") == figure.alt


def test_bars_print_value_and_mutu_and_never_a_bar_for_nobody() -> None:
    figure = unsur_bars(BARS, ID)
    assert {"70,41 C", "U1 <Persyaratan> & lain", NOBODY.id} <= set(texts(figure))
    assert figure.alt.endswith(f"lain 70,41 (C); U2 Waktu {NOBODY.id}.")


def test_the_length_of_a_bar_is_its_place_between_25_and_100() -> None:
    # 62.50 is the middle of the scale, 100 its end: one bar is twice the other.
    halves = unsur_bars(bars(("a", "62.50", "D"), ("b", "100.00", "A")), ID)
    widths = [float(r.get("width", "")) for r in root(halves).iter(f"{SVG}rect") if r.get("height") == "16"]
    assert widths[1] == 2 * widths[0]


def test_band_edges_stand_under_the_bars() -> None:
    assert {"25,00", "65,00", "76,61", "88,31", "100,00", "D", "C", "B", "A"} <= set(
        texts(unsur_bars(BARS, ID))
    )


def test_a_trend_is_not_drawn_through_a_gap_or_a_break() -> None:
    figure = trend_line(TREND, ID)
    joins = [
        e
        for e in root(figure).iter(f"{SVG}line")
        if e.get("stroke-width") == "1.5" and not e.get("stroke-dasharray")
    ]
    assert len(joins) == 1  # only between the last two
    assert OTHER_RULE.id in texts(figure)
    gap, rule = WITHOUT_VALUE.format(label="Sem II 2024").id, MEASURED_OTHERWISE.id
    assert figure.alt.endswith(f"; {gap}; Sem I 2025 80,00{rule}; Sem II 2025 82,50 (80,00–85,00).")


def test_a_trend_of_nothing_is_an_empty_scale() -> None:
    figure = trend_line(TrendPlot(points=(TrendPoint(period=S1_2024, value=None, n=0),), bands=SKM_2017), ID)
    assert not list(root(figure).iter(f"{SVG}circle"))


def test_respondents_show_number_and_percent_of_all() -> None:
    assert {"27 (55,1%)", "16 (32,7%)", "6 (12,2%)"} <= set(texts(respondent_bars(SEX, ID)))


def test_respondents_of_nobody_have_no_length_and_no_percentage() -> None:
    assert "0 (–)" in texts(respondent_bars(counts("Usia", ("Tidak diisi", 0)), ID))
