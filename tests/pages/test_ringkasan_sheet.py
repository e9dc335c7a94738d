"""The sheet that the first page offers has the figures and sentences of that page."""

from __future__ import annotations

import re
from html import unescape

from analytics.comparison.aggregate import Method
from analytics.period import Period
from survey_app.pages.ringkasan import downloads_view
from survey_app.reports.briefing.sheet import Sheet, sheet
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.briefing.briefing import Briefing, brief
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.wording import briefing_words
from survey_app.wording.voice import Voice
from tests import printed
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples

TW4 = Period.parse("2026-TW4")


def _province(database: Database) -> None:
    for code, fours in (("satu", 20), ("dua", 12), ("tiga", 4)):
        samples.create_unit(database, code, code.title(), agency=f"Dinas {code.title()}")
        samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (20 - fours), "2026-11")


def _briefing(database: Database) -> Briefing:
    return brief(database, ADMIN, PROVINCE, TW4, Method.MEAN_OF_UNITS, TW4, samples.NOW)


def _sheet(briefing: Briefing) -> Document:
    return sheet(Sheet(briefing=briefing, name="", made_at=samples.MADE_AT, language="id"))


def test_the_figures_are_those_of_the_page(database: Database, open_page: OpenPage) -> None:
    _province(database)
    shown = unescape(html_of(open_page("ringkasan", period=str(TW4))))
    page = re.sub(r"<[^>]*>", " ", shown)
    (words,) = printed.pages(render_pdf_here(_sheet(_briefing(database))))
    paper, briefing, voice = printed.lines(words), _briefing(database), Voice("id")
    # 100, 90 and 80 are means of 3 + f/20 times 25: their mean is 90.
    for figure in ("90,00", "100,00", "80,00", briefing_words.sampled(briefing.summary, voice)):
        assert figure in " ".join(page.split())
        assert figure in paper
    for said in (
        briefing_words.lead(briefing, "").id,
        *briefing_words.comparisons(briefing.summary, voice),
        briefing_words.covered(briefing.summary, voice),
        briefing_words.read(briefing.said, voice),
    ):
        assert printed.lines(said) in " ".join(page.split())
        assert printed.lines(said) in paper


def test_the_page_offers_it(database: Database, open_page: OpenPage) -> None:
    _province(database)
    app = open_page("ringkasan", period=str(TW4))
    offered = [b.proto.label for b in app.get("download_button")]
    assert downloads_view.DOWNLOAD.id in offered
    meeting = open_page("ringkasan", period=str(TW4), tampil="presentasi")
    assert not meeting.get("download_button")
