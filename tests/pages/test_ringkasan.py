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
from survey_app.pages.ringkasan import tiles, view
from survey_app.reports.statements import target_words
from survey_app.services.answers import intake
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.left_out import Why
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.ui import choosing, layout
from survey_app.ui.target_view import TARGET
from survey_app.ui.trend_view import DASHED
from survey_app.wording import area_words, left_out_words, sureness
from survey_app.wording.ip_asn_words import IN_A_GAP
from survey_app.wording.reasons import reason_text
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.staff import import_staff, staff
from tests.submissions import NOW, submission


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
    assert '<p class="big">77,08</p>' in shown
    assert tiles.COVERED.format(x=2, y=2).id in shown
    assert choosing.METHODS[Method.MEAN_OF_UNITS].id in shown


@pytest.mark.usefixtures("two_units")
def test_every_filter_changes_the_summary(open_page: OpenPage) -> None:
    app = open_page("ringkasan")
    boxes = {box.label: box for box in app.selectbox}
    boxes[choosing.METHOD.id].select(choosing.METHODS[Method.POOLED].id).run()
    # Five sheets with index 4, 3, 2, 3, 3: 25 x 15/5 = 75.00.
    assert '<p class="big">75,00</p>' in html_of(app)
    next(b for b in app.selectbox if b.label == choosing.SCOPE.id).select("Dinas Perhubungan").run()
    assert '<p class="big">66,67</p>' in html_of(app)
    next(b for b in app.selectbox if b.label == choosing.KIND.id).select("Tahun").run()
    assert "IKM Tahun 2026" in html_of(app)
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
    app = open_page("ringkasan")
    box(app, choosing.METHOD.id).select(choosing.METHODS[Method.BY_VOLUME].id).run()
    # (100 x 87.5 + 300 x 66.667) / 400 = 71.875.
    assert '<p class="big">71,88</p>' in html_of(app)
    box(app, choosing.METHOD.id).select(choosing.METHODS[Method.MEAN_OF_UNITS].id).run()
    # ptsp from 100 to 87.5; terminal has no value to compare. One sheet of August cannot tell its error.
    said = tiles.SINCE.format(before="Triwulan III 2026", moved="−12,50", v=sureness.ERROR_UNKNOWN).id
    assert f"{said} ({tiles.SAME_UNITS.format(n=1).id})" in html_of(app)
    box(app, choosing.PERIOD.id).select("Triwulan III 2026").run()
    shown = html_of(app)
    assert '<p class="big">100,00</p>' in shown
    assert tiles.COVERED.format(x=1, y=2).id in shown
    assert "Terminal" in shown
    box(app, choosing.KIND.id).select("Tahun").run()
    # ptsp now has 4, 3, 4: 25 x 11/3 = 91.667; with 66.667 the mean is 79.167.
    assert '<p class="big">79,17</p>' in html_of(app)
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
    assert tiles.NOT_MEASURED_YET.id in html_of(open_page("ringkasan"))
    rows = staff("ptsp", *[(10, 15, 30, 5)] * 5) + staff("terminal", *[(20, 40, 25, 5)] * 5)
    import_staff(database, tmp_path, rows)
    targets.set_target(database, ADMIN, PROVINCE, Index.IP_ASN, Period.parse("2021"), Decimal(80), NOW)
    app = open_page("ringkasan")
    shown = html_of(app)
    assert "IP ASN 2021" in shown
    # Five at 60 and five at 90.
    assert '<p class="big">75,00</p>' in shown
    assert tiles.FULLY_SCORED.format(n=10, all=10).id in shown
    below = target_words.STANDING[False, Standing.UNKNOWN]
    assert TARGET.format(target="80,00", difference="−5,00", standing=below).id in shown
    box(app, choosing.SCOPE.id).select("Dinas Perhubungan").run()
    assert '<p class="big">90,00</p>' in html_of(app)


