"""Below the table: whom it leaves out, where units probably are, and how it is made."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from survey_app.services.province import left_out
from survey_app.services.province.comparison import Comparison
from survey_app.services.province.side_by_side import SideBySide
from survey_app.services.province.small_areas import Estimated
from survey_app.text import Text
from survey_app.ui import address, estimate_view, left_out_view, links, tables
from survey_app.ui.address import Place
from survey_app.ui.words import language, say, t
from survey_app.wording import area_words, left_out_words, numbers, rank_words
from survey_app.wording.rank_words import RangeOf
from survey_app.wording.voice import Voice

RANGE_OF = Text("Rentang peringkat berlaku untuk", "Ranges of ranks hold for")
UNRANKED = Text("Tidak diperingkat: {why} ({n})", "Not ranked: {why} ({n})")
NONE_CLEAR = Text(
    "Belum ada unit yang jelas di atas atau di bawah unit lain.",
    "No unit is clearly above or below another yet.",
)
SIDES = Text(
    "Setiap unit dibandingkan dengan rata-rata sederhana semua unit yang memiliki nilai. Sebuah unit disebut "
    "jelas di atas atau di bawah hanya jika selang 95% dari selisihnya, dengan semua unit diperhitungkan, "
    "tidak memuat 0: jika semua unit sebenarnya sama, paling banyak dalam 5% kasus ada unit yang salah "
    "disebut.",
    "Each unit is held against the simple mean of all units that have a score. A unit is called clearly "
    "above or below only where the interval of the difference leaves out 0, with all units allowed for: if "
    "all units were truly alike, any of them would be called so in at most 5% of cases.",
)


def ranks() -> RangeOf:
    """Which ranges of ranks the address asks for; the choice itself stands below the table."""
    asked = st.query_params.get("ranks")
    return RangeOf(asked) if asked in list(RangeOf) else RangeOf.ALL


def show(found: SideBySide, estimates: Mapping[int, Estimated]) -> None:
    """What is one click away."""
    show_unranked(found.comparison, estimates)
    if estimates:
        with st.expander(say(area_words.ESTIMATE)):
            _show_estimates(found, estimates)
    with st.expander(t("Cara menghitung", "How it is computed")):
        names = {choice.value: say(name) for choice, name in rank_words.NAMES.items()}
        place = Place(name="ranks", key="compare-ranks")
        of = RangeOf(address.select(say(RANGE_OF), names, place, RangeOf.ALL.value, labelled=True))
        st.markdown(say(rank_words.MEANING[of]))
        whole = (1, len(found.standings))
        if all((s.place.together.low, s.place.together.high) == whole for s in found.standings):
            st.markdown(say(NONE_CLEAR))
        st.markdown(say(SIDES))


def show_unranked(comparison: Comparison, estimates: Mapping[int, Estimated]) -> None:
    """Who has a value and no place, and why."""
    voice = Voice(language())
    for group in left_out.of_ranking(comparison):
        why = left_out_words.words(group.why, comparison.minimum, voice)
        with st.expander(say(UNRANKED.format(why=why, n=len(group.units)))):
            st.html(left_out_view.listed(group, t("Unit layanan", "Service unit"), estimates))


def _show_estimates(found: SideBySide, estimates: Mapping[int, Estimated]) -> None:
    st.markdown(say(area_words.MEANING))
    lang = language()
    rows: list[list[tables.Cell]] = []
    for standing in found.standings:
        entry, score = standing.result.entry, standing.result.score
        value = f"{numbers.decimal(score.ikm, lang)} {score.mutu or ''}"
        rows.append(
            [
                tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
                tables.Noted(value, numbers.interval(score.interval, lang, 1)),
                numbers.whole(score.n, lang),
                estimate_view.cell(estimates.get(entry.unit.id)),
            ]
        )
    columns = [t("Unit layanan", "Service unit"), "IKM (95%)", "n", say(area_words.ESTIMATE)]
    st.html(tables.table(columns, rows, numeric=3))
