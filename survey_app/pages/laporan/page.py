"""Laporan: reports made period after period, their schedules, and what has been published."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.laporan import publish_view, recap_view, runs_view, schedules_view
from survey_app.reports import exports
from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered
from survey_app.ui import acting, choosing, first_steps, layout
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = catalogue.list_units(database, acting.who().scope)
    if not entries:
        first_steps.show_welcome(database)
        return
    acting.show_done()
    layout.heading(
        t("Laporan", "Reports"),
        t(
            "Laporan berkala dibuat otomatis setelah periode berakhir. Hasil yang dipublikasikan dapat "
            "dilihat siapa pun.",
            "Periodic reports are made automatically once the period is over. Anyone can see what is "
            "published.",
        ),
    )
    made, planned, published, together = st.tabs(
        [
            t("Laporan berkala", "Periodic reports"),
            t("Jadwal", "Schedules"),
            t("Publikasi unit", "Publications of units"),
            t("Rekapitulasi", "Consolidated results"),
        ]
    )
    with together:
        recap_view.show(database, entries, runtime.now())
    with made:
        lines = ordered.lines(database, runtime.now(), acting.who().scope)
        runs_view.show(exports.maker(database, runtime.now), lines, entries)
    with planned:
        schedules_view.show(database, entries, runtime.now())
    with published:
        publish_view.show(database, choosing.filter_unit(entries), runtime.now())
