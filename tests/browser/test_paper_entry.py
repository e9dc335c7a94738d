"""Paper entry in a real browser, with the keyboard and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from survey_app.services.answers import paper
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from survey_app.storage.tables import response, unit
from tests.browser.conftest import Server
from tests.browser.waiting import settle

UNIT = "entri-kertas"


@pytest.fixture
def server_database(server: Server) -> Iterator[Database]:
    opened = open_database(server.database_url)
    yield opened
    opened.close()


def stored(database: Database) -> list[tuple[str, str, str]]:
    columns = (response.c.scores, response.c.profile, response.c.channel)
    query = sa.select(*columns).join(unit, unit.c.id == response.c.unit_id).where(unit.c.code == UNIT)
    with database.read() as connection:
        rows = connection.execute(query.order_by(response.c.seq))
        return [(row.scores, row.profile, row.channel) for row in rows]


def test_sheets_are_typed_one_after_another_and_none_twice(
    staff_page: Page, server: Server, server_database: Database
) -> None:
    agency = catalogue.create_agency(server_database, ADMIN, UNIT, "Dinas Uji Kertas")
    catalogue.create_unit(
        server_database, ADMIN, agency.code, UNIT, "Loket Kertas", time_zone="Asia/Makassar"
    )
    page = staff_page
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{server.url}/kertas?unit={UNIT}")
    operator = page.get_by_label("Kode petugas")
    operator.fill("loket-3")
    operator.press("Enter")
    settle(page)  # what the new run draws must not come between two keys
    page.get_by_label("Nomor lembar").focus()
    page.keyboard.type("098")
    page.keyboard.press("Enter")
    page.keyboard.type("3340")
    page.keyboard.type("9x5")  # no levels of this scale: nothing happens
    page.keyboard.type("1")
    page.keyboard.press("Backspace")  # on an empty cell: back to the last answer, which goes
    page.keyboard.press("Backspace")
    page.keyboard.type("14334")
    page.keyboard.type("2")  # Jenis kelamin: the second option
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lembar 098 tersimpan")).to_be_visible()
    expect(page.get_by_label("Nomor lembar")).to_have_value("099")
    page.keyboard.type("444444444")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lembar 099 tersimpan")).to_be_visible()
    sheets = stored(server_database)
    assert [(scores, channel) for scores, _, channel in sheets] == [
        ("334014334", "paper"),
        ("444444444", "paper"),
    ]
    page.get_by_label("Nomor lembar").fill("098")
    page.keyboard.press("Enter")
    page.keyboard.type("111111111")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lembar 098 sudah dimasukkan oleh loket-3")).to_be_visible()
    assert len(stored(server_database)) == 2
    page.get_by_label("Nomor lembar").fill("100")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the answers typed before are still there
    expect(page.get_by_text("Lembar 100 tersimpan")).to_be_visible()
    assert [s[0] for s in stored(server_database)][2:] == ["111111111"]
    assert {s.operator for s in paper.recent(server_database, UNIT, within=PROVINCE)} == {"loket-3"}
