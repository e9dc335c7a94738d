"""The log of what was published: every version, in its place, and in a file that is no formula."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from analytics import Period
from survey_app.pages.laporan import log_view
from survey_app.reports.unit import drafting
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.published_log import published_in
from survey_app.services.publishing.recap import recap
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW

PERIOD = Period.parse("2019-05")
AGENCY = Scope(agency="dinas-a")


@pytest.fixture(autouse=True)
def published(database: Database) -> None:
    """Two units of two agencies, one published twice, and recaps of the province and an agency."""
    for code in "ab":
        samples.create_unit(database, code, f"=Unit <i>{code}", agency=f"Dinas {code}")
        samples.insert(database, code, [[3] * 9] * 6, "2019-05")
        drafting.publish(database, ADMIN, code, PERIOD, NOW)
    samples.insert(database, "a", [[3] * 9] * 6 + [[4] * 9] * 6, "2019-05")
    drafting.publish(database, ADMIN, "a", PERIOD, NOW + timedelta(hours=1))
    for place, agency in enumerate((None, "dinas-a")):
        later = NOW + timedelta(hours=2 + place)
        recap_publishing.publish(database, ADMIN, recap(database, agency, PERIOD), later)


def told(database: Database, acting: Acting, scope: Scope) -> list[tuple[str, str, int, bool]]:
    found = published_in(database, acting, scope)
    return [("" if p.entry is None else p.entry.unit.code, p.agency, p.version, p.current) for p in found]


def test_every_version_stands_there_the_newest_first(database: Database) -> None:
    recaps = [("", "Dinas a", 1, True), ("", "", 1, True)]
    of_a = [("a", "Dinas a", 2, True), ("a", "Dinas a", 1, False)]
    assert set(told(database, ADMIN, PROVINCE)) == {*recaps, *of_a, ("b", "Dinas b", 1, True)}
    assert told(database, ADMIN, PROVINCE)[:3] == [*recaps, of_a[0]]
    assert told(database, ADMIN, AGENCY) == [recaps[0], *of_a]
    assert told(database, ADMIN, Scope(agency="dinas-a", unit="a")) == of_a


def test_a_narrower_right_narrows_it(database: Database) -> None:
    manager = Acting(Role.MANAGER, Scope(unit="b"))
    assert told(database, manager, PROVINCE) == [("b", "Dinas b", 1, True)]
    assert told(database, manager, AGENCY) == []


def test_names_are_neither_markup_nor_formulas(open_page: OpenPage, database: Database) -> None:
    shown = html_of(open_page("laporan", tab="catatan", agency="dinas-a"))
    assert "=Unit &lt;i&gt;a" in shown
    assert log_view.REPLACED.id in shown
    assert "/hasil/a" in shown
    assert "Unit &lt;i&gt;b" not in shown
    text = log_view.csv_of(database, ADMIN, PROVINCE).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert head[-1] == "sha256"
    assert len(rows) == 5
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert {len(row[-1]) for row in rows} == {64}


def test_a_page_ends_and_the_rest_has_an_address(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_view, "ROWS", 2)
    assert "mulai=2" in html_of(open_page("laporan", tab="catatan"))
    shown = html_of(open_page("laporan", tab="catatan", mulai="4"))
    assert log_view.NEWEST.id in shown
    assert log_view.OLDER.id not in shown
    assert log_view.NEWEST.id not in html_of(open_page("laporan", tab="catatan", mulai="x9"))
