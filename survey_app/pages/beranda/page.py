"""Beranda: the two ways on from an empty database, then where the first answers come from."""

from __future__ import annotations

from survey_app.services.places import catalogue
from survey_app.services.process import runtime
from survey_app.ui import first_steps, layout
from survey_app.ui.acting import who
from survey_app.ui.words import t


def show() -> None:
    """Until there are answers; from then on the address leads elsewhere."""
    database = runtime.database()
    units = catalogue.list_units(database, who().scope)
    if not units:
        first_steps.show_welcome(database)
        return
    layout.heading(t("Beranda", "Home"))
    first_steps.show_waiting(units)
