"""The change since the period before: clearly up or down, or not to be said."""

from __future__ import annotations

import streamlit as st

from analytics import Reason
from analytics.comparison import Difference
from survey_app.pages.seberapa_yakin import figures, sections
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.text import Text
from survey_app.ui import layout
from survey_app.ui.words import language, say, t
from survey_app.wording import periods, sureness
from survey_app.wording.reasons import reason_clause
from survey_app.wording.voice import Voice

CAPTION = Text(
    "Garis tegak: perubahan yang terukur. Batang: selang kepercayaan 95%. Garis putus-putus: tidak ada "
    "perubahan.",
    "Upright line: the change that was measured. Bar: the 95% confidence interval. Dashed line: no change.",
)
PERIOD_LACKS = Text("{period}: {why}.", "{period}: {why}.")
UP = Text(
    "Kenaikan ini dapat dilaporkan. Survei tidak menunjukkan penyebabnya.",
    "This rise can be reported. The survey does not show its cause.",
)
DOWN = Text(
    "Penurunan ini dapat dilaporkan dan perlu ditelusuri. Survei tidak menunjukkan penyebabnya.",
    "This fall can be reported and should be looked into. The survey does not show its cause.",
)
NEITHER = Text(
    "Jangan melaporkan kenaikan, penurunan, atau nilai yang tetap. Perubahan sebenarnya dapat berupa "
    "penurunan ({low}) sampai kenaikan ({high}).",
    "Report neither a rise nor a fall, nor that the score stayed the same. The true change may be anything "
    "from a fall ({low}) to a rise ({high}).",
)
SAME = Text(
    "Nilai kedua periode sama dan tanpa galat pengambilan sampel, sehingga dapat dilaporkan tetap.",
    "The scores of both periods are the same and without sampling error; that it stayed can be reported.",
)
NO_CLAIM = Text(
    "Jangan melaporkan kenaikan atau penurunan antara kedua periode ini.",
    "Do not report a rise or a fall between these two periods.",
)
METHOD = Text(
    "Selang kepercayaan perubahan dihitung dari selang kepercayaan kedua periode (MOVER). Perubahan disebut "
    "jelas jika selang kepercayaannya tidak memuat nol.",
    "The interval of the change is computed from those of both periods (MOVER). A change is called clear "
    "where its interval does not hold zero.",
)


def show(result: UnitResult, change: Difference) -> None:
    """Against the period before."""
    before, lang = result.trend[-2], language()
    st.header(
        t("Perubahan sejak {before}", "Change since {before}", before=periods.name(before.period, lang)),
        anchor=False,
    )
    st.markdown(layout.change_sentence(change, before.period))
    if change.value is None or change.interval is None:
        if not sureness.measured_otherwise(change):
            lacking = [_lacking(period) for period in (before, result.current)]
            st.markdown(" ".join(filter(None, lacking)))
        sections.meaning(say(NO_CLAIM))
        return
    layout.show(figures.change_chart(change.value, change.interval, lang), "change")
    st.caption(say(CAPTION))
    sections.meaning(_meaning(change, change.interval))
    sections.method([say(METHOD)])


def _lacking(result: PeriodResult) -> str:
    """Why a period cannot be compared; empty where nothing is missing."""
    score = result.score
    if score.ikm is not None and score.interval is not None:
        return ""
    why = score.reason("ikm") or score.reason("interval") or Reason.UNDEFINED_INDEX
    period = periods.name(result.period, language())
    return say(PERIOD_LACKS.format(period=period, why=reason_clause(why)))


def _meaning(change: Difference, interval: tuple[float, float]) -> str:
    if change.value == 0 and interval[0] == interval[1]:
        return say(SAME)
    if not change.distinguishable:
        voice = Voice(language())
        low, high = (voice.limit(end) for end in interval)
        return say(NEITHER.format(low=low, high=high))
    return say(UP if (change.value or 0) > 0 else DOWN)
