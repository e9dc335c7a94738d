"""The sheet of a scope: one page whatever it is called, and to nobody more than the page."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from analytics.comparison.aggregate import Method
from analytics.period import Period
from survey_app.reports.briefing import places
from survey_app.reports.briefing.sheet import CARDS, MORE, NOTHING, Sheet, sheet
from survey_app.reports.briefing.shortened import shortened
from survey_app.reports.statements import editions
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.briefing.briefing import Briefing, brief
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_region import set_region
from survey_app.services.voices.themes import Theme
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language, Text
from survey_app.wording.voice import Voice
from tests import printed
from tests.reports import samples

TW4 = Period.parse("2026-TW4")
#: What people call places, and what nobody would: words as wide and as long as they come, without a blank.
LONG = "Unit Pelaksana Teknis Daerah Balai Pelayanan Terpadu dan Pengembangan Sumber Daya " * 3
WIDE = "W" * 200


def _briefing(database: Database, acting: Acting = ADMIN) -> Briefing:
    return brief(database, acting, PROVINCE, TW4, Method.MEAN_OF_UNITS, TW4, samples.NOW)


def _pdf(briefing: Briefing, language: Language = "id", name: str = "") -> bytes:
    made = Sheet(briefing=briefing, name=name, made_at=samples.MADE_AT, language=language)
    return render_pdf_here(sheet(made))


@pytest.fixture
def province(database: Database) -> Database:
    for code, fours in (("satu", 20), ("dua", 12), ("tiga", 4)):
        samples.create_unit(database, code, f"*<b>{code.title()}", agency=f"Dinas {code.title()}")
        samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (20 - fours), "2026-11")
        set_region(database, ADMIN, code, "64.74" if code == "satu" else "64.71")
    return database


def _hostile(briefing: Briefing, name: str) -> Briefing:
    """Five of everything that is shown, and two more, all called `name`."""
    said = Text(name, name)
    alarm = Alarm(
        kind=Kind.KIOSK_SILENT,
        subject=said,
        what=said,
        sure=Sure.ALMOST_CERTAIN,
        responsible=said,
        action=said,
        page="unit",
        value=61.5,
        mutu="D",
        since_text=said,
        chance=0.995,
    )
    kinds = briefing.said.themes[0].kinds if briefing.said.themes else ()
    theme = Theme(unsur="U1", name=said, kinds=kinds, quote=name, times=3, earlier=4)
    return replace(
        briefing, alarms=(alarm,) * (CARDS + 2), said=replace(briefing.said, themes=(theme, theme, theme))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [LONG, WIDE])
def test_whatever_is_called_however_it_is_one_page(province: Database, language: Language, name: str) -> None:
    (page,) = printed.pages(_pdf(_hostile(_briefing(province), name), language, name))
    words = printed.lines(page)
    assert printed.lines(MORE.format(n=2).in_language(language)) in words
    assert words.count("61") >= CARDS
    # What is too long says so; the last line is on the page.
    assert words.count("…") >= 3 * CARDS
    assert "PermenPANRB 14/2017" in words


def test_the_same_is_the_same_bytes_tagged_and_called_internal(province: Database) -> None:
    briefing = _briefing(province)
    pdf = _pdf(briefing)
    assert _pdf(_briefing(province)) == pdf
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    assert "/StructTreeRoot" in reader.root_object
    assert editions.MARK.id in printed.words(pdf)
    # The map and the dots are told to who cannot see them.
    drawn = places.drawn(briefing, Voice("id"))
    assert drawn.figure is not None
    assert "Satu: 100,00 A" in drawn.figure.alt


def test_who_sees_nothing_inside_has_a_sheet_without_what_few_said(province: Database) -> None:
    samples.create_unit(province, "sedikit", "Loket Sedikit", agency="Dinas Sedikit")
    samples.insert(province, "sedikit", [[1] * 9] * 3, "2026-11")
    auditor = Acting(Role.AUDITOR)
    inside, outside = (printed.words(_pdf(_briefing(province, who))) for who in (ADMIN, auditor))
    # Three answers of the lowest level: 25.00.
    assert "25,00" in inside
    assert "25,00" not in outside
    assert editions.OFFICE.id in outside
    assert editions.MARK.id not in outside


def test_of_many_places_the_rest_is_counted(database: Database) -> None:
    for i in range(places.ROWS + 3):
        samples.create_unit(database, f"u{i}", f"Unit {i}", agency=f"Dinas {i}")
        samples.insert(database, f"u{i}", [[4] * 9] * i + [[3] * 9] * (20 - i), "2026-11")
    drawn = places.drawn(_briefing(database), Voice("id"))
    assert places.IN_BETWEEN.format(n=3).id in drawn.note
    quiet = replace(_briefing(database), alarms=())
    assert NOTHING.id in printed.words(_pdf(quiet))


def test_where_nothing_has_a_value_it_says_so(database: Database) -> None:
    samples.create_unit(database, "satu", "Satu")
    drawn = places.drawn(_briefing(database), Voice("id"))
    assert (drawn.figure, drawn.note) == (None, "Belum ada unit yang memiliki nilai IKM.")


@pytest.mark.parametrize(
    ("words", "short"), [("satu dua", "satu dua"), ("satu dua tiga", "satu dua…"), ("W" * 20, "W" * 9 + "…")]
)
def test_a_long_text_ends_with_a_sign_that_it_goes_on(words: str, short: str) -> None:
    assert shortened(words, 10) == short
