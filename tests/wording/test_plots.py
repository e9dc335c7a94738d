"""One plot, two renderers: paper and page draw the same values and say the same to who cannot see them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analytics.ikm.bands import SKM_2017
from analytics.period import Period
from survey_app import instruments
from survey_app.reports.typesetting.figures import trend_line, unsur_bars
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.text import LANGUAGES, Language, Text
from survey_app.ui.charts import trend_chart, unsur_chart
from survey_app.ui.ip_asn_charts import years_chart
from survey_app.wording.plots import (
    PER_UNSUR,
    TrendPlot,
    TrendPoint,
    ValueRow,
    ValuesPlot,
    of_profile,
    strips,
)
from survey_app.wording.voice import Voice

QUARTERS = [Period.parse(f"2025-TW{quarter}") for quarter in (1, 2, 3, 4)]
TREND = TrendPlot(
    points=(
        TrendPoint(period=QUARTERS[0], value=Decimal("70.00"), interval=(65.0, 75.5), mutu="C", n=40),
        TrendPoint(period=QUARTERS[1], value=None, n=0),
        TrendPoint(period=QUARTERS[2], value=Decimal("78.25"), mutu="B", n=1),
        TrendPoint(period=QUARTERS[3], value=Decimal("90.50"), mutu="A", n=9, break_before=True),
    ),
    bands=SKM_2017,
)
UNSUR = ValuesPlot(
    of=PER_UNSUR,
    rows=(
        ValueRow(label=Text("U1 Syarat", "U1 Terms"), value=Decimal("70.41"), mutu="C"),
        ValueRow(label=Text("U2 Waktu", "U2 Time"), value=None, mutu=None),
    ),
    bands=SKM_2017,
)


def test_a_trend_is_told_with_its_gaps_intervals_and_breaks() -> None:
    assert TREND.told(Voice("id")) == (
        "Grafik tren IKM: TW I 2025 70,00 (65,00–75,50); TW II 2025 tanpa nilai; TW III 2025 78,25; "
        "TW IV 2025 90,50, diukur dengan aturan atau kuesioner lain."
    )
    assert TREND.told(Voice("en")) == (
        "Trend of IKM: Q1 2025 70.00 (65.00–75.50); Q2 2025 without a score; Q3 2025 78.25; "
        "Q4 2025 90.50, measured by another rule or questionnaire."
    )


def test_values_are_told_with_their_mutu_and_what_nobody_answered() -> None:
    assert UNSUR.told(Voice("id")) == "U1 Syarat 70,41 (C); U2 Waktu belum ada yang menjawab"
    assert UNSUR.told(Voice("en")) == "U1 Terms 70.41 (C); U2 Time nobody has answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_and_page_say_the_same(language: Language) -> None:
    voice = Voice(language)
    assert trend_line(TREND, voice).alt == trend_chart(TREND, language).alt == TREND.told(voice)
    assert UNSUR.told(voice) == unsur_chart(UNSUR, language).alt
    assert unsur_bars(UNSUR, voice).alt.endswith(f": {UNSUR.told(voice)}.")


@pytest.mark.parametrize("chart", [trend_chart, years_chart])
def test_a_line_on_the_page_stops_at_a_gap_and_at_a_break(chart: object) -> None:
    """As the one on paper does: see `tests/reports/typesetting/test_figures.py`."""
    assert callable(chart)
    lines = [list(line.y) for line in chart(TREND, "id").figure.data]
    assert lines == [[70.0, None, 78.25], [90.5]]


def test_a_plot_without_a_value_has_no_reach() -> None:
    empty = TrendPlot(points=(TrendPoint(period=QUARTERS[0], value=None),), bands=SKM_2017)
    assert (empty.reach, empty.known) == (None, [])
    assert TREND.reach == (65.0, 90.5)


def test_a_reach_never_leaves_out_the_value_which_is_rounded() -> None:
    """99.996 is told as 100.00, and its interval is not rounded."""
    point = TrendPoint(period=QUARTERS[0], value=Decimal("100.00"), interval=(99.991, 99.998))
    assert point.reach == (99.991, 100.0)


def test_what_a_value_is_called_is_told_with_it() -> None:
    called = TrendPoint(period=QUARTERS[0], value=Decimal("70.00"), called=Text("Rendah", "Low"))
    plot = TrendPlot(points=(called,), bands=SKM_2017)
    assert plot.told(Voice("id")) == "Grafik tren IKM: TW I 2025 70,00 Rendah."
    assert plot.told(Voice("en")) == "Trend of IKM: Q1 2025 70.00 Low."


def test_beside_a_value_its_mutu_stands_before_its_interval() -> None:
    row = ValueRow(label=Text("PTSP", "PTSP"), value=Decimal("70.41"), mutu="C", interval=(65.0, 75.5))
    plot = ValuesPlot(of=PER_UNSUR, rows=(row,), bands=SKM_2017)
    assert plot.told(Voice("id")) == "PTSP 70,41 (C, 65,00–75,50)"


def test_who_left_a_question_open_comes_last() -> None:
    field = instruments.get("skm-2017@1").profile[0]
    counts = tuple((option, 7) for option in field.options)
    plot = of_profile(ShownProfile(field, counts, 3), 17, Text("Tidak diisi", "Not stated"))
    assert [row.left_open for row in plot.rows] == [False] * len(counts) + [True]
    assert plot.rows[-1].count == 3


def test_bands_are_cut_to_what_is_drawn_and_meet() -> None:
    """The limits of PermenPANRB 14/2017: D from 25.00, C from 65.00, B from 76.61, A from 88.31 to 100.00."""
    cut = [(s.mutu, s.low, s.high, s.place) for s in strips(SKM_2017, 70.0, 100.0)]
    assert cut == [("C", 70.0, 76.61, 1), ("B", 76.61, 88.31, 2), ("A", 88.31, 100.0, 3)]
    assert strips(SKM_2017, 10.0, 20.0) == []
    # What begins or ends at the edge has no width.
    assert [s.mutu for s in strips(SKM_2017, 65.0, 76.61)] == ["C"]
