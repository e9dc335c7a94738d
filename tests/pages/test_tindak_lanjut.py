"""The page of follow-up: a proposal becomes a draft, the draft an action, and its effect is judged."""

from __future__ import annotations

import re
from typing import Any, Never

import pytest
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.tindak_lanjut import form, history_view, view, words
from survey_app.reports.unit import follow_up_chapter
from survey_app.services.follow_up import history, plans
from survey_app.services.follow_up.actions import POSITION_WANTED, Action, Status
from survey_app.services.follow_up.plans import Registered
from survey_app.services.places.acting import Acting, Role
from survey_app.storage.database import Database
from survey_app.wording import sureness
from tests.pages.conftest import Browser, OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW

ADMIN = Acting(Role.ADMIN)


@pytest.fixture
def page(open_page: OpenPage, database: Database) -> AppTest:
    """Sekadau, semester I 2019; by its totals the lowest are 138 U1, 139 U2 and 143 U8."""
    samples.sekadau(database)
    app = open_page("tindak-lanjut", unit="sekadau")
    return app.selectbox(key="period-kind").select("semester").run()


def registered(database: Database) -> tuple[Registered, ...]:
    return plans.register(database, ADMIN, "sekadau")


def test_the_empty_register_says_what_to_do_first(page: AppTest) -> None:
    assert page.info[0].value == view.EMPTY.id
    keys = [b.key for b in page.button if str(b.key).startswith("accept-")]
    assert keys == ["accept-2019-S1-persyaratan", "accept-2019-S1-prosedur", "accept-2019-S1-sarpras"]


