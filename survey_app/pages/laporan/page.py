"""Laporan: reports made period after period, their schedules, and what has been published."""

from __future__ import annotations

from collections.abc import Sequence

from survey_app.pages.laporan import (
    log_view,
    publish_many_view,
    publish_view,
    recap_view,
    runs_view,
    schedules_view,
)
from survey_app.reports import exports
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.services.schedules import ordered
from survey_app.text import Text
from survey_app.ui import acting, address, choosing, first_steps, layout
from survey_app.ui.words import say, t

TABS: dict[str, Text] = {
    "berkala": Text("Laporan berkala", "Periodic reports"),
    "jadwal": Text("Jadwal", "Schedules"),
    "publikasi": Text("Publikasi unit", "Publications of units"),
    "serentak": Text("Publikasi serentak", "Publish many units"),
    "rekapitulasi": Text("Rekapitulasi", "Consolidated results"),
    "catatan": Text("Catatan publikasi", "Publication log"),
}
TAB = address.Place(name="tab", key="report-tab")


def tabs_of(entries: Sequence[UnitEntry], person: Acting) -> dict[str, Text]:
    """The tabs somebody sees, by their codes in the address."""
    many = publish_many_view.offered(entries, person)
    return {code: name for code, name in TABS.items() if many or code != "serentak"}


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
    offered = tabs_of(entries, acting.who())
    tabs = address.tabs({code: say(name) for code, name in offered.items()}, TAB)
    with tabs["rekapitulasi"]:
        recap_view.show(database, entries, runtime.now())
    with tabs["berkala"]:
        lines = ordered.lines(database, runtime.now(), acting.who().scope)
        runs_view.show(exports.maker(database, runtime.now), lines, entries)
    with tabs["jadwal"]:
        schedules_view.show(database, entries, runtime.now())
    # They ask for a place in the address: those that are not open are not drawn.
    if "serentak" in tabs and tabs["serentak"].open:
        with tabs["serentak"]:
            publish_many_view.show(database, entries, runtime.now())
    elif tabs["catatan"].open:
        with tabs["catatan"]:
            log_view.show(database, entries)
    else:
        with tabs["publikasi"]:
            publish_view.show(database, choosing.filter_unit(entries), runtime.now())
