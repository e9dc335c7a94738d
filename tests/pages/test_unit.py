"""The result page shows the numbers of `analytics`, for the place and time that were chosen."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.ikm import Moments, scoring
from analytics.ikm.quality import SIGNALS, Flag
from analytics.period import Period
from analytics.reason import Reason
from survey_app import instruments
from survey_app.instruments import DATA
from survey_app.pages.unit import (
    index_view,
    insight_view,
    parts,
    quality_view,
    result_view,
    sampling_view,
    unsur_view,
)
from survey_app.services.answers import intake
from survey_app.services.imports import importing
from survey_app.services.imports.file import Said
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import choosing, one_unit, trend_view
from survey_app.wording import flag_words, numbers, odds_words, terms, undated_words
from survey_app.wording.reasons import reason_text
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission

#: Three sheets of November and one of August 2026, the latter for a second service.
NOVEMBER = [(3,) * 9, (4,) * 9, (2, 3, 3, 4, 3, 3, 3, 2, 3)]
AUGUST = (1, 2, 3, 4, 1, 2, 3, 4, 1)


@pytest.fixture
def answered(database: Database, unit: UnitEntry) -> UnitEntry:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    for scores in NOVEMBER:
        profile = {"jenis_kelamin": "L"} if scores[0] == 2 else {}
        assert isinstance(intake.accept(database, submission(scores, profile=profile), NOW), intake.Receipt)
    august = datetime(2026, 8, 31, 15, 59, tzinfo=UTC)
    old = submission(AUGUST, service="izin", client_time=august, time_source=intake.TimeSource.ROW)
    assert isinstance(intake.accept(database, old, NOW), intake.Receipt)
    return catalogue.find_unit(database, "ptsp", PROVINCE)


def test_the_big_number_is_the_ikm_with_letter_interval_and_n(
    open_page: OpenPage, answered: UnitEntry
) -> None:
    shown = html_of(open_page("unit", unit="ptsp"))
    # Totals of the three sheets: U1 9, U2 10, ... U4 11, U8 9; sum 89 of 27 answers; 25 x 89/27 = 82.407...
    assert '<p class="big">82,41</p>' in shown
    assert '<span class="chip cB">B · Baik</span>' in shown
    expected = scoring.score(Moments.from_answers(NOVEMBER))
    assert numbers.interval(expected.interval, "id") in shown
    assert f"<dt>{index_view.RESPONDENTS.id}</dt><dd>3</dd>" in shown


def test_every_unsur_is_drawn_at_its_ikm(open_page: OpenPage, answered: UnitEntry) -> None:
    chart = _figure(open_page("unit", unit="ptsp", tab="unsur"), 0)
    expected = scoring.score(Moments.from_answers(NOVEMBER))
    assert chart["data"][0]["x"] == [float(u.ikm or 0) for u in expected.unsur]


def test_the_trend_has_a_gap_where_nothing_was_measured(open_page: OpenPage, answered: UnitEntry) -> None:
    chart = _figure(open_page("unit", unit="ptsp", tab="trend"), 0)
    expected = scoring.score(Moments.from_answers([AUGUST]))
    # Eight quarters to TW IV 2026: six empty ones, one with the sheet of August, one with those of November.
    assert chart["data"][0]["y"] == [None] * 6 + [float(expected.ikm or 0), 82.41]


def test_every_second_month_is_named_so_that_names_fit_on_a_phone(
    open_page: OpenPage, answered: UnitEntry
) -> None:
    app = open_page("unit", unit="ptsp", tab="trend")
    named = _figure(app, 0)["layout"]["xaxis"]["tickvals"]
    # The eight quarters up to the last with answers, the last first.
    assert [name.replace("<br>", " ") for name in named][:2] == ["TW IV 2026", "TW III 2026"]
    assert len(named) == 8
    app.selectbox(key="period-kind").select("month").run()
    named = _figure(app, 0)["layout"]["xaxis"]["tickvals"]
    assert [name.replace("<br>", " ") for name in named] == [
        "Nov 2026",
        "Sep 2026",
        "Jul 2026",
        "Mei 2026",
        "Mar 2026",
        "Jan 2026",
    ]


def test_profiles_of_fewer_than_five_are_not_shown(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp", tab="respondents")
    assert result_view.NO_PROFILES.format(least=5).id in [
        m.value for m in app.tabs[_at("respondents")].markdown
    ]
    assert result_view.NOT_GIVEN.id not in html_of(app)


def test_respondents_count_who_left_a_field_open_and_hide_a_few(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """Twenty sheets: sex 12 L, 6 P, 2 open. The 2 are hidden; 20 - 12 - 6 would show them, so the 6 too."""
    for i in range(20):
        profile = {"jenis_kelamin": "L" if i < 12 else "P"} if i < 18 else {}
        intake.accept(database, submission(profile=profile), NOW)
    shown = html_of(open_page("unit", unit="ptsp", tab="respondents"))
    assert '<span class="value">12 <small>60%</small></span>' in shown
    sex = shown[shown.index("<h3>Jenis kelamin</h3>") : shown.index("<h3>Usia</h3>")]
    assert sex.count('<span class="value">*</span>') == 2
    assert "30%" not in sex
    # Nobody gave an age: all twenty left it open, and nobody is in the other groups.
    assert '<span class="value">20 <small>100%</small></span>' in shown
    assert shown.count(result_view.NOT_GIVEN.id) == len(instruments.get("skm-2017@1").profile)


def test_the_computation_is_shown_in_exact_steps(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp", tab="method")
    steps = [m.value for m in app.tabs[_at("method")].markdown]
    # 89/27 = 3.296296..., x 25 = 2225/27 = 82.407407..., rounded half up 82.41.
    assert "89/27 = 3,296296…" in steps[0]
    assert "2225/27 = 82,407407…" in steps[1]
    assert "**82,41**" in steps[2]
    # 25 x 0.11 x 89/3 = 81.58333... and 25 x 0.111 x 89/3 = 82.325, half up 82.33.
    assert "**55,59–95,96**" in steps[3]
    assert odds_words.NO_PEERS.id == steps[4]
    assert "Pembanding" in steps[5]
    assert "81,58" in steps[5]
    assert "82,33" in steps[5]


def test_an_address_names_service_and_period(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp", service="izin", period="2026-08")
    assert app.selectbox(key="period-kind").value == "month"
    assert app.selectbox(key="result-service-ptsp").value == "izin"
    assert one_unit.NOT_FOUND.id not in [w.value for w in app.warning]
    # The sheet of August alone: 25 x 21/9.
    assert '<p class="big">58,33</p>' in html_of(app)


@pytest.mark.parametrize("asked", [{"period": "2031-TW1"}, {"period": "entah"}, {"service": "paspor"}])
def test_what_an_address_names_and_is_not_there_is_said(
    asked: dict[str, str], open_page: OpenPage, answered: UnitEntry
) -> None:
    """The newest period of all services, but not without a word."""
    app = open_page("unit", unit="ptsp", **asked)
    assert '<p class="big">82,41</p>' in html_of(app)
    assert one_unit.NOT_FOUND.id in [w.value for w in app.warning]


def test_every_filter_changes_the_result(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp")
    _choose(app, choosing.SERVICE.id, "Izin Usaha")
    assert app.warning[0].value == reason_text(Reason.NO_ANSWERS).id
    _choose(app, choosing.PERIOD.id, "Triwulan III 2026")
    # 21 over nine unsur: 25 x 21/9 = 58.33, below 65, so D; one respondent has no interval.
    assert '<p class="big">58,33</p>' in html_of(app)
    assert app.warning[0].value == reason_text(Reason.ONE_RESPONDENT).id
    _choose(app, choosing.SERVICE.id, choosing.EVERY_SERVICE.id)
    _choose(app, choosing.KIND.id, "Tahun")
    # All four sheets: (89 + 21) / 36 x 25 = 76.388..., C.
    assert '<p class="big">76,39</p>' in html_of(app)
    for kind, period in (("Bulan", "Agustus 2026"), ("Semester", "Semester II 2026")):
        _choose(app, choosing.KIND.id, kind)
        _choose(app, choosing.PERIOD.id, period)
        assert f"IKM {period}" in html_of(app)


#: Kinds of period and, of each, the periods from August to November 2026 with their months.
PERIODS: dict[str, dict[str, Sequence[int]]] = {
    "Bulan": {"Agustus 2026": (8,), "September 2026": (9,), "Oktober 2026": (10,), "November 2026": (11,)},
    "Triwulan": {"Triwulan III 2026": (7, 8, 9), "Triwulan IV 2026": (10, 11, 12)},
    "Semester": {"Semester II 2026": range(7, 13)},
    "Tahun": {"Tahun 2026": range(1, 13)},
}


def test_every_choice_of_service_and_period_shows_the_numbers_of_its_own_rows(
    open_page: OpenPage, answered: UnitEntry
) -> None:
    rows = [("Layanan umum", 11, scores) for scores in NOVEMBER] + [("Izin Usaha", 8, AUGUST)]
    app = open_page("unit", unit="ptsp")
    for service in (choosing.EVERY_SERVICE.id, "Layanan umum", "Izin Usaha"):
        _choose(app, choosing.SERVICE.id, service)
        for kind, listed in PERIODS.items():
            _choose(app, choosing.KIND.id, kind)
            for period, months in listed.items():
                _choose(app, choosing.PERIOD.id, period)
                mine = [
                    s
                    for name, month, s in rows
                    if service in (name, choosing.EVERY_SERVICE.id) and month in months
                ]
                _check_shown(app, period, mine)


def without_flagged(n: int, ikm: str) -> str:
    """What stands below the index, up to the interval."""
    return quality_view.WITHOUT_FLAGGED.id.partition(" (")[0].format(n=n, index="IKM", ikm=ikm)


def _check_shown(app: AppTest, period: str, rows: Sequence[Sequence[int]]) -> None:
    """Index and letter from the plain sum of all scores; the interval from `analytics` on the same rows."""
    shown = html_of(app)
    assert f"IKM {period}" in shown
    assert f"<dt>{index_view.RESPONDENTS.id}</dt><dd>{len(rows)}</dd>" in shown
    if not rows:
        assert '<p class="big">–</p>' in shown
        return
    exact = Fraction(25 * sum(map(sum, rows)), 9 * len(rows))
    assert f'<p class="big">{numbers.decimal(exact, "id")}</p>' in shown
    expected = scoring.score(Moments.from_answers(rows))
    assert f"<dd>{numbers.interval(expected.interval, 'id')}</dd>" in shown
    alike = [row for row in rows if len(set(row)) == 1]
    if alike and len(alike) < len(rows):
        rest = Fraction(25 * sum(sum(r) for r in rows if r not in alike), 9 * (len(rows) - len(alike)))
        words = without_flagged(len(alike), numbers.decimal(rest, "id"))
        assert any(words in m.value for m in app.markdown)


def test_agency_and_unit_lead_to_their_own_result(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    catalogue.create_agency(database, ADMIN, "dinkes", "Dinas Kesehatan")
    for code, name, scores in (("apotek", "Apotek", (1,) * 9), ("loket", "Loket", (2,) * 9)):
        catalogue.create_unit(database, ADMIN, "dinkes", code, name, time_zone="Asia/Makassar")
        intake.accept(database, submission(scores, unit=code), NOW)
    app = open_page("unit", unit="ptsp")
    _choose(app, choosing.AGENCY.id, "Dinas Kesehatan")
    assert _named(app, "Apotek", "25,00")
    _choose(app, choosing.UNIT.id, "Loket")
    # One sheet of twos: 25 x 2.
    assert _named(app, "Loket", '<p class="big">50,00</p>')


def _named(app: AppTest, name: str, value: str) -> bool:
    return f"<b>{name}</b></nav>" in html_of(app) and value in html_of(app)


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
        catalogue.record_volume(database, ADMIN, "ptsp", service.code, Period.parse("2026-TW4"), 50)
    assert f"<dt>{index_view.USERS.id}</dt><dd>100</dd>" in html_of(open_page("unit", unit="ptsp"))


def _choose(app: AppTest, label: str, value: str) -> None:
    box = next(s for s in app.selectbox if s.label == label)
    box.select(value).run()
    assert not app.exception


def _at(tab: str) -> int:
    """The place of a tab by its code."""
    return list(parts.TABS).index(tab)


def _figure(app: AppTest, index: int) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(app.get("plotly_chart")[index].proto.spec)
    return spec


def test_the_what_if_slider_shows_index_letter_and_odds(open_page: OpenPage, answered: UnitEntry) -> None:
    app = open_page("unit", unit="ptsp", tab="what-if")
    slider = app.select_slider[0]
    assert (slider.options[0], slider.options[-1]) == ("1,00", "4,00")
    # The lowest NRR is U8's, 3.00 as U1's; the first of them is offered. 4.00 adds 25/9: 85.19.
    slider.set_value(Fraction(4)).run()
    said = what_if(unsur="U1 Persyaratan", a="3,00", b="4,00", ikm="85,19", mutu="B", odds="**")
    assert any(m.value.startswith(said) for m in app.tabs[_at("what-if")].markdown)
    app.tabs[_at("what-if")].selectbox[0].select_index(3).run()
    # 25/9 x (3.77 - 11/3) = 0.287 more than 82.407: 82.69.
    said = what_if(unsur="U4 Biaya/Tarif", a="3,67", b="3,77", ikm="82,69", mutu="B", odds="**")
    assert any(m.value.startswith(said) for m in app.tabs[_at("what-if")].markdown)


def what_if(**values: str) -> str:
    return insight_view.WHAT_IF.format(index=terms.IKM, **values).id


def test_one_unsur_shows_its_answers_its_interval_and_its_trend(
    open_page: OpenPage, answered: UnitEntry
) -> None:
    app = open_page("unit", unit="ptsp", tab="unsur")
    box = next(s for s in app.tabs[_at("unsur")].selectbox if s.label == unsur_view.CHOOSE.id)
    assert box.value == 0  # U1 and U8 have the lowest NRR, 3.00; the first of them is offered
    box.select_index(1).run()
    # U2 of November: 3, 4 and 3: 10/3 = 3.333, 25 x 10/3 = 83.33. One 4 of three answers.
    told = next(m.value for m in app.tabs[_at("unsur")].markdown if m.value.startswith("NRR"))
    one = scoring.score(Moments.from_answers([[3], [4], [3]]))
    low, high = one.interval or (0.0, 0.0)
    limits = f"{low:.2f}–{high:.2f}".replace(".", ",")
    assert (
        told
        == unsur_view.UNSUR.format(index=terms.IKM, nrr="3,333", ikm="83,33", mutu="B", interval=limits).id
    )
    shown = html_of(app)
    assert '3 Mudah</span><span class="bar"><i style="width:66.7%"></i></span>' in shown
    assert '4 Sangat mudah</span><span class="bar"><i style="width:33.3%"></i></span>' in shown
    # August had a 2: 50.
    assert _figure(app, 1)["data"][0]["y"] == [None] * 6 + [50.0, 83.33]


def test_flags_stand_beside_the_official_number(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    app = open_page("unit", unit="ptsp", tab="quality")
    # Of November the sheets of threes and of fours are all alike; 26 of nine answers is left: 72.22.
    assert any(without_flagged(2, "72,22") in m.value for m in app.markdown)
    assert '<p class="big">82,41</p>' in html_of(app)
    shown, limits = (html.proto.body for html in app.tabs[_at("quality")].get("html")[:2])
    number = '<td class="number">{}</td>'.format
    # 82.41 - 72.22 = 10.19; no duration and no device came with these answers.
    name = flag_words.FLAGS[Flag.STRAIGHT_LINE].name.id
    assert f"<td>{name}</td>" + "".join(map(number, ("2", "3", "72,22", "+10,19"))) in shown
    unchecked = flag_words.UNCHECKED.id.partition("{")[0]
    missing = next(m.value for m in app.tabs[_at("quality")].markdown if m.value.startswith(unchecked))
    for flag in (Flag.TOO_FAST, Flag.OUT_OF_HOURS):
        assert (
            f"{flag_words.FLAGS[flag].name.id.lower()} ({flag_words.UNKNOWN[SIGNALS[flag].needs].id})"
            in missing
        )
    assert flag_words.FLAGS[Flag.TOO_FAST].name.id not in shown
    assert all(f"<td>{words.name.id}</td>" in limits for words in flag_words.FLAGS.values())
    assert flag_words.NEVER_DELETES.id in [m.value for m in app.tabs[_at("quality")].markdown]


def test_each_service_shows_what_it_lacks(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    """N = 60 + 40 = 100 needs 80 (printed table of Krejcie and Morgan), shared 48 and 32; 3 and 0 are there.

    TW4 ends with 31 December; from 20 November on 42 days are left: 45/42 and 32/42 a day, rounded up.
    """
    for code, users in (("umum", 60), ("izin", 40)):
        catalogue.record_volume(database, ADMIN, "ptsp", code, Period.parse("2026-TW4"), users)
    app = open_page("unit", unit="ptsp", tab="respondents")
    shown = "".join(html.proto.body for html in app.tabs[_at("respondents")].get("html"))
    assert _row("Layanan umum", "60", "48", "3", "45", "2") in shown
    assert _row("Izin Usaha", "40", "32", "0", "32", "1") in shown
    assert sampling_view.MISSING.format(m=77, d=2, period="Triwulan IV 2026").id in [
        m.value for m in app.tabs[_at("respondents")].markdown
    ]


def _row(name: str, *values: str) -> str:
    return f"<td>{name}</td>" + "".join(f'<td class="number">{value}</td>' for value in values)


def test_a_service_without_users_leaves_the_others_to_the_whole(
    open_page: OpenPage, database: Database, answered: UnitEntry
) -> None:
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026-TW4"), 2)
    catalogue.record_volume(database, ADMIN, "ptsp", "izin", Period.parse("2026-TW4"), 98)
    shown = "".join(
        html.proto.body
        for html in open_page("unit", unit="ptsp", tab="respondents").tabs[_at("respondents")].get("html")
    )
    # Three answers of two users cannot be right: what each service needs is not told.
    assert _row("Layanan umum", "2", "–", "3", "–", "–") in shown


def test_a_trend_is_cut_where_the_rule_or_the_questionnaire_changed(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """2015 and 2016 by the rule before, 2017 and 2019 by the unit's form, 2018 by one without biaya."""
    for year, scores in ((2015, 2), (2016, 3), (2017, 4), (2018, 3), (2019, 4)):
        form = "skm-2017-tanpa-biaya@1" if year == 2018 else "skm-2017@1"
        keys = instruments.get(form).keys
        moment = datetime(year, 5, 5, tzinfo=UTC)
        given = submission(answers=dict.fromkeys(keys, scores), instrument=form, client_time=moment)
        given = replace(given, time_source=intake.TimeSource.ROW)
        assert isinstance(intake.accept(database, given, NOW), intake.Receipt)
    app = open_page("unit", unit="ptsp", tab="trend")
    _choose(app, choosing.KIND.id, "Tahun")
    chart = _figure(app, 0)
    lines = [(trace["x"], trace["y"]) for trace in chart["data"]]
    assert lines == [(["2015", "2016"], [50, 75]), (["2017"], [100]), (["2018"], [75]), (["2019"], [100])]
    marks = [shape["x0"] for shape in chart["layout"]["shapes"] if shape["type"] == "line"]
    assert marks == [1.5, 2.5, 3.5]
    caption = next(c.value for c in app.caption if c.value.startswith(trend_view.DASHED.id.partition(":")[0]))
    assert f"Tahun 2017 (PermenPANRB 14/2017), Tahun 2018 ({trend_view.OTHER_FORM.id})" in caption


