"""The page of reports: what is due, made and failed, schedules, and publications."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.laporan import last_look, publish_view, recap_view, runs_view, schedules_view, text_view
from survey_app.reports import exports
from survey_app.reports.statements import passages
from survey_app.reports.unit import drafting
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing, report_texts, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.services.schedules.runs import Order
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report, Status
from survey_app.ui import downloads, editions
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW

DUE = runs_view.STATUS[Status.DUE].id
FIRST = publish_view.VERSION.format(v=1, day="{day}")


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
    return [line.status for line in ordered.lines(database, NOW, PROVINCE)]


def test_without_a_schedule_the_page_says_where_to_begin(open_page: OpenPage, unit: UnitEntry) -> None:
    told = [info.value for info in open_page("laporan").info]
    assert {runs_view.NOTHING_DUE.id, schedules_view.NO_SCHEDULE.id} <= set(told)


def test_the_internal_edition_says_whom_it_is_for(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples.insert(database, "ptsp", samples.random_rows(6), "2026-08")

    def inside() -> list[tuple[bool, str]]:
        buttons = [button.proto for button in open_page("laporan").get("download_button")]
        return [(b.disabled, b.help) for b in buttons if b.label == editions.DOWNLOAD.id]

    assert set(inside()) == {(False, "")}
    monkeypatch.setattr("survey_app.ui.acting.who", lambda: Acting(Role.OPERATOR))
    assert set(inside()) == {(True, downloads.FOR_ROLES.format(roles="admin, pengelola, pimpinan").id)}


def test_a_schedule_is_added_and_its_missed_reports_are_due(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("laporan")
    # NOW is 20 November 2026: three months back is August, so August to October are over.
    app.selectbox(key="schedule-since-month").select_index(3).run()
    app.button(key="schedule-add").click().run()
    assert not app.exception
    (schedule,) = ordered.every(database, PROVINCE)
    assert (schedule.unit, schedule.kind, str(schedule.since)) == ("ptsp", "month", "2026-08")
    assert app.button(key="make-all").label == runs_view.MAKE_ALL.format(n=3).id
    shown = html_of(app)
    for month in ("Oktober 2026", "September 2026", "Agustus 2026"):
        assert f"{month} · {DUE}" in shown


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
    assert len(ordered.every(database, PROVINCE)) == 12
    app.button(key="schedule-add").click().run()
    assert app.error[0].value == ordered.EXISTS_ALREADY.id


def test_due_reports_are_made_at_the_press_of_a_button(
    open_page: OpenPage, database: Database, unit: UnitEntry, folder: Path
) -> None:
    for scope in (Scope(unit="ptsp"), Scope(agency="dpmptsp"), PROVINCE):
        ordered.add(database, ADMIN, scope, "id", Period.parse("2026-09"))
    app = open_page("laporan")
    app.button(key="make-all").click().run()
    assert not app.exception
    assert statuses(database) == [Status.MADE] * 6
    assert len(app.get("download_button")) == 6
    assert len(list(folder.rglob("*.pdf"))) == 6
    assert html_of(app).count(schedules_view.PROVINCE_NAME.id) == 3  # two reports, one schedule


def test_one_report_is_made_and_then_made_again_when_its_file_is_lost(
    open_page: OpenPage, database: Database, unit: UnitEntry, folder: Path
) -> None:
    ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2026-09"))
    app = open_page("laporan")
    app.button(key="make-1-2026-10").click().run()
    assert statuses(database) == [Status.MADE, Status.DUE]
    for path in folder.rglob("*.pdf"):
        path.unlink()
    again = app.run().button(key="make-1-2026-10")
    assert again.label == runs_view.LOST.id
    again.click().run()
    assert len(list(folder.rglob("*.pdf"))) == 1


def test_a_failure_is_shown_with_its_reason_and_its_next_try(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2026-10"))
    monkeypatch.setattr(exports, "render", lambda *_: catalogue.find_unit(database, "<b>x", PROVINCE))
    app = open_page("laporan")
    app.button(key="make-all").click().run()
    shown = html_of(app)
    # NOW is 03:00 UTC, and the first wait is one minute.
    assert runs_view.STATUS[Status.FAILED].id in shown
    why = catalogue.UNIT_UNKNOWN.format(code="&lt;b&gt;x").id
    tries, again = (
        runs_view.TRIES.format(n=1).id,
        runs_view.AGAIN.format(at="20 November 2026 pukul 11.01 WITA").id,
    )
    assert f"{why} [unit-unknown] ({tries}, {again})" in shown
    app.button_group(key="runs-status").set_value(Status.FAILED).run()
    assert len([b for b in app.button if b.key == "make-1-2026-10"]) == 1


def test_many_reports_are_shown_in_steps(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2024-01"))
    app = open_page("laporan")
    # January 2024 to October 2026.
    assert len([b for b in app.button if str(b.key).startswith("make-1")]) == 20
    next(b for b in app.button if b.label == runs_view.MORE.id).click().run()
    assert len([b for b in app.button if str(b.key).startswith("make-1")]) == 34


def test_a_schedule_is_paused_and_resumed(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2026-10"))
    app = open_page("laporan")
    app.toggle(key="schedule-1").set_value(False).run()
    assert [s.active for s in ordered.every(database, PROVINCE)] == [False]
    app.toggle(key="schedule-1").set_value(True).run()
    assert [s.active for s in ordered.every(database, PROVINCE)] == [True]


def test_a_report_of_a_paused_schedule_is_made_by_hand(
    open_page: OpenPage, database: Database, unit: UnitEntry, folder: Path
) -> None:
    schedule = ordered.add(database, ADMIN, Scope(unit="ptsp"), "id", Period.parse("2026-09"))
    ordered.plan(database, NOW)
    ordered.set_active(database, ADMIN, schedule.id, active=False)
    app = open_page("laporan")
    assert f"Oktober 2026 · {DUE} · {runs_view.PAUSED.id}" in html_of(app)
    # Nothing is due by itself, so nothing offers to make everything that is.
    assert not [b for b in app.button if b.key == "make-all"]
    app.button(key="make-1-2026-10").click().run()
    assert not app.exception
    assert statuses(database) == [Status.MADE, Status.DUE]
    assert len(list(folder.rglob("*.pdf"))) == 1


def test_a_period_is_published_only_after_a_yes(open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    app = open_page("laporan", unit="sekadau")
    assert app.button(key="publish").disabled
    app.selectbox(key="period-kind").select("semester").run()
    app.checkbox(key="publish-sure-sekadau-2019-S1").check().run()
    press(app, publish_view.PUBLISH.id)
    assert not app.exception
    assert [(str(p), v) for p, v, _ in unit_publishing.publications_of(database, "sekadau")] == [
        ("2019-S1", 1)
    ]
    assert f"<strong>Semester I 2019</strong><br>{FIRST.format(day='20 November 2026').id}" in html_of(app)
    assert app.get("link_button")


def press(app: AppTest, label: str) -> None:
    """The button is named by its label: its key changes with the numbers it publishes."""
    next(b for b in app.button if b.label == label).click().run()


def shown(app: AppTest) -> str:
    """The numbers beside the buttons that publish."""
    return " ".join(
        m.value for m in app.markdown if last_look.TO_BE_PUBLISHED.id.partition("{")[0] in m.value
    )


def warned(app: AppTest) -> bool:
    return unit_publishing.OUTDATED.id in [w.value for w in app.warning]


def test_what_is_published_is_what_was_seen(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    samples.insert(database, "sekadau", [[4] * 9] * 6, "2019-05")
    app = open_page("laporan", unit="sekadau")
    app.selectbox(key="period-kind").select("semester").run()
    app.checkbox(key="publish-sure-sekadau-2019-S1").check().run()
    assert shown(app) == last_look.TO_BE_PUBLISHED.format(v="100,00", n="6").id
    # Six more answers, all 1: (6 x 4 + 6 x 1) / 12 = 2.5, times 25.
    samples.insert(database, "sekadau", [[4] * 9] * 6 + [[1] * 9] * 6, "2019-05")
    press(app, publish_view.PUBLISH.id)
    assert not app.exception
    assert warned(app)
    assert shown(app) == last_look.TO_BE_PUBLISHED.format(v="62,50", n="12").id
    assert unit_publishing.publications_of(database, "sekadau") == []
    press(app, publish_view.PUBLISH.id)
    assert not warned(app)
    made = unit_publishing.published(database, "sekadau", Period.parse("2019-S1"), within=PROVINCE)
    assert (str(made.snapshot.result.score.ikm), made.snapshot.result.score.n) == ("62.50", 12)


def test_answers_that_come_before_the_yes_are_said_too(open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    app = open_page("laporan", unit="sekadau")
    app.selectbox(key="period-kind").select("semester").run()
    assert not warned(app)
    samples.serve(database, "sekadau", "2019-S1", 1500)
    app.checkbox(key="publish-sure-sekadau-2019-S1").check().run()
    assert warned(app)
    assert shown(app) == f"{last_look.TO_BE_PUBLISHED.format(v='78,74', n='49').id}, N **1.500**"


def test_a_recap_is_published_as_it_was_seen(open_page: OpenPage, database: Database) -> None:
    for code in ("sekadau", "lain"):
        samples.create_unit(database, code, f"Loket {code}")
    samples.insert(database, "sekadau", [[4] * 9] * 6, "2019-05")
    app = open_page("laporan")
    app.checkbox(key="recap-sure-None-2019-S1").check().run()
    covered = recap_view.COVERED.format(part=1, whole=2).id
    assert shown(app) == last_look.TO_BE_PUBLISHED.format(v="100,00", n="6").id + covered
    samples.insert(database, "lain", [[2] * 9] * 5, "2019-05")
    press(app, recap_view.PUBLISH.id)
    assert warned(app)
    # The mean of the units' 100 and 50.
    covered = recap_view.COVERED.format(part=2, whole=2).id
    assert shown(app).endswith(last_look.TO_BE_PUBLISHED.format(v="75,00", n="11").id + covered)
    assert recap_publishing.publications_of(database, None) == []
    press(app, recap_view.PUBLISH.id)
    assert not app.exception
    assert [v for _, v, _ in recap_publishing.publications_of(database, None)] == [1]


def warnings(open_page: OpenPage, period: str) -> str:
    """What is said before publishing a period of the unit."""
    wanted = Period.parse(period)
    app = open_page("laporan", unit="sekadau")
    app.selectbox(key="period-kind").select(wanted.kind).run()
    app.selectbox(key=f"finished-{wanted.kind}").select(str(wanted)).run()
    assert not app.exception
    return " ".join(w.value for w in app.warning if "rekap" not in w.value)


def publish_now(database: Database, period: str) -> None:
    drafting.publish(database, ADMIN, "sekadau", Period.parse(period), NOW)


def test_what_the_public_will_not_see_is_said_before_publishing(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "sekadau", "Loket")
    for month, n in (("2019-04", 20), ("2019-05", 30), ("2019-06", 3)):
        samples.insert(database, "sekadau", samples.random_rows(n), month)
    assert warnings(open_page, "2019-06") == publish_view.FEW_PEOPLE.format(n=5).id
    assert warnings(open_page, "2019-TW2") == ""
    for month in ("2019-04", "2019-05"):
        publish_now(database, month)
    # 53 less the 20 and the 30 that are public would be June's three.
    assert warnings(open_page, "2019-TW2") == publish_view.NOT_IN_PUBLIC.format(n=5).id
    # The same month again tells nothing new.
    assert warnings(open_page, "2019-05") == ""


def test_a_recap_that_would_be_solved_is_a_reason_too(open_page: OpenPage, database: Database) -> None:
    for code in ("sekadau", "lain"):
        samples.create_unit(database, code, f"Loket {code}")
        samples.insert(database, code, samples.random_rows(20), "2019-05")
    drafting.publish(database, ADMIN, "lain", Period.parse("2019-05"), NOW)
    recap_publishing.publish(database, ADMIN, recap(database, None, Period.parse("2019-05")), NOW)
    assert warnings(open_page, "2019-05") == ""
    # The recap told the 20 of this unit, because the other is public; two more came in since.
    samples.insert(database, "sekadau", samples.random_rows(22), "2019-05")
    assert warnings(open_page, "2019-05") == publish_view.NOT_IN_PUBLIC.format(n=5).id


@pytest.fixture
def publishing_page(open_page: OpenPage, database: Database) -> AppTest:
    """The page at Sekadau's first semester of 2019."""
    samples.sekadau(database)
    app = open_page("laporan", unit="sekadau")
    return app.selectbox(key="period-kind").select("semester").run()


