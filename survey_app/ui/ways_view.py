"""Ways of answering as a table and in words, of a unit or of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.sampling import WayDifference
from survey_app.services.answers.intake import Channel
from survey_app.ui import cards, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, way_words
from survey_app.wording.voice import Voice


@dataclass(frozen=True)
class Row:
    """One way of answering; `n` None is hidden. `more` are cells between n and the difference."""

    way: Channel
    n: int | None
    difference: WayDifference | None
    more: tuple[tables.Cell, ...] = ()


def show(main: Channel | None, rows: Sequence[Row], columns: Sequence[str] = ()) -> None:
    """The table, a sentence for each way that is held against the main one, and what it does not say."""
    lang, voice = language(), Voice(language())
    # Short, so that on a phone the difference is seen without scrolling.
    head = [t("Cara menjawab", "Way of answering"), "n", *columns]
    head += [] if main is None else [t("Selisih", "Difference")]
    told = []
    for row in rows:
        n = cards.HIDDEN if row.n is None else numbers.whole(row.n, lang)
        apart = [] if main is None else [tables.Noted(*way_words.points(row.difference, voice))]
        told.append([say(way_words.NAMES[row.way]), n, *row.more, *apart])
    st.html(tables.table(head, told, numeric=len(head) - 1))
    compared = [row for row in rows if row.difference is not None and row.n is not None]
    if main is None or not compared:
        return
    for row in compared:
        if row.difference is not None:
            st.markdown(way_words.sentence(row.difference, row.way, main, voice))
    if any(row.difference is not None and row.difference.interval for row in compared):
        st.caption(say(way_words.ASSOCIATION))
