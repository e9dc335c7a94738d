"""Voices: redacted, counted by unsur, kind and month, and found by a search."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from analytics.text.comments import Kind
from survey_app.instruments import DATA
from survey_app.pages.suara import evidence, view
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.voices import reading
from survey_app.storage.database import Database
from survey_app.ui import choosing
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission

#: In Makassar this is already the first of November.
LAST_OF_OCTOBER_UTC = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)
COMMENTS = {
    "Petugas sangat ramah": NOW,
    "Antrean lama sekali, hubungi saya 0812-3456-7890": NOW,
    "Petugas kasar <script>alert(1)</script>": LAST_OF_OCTOBER_UTC,
}


@pytest.fixture
def heard(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "loket", "Loket", time_zone="Asia/Makassar")
    for text, moment in COMMENTS.items():
        sent = submission(comment=text, client_time=moment, time_source=intake.TimeSource.ROW)
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)


@pytest.mark.usefixtures("heard")
def test_comments_are_shown_redacted_and_escaped(open_page: OpenPage) -> None:
    shown = html_of(open_page("suara", lihat="semua"))
    assert "hubungi saya [telepon]" in shown
    assert "7890" not in shown
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


def test_names_are_masked_until_who_may_act_asks_for_them(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.accept(database, submission(comment="Bu Rina minta uang"), NOW)
    app = open_page("suara", lihat="semua")
    assert "Bu [nama] minta uang" in html_of(app)
    app.text_input[0].input("rina").run()
    assert _total(app) == counted(0, 1)
    app.toggle[0].set_value(True).run()
    assert "Bu Rina minta uang" in html_of(app)
    monkeypatch.setattr("survey_app.ui.acting.who", lambda: Acting(Role.OPERATOR))
    assert not open_page("suara", lihat="semua").toggle


@pytest.mark.usefixtures("heard")
def test_comments_are_counted_by_unsur_and_kind(open_page: OpenPage) -> None:
    chart = json.loads(open_page("suara", lihat="semua").get("plotly_chart")[0].proto.spec)
    bars = {trace["name"]: dict(zip(trace["y"], _numbers(trace), strict=True)) for trace in chart["data"]}
    assert bars[view.KINDS[Kind.PRAISE].id]["U7 Perilaku Pelaksana"] == 1
    assert bars[view.KINDS[Kind.COMPLAINT].id]["U7 Perilaku Pelaksana"] == 1
    assert bars[view.KINDS[Kind.COMPLAINT].id]["U3 Waktu Penyelesaian"] == 1


@pytest.mark.usefixtures("heard")
def test_search_unsur_kind_and_scope_narrow_the_list(open_page: OpenPage) -> None:
    app = open_page("suara", lihat="semua")
    app.text_input[0].input("KASAR").run()
    assert _total(app) == counted(1, 3)
    app.text_input[0].input("").run()
    next(b for b in app.selectbox if b.label == "Unsur").select("U7 Perilaku Pelaksana").run()
    assert _total(app) == counted(2, 3)
    next(b for b in app.selectbox if b.label == "Jenis").select(view.KINDS[Kind.PRAISE].id).run()
    assert _total(app) == counted(1, 3)
    assert "Petugas sangat ramah" in html_of(app)
    next(b for b in app.selectbox if b.label == choosing.SCOPE.id).select_index(1).run()
    next(b for b in app.selectbox if b.label == choosing.UNIT.id).select("Loket").run()
    assert app.main.markdown[-1].value == view.NONE.id
    assert not app.exception


@pytest.mark.usefixtures("heard", "unit")
def test_what_is_urgent_is_marked_and_found(open_page: OpenPage, database: Database) -> None:
    assert view.URGENT.id not in html_of(open_page("suara", lihat="semua"))
    intake.accept(database, submission(comment="petugas minta uang rokok"), NOW)
    intake.accept(database, submission(comment="tidak ada pungli"), NOW)
    app = open_page("suara", lihat="semua")
    assert html_of(app).count(f"<span>{view.URGENT.id}</span>") == 1
    next(b for b in app.selectbox if b.label == "Jenis").select(view.URGENT.id).run()
    assert _total(app) == counted(1, 5)
    assert "uang rokok" in html_of(app)


@pytest.mark.usefixtures("unit")
def test_the_words_that_decided_can_be_opened(open_page: OpenPage, database: Database) -> None:
    intake.accept(database, submission(comment="Petugas minta uang rokok, antrean lama"), NOW)
    intake.accept(database, submission(comment="Toilet tidak bersih"), NOW)
    intake.accept(database, submission(comment="xyz"), NOW)
    shown = html_of(open_page("suara", lihat="semua"))
    assert shown.count("<details>") == 2
    assert "“toilet”, “tidak bersih”</li>" in shown
    assert f"<li>{view.URGENT.id}: {evidence.URGENT_WORDS['bribe'].id}</li>" in shown
    assert "<li>U3 Waktu Penyelesaian: “antre lama”" in shown
    # In the lists a 9 is any number.
    intake.accept(database, submission(comment="tak sampai sepuluh menit"), NOW)
    assert "“tak sampai (angka)”" in html_of(open_page("suara", lihat="semua"))


def test_each_thing_that_is_urgent_has_its_words() -> None:
    lists = json.loads((DATA / "reference/comments-words.json").read_text(encoding="utf-8"))["urgent"]
    assert set(evidence.URGENT_WORDS) == set(lists) - {"harmless"} | {"likely"}


@pytest.mark.usefixtures("heard")
def test_a_month_is_that_of_the_units_own_time_zone(database: Database) -> None:
    comments = reading.voices(database, Scope(), Period.parse("2026-TW4"))
    assert reading.by_month(comments) == {(202611, Kind.PRAISE): 1, (202611, Kind.COMPLAINT): 2}


def _total(app: AppTest) -> str:
    told = view.COUNTED.id.rpartition("}")[2]
    return next(str(m.value) for m in app.markdown if m.value.endswith(f"{told}**"))


def counted(n: int, whole: int) -> str:
    return f"**{view.COUNTED.format(n=n, all=whole).id}**"


def _numbers(trace: dict[str, object]) -> list[int]:
    values = trace["x"]
    assert isinstance(values, list)
    return values


@pytest.mark.usefixtures("heard")
def test_what_is_not_read_is_said_and_still_counted_by_month(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LIMIT", 2)
    app = open_page("suara", lihat="semua")
    assert app.info[0].value == view.LIMIT.format(all=3, n=2).id
    assert _total(app) == counted(2, 2)
    months = json.loads(app.get("plotly_chart")[1].proto.spec)["data"]
    assert [(trace["name"], trace["y"], _numbers(trace)) for trace in months] == [
        (view.EVERY.id, ["November 2026"], [3])
    ]
