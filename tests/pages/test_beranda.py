"""The first page: from nothing to the first unit, and the units at a glance."""

from __future__ import annotations

import pytest

from survey_app.pages.formulir import contact, page
from survey_app.services.answers import intake
from survey_app.services.places import catalogue, setup
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission


def test_the_first_unit_is_created_from_two_names(open_page: OpenPage, database: Database) -> None:
    app = open_page("beranda")
    app.text_input[0].input("Dinas Perhubungan")
    app.text_input[1].input("Terminal Samarinda")
    app.button[1].click().run()
    assert not app.exception
    entry = catalogue.find_unit(database, "terminal-samarinda", PROVINCE)
    assert (entry.agency.name, entry.unit.time_zone) == ("Dinas Perhubungan", "Asia/Makassar")
    assert [link.proto.url for link in app.get("link_button")] == [
        "/s/terminal-samarinda",
        "/survei?unit=terminal-samarinda",
        "/unit?unit=terminal-samarinda",
    ]


def test_a_missing_name_is_said_and_nothing_is_created(open_page: OpenPage, database: Database) -> None:
    app = open_page("beranda")
    app.text_input[0].input("Dinas Perhubungan")
    app.button[1].click().run()
    assert [error.value for error in app.error] == [setup.NAMELESS_UNIT.id]
    assert catalogue.list_agencies(database) == []


def test_the_overview_shows_the_newest_month_of_every_unit(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    catalogue.create_unit(
        database, ADMIN, "dpmptsp", "kosong", "Unit <b>Kosong</b>", time_zone="Asia/Makassar"
    )
    for scores in ((3,) * 9, (4,) * 9):
        intake.accept(database, submission(scores), NOW)
    app = open_page("formulir")
    # Nine unsur with mean 3.5: 25 x 3.5 = 87.50, which lies in 76.61-88.30, so B.
    assert "87,50 B" in html_of(app)
    month = f"November 2026{page.RUNNING.id}"
    assert app.markdown[0].value == page.MEASURED.format(measured=1, all=2, month=month).id
    assert "Unit &lt;b&gt;Kosong&lt;/b&gt;" in html_of(app)
    # Whoever works here tries the form; what they say must not count as a citizen's answer.
    assert 'href="/survei?unit=ptsp&amp;coba=1"' in html_of(app)
    assert "/s/ptsp" not in html_of(app)


def test_the_administrator_is_reminded_of_the_contact_until_it_is_set(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.accept(database, submission(), NOW)
    assert [shown.value for shown in open_page("formulir").info] == [contact.NO_CONTACT.id]
    monkeypatch.setenv("SURVEY_CONTACT_NAME", "Biro Organisasi")
    monkeypatch.setenv("SURVEY_CONTACT_EMAIL", "data@kaltimprov.go.id")
    assert [shown.value for shown in open_page("formulir").info] == []
