"""What none of the intervals on the page tells."""

from __future__ import annotations

import streamlit as st

from analytics import Reason
from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, spread_words

CHOSEN = Text(
    "Jika yang menjawab bukan gambaran semua pengguna layanan, misalnya hanya yang puas, nilainya dapat "
    "meleset lebih jauh daripada selang kepercayaan.",
    "If those who answered are not like all service users, for example only the satisfied ones, the score "
    "may be further off than the interval says.",
)
ONE_FORM = Text(
    "Semua angka di halaman ini berasal dari satu kuesioner: {title}.",
    "All numbers on this page come from one questionnaire: {title}.",
)
OTHERS = Text(
    "Jawaban pada kuesioner lain tidak dihitung: {n}.", "Answers to other questionnaires, not counted: {n}."
)
DOUBTFUL = Text(
    "Jawaban yang perlu ditinjau tetap dihitung. Pengaruhnya ada di tab Pemeriksaan jawaban pada hasil unit.",
    "Answers to be reviewed are counted. What they change stands on the Check of answers tab of the unit "
    "result.",
)
METHOD = Text(
    "Langkah hitungan dan rumus beserta sumbernya ada di tab Cara menghitung pada hasil unit.",
    "The steps of the computation and the formulas with their sources stand on the Calculation tab of the "
    "unit result.",
)


def show(result: UnitResult) -> None:
    """What to keep in mind beside the intervals."""
    st.header(t("Yang tidak tercakup", "What is not covered"), anchor=False)
    lines = [say(ONE_FORM.format(title=plain(say(result.instrument.title))))]
    if result.score.reason("interval") is not Reason.CENSUS:
        lines = [say(spread_words.LIMITS), say(CHOSEN), *lines]
    if result.others:
        others = sum(n for _, n in result.others)
        lines.append(say(OTHERS.format(n=numbers.whole(others, language()))))
    st.markdown("\n".join(f"- {line}" for line in [*lines, say(DOUBTFUL)]))
    st.markdown(say(METHOD))
