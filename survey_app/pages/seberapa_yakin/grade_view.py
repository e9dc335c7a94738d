"""How sure the letter is: in a hundred squares where that can be told, else in words."""

from __future__ import annotations

import streamlit as st

from analytics import Reason
from analytics.ikm import Odds, Told
from survey_app.pages.seberapa_yakin import figures, sections
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import layout
from survey_app.ui.words import language, say, t
from survey_app.wording import odds_words
from survey_app.wording.odds_words import Sureness
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

HUNDRED = Text(
    "Setiap kotak adalah satu dari 100 unit yang jawabannya seperti jawaban unit ini. Huruf di dalam kotak "
    "adalah mutu yang sebenarnya.",
    "Each square is one of 100 units with answers like those of this unit. The letter in it is the true "
    "grade.",
)
LETTERS = Text(
    "Kotak berisi warna: mutu yang disebut dalam kalimat di atas. Kotak tanpa warna: kurang mungkin.",
    "Filled squares: the grades named in the sentence above. Hollow squares: less likely.",
)
OFFICIAL = Text(
    "Mutu resmi menurut peraturan tetap {mutu}.", "By the regulation the official grade remains {mutu}."
)
BY_FORM = Text(
    "Mutu menurut batas kuesioner ini tetap {mutu}.",
    "By the bands of this questionnaire the grade remains {mutu}.",
)
MEANING = {
    Sureness.ALMOST_CERTAIN: Text(
        "Mutu {likeliest} dapat disebut tanpa catatan.", "Grade {likeliest} can be told without reservation."
    ),
    Sureness.PROBABLE: Text(
        "Sebutkan bahwa mutu {likeliest} masih berupa kemungkinan besar. Jangan mengambil keputusan hanya "
        "berdasarkan hurufnya.",
        "Say that grade {likeliest} is probable and no more. Do not decide by the letter alone.",
    ),
    Sureness.OPEN: Text(
        "Jangan memberi penghargaan atau teguran berdasarkan hurufnya. Lihat nilai dan selang "
        "kepercayaannya.",
        "Do not praise or blame by the letter. Look at the score and its interval.",
    ),
}


def show(result: UnitResult, odds: Odds) -> None:
    """The probability of each letter."""
    voice = Voice(language())
    st.header(t("Mutu", "Grade"), anchor=False)
    sureness = odds_words.sureness(odds)
    if sureness is None:
        st.markdown(say(reason_text(odds.reason or Reason.UNDEFINED_INDEX)))
        return
    st.markdown(f"{odds_words.of_letters(odds, voice)}.")
    if odds.reason is not Reason.CENSUS:
        _draw(odds)
    likeliest = odds_words.possible_letters(odds)[0]
    official = OFFICIAL if result.instrument.gives_ikm else BY_FORM
    remains = [] if result.score.mutu is None else [say(official.format(mutu=result.score.mutu))]
    sections.meaning(say(MEANING[sureness].format(likeliest=likeliest)), *remains)
    sections.method([*_why_words(result, odds), *_method(result, odds)])


def _draw(odds: Odds) -> None:
    in_percent = odds.told is Told.IN_PERCENT
    draw = figures.squares_chart if in_percent else figures.letters_chart
    layout.show(draw(odds, language()), "grade")
    st.caption(say(HUNDRED if in_percent else LETTERS))


def _why_words(result: UnitResult, odds: Odds) -> list[str]:
    """Why there is no percentage: too few units, too few answers, or both."""
    if odds.told is Told.IN_PERCENT:
        return []
    few = odds.told is Told.AS_OPEN or result.peers is not None
    alone = result.peers is None
    return [say(odds_words.FEW_SHEETS)] * few + [say(odds_words.NO_PEERS)] * alone


def _method(result: UnitResult, odds: Odds) -> list[str]:
    if odds.reason is Reason.CENSUS:
        return [say(reason_text(Reason.CENSUS))]
    return [] if result.peers is None else [odds_words.of_peers(result.peers, Voice(language()))]
