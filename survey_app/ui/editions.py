"""The two editions of a report on screen: the public one, and the one that stays inside."""

from __future__ import annotations

import streamlit as st

from survey_app.services.profiles import MINIMUM
from survey_app.ui.words import t


def label() -> str:
    """On the button that downloads the internal edition."""
    return t("Unduh edisi internal", "Download the internal edition")


def explain() -> None:
    """What the two editions are for."""
    st.caption(
        t(
            "PDF mengikuti aturan halaman publik: kelompok kurang dari {n} orang disembunyikan. "
            "Edisi internal lengkap dan tidak untuk disebarkan.",
            "The PDF follows the rule of the public page: groups of fewer than {n} people are hidden. The "
            "internal edition is complete and not for distribution.",
            n=MINIMUM,
        )
    )
