"""What stands on a page when there is nothing to show: always with the next step."""

from __future__ import annotations

import streamlit as st

from survey_app.errors import NotFound
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.ui.plain import tell
from survey_app.ui.words import t


def unit_or_explain(database: Database, code: str) -> UnitEntry | None:
    """The unit of that code; without one, say so and offer the list of units."""
    try:
        return catalogue.find_unit(database, code, PROVINCE)
    except NotFound as unknown:
        explain_unknown_unit(unknown)
        return None


def explain_unknown_unit(unknown: NotFound) -> None:
    """The address names a unit that there is not."""
    st.error(tell(unknown.text))
    st.link_button(t("Pilih unit lain", "Choose another unit"), "?")


def explain_no_units() -> None:
    """Nothing has been set up: point to the first page."""
    st.info(
        t(
            "Belum ada unit layanan. Buat unit pertama, atau muat data contoh, di Beranda.",
            "There is no service unit yet. Create the first one, or load the demonstration data, on the "
            "Home page.",
        )
    )
    st.link_button(t("Ke Beranda", "To the home page"), "/")


def explain_no_answers() -> None:
    """Units exist, answers do not."""
    st.info(
        t(
            "Belum ada jawaban. Sebarkan formulir unit, lalu hasilnya muncul di sini otomatis.",
            "There are no answers yet. Share the form of a unit, and its result appears here automatically.",
        )
    )
