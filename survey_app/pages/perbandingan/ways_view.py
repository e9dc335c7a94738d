"""Ways of answering over all units of the scope: what goes with each where both were used."""

from __future__ import annotations

import streamlit as st

from survey_app.services.province.comparison import Comparison
from survey_app.services.province.ways import ways_of_many
from survey_app.storage.database import Database
from survey_app.ui import ways_view
from survey_app.ui.words import language, t
from survey_app.wording import numbers


def show(database: Database, comparison: Comparison) -> None:
    """Every way that was used, held against the one most used."""
    measured = [row.result for row in comparison.heat]
    found = ways_of_many(database, comparison.period, measured)
    if not found.counts:
        st.markdown(t("Belum ada unit yang dapat dibandingkan.", "No units can be compared yet."))
        return
    st.caption(
        t(
            "Unit: banyak unit yang memakai cara itu dan cara utama untuk layanan dan bulan yang sama.",
            "Units: those with that way and the main one for the same service in the same month.",
        )
    )
    differences = {difference.way: difference for difference in found.differences}
    rows = []
    for way, n in found.counts:
        difference = differences.get(found.number(way))
        units = None if difference is None or n is None else difference.units
        rows.append(ways_view.Row(way, n, difference, (numbers.whole(units, language()),)))
    ways_view.show(found.main, rows, [t("Unit", "Units")])
