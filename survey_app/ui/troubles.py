"""What a page shows when it could not be made: plain words and the way on; the log has the rest."""

from __future__ import annotations

import streamlit as st

from survey_app.errors import AppError
from survey_app.text import Text
from survey_app.ui.plain import plain
from survey_app.ui.words import say, t

FAULT = Text(
    "Maaf, halaman ini sedang terganggu. Gangguan ini sudah dicatat. Silakan tekan Coba lagi.",
    "Sorry, this page cannot be shown just now. The fault has been recorded. Please press Try again.",
)


def tell(error: Exception) -> bool:
    """Show it instead of Streamlit's own English words."""
    told = say(error.text if isinstance(error, AppError) else FAULT)
    st.error(plain(told))
    st.button(t("Coba lagi", "Try again"), key="try-again", type="primary")
    return True
