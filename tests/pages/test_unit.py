"""The result page shows the numbers of `analytics`, for the place and time that were chosen."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics import Moments, ikm
from analytics.period import Period
from survey_app import instruments
from survey_app.instruments import DATA
from survey_app.services import catalogue, imports, intake
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.ui import numbers
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission

#: Three sheets of November and one of August 2026, the latter for a second service.
NOVEMBER = [(3,) * 9, (4,) * 9, (2, 3, 3, 4, 3, 3, 3, 2, 3)]
AUGUST = (1, 2, 3, 4, 1, 2, 3, 4, 1)


@pytest.fixture
def answered(database: Database, unit: UnitEntry) -> UnitEntry:
    catalogue.create_service(database, "ptsp", "izin", "Izin Usaha")
    for scores in NOVEMBER:
        profile = {"jenis_kelamin": "L"} if scores[0] == 2 else {}
        assert isinstance(intake.accept(database, submission(scores, profile=profile), NOW), intake.Receipt)
    august = datetime(2026, 8, 31, 15, 59, tzinfo=UTC)
    old = submission(AUGUST, service="izin", client_time=august, time_source=intake.TimeSource.ROW)
    assert isinstance(intake.accept(database, old, NOW), intake.Receipt)
    return catalogue.find_unit(database, "ptsp")


def test_the_big_number_is_the_ikm_with_letter_interval_and_n(
    open_page: OpenPage, answered: UnitEntry
) -> None:
    shown = html_of(open_page("unit", unit="ptsp"))
    # Totals of the three sheets: U1 9, U2 10, ... U4 11, U8 9; sum 89 of 27 answers; 25 x 89/27 = 82.407...
    assert '<p class="big">82,41</p>' in shown
    assert "<b>B</b> · Baik" in shown
    expected = ikm.score(Moments.from_answers(NOVEMBER))
    assert numbers.interval(expected.interval, "id") in shown
    assert "<dt>Responden (n)</dt><dd>3</dd>" in shown


def test_every_unsur_is_drawn_at_its_ikm(open_page: OpenPage, answered: UnitEntry) -> None:
    chart = _figure(open_page("unit", unit="ptsp"), 1)
    expected = ikm.score(Moments.from_answers(NOVEMBER))
    assert chart["data"][0]["x"] == [float(u.ikm or 0) for u in expected.unsur]


def test_the_trend_has_a_gap_where_nothing_was_measured(open_page: OpenPage, answered: UnitEntry) -> None:
    chart = _figure(open_page("unit", unit="ptsp"), 0)
    expected = ikm.score(Moments.from_answers([AUGUST]))
    # Eight quarters to TW4 2026: six empty ones, TW3 with the sheet of August, TW4 with those of November.
    assert chart["data"][0]["y"] == [None] * 6 + [float(expected.ikm or 0), 82.41]


def test_respondents_count_who_left_a_field_open(open_page: OpenPage, answered: UnitEntry) -> None:
    shown = html_of(open_page("unit", unit="ptsp"))
    assert '<span class="value">1 <small>33 %</small></span>' in shown
    assert shown.count("Tidak diisi") == len(instruments.get("skm-2017@1").profile)


def test_the_computation_is_shown_in_exact_steps(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp")
    steps = [m.value for m in app.tabs[3].markdown]
    # 89/27 = 3.296296..., x 25 = 2225/27 = 82.407407..., rounded half up 82.41.
    assert "89/27 = 3,296296…" in steps[0]
    assert "2225/27 = 82,407407…" in steps[1]
    assert "**82,41**" in steps[2]
    # 25 x 0.11 x 89/3 = 81.58333... and 25 x 0.111 x 89/3 = 82.325, half up 82.33.
    assert "81,58" in steps[3]
    assert "82,33" in steps[3]
    assert "Pembanding" in steps[3]


def test_every_filter_changes_the_result(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp")
    _choose(app, "Layanan", "Izin Usaha")
    assert "Belum ada responden" in app.warning[0].value
    _choose(app, "Periode", "Triwulan III 2026")
    # 21 over nine unsur: 25 x 21/9 = 58.33, below 65, so D; one respondent has no interval.
    assert '<p class="big">58,33</p>' in html_of(app)
    assert "Hanya satu responden" in app.warning[0].value
    _choose(app, "Layanan", "Semua layanan")
    _choose(app, "Jenis periode", "Tahun")
    # All four sheets: (89 + 21) / 36 x 25 = 76.388..., C.
    assert '<p class="big">76,39</p>' in html_of(app)
    for kind, period in (("Bulan", "Agustus 2026"), ("Semester", "Semester II 2026")):
        _choose(app, "Jenis periode", kind)
        _choose(app, "Periode", period)
        assert f"IKM {period}" in html_of(app)


def test_a_new_answer_is_in_the_result_at_once(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    app = open_page("unit", unit="ptsp")
    intake.accept(database, submission((4,) * 9), NOW)
    # (89 + 36) / 36 x 25 = 86.805...
    assert '<p class="big">86,81</p>' in html_of(app.run())


def test_known_users_are_shown_as_n_of_the_population(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    for service in answered.services:
        catalogue.record_volume(database, "ptsp", service.code, Period.parse("2026-TW4"), 50)
    assert "<dt>Pengguna (N)</dt><dd>100</dd>" in html_of(open_page("unit", unit="ptsp"))


def _choose(app: AppTest, label: str, value: str) -> None:
    box = next(s for s in app.sidebar.selectbox if s.label == label)
    box.select(value).run()
    assert not app.exception


def _figure(app: AppTest, index: int) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(app.get("plotly_chart")[index].proto.spec)
    return spec


def test_the_what_if_slider_shows_index_letter_and_odds(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp")
    slider = app.slider[0]
    assert (slider.min, slider.max) == (1.0, 4.0)
    # The lowest NRR is U8's, 3.00 as U1's; the first of them is offered. 4.00 adds 25/9: 85.19.
    slider.set_value(4.0).run()
    shown = next(m.value for m in app.tabs[1].markdown if "ke 4,00" in m.value)
    assert shown.startswith(
        "U1 Persyaratan dari 3,00 ke 4,00 memberi IKM **85,19**, mutu **B**. Peluang mutu: **"
    )
    app.tabs[1].selectbox[0].select_index(3).run()
    assert any("U4 Biaya/Tarif dari 3,67 ke 3,77" in m.value for m in app.tabs[1].markdown)


def test_the_published_rows_of_sekadau_show_their_index(
    open_page: OpenPage, database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """The 49 rows of data/published/skm.json: 78.74, B, and the totals of the official processing table."""
    cases = json.loads((DATA / "published/skm.json").read_text(encoding="utf-8"))
    rows = next(c for c in cases if c["agency"].startswith("Kabupaten Sekadau"))["raw_rows"]
    path = tmp_path / "sekadau.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[f"U{i}" for i in range(1, 10)], *rows])
    imports.import_responses(database, path, "ptsp", Period.parse("2019-S1"), NOW, order="form")
    html = html_of(open_page("unit", unit="ptsp"))
    assert "78,74" in html
    assert "<b>B</b> · Baik" in html
    assert "<dt>Responden (n)</dt><dd>49</dd>" in html
    assert [str(total) in html for total in (138, 139, 150, 177, 159, 163, 161, 143)] == [True] * 8
