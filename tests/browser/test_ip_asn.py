"""IP ASN and its link with the IKM in a real browser: a file uploaded, checked, stored, and seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from survey_app.services.ip_asn.overview import years
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database, open_database
from tests.browser.conftest import Server
from tests.browser.signed_in import hold
from tests.signing_in import session_at
from tests.staff import import_staff, staff, write_staff


@pytest.fixture
def server_database(server: Server) -> Iterator[Database]:
    opened = open_database(server.database_url)
    yield opened
    opened.close()


@pytest.fixture
def unit_code(server_database: Database) -> str:
    code = "ipasn-di-peramban"
    if code not in {e.unit.code for e in catalogue.list_units(server_database, PROVINCE)}:
        catalogue.create_agency(server_database, ADMIN, code, "Dinas Peramban")
        catalogue.create_unit(server_database, ADMIN, code, code, "Unit Peramban", time_zone="Asia/Makassar")
    return code


def test_a_file_is_uploaded_looked_at_and_stored(
    staff_page: Page, server: Server, server_database: Database, unit_code: str, tmp_path: Path
) -> None:
    page = staff_page
    complaints: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc or "itself"))
    path = write_staff(tmp_path / "pip.csv", staff(unit_code, *[(15, 40, 25, 5)] * 6, ("9", "x", "25", "5")))
    before = years(server_database)
    page.goto(f"{server.url}/ip-asn?unit={unit_code}")
    page.get_by_role("tab", name="Impor").click()
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_text("7 baris: 6 dapat disimpan, 1 belum benar.")).to_be_visible()
    expect(page.get_by_role("cell", name="Harus angka")).to_be_visible()
    assert years(server_database) == before
    page.get_by_text("Simpan baris yang benar saja").click()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("6 nilai disimpan")).to_be_visible()
    page.get_by_role("tab", name="Hasil").click()
    expect(page.locator(".index-card .big")).to_have_text("85,00")
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    assert complaints == []
    assert hosts <= {urlsplit(server.url).netloc, "itself"}


def test_no_page_of_somebody_else_takes_a_file(
    browser: Browser, staff_page: Page, server: Server, unit_code: str, tmp_path: Path
) -> None:
    """Streamlit asks only whether such a page is open, and takes files from whoever knows its name."""
    path = write_staff(tmp_path / "pip.csv", staff(unit_code, *[(15, 40, 25, 5)] * 6))
    staff_page.goto(f"{server.url}/ip-asn?unit={unit_code}")
    staff_page.get_by_role("tab", name="Impor").click()
    with staff_page.expect_request(lambda request: request.method == "PUT") as handed_in:
        staff_page.locator('input[type="file"]').set_input_files(path)
    expect(staff_page.get_by_text("6 dapat disimpan")).to_be_visible()
    with browser.new_context(locale="id-ID") as context:
        hold(context, server.url, session_at(server.database_url))
        other = context.new_page()
        other.goto(f"{server.url}/ip-asn?unit={unit_code}")
        expect(other.locator("h1")).to_be_visible()
        for method in ("PUT", "DELETE"):
            assert other.evaluate(HAND_IN, [handed_in.value.url, method]) == 403
    assert staff_page.evaluate(HAND_IN, [handed_in.value.url, "PUT"]) == 204
    # Nor does the own one take more than is allowed, which is refused without being kept.
    assert staff_page.evaluate(HAND_IN, [handed_in.value.url, "PUT", 22 * 2**20]) == 413


#: As Streamlit's own page does it, with what its server gave this browser against forged requests.
HAND_IN = """async ([url, method, size]) => {
  const body = new FormData()
  body.append("file", new File(["x".repeat(size ?? 3)], "lain.csv"))
  const token = document.cookie.match(/_streamlit_xsrf=([^;]*)/)[1]
  const sent = {method, headers: {"X-Xsrftoken": token}, ...(method === "PUT" ? {body} : {})}
  return (await fetch(url, sent)).status
}"""


def test_a_phone_shows_the_link_without_scrolling_sideways(
    staff_page: Page, server: Server, server_database: Database, unit_code: str, tmp_path: Path
) -> None:
    import_staff(server_database, tmp_path, staff(unit_code, (15, 0, 25, 5)), 2024, "ip-asn-2023")
    staff_page.goto(f"{server.url}/keterkaitan")
    expect(staff_page.get_by_text("Eksploratif.")).to_be_visible()
    assert not staff_page.evaluate("document.documentElement.scrollWidth > innerWidth")
