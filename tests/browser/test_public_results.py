"""The public results in a real browser: axe finds nothing, nothing is asked of others, nothing sticks out."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from analytics.period import Period
from survey_app.services.places.acting import ADMIN
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import open_database
from tests.browser.axe import pale, violations
from tests.reports import samples
from tests.servers import PlainServer
from tests.services.disclosure.test_public_results import publish


@pytest.fixture(scope="module")
def published(plain_server: PlainServer) -> PlainServer:
    """The running server with a unit of two published periods, one of too few respondents, and recaps."""
    database = open_database(plain_server.database_url)
    samples.sekadau(database)
    samples.insert(database, "sekadau", samples.random_rows(30), "2018-03", samples.profiles(30))
    samples.create_unit(database, "kecil", "Loket dengan Nama yang Panjang Sekali " * 4)
    samples.insert(database, "kecil", samples.random_rows(3), "2019-05")
    for code, period in (("sekadau", "2018-S1"), ("sekadau", "2019-S1"), ("kecil", "2019-05")):
        publish(database, period, code)
    # The province's year has the unit of three people in it and is withheld.
    for agency, period in ((None, "2019"), ("kabupaten-sekadau", "2018-S1")):
        content = recap(database, agency, Period.parse(period))
        recap_publishing.publish(database, ADMIN, content, samples.MADE_AT)
    database.close()
    return plain_server


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "path", ["", "?lang=en", "?q=x", "/sekadau", "/sekadau?lang=en", "/kecil", "/ptsp", "/x"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, published: PlainServer, path: str, size: tuple[int, int]
) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc or "itself"))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{published.url}/hasil{path}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.emulate_media(color_scheme="dark")
    assert pale(page) == []
    assert hosts <= {urlsplit(published.url).netloc, "itself"}


def test_a_citizen_searches_a_unit_and_reads_an_earlier_period(page: Page, published: PlainServer) -> None:
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(f"{published.url}/hasil")
    page.get_by_label("Cari unit atau instansi").fill("kependudukan")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Dinas Kependudukan dan Pencatatan Sipil").click()
    expect(page.locator(".big")).to_contain_text("78,74")
    page.get_by_role("link", name="Semester I 2018").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Semester I 2018")
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh CSV").click()
    assert download.value.suggested_filename == "hasil-sekadau.csv"
    assert complaints == []
