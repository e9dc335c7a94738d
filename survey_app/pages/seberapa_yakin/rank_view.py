"""The rank of a unit as the two ranges that the samples allow."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.seberapa_yakin import figures, sections
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import Reach
from survey_app.services.province import left_out
from survey_app.services.province.comparison import RANKS_SEED, Comparison, Place, comparison
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import layout
from survey_app.ui.acting import who
from survey_app.ui.words import language, say, t
from survey_app.wording import left_out_words, rank_words
from survey_app.wording.rank_words import RangeOf
from survey_app.wording.voice import Voice

RANK = Text(
    "Di antara {n} unit yang diperingkat, unit ini berada pada peringkat **{together}** jika semua unit "
    "dilihat sekaligus, dan **{alone}** jika hanya unit ini yang dilihat.",
    "Among the {n} ranked units the rank of this unit is **{together}** where all units are looked at "
    "together, and **{alone}** where this unit alone is.",
)
CAPTION = Text(
    "Peringkat 1 adalah IKM tertinggi. Makin panjang batangnya, makin sedikit yang dapat dikatakan tentang "
    "urutannya.",
    "Rank 1 is the highest IKM. The longer the bar, the less can be said of the order.",
)
NOT_RANKED = Text("Unit ini tidak diperingkat: {why}.", "This unit is not ranked: {why}.")
SERVICE = Text(
    "Hanya unit layanan yang diperingkat, bukan satu layanan. Pilih semua layanan untuk melihat "
    "peringkatnya.",
    "Only service units are ranked, not a single service. Choose all services to see the rank.",
)
OF_SEVERAL = Text(
    "Peringkat membandingkan beberapa unit, sedangkan lingkup Anda satu unit.",
    "A rank compares several units; your scope is one unit.",
)
OTHER_INDEX = Text(
    "nilai kuesionernya tidak dihitung sebagai IKM", "the score of its questionnaire is not an IKM"
)
NONE_CLEAR = Text(
    "Unit ini tidak jelas di atas atau di bawah unit lain mana pun. Jangan menyebut satu nomor peringkat.",
    "This unit is not clearly above or below any other. Do not name a single rank.",
)
SOME_CLEAR = Text(
    "Jumlah unit yang jelas di atas unit ini: {above}. Jumlah unit yang jelas di bawahnya: {below}. Urutan "
    "dengan {others} unit lain belum jelas. Sebutkan rentang peringkat, bukan satu nomor.",
    "Units clearly above this one: {above}. Units clearly below it: {below}. The order among it and the "
    "other units ({others}) is not clear. Name the range and not a single rank.",
)
ALL_CLEAR = Text(
    "Peringkat ini jelas terhadap semua unit lain dan dapat disebut.",
    "This rank is clear against all other units and can be named.",
)
NO_RANK = Text(
    "Jangan membandingkan urutan unit ini dengan unit lain.", "Do not rank this unit among others."
)


def show(database: Database, result: UnitResult) -> None:
    """Where the unit stands among those that may be seen."""
    st.header(t("Peringkat", "Rank"), anchor=False)
    if result.service is not None:
        st.markdown(say(SERVICE))
        return
    if who().scope.reach is Reach.UNIT:
        st.markdown(say(OF_SEVERAL))
        return
    compared = comparison(database, who().scope, result.period, RANKS_SEED)
    place = next((p for p in compared.places if _is(p.result, result)), None)
    if place is None:
        st.markdown(say(NOT_RANKED.format(why=_why(compared, result))))
        sections.meaning(say(NO_RANK))
        return
    n = len(compared.places)
    together, alone = rank_words.written(place, RangeOf.ALL), rank_words.written(place, RangeOf.ONE)
    st.markdown(say(RANK.format(n=n, together=together, alone=alone)))
    layout.show(figures.rank_chart(place, n, language()), "rank")
    st.caption(say(CAPTION))
    sections.meaning(_meaning(place, n))
    sections.method([say(rank_words.MEANING[of]) for of in RangeOf])


def _is(other: UnitResult, result: UnitResult) -> bool:
    return other.entry.unit.id == result.entry.unit.id


def _why(compared: Comparison, result: UnitResult) -> str:
    for group in left_out.of_ranking(compared):
        if any(_is(unit, result) for unit in group.units):
            return left_out_words.words(group.why, compared.minimum, Voice(language()))
    return say(OTHER_INDEX)


def _meaning(place: Place, n: int) -> str:
    above, below = place.together.low - 1, n - place.together.high
    if above + below == 0:
        return say(NONE_CLEAR)
    others = n - 1 - above - below
    if others == 0:
        return say(ALL_CLEAR)
    return say(SOME_CLEAR.format(above=above, below=below, others=others))
