"""The page as one sheet of A4, made of the answers at the moment its button is pressed."""

from __future__ import annotations

from functools import partial

from analytics import Period
from survey_app.reports.briefing.sheet import Sheet, sheet
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.briefing.briefing import Briefing, brief
from survey_app.services.places.acting import Acting
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.ui import downloads
from survey_app.ui.words import language, say

DOWNLOAD = Text("Unduh PDF", "Download PDF")


def offer(database: Database, shown: Briefing, first: Period, name: str) -> None:
    """The button.

    Args:
        first: the first month with answers.
        name: of the agency or unit; empty for the province.
    """
    of = shown.scope.unit or shown.scope.agency or "provinsi"
    downloads.offer(
        say(DOWNLOAD),
        partial(_made, database, shown, first, name, language()),
        f"ringkasan-{of}-{shown.summary.period}.pdf",
        "summary-sheet",
    )


def _made(
    database: Database, shown: Briefing, first: Period, name: str, lang: Language, person: Acting
) -> bytes:
    """What who presses may know then, which may be less than when the page was drawn."""
    now = runtime.now()
    briefing = brief(database, person, shown.scope, shown.summary.period, shown.method, first, now)
    return render_pdf(sheet(Sheet(briefing=briefing, name=name, made_at=now, language=lang)))
