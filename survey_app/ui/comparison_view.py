"""The comparison on screen: league table with rank bands, funnel, heat map."""

from __future__ import annotations

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.services.comparison import Comparison, Place
from survey_app.ui import comparison_charts, layout, links, numbers, tables
from survey_app.ui.words import language, t


def show(found: Comparison) -> None:
    """Three views of the same units."""
    league, funnel, heat = st.tabs(
        [t("Peringkat", "Ranking"), t("Corong", "Funnel"), t("Unit × unsur", "Unit × unsur")]
    )
    with league:
        _show_league(found)
    with funnel:
        _show_funnel(found)
    with heat:
        layout.show(comparison_charts.heat_chart(found, language()), "heat")
        st.caption(
            t(
                "Kotak kosong: unsur tidak ditanyakan, atau dijawab kurang dari {n} orang.",
                "Empty cells: the unsur is not asked, or fewer than {n} people answered it.",
                n=MINIMUM,
            )
        )


def _show_league(found: Comparison) -> None:
    if not found.places:
        st.markdown(
            t(
                "Belum ada dua unit dengan sedikitnya {n} responden.",
                "There are no two units with at least {n} respondents yet.",
                n=found.minimum,
            )
        )
    else:
        st.caption(
            t(
                "Rentang peringkat memuat peringkat yang sebenarnya dengan peluang 95%. "
                "Unit dengan huruf kelompok yang sama tidak dapat dibedakan.",
                "A range of ranks holds the true rank with a chance of 95%. "
                "Units that share a group's letter cannot be told apart.",
            )
        )
        columns = [
            t("Unit layanan", "Service unit"),
            "IKM",
            t("Peringkat", "Rank"),
            t("Kelompok", "Group"),
            "n",
        ]
        st.html(tables.table(columns, [_row(p) for p in found.places], numeric=4))
    _show_unranked(found)


def _show_unranked(found: Comparison) -> None:
    if not found.unranked:
        return
    title = t(
        "Tidak diperingkat: responden kurang dari {n}",
        "Not ranked: fewer than {n} respondents",
        n=found.minimum,
    )
    with st.expander(f"{title} ({len(found.unranked)})"):
        rows: list[list[tables.Cell]] = [
            [
                tables.Link(u.entry.unit.name, links.result(u.entry.unit.code), u.entry.agency.name),
                numbers.whole(u.score.n, language()),
            ]
            for u in found.unranked
        ]
        st.html(tables.table([t("Unit layanan", "Service unit"), "n"], rows, numeric=1))


def _show_funnel(found: Comparison) -> None:
    if found.funnel is None:
        st.markdown(t("Belum ada unit yang dapat dibandingkan.", "No units can be compared yet."))
        return
    layout.show(comparison_charts.funnel_chart(found.funnel, found.places, language()), "funnel")
    st.caption(
        t(
            "Di dalam corong, beda dari rata-rata dapat terjadi karena kebetulan "
            "(putus-putus 95%, utuh 99,8%).",
            "Inside the funnel a difference from the mean may be chance (dashed 95%, solid 99.8%).",
        )
    )


def _row(place: Place) -> list[tables.Cell]:
    score, entry, lang = place.result.score, place.result.entry, language()
    low, high = place.rank.low, place.rank.high
    return [
        tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
        tables.Noted(
            f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}",
            numbers.interval(score.interval, lang, 1),
        ),
        f"{low}" if low == high else f"{low} – {high}",
        " ".join(group_letter(g) for g in place.groups),
        numbers.whole(score.n, lang),
    ]


def group_letter(number: int) -> str:
    """1 is a, 26 z, 27 aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
