"""A quarter of many units is looked at and published with one button; each unit stands for itself."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analytics import Period
from survey_app.pages.laporan import publish_many_view as view
from survey_app.reports.unit import drafting
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import report_texts, unit_publishing
from survey_app.services.publishing.standing import Stand
from survey_app.storage.database import Database
from survey_app.storage.tables import publication
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.services.publishing.test_soundness import damage, of_unit
from tests.submissions import NOW

QUARTER = "2019-TW2"
READY = view.PUBLISH.format(n="2").id


@pytest.fixture(autouse=True)
def three(database: Database) -> None:
    """Two units with answers in the quarter, one of them with few, and one without."""
    for code, sheets in (("a", [[4] * 9] * 6), ("b", [[3] * 9] * 2), ("c", [])):
        samples.create_unit(database, code, f"Unit {code.upper()}")
        if sheets:
            samples.insert(database, code, sheets, "2019-05")


def opened(open_page: OpenPage) -> AppTest:
    return open_page("laporan", tab="serentak", period=QUARTER)


def versions(database: Database) -> dict[str, list[tuple[str, int]]]:
    return {
        code: [(str(period), v) for period, v, _ in unit_publishing.publications_of(database, code)]
        for code in "abc"
    }


def press(app: AppTest) -> None:
    next(box for box in app.checkbox if (box.key or "").startswith("publish-many-sure")).check().run()
    next(b for b in app.button if (b.key or "").startswith("publish-many")).click().run()
    assert not app.exception


def test_all_that_is_ready_is_published_after_a_yes(open_page: OpenPage, database: Database) -> None:
    app = opened(open_page)
    assert any(view.READY.format(n="2", all="3").id in m.value for m in app.markdown)
    button = next(b for b in app.button if (b.key or "").startswith("publish-many"))
    assert (button.label, button.disabled) == (READY, True)
    assert view.FEW.format(n=5).id in html_of(app)
    press(app)
    assert versions(database) == {"a": [(QUARTER, 1)], "b": [(QUARTER, 1)], "c": []}
    assert any(view.ALL_PUBLISHED.id in m.value for m in app.markdown)
    assert not [b for b in app.button if (b.key or "").startswith("publish-many")]


def test_only_what_says_something_new_is_published_again(open_page: OpenPage, database: Database) -> None:
    press(opened(open_page))
    samples.insert(database, "a", [[4] * 9] * 6 + [[1] * 9] * 6, "2019-05")
    app = opened(open_page)
    assert view.STANDS[Stand.CHANGED].format(v=1).id in html_of(app)
    press(app)
    assert versions(database) == {"a": [(QUARTER, 1), (QUARTER, 2)], "b": [(QUARTER, 1)], "c": []}


def test_what_changed_since_it_was_seen_waits_and_says_so(database: Database) -> None:
    period = Period.parse(QUARTER)
    seen = {
        code: report_texts.fingerprint(results.unit_result(database, code, period, within=PROVINCE))
        for code in "ab"
    }
    samples.insert(database, "a", [[4] * 9] * 6 + [[1] * 9] * 6, "2019-05")
    told: list[int] = []
    first, second = drafting.publish_many(database, ADMIN, period, seen, NOW, told.append)
    assert (first.version, first.refused) == (None, unit_publishing.OUTDATED)
    assert (second.version, second.refused) == (1, None)
    assert told == [1, 2]
    assert versions(database) == {"a": [], "b": [(QUARTER, 1)], "c": []}


def test_a_text_written_on_other_data_is_looked_at_first(open_page: OpenPage, database: Database) -> None:
    result = results.unit_result(database, "a", Period.parse(QUARTER), within=PROVINCE)
    report_texts.save(database, ADMIN, result, "id", "kesimpulan", "Kami akan berbenah.", NOW)
    samples.insert(database, "a", [[4] * 9] * 6 + [[1] * 9] * 6, "2019-05")
    app = opened(open_page)
    assert view.STANDS[Stand.TEXT_OUTDATED].id in html_of(app)
    press(app)
    assert versions(database) == {"a": [], "b": [(QUARTER, 1)], "c": []}


def test_a_running_period_is_not_offered(open_page: OpenPage, database: Database) -> None:
    samples.insert(database, "a", [[4] * 9] * 6, "2026-11")
    app = open_page("laporan", tab="serentak", period="2026-TW4")
    assert view.STANDS[Stand.RUNNING].id in html_of(app)
    assert not [b for b in app.button if (b.key or "").startswith("publish-many")]


def test_a_damaged_version_is_no_reason_not_to_publish(open_page: OpenPage, database: Database) -> None:
    press(opened(open_page))
    damage(database, publication, of_unit(database, "a"), "half a text")
    app = opened(open_page)
    press(app)
    assert versions(database)["a"] == [(QUARTER, 1), (QUARTER, 2)]
