"""Keterkaitan on screen: the correlations of `analytics`, what limits them, and what is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scipy import stats
from streamlit.testing.v1 import AppTest

from analytics.reason import Reason
from survey_app.pages.keterkaitan import page, view
from survey_app.pages.keterkaitan.link_words import LINK_REASONS
from survey_app.services.answers import intake
from survey_app.services.ip_asn.linkage import linkage
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.ui import choosing, scopes
from survey_app.wording import numbers
from survey_app.wording.ip_asn_words import DIMENSION_NAMES
from tests.pages.conftest import Browser, OpenPage, html_of, words_of
from tests.reports import samples
from tests.staff import import_staff, staff
from tests.submissions import NOW, submission

UNITS = [f"u{i}" for i in range(5)]
COMPETENCE = (0, 10, 15, 25, 40)
#: Every unit's two sheets, all answers of a sheet alike: IKM 62.5, 75, 62.5, 87.5 and 100.
ANSWERS = ((2, 3), (3, 3), (3, 2), (3, 4), (4, 4))
IKM = (62.5, 75.0, 62.5, 87.5, 100.0)


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    catalogue.create_agency(database, ADMIN, "a", "Dinas A")
    rows = []
    for code, score, answers in zip(UNITS, COMPETENCE, ANSWERS, strict=True):
        catalogue.create_unit(database, ADMIN, "a", code, f"Unit {code}", time_zone="Asia/Makassar")
        rows += staff(code, (15, score, 25, 5))
        for answer in answers:
            for when in (datetime(2022, 6, 15, tzinfo=UTC), datetime(2023, 6, 15, tzinfo=UTC)):
                sheet = submission(
                    (answer,) * 9, unit=code, client_time=when, time_source=intake.TimeSource.ROW
                )
                assert isinstance(intake.accept(database, sheet, NOW), intake.Receipt)
    import_staff(database, tmp_path, rows, 2022, "ip-asn-2022")
    import_staff(database, tmp_path, rows, 2023, "ip-asn-2023")
    return database


def test_it_is_called_exploratory_in_plain_words(open_page: OpenPage, filled: Database) -> None:
    app = open_page("keterkaitan")
    assert app.warning[0].value == view.EXPLORATORY.id


def test_the_scatter_has_every_unit_at_its_two_values(open_page: OpenPage, filled: Database) -> None:
    chart = json.loads(open_page("keterkaitan").get("plotly_chart")[0].proto.spec)["data"][0]
    assert (chart["x"], chart["y"]) == ([45.0 + c for c in COMPETENCE], list(IKM))
    units = linkage(filled, PROVINCE, 2023).units
    lows = [(u.score.interval or (0.0, 0.0))[0] for u in units]
    assert chart["error_y"]["arrayminus"] == pytest.approx(
        [y - low for y, low in zip(IKM, lows, strict=True)]
    )


def test_the_dimension_on_the_axis_can_be_chosen(open_page: OpenPage, filled: Database) -> None:
    app = open_page("keterkaitan")
    app.button_group(key="link-series").set_value("kompetensi").run()
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    assert chart["x"] == [float(c) for c in COMPETENCE]


def test_the_table_has_both_correlations_as_scipy_computes_them(
    open_page: OpenPage, filled: Database
) -> None:
    shown = html_of(open_page("keterkaitan"))
    pearson, spearman = stats.pearsonr(COMPETENCE, IKM), stats.spearmanr(COMPETENCE, IKM)
    low, high = pearson.confidence_interval(0.95)
    limits = view.LIMITS.format(low=_signed(low), high=_signed(high)).id
    cell = f"{_signed(pearson.statistic)} ({limits})"
    assert shown.count(cell) == 2  # the total moves with competence alone
    assert f">{_signed(spearman.statistic)} (" in shown
    # t(0.975, 3) = 3.182446: 3.182446 / sqrt(3 + 3.182446^2) = 0.8783.
    assert '<td class="number">0,88</td><td class="number">5</td>' in shown


def test_a_dimension_without_variance_is_said_to_have_none(open_page: OpenPage, filled: Database) -> None:
    listed = [m.value for m in open_page("keterkaitan").markdown]
    assert f"- **{DIMENSION_NAMES['disiplin'].id}**: {LINK_REASONS[Reason.NO_VARIATION].id}" in listed


def test_kompetensi_and_kinerja_are_refused_under_the_rules_of_2023_with_the_reason(
    open_page: OpenPage, filled: Database
) -> None:
    app = open_page("keterkaitan")
    assert LINK_REASONS[Reason.COUNTED_TWICE].id in [m.value for m in app.markdown]
    _choose(app, scopes.YEAR.id, 2022)
    assert LINK_REASONS[Reason.COUNTED_TWICE].id not in [m.value for m in app.markdown]


def test_every_filter_changes_which_units_are_linked(
    open_page: OpenPage, filled: Database, tmp_path: Path
) -> None:
    catalogue.create_agency(filled, ADMIN, "b", "Dinas B")
    catalogue.create_unit(filled, ADMIN, "b", "b1", "Unit b1", time_zone="Asia/Makassar")
    import_staff(filled, tmp_path, staff("b1", (20, 40, 30, 5)), 2023, "ip-asn-2023")
    for answer in (3, 4):
        sheet = submission(
            (answer,) * 9,
            unit="b1",
            client_time=datetime(2023, 6, 15, tzinfo=UTC),
            time_source=intake.TimeSource.ROW,
        )
        assert isinstance(intake.accept(filled, sheet, NOW), intake.Receipt)
    app = open_page("keterkaitan")
    of_a = list(zip((45.0 + c for c in COMPETENCE), IKM, strict=True))
    assert sorted(_dots(app)) == sorted([*of_a, (95.0, 87.5)])
    _choose(app, choosing.SCOPE.id, "a")
    assert sorted(_dots(app)) == sorted(of_a)
    _choose(app, choosing.SCOPE.id, "b")
    assert _dots(app) == [(95.0, 87.5)]
    _choose(app, scopes.YEAR.id, 2022)
    assert not app.get("plotly_chart")
    assert app.info[0].value == view.NOBODY.id


def test_too_few_units_say_so(
    open_page: OpenPage, database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    import_staff(database, tmp_path, staff("ptsp", (15, 0, 25, 5)), 2026, "ip-asn-2023")
    intake.accept(database, submission(), NOW)
    assert any(LINK_REASONS[Reason.TOO_FEW].id in m.value for m in open_page("keterkaitan").markdown)


def test_units_without_answers_in_the_year_are_counted(
    open_page: OpenPage, database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    import_staff(database, tmp_path, staff("ptsp", (15, 0, 25, 5)), 2023, "ip-asn-2023")
    app = open_page("keterkaitan")
    assert any(view.LEFT_OUT.format(list=view.WITHOUT_IKM.format(n=1)).id in m.value for m in app.markdown)
    assert app.info[0].value == view.NOBODY.id


def test_without_ip_asn_the_page_leads_to_its_import(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("keterkaitan")
    assert app.info[0].value == view.NO_STAFF.id
    assert app.get("link_button")[0].proto.url == "/ip-asn"


def _dots(app: AppTest) -> list[tuple[float, float]]:
    """Every unit's IP ASN and IKM."""
    chart = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    return list(zip(chart["x"], chart["y"], strict=True))