def conclusion(app: AppTest, language: str = "id") -> Any:
    return next(a for a in app.text_area if str(a.key).startswith(f"text-sekadau-{language}-kesimpulan-"))


def drafts(database: Database) -> dict[str, str]:
    result = results.unit_result(database, "sekadau", Period.parse("2019-S1"), within=PROVINCE)
    return report_texts.usable(report_texts.drafts(database, result))["id"]


def test_every_passage_is_shown_as_written_from_the_data(publishing_page: AppTest) -> None:
    assert [e.label for e in publishing_page.expander if text_view.AUTOMATIC.id in e.label] == [
        f"{title.id} · {text_view.AUTOMATIC.id}" for title in passages.TITLES.values()
    ]
    assert "78,74" in conclusion(publishing_page).value


def test_an_edited_text_is_kept_and_can_be_given_up(publishing_page: AppTest, database: Database) -> None:
    automatic = conclusion(publishing_page).value
    conclusion(publishing_page).set_value("Kami akan <b>berbenah</b>.").run()
    assert not publishing_page.exception
    assert drafts(database) == {"kesimpulan": "Kami akan <b>berbenah</b>."}
    assert conclusion(publishing_page).value == "Kami akan <b>berbenah</b>."
    assert f"{passages.TITLES['kesimpulan'].id} · {text_view.EDITED.id}" in [
        e.label for e in publishing_page.expander
    ]
    assert "78,74" in html_of(publishing_page)  # the automatic text stays in sight
    publishing_page.button(key="reset-id-kesimpulan").click().run()
    assert drafts(database) == {}
    assert conclusion(publishing_page).value == automatic


