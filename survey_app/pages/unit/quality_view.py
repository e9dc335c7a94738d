"""The quality flags of a result: how many, and the index with and without the answers that carry them."""

from __future__ import annotations

import streamlit as st

from survey_app.services.ikm.results import UnitResult
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.words import language, say
from survey_app.wording import flag_words, numbers, terms
from survey_app.wording.voice import Voice

WITHOUT_FLAGGED = Text(
    "Tanpa {n} jawaban yang perlu ditinjau: {index} {ikm} (selang kepercayaan 95%: {interval}). Lihat tab "
    "Pemeriksaan jawaban.",
    "Without the answers to be reviewed ({n}): {index} {ikm} (95% confidence interval: {interval}). See the "
    "tab Check of answers.",
)


def show_effect(result: UnitResult) -> None:
    """One line below the index: what it would be without the flagged answers."""
    if result.quality is None or not result.quality.effect.flagged:
        return
    lang, effect = language(), result.quality.effect
    st.markdown(
        say(
            WITHOUT_FLAGGED.format(
                n=numbers.whole(effect.flagged, lang),
                index=say(terms.index(result.instrument)),
                ikm=numbers.decimal(effect.unflagged.ikm, lang),
                interval=numbers.interval(effect.unflagged.interval, lang),
            )
        )
    )


def show_flags(result: UnitResult) -> None:
    """Every flag with its number and the index without it."""
    if result.quality is None:
        return
    voice = Voice(language())
    st.markdown(say(flag_words.NEVER_DELETES))
    columns = [say(title) for title in flag_words.COLUMNS]
    st.html(tables.table(columns, flag_words.rows(result.quality, voice), numeric=4))
    if missing := flag_words.unchecked(result.quality, voice):
        st.markdown(missing)
    st.html(tables.table([say(title) for title in flag_words.LIMITS], flag_words.limits(voice)))
    st.caption(say(flag_words.CHOICES))