def _choose(app: AppTest, label: str, value: str | int) -> None:
    next(s for s in app.selectbox if s.label == label).set_value(str(value)).run()
    assert not app.exception


def _signed(value: float) -> str:
    return numbers.signed(value, "id")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OPERATOR])
def test_units_of_few_are_not_shown_to_who_does_not_see_inside(
    open_page: OpenPage, browser: Browser, filled: Database, role: Role
) -> None:
    """Two answered of each unit, and each has one employee: neither dot nor correlation of them is there."""
    browser.act_as(Acting(role))
    app = open_page("keterkaitan")
    assert not app.exception
    assert not app.get("plotly_chart")
    assert [told.value for told in app.info] == [view.NOBODY.id]
    assert page.FEW.id in words_of(app)
    browser.act_as(Acting(Role.LEADERSHIP))
    assert open_page("keterkaitan").get("plotly_chart")


def test_units_of_enough_are_shown_to_who_does_not_see_inside(
    open_page: OpenPage, browser: Browser, database: Database, tmp_path: Path
) -> None:
    catalogue.create_agency(database, ADMIN, "a", "Dinas A")
    rows = []
    for code, score, answer in zip(UNITS, COMPETENCE, (2, 3, 4, 3, 4), strict=True):
        catalogue.create_unit(database, ADMIN, "a", code, f"Unit {code}", time_zone="Asia/Makassar")
        rows += staff(code, *[(15, score, 25, 5)] * 12)
        samples.insert(database, code, [(answer,) * 9] * (3 if code == "u0" else 12), "2023-06")
    import_staff(database, tmp_path, rows, 2023, "ip-asn-2023")
    browser.act_as(Acting(Role.AUDITOR))
    chart = json.loads(open_page("keterkaitan").get("plotly_chart")[0].proto.spec)["data"][0]
    assert chart["x"] == [45.0 + c for c in COMPETENCE[1:]]
