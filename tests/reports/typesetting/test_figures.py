"""Figures are well-formed SVG, the same every time, and say in words what they show."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from analytics.ikm.bands import SKM_2017
from survey_app.reports.typesetting.figures import (
    Bar,
    Figure,
    Share,
    TrendPoint,
    respondent_bars,
    trend,
    trend_line,
    unsur_bars,
)
from survey_app.reports.typesetting.figures.bars import NOBODY
from survey_app.wording.voice import Voice

ID = Voice("id")
SVG = "{http://www.w3.org/2000/svg}"

BARS = [Bar("U1 <Persyaratan> & lain", Decimal("70.41"), "C"), Bar("U2 Waktu", None, None)]
POINTS = [
    TrendPoint("S1 2024", Decimal("70.00"), (65.0, 75.0), 40),
    TrendPoint("S2 2024", None, None, 0),
    TrendPoint("S1 2025", Decimal("80.00"), None, 1, break_before=True),
    TrendPoint("S2 2025", Decimal("82.50"), (80.0, 85.0), 2000),
]
SHARES = [Share("Laki-laki", 27), Share("Perempuan", 16), Share("Tidak diisi", 6, unanswered=True)]

FIGURES = {
    "bars": lambda: unsur_bars(BARS, SKM_2017, ID),
    "trend": lambda: trend_line(POINTS, SKM_2017, ID),
    "respondents": lambda: respondent_bars("Jenis kelamin", SHARES, ID),
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
    figure = unsur_bars(BARS, SKM_2017, ID)
    assert {"70,41 C", "U1 <Persyaratan> & lain", NOBODY.id} <= set(texts(figure))
    assert figure.alt.endswith(f"lain 70,41 (C); U2 Waktu {NOBODY.id}.")


def test_the_length_of_a_bar_is_its_place_between_25_and_100() -> None:
    # 62.50 is the middle of the scale, 100 its end: one bar is twice the other.
    halves = unsur_bars([Bar("a", Decimal("62.50"), "D"), Bar("b", Decimal("100.00"), "A")], SKM_2017, ID)
    widths = [float(r.get("width", "")) for r in root(halves).iter(f"{SVG}rect") if r.get("height") == "16"]
    assert widths[1] == 2 * widths[0]


def test_band_edges_stand_under_the_bars() -> None:
    assert {"25,00", "65,00", "76,61", "88,31", "100,00", "D", "C", "B", "A"} <= set(
        texts(unsur_bars(BARS, SKM_2017, ID))
    )


def test_a_trend_is_not_drawn_through_a_gap_or_a_break() -> None:
    figure = trend_line(POINTS, SKM_2017, ID)
    joins = [
        e
        for e in root(figure).iter(f"{SVG}line")
        if e.get("stroke-width") == "1.5" and not e.get("stroke-dasharray")
    ]
    assert len(joins) == 1  # only between the last two
    assert trend.OTHER_RULE.id in texts(figure)
    gap, rule = trend.WITHOUT_VALUE.format(label="S2 2024").id, trend.MEASURED_BY_ANOTHER_RULE.id
    assert figure.alt.endswith(f"; {gap}; S1 2025 80,00{rule}; S2 2025 82,50 (80,00 – 85,00).")


def test_a_trend_of_nothing_is_an_empty_scale() -> None:
    figure = trend_line([TrendPoint("2024", None, None, 0)], SKM_2017, ID)
    assert not list(root(figure).iter(f"{SVG}circle"))


def test_respondents_show_number_and_percent_of_all() -> None:
    assert {"27 (55,1%)", "16 (32,7%)", "6 (12,2%)"} <= set(
        texts(respondent_bars("Jenis kelamin", SHARES, ID))
    )


def test_respondents_of_nobody_have_no_length_and_no_percentage() -> None:
    assert "0 (–)" in texts(respondent_bars("Usia", [Share("Tidak diisi", 0, unanswered=True)], ID))
