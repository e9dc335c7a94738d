"""The funnel: every unit by its respondents, and all units that lie outside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.comparison import Position
from survey_app.pages.perbandingan import charts
from survey_app.services.province import left_out
from survey_app.services.province.comparison import Comparison, Place
from survey_app.text import Text
from survey_app.ui import cards, layout, left_out_view, links, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

BELOW = Text("Di bawah batas 99,8%", "Below the 99.8% limits")
MAYBE_BELOW = Text("Di antara batas 95% dan 99,8%, di bawah", "Between the 95% and 99.8% limits, below")
ABOVE = Text("Di atas batas 99,8%", "Above the 99.8% limits")
MAYBE_ABOVE = Text("Di antara batas 95% dan 99,8%, di atas", "Between the 95% and 99.8% limits, above")
OUTSIDE = Text("{title}: {n} unit", "{title} (units: {n})")
EXPLAINED = Text(
    "Setiap titik mewakili satu unit. Garis titik-titik adalah rata-rata semua unit. Titik biru berada "
    "di dalam batas sehingga perbedaannya belum jelas. Titik hijau berada di atas rata-rata, titik "
    "cokelat di bawah rata-rata. Warna terang berarti di luar batas 95% (garis putus-putus), warna "
    "gelap di luar batas 99,8% (garis utuh). Batas ini menilai setiap unit sendiri-sendiri: sekitar 1 "
    "dari 20 unit biasa berada di luar batas 95%. Cara menghitung: diagram corong.",
    "Each dot is one unit. The dotted line is the mean of all units. Blue dots lie within the limits, "
    "so their difference is not clear. Green dots lie above the mean, brown dots below it. Light "
    "colours are outside the 95% limits (dashed line), dark colours outside the 99.8% limits (solid "
    "line). These limits judge each unit alone: about 1 ordinary unit in 20 lies outside the 95% "
    "limits. How it is computed: a funnel plot.",
)


def show(comparison: Comparison) -> None:
    """The chart, and everyone outside its limits by name."""
    if comparison.funnel is None:
        st.markdown(t("Belum ada unit yang dapat dibandingkan.", "No units can be compared yet."))
        _show_left_out(comparison)
        return
    layout.show(charts.funnel_chart(comparison.funnel, comparison.places, language()), "funnel")
    st.caption(say(EXPLAINED))
    placed = list(zip(comparison.places, comparison.funnel.points, strict=True))
    low, high = st.columns(2, gap="medium")
    for column, kinds in (
        (low, ((BELOW, Position.BELOW_ALARM), (MAYBE_BELOW, Position.BELOW_WARN))),
        (high, ((ABOVE, Position.ABOVE_ALARM), (MAYBE_ABOVE, Position.ABOVE_WARN))),
    ):
        with column:
            for title, position in kinds:
                found = [place for place, point in placed if point.position is position]
                _show_outside(say(title), found[::-1] if column is low else found)
    _show_left_out(comparison)


def _show_left_out(comparison: Comparison) -> None:
    """The same in a sentence, below what has no room for a list."""
    if missing := left_out_view.html(left_out.of_ranking(comparison), comparison.minimum):
        st.html(missing)


def _show_outside(title: str, places: Sequence[Place]) -> None:
    """All of them, the farthest first, and how many they are."""
    st.html(cards.heading(say(OUTSIDE.format(title=title, n=len(places)))))
    if places:
        columns = [t("Unit layanan", "Service unit"), "IKM (95%)", "n"]
        rows = [[*_value(place), numbers.whole(place.result.score.n, language())] for place in places]
        st.html(tables.table(columns, rows, numeric=2))


def _value(place: Place) -> list[tables.Cell]:
    score, entry, lang = place.result.score, place.result.entry, language()
    return [
        tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
        tables.Noted(
            f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}",
            numbers.interval(score.interval, lang, 1),
        ),
    ]
