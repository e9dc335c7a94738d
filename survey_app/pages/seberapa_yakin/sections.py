"""What every section of the page is made of."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from survey_app.text import Text
from survey_app.ui.words import say, t

#: What somebody who decides does with it, or does not.
MEANING = Text("Artinya untuk Anda.", "What it means for you.")


def meaning(*sentences: str) -> None:
    st.info(f"**{say(MEANING)}** {' '.join(sentences)}")


def method(paragraphs: Sequence[str]) -> None:
    """How it is computed, one click away; nothing where there is nothing to say."""
    told = [paragraph for paragraph in paragraphs if paragraph]
    if told:
        with st.expander(t("Cara menghitung", "Calculation")):
            for paragraph in told:
                st.markdown(paragraph)
