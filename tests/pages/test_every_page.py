"""Every page opens, whatever the database holds, and says what to do next when it is empty."""

from __future__ import annotations

import pytest

from survey_app.pages.specs import PAGES
from survey_app.services.answers import intake
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission

PATHS = [spec.path for spec in PAGES]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_on_an_empty_database_and_offers_a_way_on(path: str, open_page: OpenPage) -> None:
    app = open_page(path)
    assert not app.exception
    assert app.title or "<h1" in html_of(app)
    assert app.button or app.get("link_button")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_opens_on_units_without_answers(path: str, open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page(path)
    assert not app.exception
    assert app.title or "<h1" in html_of(app)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_opens_on_answers_in_both_languages(
    path: str, language: str, open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    intake.accept(database, submission(), NOW)
    app = open_page(path, lang=language)
    assert not app.exception
    assert app.title or "<h1" in html_of(app)


def test_addresses_are_unique_and_none_is_one_of_the_plain_routes() -> None:
    assert len(set(PATHS)) == len(PATHS)
    assert not set(PATHS) & {"s", "k", "api", "healthz", "hasil"}


@pytest.mark.parametrize("path", [spec.path for spec in PAGES if not spec.bare])
def test_what_is_chosen_is_said_in_the_new_language_at_once(
    path: str, open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """The browser keeps the words of a choice: told nothing, it leaves "Triwulan" on an English page."""
    intake.accept(database, submission(), NOW)
    app = open_page(path)
    before = {box.key: (box.value, list(box.options)) for box in app.selectbox if box.key}
    app.button_group(key="language").set_value("en").run()
    assert not app.exception
    for box in app.selectbox:
        value, options = before.get(box.key or "", (None, list(box.options)))
        if options != list(box.options):
            if value is None:
                # Nothing was chosen, and nothing is.
                assert (box.value, box.proto.raw_value) == (None, ""), box.label
                continue
            assert (box.value, box.proto.set_value) == (value, True), box.label
            assert box.proto.raw_value in box.options, box.label


def test_a_choice_outlives_the_change_of_language(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    intake.accept(database, submission(), NOW)
    app = open_page("ringkasan")
    app.selectbox(key="period-kind").select("Tahun").run()
    app.button_group(key="language").set_value("en").run()
    kind = app.selectbox(key="period-kind")
    assert (kind.value, kind.proto.raw_value) == ("year", "Year")