def test_an_address_proposes_an_unsur_before_the_lowest(open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    app = open_page("tindak-lanjut", unit="sekadau", kind="semester", usul="biaya")
    keys = [b.key for b in app.button if str(b.key).startswith("accept-")]
    assert keys[0] == "accept-2019-S1-biaya"
    app.button(key=keys[0]).click().run()
    assert [r.action.unsur for r in registered(database)] == ["biaya"]


def test_a_proposal_is_accepted_with_one_click(page: AppTest, database: Database) -> None:
    page.button(key="accept-2019-S1-prosedur").click().run()
    assert not page.exception
    (draft,) = registered(database)
    assert (draft.action.unsur, str(draft.action.period), draft.role) == ("prosedur", "2019-S1", "admin")
    keys = [b.key for b in page.button if str(b.key).startswith("accept-")]
    assert keys == ["accept-2019-S1-persyaratan", "accept-2019-S1-sarpras"]
    shown = html_of(page)
    assert view.NO_PLAN.id in shown
    assert view.NOT_MEASURED_AGAIN.id in shown


def test_an_action_is_filled_in_and_its_history_stays(page: AppTest, database: Database) -> None:
    page.button(key="accept-2019-S1-prosedur").click().run()
    _field(page, "text_area", form.PLAN_FIELD.id).set_value("Alur baru <b>")
    _field(page, "text_input", form.RESPONSIBLE_FIELD.id).set_value("Kepala Seksi")
    _save(page)
    assert not page.exception
    (saved,) = registered(database)
    assert (saved.revision, saved.action.plan, saved.action.responsible) == (
        2,
        "Alur baru <b>",
        "Kepala Seksi",
    )
    shown = html_of(page)
    assert "Alur baru &lt;b&gt;" in shown
    assert "Alur baru <b>" not in shown
    assert f"{form.PLAN.id}, {form.RESPONSIBLE.id}" in shown
    assert form.CREATED.id in shown


def test_a_refused_change_says_why_and_keeps_what_was_typed(page: AppTest, database: Database) -> None:
    page.button(key="accept-2019-S1-prosedur").click().run()
    _field(page, "text_area", form.PLAN_FIELD.id).set_value("Alur baru")
    _field(page, "text_input", form.RESPONSIBLE_FIELD.id).set_value("Budi Santoso, S.Kom")
    _save(page)
    assert POSITION_WANTED.id in page.error[0].value
    assert _field(page, "text_area", form.PLAN_FIELD.id).value == "Alur baru"
    assert [r.revision for r in registered(database)] == [1]


def test_the_table_says_what_the_unsur_did_since(open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    # U1 of ten sheets 2, 3, 2, 3 ... before; scipy.stats.ttest_ind with the published rows, equal_var=False:
    # 0.316 (-0.076 to 0.709).
    samples.insert(database, "sekadau", [[2 + i % 2, *[3] * 8] for i in range(10)], "2018-11")
    done = Action(
        period=Period.parse("2018-S2"),
        unsur="persyaratan",
        plan="Brosur",
        status=Status.DONE,
        realisation="Sudah",
    )
    plans.add(database, ADMIN, "sekadau", done, samples.NOW)
    shown = html_of(open_page("tindak-lanjut", unit="sekadau"))
    assert "2,50 → 2,82" in shown
    verdict = sureness.NOT_CLEAR.id
    interval = follow_up_chapter.RANGE.format(low="−0,08", high="+0,71").id
    assert f"{verdict[0].upper()}{verdict[1:]}<small>+0,32{interval}</small>" in shown


def _field(app: AppTest, kind: str, label: str) -> Any:
    return next(w for w in getattr(app, kind) if w.label == label)


def _save(app: AppTest) -> None:
    next(b for b in app.button if b.label == form.SAVE.id).click().run()


def test_all_units_stand_in_one_list_that_an_address_narrows(open_page: OpenPage, database: Database) -> None:
    for code, plan in (("satu", "Loket <b>dua</b>"), ("dua", "Kursi tunggu")):
        samples.create_unit(database, code, f"Unit {code}", agency=f"Dinas {code}")
        samples.insert(database, code, samples.random_rows(12), "2026-05")
        action = Action(
            period=Period.parse("2026-TW2"),
            unsur="waktu" if code == "satu" else "biaya",
            plan=plan,
            responsible="Kepala Seksi" if code == "satu" else "Sekretaris",
            due=Period.parse("2026-TW3" if code == "satu" else "2026-TW4"),
            status=Status.RUNNING,
        )
        plans.add(database, ADMIN, code, action, NOW)
    app = open_page("tindak-lanjut")
    assert not app.exception
    # NOW is 20 November 2026: the third quarter is over, the fourth is not.
    assert [title.value for title in app.title] == [words.OVERDUE_ONLY.format(late=1).id]
    shown = html_of(app)
    # Both run since they were written and neither is done.
    assert words.SINCE.id in shown
    assert "belum sampai separuhnya; 0 sudah, 2 belum" in shown
    assert "Loket &lt;b&gt;dua&lt;/b&gt;" in shown
    assert f"/tindak-lanjut?unit=satu&amp;tindakan={registered_of(database, 'satu')}" in shown
    assert words.LATE.format(n=51).id in shown
    others = ("tahap", "berjalan"), ("penanggung", "Sekretaris"), ("unsur", "biaya"), ("agency", "dinas-dua")
    for query in ({name: value} for name, value in others):
        narrowed = html_of(open_page("tindak-lanjut", **query))
        assert "Kursi tunggu" in narrowed, query
        assert "Loket &lt;b&gt;dua" not in narrowed, query
    one = open_page("tindak-lanjut", unit="satu", tindakan=registered_of(database, "satu"))
    assert _field(one, "text_area", form.PLAN_FIELD.id).value == "Loket <b>dua</b>"


def registered_of(database: Database, unit: str) -> str:
    return str(plans.register(database, ADMIN, unit)[0].id)


def test_to_whom_no_value_is_told_nothing_says_that_none_rose(
    open_page: OpenPage, browser: Browser, database: Database
) -> None:
    samples.create_unit(database, "satu", "Unit satu", agency="Dinas satu")
    for month, answer in (("2026-05", 1), ("2026-10", 4)):
        samples.insert(database, "satu", [(3, 3, answer, 3, 3, 3, 3, 3, 3)] * 30, month)
    done = Action(
        period=Period.parse("2026-TW2"),
        unsur="waktu",
        plan="Loket dua",
        responsible="Sekretaris",
        due=Period.parse("2026-TW3"),
        status=Status.DONE,
        realisation="Loket dua dibuka",
    )
    plans.add(database, ADMIN, "satu", done, NOW)
    app = open_page("tindak-lanjut")
    assert app.title[0].value == words.NONE_OVERDUE.format(done=1, rose=1).id
    browser.act_as(Acting(Role.AUDITOR))
    app = open_page("tindak-lanjut")
    assert not app.exception
    assert app.title[0].value == words.NONE_OVERDUE_DONE.format(done=1).id
    shown = html_of(app)
    assert "Loket dua" in shown
    assert not any(said in shown for said in ("jelas berubah", "naik", "Nilai unsur berubah", "mutu kini"))


def test_findings_of_quarters_and_of_years_are_each_compared(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object) -> Never:
        raise AssertionError("the other questionnaires are read for an unsur of the unit's own")

    monkeypatch.setattr(view, "all_elements", read)
    samples.create_unit(database, "satu", "Unit satu")
    for month, score in (("2025-05", 1), ("2026-02", 2), ("2026-05", 3)):
        samples.insert(database, "satu", [[score + i % 2] * 9 for i in range(12)], month)
    for period in ("2025", "2026-TW1"):
        action = Action(
            period=Period.parse(period), unsur="waktu", plan=period, status=Status.DONE, realisation="Sudah"
        )
        plans.add(database, ADMIN, "satu", action, NOW)
    shown = html_of(open_page("tindak-lanjut"))
    # By hand: 2.5 to 3.5 from the first quarter to the second, 1.5 to 3.0 from 2025 to 2026.
    assert shown.count(f"<span>{words.CLEAR_UP.id}</span>") == 2
    assert "+1,00" in shown
    assert "+1,50" in shown
    # The unit's letter is that of the second quarter: 3.5 x 25 = 87.5 is a B; all of 2026 is 75, a D.
    assert shown.count('<b class="mB">B</b>') == 2


def test_the_history_of_all_units_is_a_view_of_its_own(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "ROWS", 1)
    for code in ("satu", "dua"):
        samples.create_unit(database, code, f"Unit <i>{code}</i>")
        samples.insert(database, code, samples.random_rows(12), "2026-05")
        action = Action(period=Period.parse("2026-TW2"), unsur="waktu", plan=f"Loket <b>{code}</b>")
        plans.add(database, ADMIN, code, action, NOW)
    app = open_page("tindak-lanjut", tampilan="riwayat")
    assert not app.exception
    shown = html_of(app)
    assert "Unit &lt;i&gt;dua&lt;/i&gt;" in shown
    assert "Loket &lt;b&gt;dua&lt;/b&gt;" in shown
    assert "Loket &lt;b&gt;satu" not in shown
    assert form.CREATED.id in shown
    below = re.search(r"sebelum=(\d+)", shown)
    assert below is not None
    older = html_of(open_page("tindak-lanjut", tampilan="riwayat", sebelum=below[1]))
    assert "Loket &lt;b&gt;satu&lt;/b&gt;" in older
    assert history_view.NEWEST.id in older
    none = open_page("tindak-lanjut", tampilan="riwayat", status="selesai", sebelum="x")
    assert [info.value for info in none.info] == [history_view.NOTHING.id]
