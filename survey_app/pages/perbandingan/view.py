"""The comparison on screen: league table with rank bands, funnel, heat map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analytics.comparison import Position
from analytics.disclosure import MINIMUM
from survey_app.pages.perbandingan import charts, ways_view
from survey_app.services.province import left_out
from survey_app.services.province.comparison import Comparison, Place
from survey_app.services.province.small_areas import Estimated
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import cards, estimate_view, layout, left_out_view, links, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import area_words, left_out_words, numbers, rank_words
from survey_app.wording.rank_words import RangeOf
from survey_app.wording.voice import Voice

#: Units named on either side of the funnel; all of them are in the ranking.
_LISTED = 5
TOO_FEW = Text(
    "Peringkat memerlukan sedikitnya dua unit yang masing-masing memiliki {n} responden atau lebih.",
    "A ranking needs at least two units with {n} or more respondents each.",
)
RANGE_OF = Text("Rentang peringkat berlaku untuk", "Ranges of ranks hold for")
LETTERS = Text(
    "Unit dengan huruf kelompok yang sama belum jelas berbeda.",
    "Units that share a group letter are not clearly different.",
)
NONE_CLEAR = Text(
    "Belum ada unit yang jelas di atas atau di bawah unit lain.",
    "No unit is clearly above or below another yet.",
)
UNRANKED = Text("Tidak diperingkat: {why} ({n})", "Not ranked: {why} ({n})")
BELOW = Text("Jelas di bawah rata-rata", "Clearly below the mean")
FARTHEST = Text(
    "{n} unit terjauh dari rata-rata. Semua unit ada di tab Peringkat.",
    "The {n} units farthest from the mean. All units are on the Ranking tab.",
)
ABOVE = Text("Jelas di atas rata-rata", "Clearly above the mean")
OUTSIDE = Text("{title}: {n} unit", "{title} (units: {n})")


def show(database: Database, comparison: Comparison, estimates: Mapping[int, Estimated]) -> None:
    """Four views of the same units."""
    league, funnel, heat, ways = st.tabs(
        [
            t("Peringkat", "Ranking"),
            t("Sebaran", "Spread"),
            t("Unit × unsur", "Unit × element"),
            t("Cara menjawab", "Way of answering"),
        ]
    )
    with league:
        _show_league(comparison, estimates)
    with funnel:
        _show_funnel(comparison)
    with heat:
        _show_heat(comparison)
    with ways:
        ways_view.show(database, comparison)


def _show_league(comparison: Comparison, estimates: Mapping[int, Estimated]) -> None:
    if not comparison.places:
        st.markdown(say(TOO_FEW.format(n=comparison.minimum)))
    else:
        of = st.segmented_control(
            say(RANGE_OF),
            list(RangeOf),
            default=RangeOf.ALL,
            required=True,
            format_func=lambda choice: say(rank_words.NAMES[choice]),
            key="ranks-of",
        )
        st.caption(" ".join(say(words) for words in _explained(comparison, of)))
        columns = [
            t("Unit layanan", "Service unit"),
            t("IKM (selang 95%)", "IKM (95% interval)"),
            t("Peringkat", "Rank"),
            t("Kelompok", "Group"),
            "n",
            # Last, so that a phone shows the rank first.
            *([say(area_words.ESTIMATE)] if estimates else []),
        ]
        st.html(
            tables.table(
                columns, [_row(p, of, estimates) for p in comparison.places], numeric=len(columns) - 1
            )
        )
    _show_unranked(comparison, estimates)
    if estimates:
        st.caption(say(area_words.MEANING))


def _explained(comparison: Comparison, of: RangeOf) -> list[Text]:
    """Which ranges these are, what the letters say, and whether there is any order at all."""
    whole = (1, len(comparison.places))
    found = [NONE_CLEAR] if all((p.together.low, p.together.high) == whole for p in comparison.places) else []
    return [rank_words.MEANING[of], LETTERS, *found]


def _show_unranked(comparison: Comparison, estimates: Mapping[int, Estimated]) -> None:
    """Who has a value and no place, and why."""
    voice = Voice(language())
    for group in left_out.of_ranking(comparison):
        why = left_out_words.words(group.why, comparison.minimum, voice)
        title = say(UNRANKED.format(why=why, n=len(group.units)))
        with st.expander(title):
            st.html(left_out_view.listed(group, t("Unit layanan", "Service unit"), estimates))


def _show_left_out(comparison: Comparison) -> None:
    """The same in a sentence, below what has no room for a list."""
    if missing := left_out_view.html(left_out.of_ranking(comparison), comparison.minimum):
        st.html(missing)


def _show_heat(comparison: Comparison) -> None:
    names = "; ".join(f"**{e.number}** {say(e.name)}" for e in comparison.elements)
    empty = t(
        "Kotak kosong: unsur tidak ditanyakan, atau dijawab kurang dari {n} orang.",
        "Empty cells: the element is not asked, or fewer than {n} people answered it.",
        n=MINIMUM,
    )
    st.caption(
        t(
            "IKM per unsur. {names}. {empty}",
            "IKM by service element (unsur). {names}. {empty}",
            names=names,
            empty=empty,
        )
    )
    layout.show(charts.heat_chart(comparison, language()), "heat")


def _show_funnel(comparison: Comparison) -> None:
    if comparison.funnel is None:
        st.markdown(t("Belum ada unit yang dapat dibandingkan.", "No units can be compared yet."))
        _show_left_out(comparison)
        return
    layout.show(charts.funnel_chart(comparison.funnel, comparison.places, language()), "funnel")
    st.caption(
        t(
            "Setiap titik mewakili satu unit. Garis titik-titik adalah rata-rata semua unit. Titik biru "
            "berada di dalam batas sehingga perbedaannya belum jelas. Titik hijau berada di atas "
            "rata-rata, titik cokelat di bawah rata-rata. Warna terang berarti di luar batas 95% (garis "
            "putus-putus), warna gelap di luar batas 99,8% (garis utuh). Cara menghitung: diagram corong.",
            "Each dot is one unit. The dotted line is the mean of all units. Blue dots lie within the "
            "limits, so their difference is not clear. Green dots lie above the mean, brown dots below "
            "it. Light colours are outside the 95% limits (dashed line), dark colours outside the 99.8% "
            "limits (solid line). How it is computed: a funnel plot.",
        )
    )
    placed = list(zip(comparison.places, comparison.funnel.points, strict=True))
    below, above = st.columns(2, gap="medium")
    with below:
        rows = [place for place, point in reversed(placed) if point.position is Position.BELOW_ALARM]
        _show_outside(say(BELOW), rows)
    with above:
        rows = [place for place, point in placed if point.position is Position.ABOVE_ALARM]
        _show_outside(say(ABOVE), rows)
    _show_left_out(comparison)


def _show_outside(title: str, places: Sequence[Place]) -> None:
    """Whom to look at: the farthest first, and how many there are."""
    st.html(cards.heading(say(OUTSIDE.format(title=title, n=len(places)))))
    if places:
        columns = [t("Unit layanan", "Service unit"), "IKM (95%)", "n"]
        listed = places[:_LISTED]
        rows = [[*_value(place), numbers.whole(place.result.score.n, language())] for place in listed]
        st.html(tables.table(columns, rows, numeric=2))
    if len(places) > _LISTED:
        st.caption(say(FARTHEST.format(n=_LISTED)))


def _row(place: Place, of: RangeOf, estimates: Mapping[int, Estimated]) -> list[tables.Cell]:
    return [
        *_value(place),
        rank_words.written(place, of),
        " ".join(group_letter(g) for g in place.groups),
        numbers.whole(place.result.score.n, language()),
        *([estimate_view.cell(estimates.get(place.result.entry.unit.id))] if estimates else []),
    ]


def _value(place: Place) -> list[tables.Cell]:
    score, entry, lang = place.result.score, place.result.entry, language()
    return [
        tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
        tables.Noted(
            f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}",
            numbers.interval(score.interval, lang, 1),
        ),
    ]


def group_letter(number: int) -> str:
    """1 is a, 26 z, 27 aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