@pytest.mark.usefixtures("two_units")
def test_a_category_in_the_gap_of_the_rules_says_so(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    import_staff(database, tmp_path, staff("ptsp", *[(15, "35.5", 25, 5)] * 5), 2023, "ip-asn-2023")
    shown = html_of(open_page("ringkasan"))
    # 15 + 35.5 + 25 + 5 lies between Sedang, which ends at 80, and Tinggi, which begins at 81.
    assert '<p class="big">80,50</p>' in shown
    assert f"Tinggi</span><small>{IN_A_GAP.id}</small>" in shown


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
        html_of(open_page("ringkasan")).partition('<section class="watch">')[2].partition("</section>")[0]
    )
    assert view.NOBODY_TO_COMPARE.id in lowest
    # 25 x 2.667 and 25 x 3.5; two sheets are too few to be called the lowest of anything.
    assert re.findall(r"\d\d,\d\d [ABCD]", lowest) == ["66,67 C", "87,50 B"]
    assert lowest.index("Terminal") < lowest.index("Pelayanan Terpadu Satu Pintu")
    assert len(re.findall(r"95%: \d\d,\d–\d\d,\d · n 30", lowest)) == 2
    assert ">Pos<" not in lowest
    # The same answers a quarter earlier: a difference of nothing, which is not beyond chance.
    _fill(database, "ptsp", {3: 15, 4: 15}, datetime(2026, 8, 10, tzinfo=UTC))
    shown = html_of(open_page("ringkasan"))
    assert view.UNCHANGED.format(n=1).id in shown


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
    shown = html_of(open_page("ringkasan", lang=language))
    lowest = shown.partition('<section class="watch">')[2].partition("</section>")[0]
    assert area_words.LOWEST.in_language(language) in lowest
    assert area_words.SHORT.in_language(language) in lowest
    names = re.findall(r'target="_self">([^<]+)</a>', lowest)
    assert names == ["U0", "Delapan", "U1", "U2", "U3"]
    # An IKM has two decimals, an estimate one.
    eight = "IKM 75,00 C · n 8" if language == "id" else "IKM 75.00 C · n 8"
    assert eight in lowest
    assert len(re.findall(r">\d\d[,.]\d<small>\d\d[,.]\d–\d\d[,.]\d<", lowest)) == 5
    assert "Empat (n &lt; 5)" in lowest


@pytest.mark.usefixtures("unit")
def test_a_change_beyond_chance_stands_with_its_interval(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The list of estimates is not there then, and nothing is drawn for it.
    monkeypatch.delattr("survey_app.services.province.small_areas.estimates")
    _fill(database, "ptsp", {3: 18, 4: 2}, datetime(2026, 8, 10, tzinfo=UTC))
    _fill(database, "ptsp", {3: 2, 4: 18})
    shown = html_of(open_page("ringkasan"))
    # 97.50 against 77.50, of `analytics.comparison.change` on the same sheets.
    assert view.CHANGED.format(n=1).id in shown
    assert f">+20,00<small>+11,6{view.TO.id}+26,3</small>" in shown
    assert view.LOWEST.id not in shown


@pytest.mark.usefixtures("unit")
def test_values_of_two_rules_are_not_compared(open_page: OpenPage, database: Database) -> None:
    for year, sheets in ((2016, {2: 20, 1: 20}), (2017, {3: 20, 4: 20})):
        _fill(database, "ptsp", sheets, datetime(year, 5, 5, tzinfo=UTC))
    app = open_page("ringkasan")
    box(app, choosing.KIND.id).select("Tahun").run()
    box(app, choosing.PERIOD.id).select("Tahun 2017").run()
    shown = html_of(app)
    # 25 x 3.5 now, 25 x 1.5 before: not said to be a change.
    assert '<p class="big">87,50</p>' in shown
    why = reason_text(Reason.RULE_CHANGED)
    assert layout.NOT_COMPARABLE.format(before="Tahun 2016", why=why).id in shown
    assert view.CHANGED.id.partition("{")[0] not in shown
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
    assert f"{listed}: Terminal ({valued})." in html_of(open_page("ringkasan", lang=language))
