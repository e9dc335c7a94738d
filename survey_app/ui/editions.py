"""The two editions of a report on screen: the public one, and the one that stays inside."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.text import Text
from survey_app.ui import downloads
from survey_app.ui.words import say, t

DOWNLOAD = Text("Unduh edisi internal", "Download the internal edition")


def offer_internal(make: Callable[[Acting], bytes], file_name: str, key: str) -> None:
    """The button that downloads the internal edition as a PDF; to who may not have it, it says who may."""
    downloads.offer(say(DOWNLOAD), make, file_name, key, action=Action.SEE_INSIDE)


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
