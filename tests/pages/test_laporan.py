"""The page of reports: what is due, made and failed, schedules, and publications."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.period import Period
from survey_app.reports import exports
from survey_app.services import catalogue, publishing, recap_publishing, schedules
from survey_app.services.catalogue import UnitEntry
from survey_app.services.report_runs import Order
from survey_app.services.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report, Status
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's reports go; a report is one line, because PDFs have tests of their own."""
    path = tmp_path / "reports"
    monkeypatch.setenv("SURVEY_REPORTS_DIR", str(path))
    monkeypatch.setattr(exports, "render", _one_line)
    return path


def _one_line(_: Database, order: Order) -> bytes:
    return f"{order.scope} {order.period}".encode()


def statuses(database: Database) -> list[Status]:
    return [line.status for line in schedules.lines(database, NOW)]


def test_without_a_schedule_the_page_says_where_to_begin(open_page: OpenPage, unit: UnitEntry) -> None:
    told = [info.value for info in open_page("laporan").info]
    assert any("Tambahkan jadwal" in words for words in told)
    assert any("Belum ada jadwal" in words for words in told)


def test_a_schedule_is_added_and_its_missed_reports_are_due(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("laporan")
    # NOW is 20 November 2026: three months back is August, so August to October are over.
    app.selectbox(key="schedule-since-month").select_index(3).run()
    app.button(key="schedule-add").click().run()
    assert not app.exception
    (schedule,) = schedules.every(database)
    assert (schedule.unit, schedule.kind, str(schedule.since)) == ("ptsp", "month", "2026-08")
    assert app.button(key="make-all").label == "Buat 3 laporan sekarang"
    shown = html_of(app)
    for month in ("Oktober 2026", "September 2026", "Agustus 2026"):
        assert f"{month} · Jatuh tempo" in shown


def test_every_scope_and_kind_can_be_scheduled(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("laporan")
    for scope in ("unit", "agency", ""):
        for kind in ("month", "quarter", "semester", "year"):
            app.button_group(key="schedule-scope").set_value(scope).run()
            app.button_group(key="schedule-kind").set_value(kind).run()
            app.button(key="schedule-add").click().run()
            assert not app.exception
    assert len(schedules.every(database)) == 12
    app.button(key="schedule-add").click().run()
    assert "sudah ada" in app.error[0].value


def test_due_reports_are_made_at_the_press_of_a_button(
    open_page: OpenPage, database: Database, unit: UnitEntry, folder: Path
) -> None:
    for scope in (Scope(unit="ptsp"), Scope(agency="dpmptsp"), PROVINCE):
        schedules.add(database, scope, "id", Period.parse("2026-09"))
    app = open_page("laporan")
    app.button(key="make-all").click().run()
    assert not app.exception
    assert statuses(database) == [Status.MADE] * 6
    assert len(app.get("download_button")) == 6
    assert len(list(folder.rglob("*.pdf"))) == 6
    assert html_of(app).count("Seluruh provinsi") == 3  # two reports, one schedule


def test_one_report_is_made_and_then_made_again_when_its_file_is_lost(
    open_page: OpenPage, database: Database, unit: UnitEntry, folder: Path
) -> None:
    schedules.add(database, Scope(unit="ptsp"), "id", Period.parse("2026-09"))
    app = open_page("laporan")
    app.button(key="make-1-2026-10").click().run()
    assert statuses(database) == [Status.MADE, Status.DUE]
    for path in folder.rglob("*.pdf"):
        path.unlink()
    again = app.run().button(key="make-1-2026-10")
    assert "Berkas hilang" in again.label
    again.click().run()
    assert len(list(folder.rglob("*.pdf"))) == 1


def test_a_failure_is_shown_with_its_reason_and_its_next_try(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedules.add(database, Scope(unit="ptsp"), "id", Period.parse("2026-10"))
    monkeypatch.setattr(exports, "render", lambda *_: catalogue.find_unit(database, "<b>x"))
    app = open_page("laporan")
    app.button(key="make-all").click().run()
    shown = html_of(app)
    # NOW is 03:00 UTC, and the first wait is one minute.
    assert "Gagal" in shown
    assert (
        "Unit layanan &lt;b&gt;x tidak dikenal [unit-unknown] (1 kali dicoba, dicoba lagi 2026-11-20 03:01"
        in shown
    )
    app.button_group(key="runs-status").set_value(Status.FAILED).run()
    assert len([b for b in app.button if b.key == "make-1-2026-10"]) == 1


def test_many_reports_are_shown_in_steps(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    schedules.add(database, Scope(unit="ptsp"), "id", Period.parse("2024-01"))
    app = open_page("laporan")
    # January 2024 to October 2026.
    assert len([b for b in app.button if str(b.key).startswith("make-1")]) == 20
    next(b for b in app.button if b.label == "Tampilkan lebih banyak").click().run()
    assert len([b for b in app.button if str(b.key).startswith("make-1")]) == 34


def test_a_schedule_is_paused_and_resumed(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    schedules.add(database, Scope(unit="ptsp"), "id", Period.parse("2026-10"))
    app = open_page("laporan")
    app.toggle(key="schedule-1").set_value(False).run()
    assert [s.active for s in schedules.every(database)] == [False]
    app.toggle(key="schedule-1").set_value(True).run()
    assert [s.active for s in schedules.every(database)] == [True]


def test_a_period_is_published_only_after_a_yes(open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    app = open_page("laporan", unit="sekadau")
    assert app.button(key="publish").disabled
    app.selectbox(key="period-kind").select("semester").run()
    app.checkbox(key="publish-sure-sekadau-2019-S1").check().run()
    app.button(key="publish").click().run()
    assert not app.exception
    assert [(str(p), v) for p, v, _ in publishing.publications_of(database, "sekadau")] == [("2019-S1", 1)]
    assert "<strong>Semester I 2019</strong><br>Versi 1, terbit 20 November 2026" in html_of(app)
    assert app.get("link_button")


def test_ip_asn_is_scheduled_by_the_year(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("laporan")
    app.button_group(key="schedule-scope").set_value("").run()
    app.button_group(key="schedule-report").set_value(Report.IP_ASN).run()
    assert not [g for g in app.get("button_group") if g.key == "schedule-kind"]
    app.button(key="schedule-add").click().run()
    assert not app.exception
    (schedule,) = schedules.every(database)
    assert (schedule.report, str(schedule.since)) == (Report.IP_ASN, "2026")
    assert "IP ASN · Seluruh provinsi" in html_of(app)


@pytest.mark.parametrize("agency", ["", "kabupaten-sekadau"])
def test_a_recap_is_published_only_after_a_yes(open_page: OpenPage, database: Database, agency: str) -> None:
    samples.sekadau(database)
    app = open_page("laporan")
    app.selectbox(key="recap-agency").select(agency).run()
    assert app.button(key="recap-publish").disabled
    app.checkbox(key=f"recap-sure-{agency or None}-2019-S1").check().run()
    app.button(key="recap-publish").click().run()
    assert not app.exception
    published = recap_publishing.publications_of(database, agency or None)
    assert [(str(p), v) for p, v, _ in published] == [("2019-S1", 1)]
    assert "<strong>Semester I 2019</strong><br>Versi 1, terbit 20 November 2026" in html_of(app)


def test_a_recap_before_the_first_answer_says_what_to_do(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("laporan")
    assert not app.exception
    assert not [b for b in app.button if b.key == "recap-publish"]


def test_a_recap_of_a_period_that_is_not_over_warns(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "a", "Unit A")
    # NOW is 20 November 2026: the second half is running, the first is over.
    samples.insert(database, "a", samples.random_rows(5), "2026-03")
    samples.insert(database, "a", samples.random_rows(5), "2026-11")
    app = open_page("laporan", unit="a")
    app.selectbox(key="period-kind").select("year").run()
    app.selectbox(key="period-year").select_index(0).run()
    running = len(app.warning)
    app.selectbox(key="recap-period-semester").select_index(1).run()
    assert len(app.warning) == running - 1