def test_an_emptied_field_goes_back_to_the_automatic_text(
    publishing_page: AppTest, database: Database
) -> None:
    conclusion(publishing_page).set_value("Kami").run()
    conclusion(publishing_page).set_value("").run()
    assert drafts(database) == {}
    assert "78,74" in conclusion(publishing_page).value


def test_when_the_data_changed_the_page_says_so_until_somebody_has_checked(
    publishing_page: AppTest, database: Database
) -> None:
    conclusion(publishing_page).set_value("IKM kami 78,74.").run()
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    app = publishing_page.run()
    assert text_view.DATA_CHANGED.id in [w.value for w in app.warning]
    assert f"{passages.TITLES['kesimpulan'].id} · {text_view.CHECK.id}" in [e.label for e in app.expander]
    # Sekadau's totals and ten sheets of 1: (1389 + 90) / (9 x 59) x 25 = 69.63.
    assert "69,63" in html_of(app)
    app.checkbox(key="publish-sure-sekadau-2019-S1").check().run()
    press(app, publish_view.PUBLISH.id)
    assert app.error[0].value == report_texts.EDITED_BEFORE.id
    assert unit_publishing.publications_of(database, "sekadau") == []
    app.button(key="keep-id-kesimpulan").click().run()
    press(app, publish_view.PUBLISH.id)
    assert not app.exception
    made = unit_publishing.published(database, "sekadau", Period.parse("2019-S1"), within=PROVINCE)
    assert made.snapshot.text["id"]["kesimpulan"] == "IKM kami 78,74."


