"""The comparison page: ranking, funnel and heat map of what the service found."""

from __future__ import annotations

import json

import pytest

from survey_app.services import catalogue, intake
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.ui.comparison_view import group_letter
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission


@pytest.fixture
def two_units(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, "dpmptsp", "loket", "Loket", time_zone="Asia/Makassar")
    for code, fours in {"ptsp": 2, "loket": 9}.items():
        for i in range(10):
            scores = (4,) * 9 if i < fours else (3,) * 9
            intake.accept(database, submission(scores, unit=code), NOW)


@pytest.mark.usefixtures("two_units")
def test_nothing_is_ranked_below_the_fewest_respondents(open_page: OpenPage) -> None:
    app = open_page("perbandingan")
    assert "Belum ada dua unit dengan sedikitnya 30 responden" in app.tabs[0].markdown[0].value
    app.number_input[0].set_value(10).run()
    shown = html_of(app)
    # 25 x 3.9 = 97.50 and 25 x 3.2 = 80.00.
    assert shown.index("97,50 A") < shown.index("80,00 B")
    assert not app.exception


@pytest.mark.usefixtures("two_units")
def test_the_funnel_and_the_heat_map_hold_every_unit(open_page: OpenPage) -> None:
    app = open_page("perbandingan")
    app.number_input[0].set_value(10).run()
    funnel, heat = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert sorted(funnel["data"][-1]["text"]) == ["Loket", "Pelayanan Terpadu Satu Pintu"]
    assert {tuple(row) for row in heat["data"][0]["z"]} == {(97.5,) * 9, (80.0,) * 9}


@pytest.mark.parametrize(("number", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az")])
def test_groups_are_lettered_like_spreadsheet_columns(number: int, letter: str) -> None:
    assert group_letter(number) == letter
