"""The check on the page of comments: blind, one by one, taken back; what the counts are worth after it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from analytics.text import Share, Worth
from survey_app.pages.suara import audit_view, view, worth_view
from survey_app.services.answers import intake
from survey_app.services.places.acting import NOT_YOURS, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.voices import auditing
from survey_app.services.voices.worth import CountsWorth, Whose
from survey_app.storage import judgements
from survey_app.storage.database import Database
from survey_app.storage.tables import comment_judgement, response
from tests.pages.conftest import OpenPage, html_of, words_of
from tests.submissions import NOW, submission


@pytest.fixture
def page(open_page: OpenPage, database: Database, unit: UnitEntry) -> AppTest:
    for _ in range(21):
        intake.accept(database, submission(comment="Antrean lama sekali, Bu Rina"), NOW)
    return open_page("suara", lihat="semua")


def checked(app: AppTest) -> AppTest:
    """The page with the check begun."""
    app.segmented_control(key="voices-mode").set_value("check").run()
    return press(app, audit_view.BEGIN.format(n=30).id)


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label.removeprefix(f"{audit_view.MARK} ") == label).click().run()
    assert not app.exception
    return app


def stored(database: Database) -> list[tuple[str, str, bool]]:
    with database.read() as connection:
        return [(j.unsur, j.kind, j.urgent) for j, _ in judgements.standing(connection, None)]


def turns(database: Database) -> int:
    """How often anything was said of a comment or taken back."""
    with database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(comment_judgement)).scalar_one())


def test_whoever_judges_sees_the_words_and_nothing_else(page: AppTest) -> None:
    assert "<span>U3 Waktu Penyelesaian</span>" in html_of(page)
    shown = checked(page)
    assert "Antrean lama sekali, Bu [nama]" in html_of(shown)
    assert "<span>" not in html_of(shown)
    assert not shown.get("plotly_chart")
    assert audit_view.PROGRESS.format(n=1, all=21).id in words_of(shown)


def test_no_key_is_taken_from_what_has_the_focus(page: AppTest) -> None:
    keys = [b.proto.shortcut for b in checked(page).button if b.proto.shortcut]
    assert len(keys) == len(set(keys)) == 17
    assert all(len(key) == 1 and key.isalnum() for key in keys), keys


def test_what_is_chosen_is_marked_and_not_by_colour_alone(page: AppTest) -> None:
    app = press(press(checked(page), "U3 Waktu Penyelesaian"), "Keluhan")
    marked = [b.label for b in app.button if b.label.startswith(audit_view.MARK)]
    assert marked == [f"{audit_view.MARK} U3 Waktu Penyelesaian", f"{audit_view.MARK} Keluhan"]


def test_a_comment_is_judged_skipped_and_taken_back(page: AppTest, database: Database) -> None:
    app = checked(page)
    assert next(b for b in app.button if b.label == audit_view.SAVE.id).disabled
    for label in ("U3 Waktu Penyelesaian", "U8 Sarana dan Prasarana", "U8 Sarana dan Prasarana", "Keluhan"):
        press(app, label)
    press(app, view.URGENT.id)
    press(app, audit_view.SAVE.id)
    assert stored(database) == [("waktu", "keluhan", True)]
    assert next(b for b in app.button if b.label == audit_view.SAVE.id).disabled
    press(app, audit_view.SKIP.id)
    assert audit_view.PROGRESS.format(n=3, all=21).id in words_of(app)
    press(app, audit_view.BACK.id)
    assert turns(database) == 1
    press(app, audit_view.BACK.id)
    assert stored(database) == []
    assert turns(database) == 2
    assert audit_view.PROGRESS.format(n=1, all=21).id in words_of(app)


def test_a_comment_that_is_gone_is_passed_over(page: AppTest, database: Database) -> None:
    app = checked(page)
    emptied = sa.update(response).values(comment=None)
    database.write(lambda connection: connection.execute(emptied))
    press(app, "Keluhan")
    press(app, audit_view.SAVE.id)
    assert auditing.GONE.id in [w.value for w in app.warning]
    assert audit_view.PROGRESS.format(n=2, all=21).id in words_of(app)
    assert turns(database) == 0


def test_another_period_is_another_check(page: AppTest) -> None:
    app = checked(page)
    app.selectbox(key="period-kind").select("year").run()
    assert audit_view.WHAT_FOR.id in words_of(app)


def test_what_is_missed_is_what_is_not_found(
    open_page: OpenPage, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = Share(value=0.9, low=0.7, high=0.95, right=9, of=10)
    found = Share(value=0.8, low=0.55, high=0.9, right=8, of=10)
    told = CountsWorth(
        judged=20,
        own=20,
        whose=Whose.OWN,
        kinds={},
        urgent=None,
        unsur={"waktu": Worth(21, right, found, (15, 20, 30))},
    )
    monkeypatch.setattr("survey_app.pages.suara.page.counts_worth", lambda *_: told)
    shown = html_of(open_page("suara", lihat="semua"))
    assert "90%<small>70%–95%</small>" in shown
    assert "20%<small>10%–45%</small>" in shown
    assert "15–30" in shown


def test_what_the_counts_are_worth_stands_below_the_chart(page: AppTest, open_page: OpenPage) -> None:
    not_known, choose = worth_view.NOT_KNOWN.format(n=0, enough=20).id, worth_view.CHOOSE.format(size=30).id
    assert f"{not_known} {choose}" in words_of(page)
    app = checked(page)
    for number in range(21):
        if number % 3:
            press(app, "U3 Waktu Penyelesaian")
        press(app, "Keluhan")
        press(app, audit_view.SAVE.id)
    assert audit_view.DONE.format(n=21, skipped=0).id in words_of(app)
    shown = open_page("suara", lihat="semua")
    likely = worth_view.LIKELY.format(name="U3 Waktu Penyelesaian", n=21, low=14, high=14, judged=21).id
    assert likely in words_of(shown)
    assert "67%<small>67%–67%</small>" in html_of(shown)


def test_who_works_at_the_counter_is_offered_no_check(
    open_page: OpenPage, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert audit_view.CHECK.id in words_of(page)
    monkeypatch.setattr("survey_app.ui.acting.who", lambda: Acting(Role.OPERATOR))
    shown = open_page("suara", lihat="semua")
    assert {b.key for b in shown.get("segmented_control")} == {"language"}
    assert worth_view.NOT_KNOWN.format(n=0, enough=20).id in words_of(shown)
    assert worth_view.CHOOSE.format(size=30).id not in words_of(shown)


def test_who_looks_after_another_unit_is_told_so(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey_app.ui.acting.who", lambda: Acting(Role.MANAGER, Scope(unit="lain")))
    assert [e.value for e in checked(page).error] == [NOT_YOURS.format(place="seluruh provinsi").id]
