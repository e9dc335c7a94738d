"""The summary page shows the numbers of the service, for the scope and method that were chosen."""

from __future__ import annotations

import pytest

from survey_app.services import catalogue, intake
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission


@pytest.fixture
def two_units(database: Database, unit: UnitEntry) -> None:
    catalogue.create_agency(database, "dishub", "Dinas Perhubungan")
    catalogue.create_unit(database, "dishub", "terminal", "Terminal", time_zone="Asia/Makassar")
    for code, sheets in {"ptsp": [(4,) * 9, (3,) * 9], "terminal": [(2,) * 9, (3,) * 9, (3,) * 9]}.items():
        for scores in sheets:
            intake.accept(database, submission(scores, unit=code), NOW)


@pytest.mark.usefixtures("two_units")
def test_the_province_stands_with_method_and_coverage(open_page: OpenPage) -> None:
    shown = html_of(open_page("ringkasan"))
    # 25 x 3.5 = 87.5 and 25 x 8/3 = 66.667; their mean is 77.083, B.
    assert '<p class="big">77,08</p>' in shown
    assert "2 dari 2 unit" in shown
    assert "Rata-rata unit" in shown


@pytest.mark.usefixtures("two_units")
def test_every_filter_changes_the_summary(open_page: OpenPage) -> None:
    app = open_page("ringkasan")
    boxes = {box.label: box for box in app.sidebar.selectbox}
    boxes["Cara menggabungkan"].select("Gabungan responden").run()
    # Five sheets with index 4, 3, 2, 3, 3: 25 x 15/5 = 75.00.
    assert '<p class="big">75,00</p>' in html_of(app)
    next(b for b in app.sidebar.selectbox if b.label == "Cakupan").select("Dinas Perhubungan").run()
    assert '<p class="big">66,67</p>' in html_of(app)
    next(b for b in app.sidebar.selectbox if b.label == "Jenis periode").select("Tahun").run()
    assert "IKM Tahun 2026" in html_of(app)
    assert not app.exception