def test_a_trend_names_its_periods_with_answers_without_a_date(
    open_page: OpenPage, database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Two files without dates and one answer given on the day itself."""
    for period, times in (("2019-S1", 3), ("2019-S2", 2)):
        path = tmp_path / f"{period}.csv"
        path.write_text(",".join(f"U{i}" for i in range(1, 10)) + times * "\n3,3,3,3,3,3,3,3,4" + "\n")
        importing.import_responses(
            database, ADMIN, path, "ptsp", Period.parse(period), NOW, Said(order="form")
        )
    live = submission(client_time=datetime(2019, 12, 5, tzinfo=UTC), time_source=intake.TimeSource.ROW)
    assert isinstance(intake.accept(database, live, NOW), intake.Receipt)
    app = open_page("unit", unit="ptsp", tab="trend")
    _choose(app, choosing.KIND.id, "Semester")
    assert undated_words.OF_PERIOD.format(n=2, all=3).id in captions(app)
    first = undated_words.PART_OF_TREND.format(period="Semester I 2019", n=3, all=3).id
    second = undated_words.PART_OF_TREND.format(period="Semester II 2019", n=2, all=3).id
    assert undated_words.OF_TREND.format(listed=f"{first}, {second}").id in captions(app)


def captions(app: AppTest) -> list[str]:
    return [str(caption.value) for caption in app.caption]


def test_the_published_rows_of_sekadau_show_their_index(
    open_page: OpenPage, database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """The 49 rows of data/published/skm.json: 78.74, B, and the totals of the official processing table."""
    cases = json.loads((DATA / "published/skm.json").read_text(encoding="utf-8"))
    rows = next(c for c in cases if c["agency"].startswith("Kabupaten Sekadau"))["raw_rows"]
    path = tmp_path / "sekadau.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[f"U{i}" for i in range(1, 10)], *rows])
    importing.import_responses(
        database, ADMIN, path, "ptsp", Period.parse("2019-S1"), NOW, Said(order="form")
    )
    app = open_page("unit", unit="ptsp", tab="method")
    assert undated_words.OF_PERIOD.format(n=49, all=49).id in captions(app)
    html = html_of(app)
    assert "78,74" in html
    assert '<span class="chip cB">B · Baik</span>' in html
    assert f"<dt>{index_view.RESPONDENTS.id}</dt><dd>49</dd>" in html
    assert [str(total) in html for total in (138, 139, 150, 177, 159, 163, 161, 143)] == [True] * 8


@pytest.mark.parametrize(("zone", "running"), [("Asia/Makassar", True), ("Asia/Jayapura", False)])
def test_a_period_is_over_where_the_unit_is(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch, zone: str, running: bool
) -> None:
    catalogue.create_agency(database, ADMIN, "dinas", "Dinas")
    catalogue.create_unit(database, ADMIN, "dinas", "ptsp", "Loket", time_zone=zone)
    intake.accept(database, submission(), NOW)
    # The last half hour of November in Makassar, the first of December in Jayapura.
    monkeypatch.setattr(runtime, "now", lambda: datetime(2026, 11, 30, 15, 30, tzinfo=UTC))
    app = open_page("unit", unit="ptsp")
    app.selectbox(key="period-kind").select("month").run()
    assert (
        f"{index_view.CAPTION.format(index=terms.IKM, period='November 2026').id}{index_view.RUNNING.id}"
        in html_of(app)
    ) is running
