"""The summary page shows the numbers of the service, for the scope and method that were chosen."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.comparison.aggregate import Method
from analytics.ikm.target import Standing
from analytics.period import Period
from analytics.reason import Reason
from survey_app.pages import meeting
from survey_app.pages.ringkasan import cards, more
from survey_app.reports.statements import target_words
from survey_app.reports.statements.target_words import TARGET
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.answers import intake
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.course import Course
from survey_app.services.province.left_out import Why
from survey_app.storage.database import Database
from survey_app.text import Language, Text
from survey_app.ui import choosing
from survey_app.ui.trend_view import DASHED
from survey_app.wording import area_words, briefing_words, headline, left_out_words, sureness
from survey_app.wording.ip_asn_words import IN_A_GAP
from survey_app.wording.reasons import reason_text
from tests.pages.conftest import Browser, OpenPage, html_of
from tests.reports import samples
from tests.staff import import_staff, staff
from tests.submissions import NOW, submission


def value(number: str) -> str:
    """An index as the page has it."""
    return f'<p class="sum-big"><b>{number}</b>'


@pytest.fixture
def two_units(database: Database, unit: UnitEntry) -> None:
    catalogue.create_agency(database, ADMIN, "dishub", "Dinas Perhubungan")
    catalogue.create_unit(database, ADMIN, "dishub", "terminal", "Terminal", time_zone="Asia/Makassar")
    for code, sheets in {"ptsp": [(4,) * 9, (3,) * 9], "terminal": [(2,) * 9, (3,) * 9, (3,) * 9]}.items():
        for scores in sheets:
            intake.accept(database, submission(scores, unit=code), NOW)


@pytest.mark.usefixtures("two_units")
def test_the_province_stands_with_method_and_coverage(open_page: OpenPage) -> None:
    shown = html_of(open_page("ringkasan"))
    # 25 x 3.5 = 87.5 and 25 x 8/3 = 66.667; their mean is 77.083, B.
    assert value("77,08") in shown
    assert briefing_words.COVERED.format(x=2, y=2).id in shown
    assert choosing.METHODS[Method.MEAN_OF_UNITS].id in shown


@pytest.mark.usefixtures("two_units")
def test_every_filter_changes_the_summary(open_page: OpenPage) -> None:
    app = open_page("ringkasan", lihat="cara")
    boxes = {box.label: box for box in app.selectbox}
    boxes[choosing.METHOD.id].select(choosing.METHODS[Method.POOLED].id).run()
    # Five sheets with index 4, 3, 2, 3, 3: 25 x 15/5 = 75.00.
    assert value("75,00") in html_of(app)
    next(b for b in app.selectbox if b.label == choosing.SCOPE.id).select("Dinas Perhubungan").run()
    assert value("66,67") in html_of(app)
    next(b for b in app.selectbox if b.label == choosing.KIND.id).select("Tahun").run()
    assert briefing_words.RUNNING.format(period="2026").id in html_of(app)
    assert not app.exception


def box(app: AppTest, label: str) -> Any:
    return next(b for b in app.selectbox if b.label == label)


@pytest.mark.usefixtures("two_units")
def test_every_choice_of_period_and_method_shows_its_own_numbers(
    open_page: OpenPage, database: Database
) -> None:
    august = datetime(2026, 8, 10, tzinfo=UTC)
    sent = submission((4,) * 9, client_time=august, time_source=intake.TimeSource.ROW)
    assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    for code, users in (("ptsp", 100), ("terminal", 300)):
        catalogue.record_volume(database, ADMIN, code, "umum", Period.parse("2026-TW4"), users)
    app = open_page("ringkasan", lihat="cara")
    box(app, choosing.METHOD.id).select(choosing.METHODS[Method.BY_VOLUME].id).run()
    # (100 x 87.5 + 300 x 66.667) / 400 = 71.875.
    assert value("71,88") in html_of(app)
    box(app, choosing.METHOD.id).select(choosing.METHODS[Method.MEAN_OF_UNITS].id).run()
    # ptsp from 100 to 87.5; terminal has no value to compare. One sheet of August cannot tell its error.
    said = briefing_words.SINCE.format(
        before="Triwulan III 2026", moved="−12,50", v=sureness.ERROR_UNKNOWN
    ).id
    assert f"{said} ({briefing_words.SAME_UNITS.format(n=1).id})" in html_of(app)
    box(app, choosing.PERIOD.id).select("Triwulan III 2026").run()
    shown = html_of(app)
    assert value("100,00") in shown
    assert briefing_words.COVERED.format(x=1, y=2).id in shown
    assert "Terminal" in shown
    box(app, choosing.KIND.id).select("Tahun").run()
    # ptsp now has 4, 3, 4: 25 x 11/3 = 91.667; with 66.667 the mean is 79.167.
    assert value("79,17") in html_of(app)
    assert not app.exception


@pytest.mark.usefixtures("two_units")
def test_a_target_stands_with_the_difference_and_what_chance_leaves_of_it(
    open_page: OpenPage, database: Database
) -> None:
    put = partial(targets.set_target, database, ADMIN, now=NOW)
    put(PROVINCE, Index.IKM, Period.parse("2026"), Decimal(77))
    put(Scope(agency="dishub"), Index.IKM, Period.parse("2026-TW4"), Decimal("99.5"))
    app = open_page("ringkasan")
    # 77.08 against 77; five sheets leave it open.
    open_ = target_words.STANDING[True, Standing.OPEN]
    assert TARGET.format(target="77,00", difference="+0,08", standing=open_).id in html_of(app)
    box(app, choosing.SCOPE.id).select("Dinas Perhubungan").run()
    below = target_words.STANDING[False, Standing.BELOW]
    assert TARGET.format(target="99,50", difference="−32,83", standing=below).id in html_of(app)
    box(app, choosing.KIND.id).select("Tahun").run()
    assert TARGET.id.partition(" ")[0] not in html_of(app)


@pytest.mark.usefixtures("two_units")
def test_the_ip_asn_of_the_last_measured_year_stands_beside_it(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    assert briefing_words.NOT_MEASURED_YET.id in html_of(open_page("ringkasan"))
    rows = staff("ptsp", *[(10, 15, 30, 5)] * 5) + staff("terminal", *[(20, 40, 25, 5)] * 5)
    import_staff(database, tmp_path, rows)
    targets.set_target(database, ADMIN, PROVINCE, Index.IP_ASN, Period.parse("2021"), Decimal(80), NOW)
    app = open_page("ringkasan")
    shown = html_of(app)
    assert "IP ASN 2021" in shown
    # Five at 60 and five at 90.
    assert value("75,00") in shown
    assert briefing_words.FULLY_SCORED.format(n=10, all=10).id in shown
    below = target_words.STANDING[False, Standing.UNKNOWN]
    assert TARGET.format(target="80,00", difference="−5,00", standing=below).id in shown
    box(app, choosing.SCOPE.id).select("Dinas Perhubungan").run()
    assert value("90,00") in html_of(app)


@pytest.mark.usefixtures("two_units")
def test_a_category_in_the_gap_of_the_rules_says_so(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    import_staff(database, tmp_path, staff("ptsp", *[(15, "35.5", 25, 5)] * 5), 2023, "ip-asn-2023")
    shown = html_of(open_page("ringkasan"))
    # 15 + 35.5 + 25 + 5 lies between Sedang, which ends at 80, and Tinggi, which begins at 81.
    assert value("80,50") in shown
    assert f"IP ASN 2023 {IN_A_GAP.id}: " in shown
    assert "Tinggi</span>" in shown


def _fill(database: Database, code: str, sheets: dict[int, int], when: datetime = NOW) -> None:
    """So many sheets of each score, all nine unsur alike."""
    for level, n in sheets.items():
        for _ in range(n):
            sent = submission((level,) * 9, unit=code, client_time=when, time_source=intake.TimeSource.ROW)
            assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)


@pytest.mark.usefixtures("unit")
def test_where_nothing_changed_beyond_chance_the_lowest_units_stand_with_interval_and_n(
    open_page: OpenPage, database: Database
) -> None:
    catalogue.create_agency(database, ADMIN, "dishub", "Dinas Perhubungan")
    for code in ("terminal", "pos"):
        catalogue.create_unit(database, ADMIN, "dishub", code, code.title(), time_zone="Asia/Makassar")
    _fill(database, "ptsp", {3: 15, 4: 15})
    _fill(database, "terminal", {2: 10, 3: 20})
    _fill(database, "pos", {1: 1, 2: 1})
    lowest = (
        html_of(open_page("ringkasan", lihat="terendah"))
        .partition('<section class="watch">')[2]
        .partition("</section>")[0]
    )
    # 25 x 2.667 and 25 x 3.5; two sheets are too few to be called the lowest of anything.
    assert re.findall(r"\d\d,\d\d [ABCD]", lowest) == ["66,67 C", "87,50 B"]
    assert lowest.index("Terminal") < lowest.index("Pelayanan Terpadu Satu Pintu")
    assert len(re.findall(r"95%: \d\d,\d–\d\d,\d · n 30", lowest)) == 2
    assert ">Pos<" not in lowest
    # The same answers a quarter earlier: a difference of nothing, which is not beyond chance.
    _fill(database, "ptsp", {3: 15, 4: 15}, datetime(2026, 8, 10, tzinfo=UTC))
    shown = html_of(open_page("ringkasan", lihat="perubahan"))
    assert more.UNCHANGED.format(n=1, before="Triwulan III 2026").id in shown
    assert more.NOBODY_TO_COMPARE.format(before="Triwulan IV 2025").id in shown


@pytest.mark.usefixtures("unit")
@pytest.mark.parametrize("language", ["id", "en"])
def test_from_ten_units_on_the_lowest_are_those_of_the_estimates_with_ikm_and_n_beside_it(
    open_page: OpenPage, database: Database, language: Language
) -> None:
    """Eight sheets of 75.00 do not come before thirty of 76.67; four people are in no list."""
    for code, sheets in {f"u{i}": (28 - 2 * i, 2 + 2 * i) for i in range(11)}.items():
        samples.create_unit(database, code, code.upper())
        samples.insert(database, code, [[3] * 9] * sheets[0] + [[4] * 9] * sheets[1], "2026-11")
    for code, n in {"delapan": 8, "empat": 4}.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[3] * 9] * n, "2026-11")
    shown = html_of(open_page("ringkasan", lang=language, lihat="terendah"))
    lowest = shown.partition('<section class="watch">')[2].partition("</section>")[0]
    assert area_words.LOWEST.in_language(language) in lowest
    assert area_words.SHORT.in_language(language) in lowest
    names = re.findall(r'target="_self">([^<]+)</a>', lowest)
    assert names == ["U0", "Delapan", *(f"U{i}" for i in range(1, 9))]
    # An IKM has two decimals, an estimate one.
    eight = "IKM 75,00 C · n 8" if language == "id" else "IKM 75.00 C · n 8"
    assert eight in lowest
    assert len(re.findall(r">\d\d[,.]\d<small>\d\d[,.]\d–\d\d[,.]\d<", lowest)) == 10
    assert "Empat (n &lt; 5)" in lowest


@pytest.mark.usefixtures("unit")
def test_a_change_beyond_chance_stands_with_its_interval(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Estimates are drawn where one looks at them only.
    monkeypatch.delattr("survey_app.services.province.small_areas.estimates")
    _fill(database, "ptsp", {3: 18, 4: 2}, datetime(2026, 8, 10, tzinfo=UTC))
    _fill(database, "ptsp", {3: 2, 4: 18})
    shown = html_of(open_page("ringkasan", lihat="perubahan"))
    # 97.50 against 77.50, of `analytics.comparison.change` on the same sheets.
    assert more.CHANGED.format(n=1, before="Triwulan III 2026").id in shown
    assert f">+20,00<small>+11,6{more.TO.id}+26,3</small>" in shown


@pytest.mark.usefixtures("unit")
def test_values_of_two_rules_are_not_compared(open_page: OpenPage, database: Database) -> None:
    for year, sheets in ((2016, {2: 20, 1: 20}), (2017, {3: 20, 4: 20})):
        _fill(database, "ptsp", sheets, datetime(year, 5, 5, tzinfo=UTC))
    app = open_page("ringkasan", lihat="cara")
    box(app, choosing.KIND.id).select("Tahun").run()
    box(app, choosing.PERIOD.id).select("Tahun 2017").run()
    shown = html_of(app)
    # 25 x 3.5 now, 25 x 1.5 before: not said to be a change.
    assert value("87,50") in shown
    why = reason_text(Reason.RULE_CHANGED)
    assert sureness.NOT_COMPARABLE.format(before="Tahun 2016", why=why).id in shown
    assert "jelas" not in re.findall(r"<h1>(.*?)</h1>", shown)[0]
    told = [caption.value for caption in app.caption]
    assert DASHED.format(broken="Tahun 2017 (PermenPANRB 14/2017)").id in told


@pytest.mark.parametrize(("language", "valued"), [("id", "50,00 D, n 18"), ("en", "50.00 D, n 18")])
def test_the_unit_counted_as_d_is_named_though_it_is_too_small_for_the_lowest(
    open_page: OpenPage, database: Database, unit: UnitEntry, language: Language, valued: str
) -> None:
    catalogue.create_unit(
        database, ADMIN, unit.agency.code, "terminal", "Terminal", time_zone="Asia/Makassar"
    )
    for code, score, n in (("ptsp", 3, 30), ("terminal", 2, 18)):
        for _ in range(n):
            assert isinstance(
                intake.accept(database, submission((score,) * 9, unit=code), NOW), intake.Receipt
            )
    few = left_out_words.WHY[Why.FEW].format(fewest=30)
    said = [left_out_words.NOT_IN_THE_LIST, left_out_words.REASON.format(n=1, why=few)]
    listed = "".join(text.in_language(language) for text in said)
    assert f"{listed}: Terminal ({valued})." in html_of(
        open_page("ringkasan", lang=language, lihat="terendah")
    )


def _alarm(**changed: Any) -> Alarm:
    usual: dict[str, Any] = {
        "kind": Kind.FELL,
        "subject": Text("Loket <b>Satu</b>", "Counter <b>One</b>"),
        "what": Text("Turun 4,00 poin.", "Down 4.00 points."),
        "sure": Sure.ALMOST_CERTAIN,
        "responsible": Text("Kepala Dinas", "Head"),
        "action": Text("Cari sebabnya", "Find the cause"),
        "page": "unit",
        "query": {"unit": "ptsp"},
        "value": 61.5,
        "mutu": "D",
        "chance": 0.995,
    }
    return Alarm(**(usual | changed))


@pytest.mark.usefixtures("two_units")
def test_what_is_to_be_decided_stands_first_four_on_cards_and_all_in_the_list(
    open_page: OpenPage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tuple(_alarm(value=60.0 + i) for i in range(6))
    monkeypatch.setattr("survey_app.services.alarms.finding.find", lambda *_, **__: found)
    app = open_page("ringkasan", period="2026-TW4")
    shown = html_of(app)
    assert "enam hal menunggu keputusan." in re.findall(r"<h1>(.*?)</h1>", shown)[0]
    assert shown.count('class="sum-card"') == cards.SHOWN
    assert shown.count('class="sum-row"') == 6
    assert "<b>Satu" not in shown
    assert "hampir pasti, peluang &gt; 99%" in shown
    ways = [link.proto for link in app.get("page_link") if link.proto.label == "Cari sebabnya →"]
    assert len(ways) == cards.SHOWN + 6
    # To the unit, and nothing of the way is lost.
    assert {way.query_string for way in ways} == {"period=2026-TW4&unit=ptsp"}
    # Where a page is not open to somebody, no way leads there.
    monkeypatch.setattr(
        "survey_app.services.alarms.finding.find", lambda *_, **__: (_alarm(page="sambungan"),)
    )
    browser.act_as(Acting(role=Role.LEADERSHIP))
    app = open_page("ringkasan")
    assert "Cari sebabnya →" not in [link.proto.label for link in app.get("page_link")]


@pytest.mark.usefixtures("two_units")
def test_the_agencies_stand_the_highest_first_with_their_units(open_page: OpenPage) -> None:
    shown = html_of(open_page("ringkasan", period="2026-TW4"))
    # 87.50 and 66.67; the agency of the second has a C among its units, which is all it has.
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', shown)
    assert [re.findall(r"<b>([\d,]+)</b> ([A-D])", row)[0] for row in rows] == [
        ("87,50", "B"),
        ("66,67", "C"),
    ]
    assert "1 dari 1" in rows[1]
    assert "agency=dishub&amp;period=2026-TW4" in rows[1]
    assert headline.FROM_TO.format(low="C", high="B").id in shown


@pytest.mark.usefixtures("two_units")
def test_to_a_meeting_the_page_is_shown_without_what_leads_elsewhere(open_page: OpenPage) -> None:
    links = [link.proto.label for link in open_page("ringkasan").get("page_link")]
    assert {"Hasil unit", "Tampilan rapat"} <= set(links)
    app = open_page("ringkasan", tampil="presentasi", agency="dishub")
    assert value("66,67") in html_of(app)
    ways = [link.proto for link in app.get("page_link")]
    assert [(way.label, way.query_string) for way in ways] == [(meeting.END.id, "agency=dishub")]
    assert not app.tabs


@pytest.mark.usefixtures("unit")
def test_the_best_are_those_since_what_the_first_sentence_compares_with(
    open_page: OpenPage, database: Database
) -> None:
    """In a first year nothing of a year ago may be compared."""
    _fill(database, "ptsp", {3: 18, 4: 2}, datetime(2026, 8, 10, tzinfo=UTC))
    _fill(database, "ptsp", {3: 2, 4: 18})
    shown = html_of(open_page("ringkasan"))
    assert briefing_words.BEST_SINCE.format(before="Triwulan III 2026").id in shown
    assert headline.sentence(headline.PROVINCE, Course.RISING, 0, 1).id.split(";")[0] in shown


@pytest.mark.usefixtures("unit")
def test_the_best_stand_with_what_they_did_and_citizens_with_what_they_say_most(
    open_page: OpenPage, database: Database, browser: Browser
) -> None:
    _fill(database, "ptsp", {3: 18, 4: 2}, datetime(2025, 11, 10, tzinfo=UTC))
    _fill(database, "ptsp", {3: 2, 4: 18})
    for n, text in enumerate(
        ["Toilet kotor!", "toilet  kotor", "Toilet kotor", "Ruang tunggu panas", "Loket kotor"]
    ):
        sent = submission((3,) * 9, unit="ptsp", comment=text)
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt), n
    done = Action(
        period=Period.parse("2025-TW4"),
        unsur="waktu",
        plan="Menambah loket",
        responsible="Sekretaris",
        status=Status.DONE,
        realisation="Dua loket <dibuka>.",
    )
    plans.add(database, ADMIN, "ptsp", done, NOW)
    shown = html_of(open_page("ringkasan"))
    assert briefing_words.BEST.id in shown
    # 25 x 3.1 = 77.50 in the year before; 2 x 3 and 18 x 4 and five sheets of 3 make 3.72.
    assert '77,50 B → <b class="num">93,00</b>' in shown
    assert "Dua loket &lt;dibuka&gt; (waktu penyelesaian +0,62)" in shown
    assert briefing_words.NOT_CAUSED.id in shown
    assert briefing_words.MOST.format(unsur="sarana dan prasarana").id in shown
    said = re.findall(r"<blockquote>(.*?)</blockquote>", shown)[0]
    assert said == f'“Toilet kotor” <span class="s">{briefing_words.TIMES.format(n=3).id}</span>'
    # Who does not see what stays inside reads no kind that fewer than five spoke of; here they are five,
    # of whom three used the same words.
    browser.act_as(Acting(role=Role.AUDITOR))
    outside = html_of(open_page("ringkasan"))
    assert "“Toilet kotor”" in outside
    assert "3 kali" not in outside
    # Of whom actions are hidden from it is not said that there are none.
    browser.act_as(Acting(role=Role.OPERATOR))
    shown = html_of(open_page("ringkasan"))
    assert briefing_words.BEST_ALONE.id in shown
    assert not any(said.id in shown for said in (briefing_words.BEST, briefing_words.NO_ACTION))