def test_the_english_text_is_written_beside(publishing_page: AppTest, database: Database) -> None:
    publishing_page.button_group(key="text-language").set_value("en").run()
    assert "78.74" in conclusion(publishing_page, "en").value
    conclusion(publishing_page, "en").set_value("We shall improve.").run()
    assert drafts(database) == {}
    result = results.unit_result(database, "sekadau", Period.parse("2019-S1"), within=PROVINCE)
    assert report_texts.drafts(database, result)["en"]["kesimpulan"].text == "We shall improve."


def test_ip_asn_is_scheduled_by_the_year(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("laporan")
    app.button_group(key="schedule-scope").set_value("").run()
    app.button_group(key="schedule-report").set_value(Report.IP_ASN).run()
    assert not [g for g in app.get("button_group") if g.key == "schedule-kind"]
    app.button(key="schedule-add").click().run()
    assert not app.exception
    (schedule,) = ordered.every(database, PROVINCE)
    assert (schedule.report, str(schedule.since)) == (Report.IP_ASN, "2026")
    assert f"IP ASN · {schedules_view.PROVINCE_NAME.id}" in html_of(app)


@pytest.mark.parametrize("agency", ["", "kabupaten-sekadau"])
def test_a_recap_is_published_only_after_a_yes(open_page: OpenPage, database: Database, agency: str) -> None:
    samples.sekadau(database)
    app = open_page("laporan")
    app.selectbox(key="recap-agency").select(agency).run()
    assert app.button(key="recap-publish").disabled
    app.checkbox(key=f"recap-sure-{agency or None}-2019-S1").check().run()
    press(app, recap_view.PUBLISH.id)
    assert not app.exception
    published = recap_publishing.publications_of(database, agency or None)
    assert [(str(p), v) for p, v, _ in published] == [("2019-S1", 1)]
    assert f"<strong>Semester I 2019</strong><br>{FIRST.format(day='20 November 2026').id}" in html_of(app)


def test_a_recap_carries_the_day_it_was_published_where_its_units_are(
    open_page: OpenPage, database: Database
) -> None:
    samples.sekadau(database)
    # Half past five in the afternoon in Greenwich is half past midnight in Pontianak.
    late = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    recap_publishing.publish(database, ADMIN, recap(database, None, Period.parse("2019-S1")), late)
    assert FIRST.format(day="21 November 2026").id in html_of(open_page("laporan"))


@pytest.mark.parametrize("agency", ["", "kabupaten-sekadau"])
def test_a_recap_that_the_public_will_not_see_is_said_before_publishing(
    open_page: OpenPage, database: Database, agency: str
) -> None:
    for code, n in (("sekadau", 20), ("lain", 3)):
        samples.create_unit(database, code, f"Loket {code}")
        samples.insert(database, code, samples.random_rows(n), "2019-05")
    app = open_page("laporan", unit="sekadau")
    app.selectbox(key="recap-agency").select(agency).run()
    (sure,) = (box for box in app.checkbox if str(box.key).startswith("recap-sure"))
    sure.check().run()
    # The value of both less that of the larger is that of three people.
    (warning,) = app.warning
    assert warning.value == recap_view.NOT_IN_PUBLIC.format(n=5).id
    samples.insert(database, "lain", samples.random_rows(5), "2019-05")
    app.run()
    # The numbers are others than before; nothing else is said of them.
    assert [w.value for w in app.warning] == [unit_publishing.OUTDATED.id]


def test_a_recap_before_the_first_answer_says_what_to_do(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("laporan")
    assert not app.exception
    assert not [b for b in app.button if b.key == "recap-publish"]


def test_publishing_begins_with_what_is_over_and_warns_of_what_is_not(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "a", "Unit A")
    # NOW is 20 November 2026: the fourth quarter and the second half are running, those before are over.
    samples.insert(database, "a", samples.random_rows(5), "2026-03")
    samples.insert(database, "a", samples.random_rows(5), "2026-11")
    app = open_page("laporan", unit="a")
    assert app.selectbox(key="finished-quarter").value == "2026-TW3"
    assert app.selectbox(key="recap-period-semester").value == Period.parse("2026-S1")
    assert not app.warning
    for key in ("finished-quarter", "recap-period-semester"):
        app.selectbox(key=key).select_index(0).run()
        assert len(app.warning) == 1
        app.selectbox(key=key).select_index(1).run()
        assert not app.warning
