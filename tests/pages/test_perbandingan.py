"""The comparison page: ranking, funnel and heat map of what the service found."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.perbandingan import view
from survey_app.pages.perbandingan.view import group_letter
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.province.left_out import Why
from survey_app.storage.database import Database
from survey_app.ui import choosing
from survey_app.wording import area_words, left_out_words, rank_words
from survey_app.wording.rank_words import RangeOf
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW, submission


@pytest.fixture
def two_units(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "loket", "Loket", time_zone="Asia/Makassar")
    for code, fours in {"ptsp": 2, "loket": 9}.items():
        for i in range(10):
            scores = (4,) * 9 if i < fours else (3,) * 9
            intake.accept(database, submission(scores, unit=code), NOW)


@pytest.mark.usefixtures("two_units")
def test_nothing_is_ranked_below_the_fewest_respondents(open_page: OpenPage) -> None:
    app = open_page("perbandingan")
    assert app.tabs[0].markdown[0].value == view.TOO_FEW.format(n=30).id
    app.number_input[0].set_value(10).run()
    shown = html_of(app)
    # 25 x 3.9 = 97.50 and 25 x 3.2 = 80.00.
    assert shown.index("97,50 A") < shown.index("80,00 B")
    assert not app.exception


def _compared(database: Database, fours: dict[str, int]) -> None:
    for code, count in fours.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[4] * 9] * count + [[3] * 9] * (40 - count), "2026-11")


def test_ranks_hold_for_all_units_until_those_of_one_are_asked_for(
    open_page: OpenPage, database: Database
) -> None:
    """Alone the first is surely the first; where all are read at once the second may be, and the last not."""
    _compared(database, {"satu": 34, "dua": 26, "tiga": 4})
    app = open_page("perbandingan")
    (choice,) = app.tabs[0].segmented_control
    said = app.tabs[0].caption[0].value
    assert (choice.label, choice.value) == (view.RANGE_OF.id, RangeOf.ALL)
    assert said == f"{rank_words.MEANING[RangeOf.ALL].id} {view.LETTERS.id}"
    assert _ranks(html_of(app)) == ["1–2", "1–2", "3"]
    choice.set_value(RangeOf.ONE).run()
    assert _ranks(html_of(app)) == ["1", "2", "3"]
    assert app.tabs[0].caption[0].value == f"{rank_words.MEANING[RangeOf.ONE].id} {view.LETTERS.id}"
    assert not app.exception


def test_estimates_stand_beside_the_ikm_and_of_units_that_are_too_small_for_a_rank(
    open_page: OpenPage, database: Database
) -> None:
    """No estimate with fewer than ten units; of four people never one."""
    _compared(database, {f"u{i}": 4 + 3 * i for i in range(8)})
    assert area_words.ESTIMATE.id not in html_of(open_page("perbandingan"))
    _compared(database, {"sembilan": 30})
    for code, n in {"delapan": 8, "empat": 4}.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[3] * 9] * n, "2026-11")
    app = open_page("perbandingan")
    league, unranked = html_of(app).split("</table>")[:2]
    estimate = r'<td class="number">\d\d,\d<small>\d\d,\d–\d\d,\d</small></td></tr>'
    assert len(re.findall(rf'<td class="number">40</td>{estimate}', league)) == 9
    assert len(re.findall(rf'<td class="number">8</td>{estimate}', unranked)) == 1
    assert re.search(r'<td class="number">4</td><td class="number">–</td></tr>', unranked)
    assert area_words.MEANING.id in [caption.value for caption in app.caption]


def test_where_no_unit_is_clearly_above_another_that_is_said(open_page: OpenPage, database: Database) -> None:
    _compared(database, {"satu": 26, "dua": 25})
    app = open_page("perbandingan")
    assert _ranks(html_of(app)) == ["1–2", "1–2"]
    assert app.tabs[0].caption[0].value.endswith(view.NONE_CLEAR.id)


def _ranks(shown: str) -> list[str]:
    """The third column of the league table, without the head."""
    league = shown.partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", league)[1:]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row)[2] for row in rows]


@pytest.mark.usefixtures("two_units")
def test_the_funnel_and_the_heat_map_hold_every_unit(open_page: OpenPage) -> None:
    app = open_page("perbandingan")
    app.number_input[0].set_value(10).run()
    funnel, heat = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert sorted(funnel["data"][-1]["text"]) == ["Loket", "Pelayanan Terpadu Satu Pintu"]
    assert {tuple(row) for row in heat["data"][0]["z"]} == {(97.5,) * 9, (80.0,) * 9}


def test_the_units_outside_the_funnel_are_named(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """Of 40 sheets 4, 20 and 36 are all fours: 77.50, 87.50 and 97.50 with se of about 1.6.

    The outer two lie six of these from the mean, far beyond 99.8%; the middle one lies on it.
    """
    for code in ("loket", "gerai"):
        catalogue.create_unit(
            database, ADMIN, unit.agency.code, code, code.title(), time_zone="Asia/Makassar"
        )
    for code, fours in {"ptsp": 4, "gerai": 20, "loket": 36}.items():
        for i in range(40):
            scores = (4,) * 9 if i < fours else (3,) * 9
            assert isinstance(intake.accept(database, submission(scores, unit=code), NOW), intake.Receipt)
    funnel = html_of(open_page("perbandingan")).partition(view.OUTSIDE.format(title=view.BELOW, n=1).id)[2]
    below, _, above = funnel.partition(view.OUTSIDE.format(title=view.ABOVE, n=1).id)
    assert "Pelayanan Terpadu Satu Pintu" in below
    assert "77,50 B" in below
    assert "Loket" in above
    assert "Gerai" not in below + above


@pytest.mark.usefixtures("two_units")
def test_the_numbers_of_the_heat_map_can_be_read_on_every_colour(open_page: OpenPage) -> None:
    """WCAG 2.2: at least 4.5:1 at every stop of the scale."""
    heat = json.loads(open_page("perbandingan").get("plotly_chart")[-1].proto.spec)["data"][0]
    ink = _luminance(heat["textfont"]["color"])
    contrasts = [(_luminance(colour) + 0.05) / (ink + 0.05) for _, colour in heat["colorscale"]]
    assert len(contrasts) == 5
    assert min(contrasts) >= 4.5


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("number", "letter"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az")])
def test_groups_are_lettered_like_spreadsheet_columns(number: int, letter: str) -> None:
    assert group_letter(number) == letter


@pytest.fixture
def two_agencies(database: Database, unit: UnitEntry) -> None:
    """Second quarter: PTSP 2 of 10 sheets all fours, Loket 9 of 10; third quarter the other way round.

    Dinas B's Samsat and Gerai: 5 and 6 of 10 in the second quarter only.
    """
    catalogue.create_unit(database, ADMIN, "dpmptsp", "loket", "Loket", time_zone="Asia/Makassar")
    catalogue.create_agency(database, ADMIN, "b", "Dinas B")
    for code in ("samsat", "gerai"):
        catalogue.create_unit(database, ADMIN, "b", code, code.title(), time_zone="Asia/Makassar")
    second, third = datetime(2026, 5, 4, tzinfo=UTC), datetime(2026, 7, 6, tzinfo=UTC)
    for code, when, fours in (
        ("ptsp", second, 2), ("loket", second, 9), ("samsat", second, 5), ("gerai", second, 6),
        ("ptsp", third, 9), ("loket", third, 2),
    ):  # fmt: skip
        for i in range(10):
            scores = (4,) * 9 if i < fours else (3,) * 9
            sheet = submission(scores, unit=code, client_time=when, time_source=intake.TimeSource.ROW)
            assert isinstance(intake.accept(database, sheet, NOW), intake.Receipt)


@pytest.mark.usefixtures("two_agencies")
def test_every_filter_changes_what_is_compared(open_page: OpenPage) -> None:
    """f fours among ten sheets: NRR 3 + f/10, IKM 25 x NRR."""
    app = open_page("perbandingan")
    app.number_input[0].set_value(10).run()
    assert _ranked(html_of(app)) == ["97,50 A", "80,00 B"]
    _choose(app, choosing.PERIOD.id, Period.parse("2026-TW2"))
    assert _ranked(html_of(app)) == ["97,50 A", "90,00 A", "87,50 B", "80,00 B"]
    _choose(app, choosing.SCOPE.id, "b")
    assert _ranked(html_of(app)) == ["90,00 A", "87,50 B"]
    # A year holds both quarters: 11 fours among 20 sheets each.
    _choose(app, choosing.KIND.id, "year")
    assert _ranked(html_of(app)) == ["90,00 A", "87,50 B"]
    _choose(app, choosing.SCOPE.id, "")
    assert sorted(_ranked(html_of(app))) == ["87,50 B", "88,75 A", "88,75 A", "90,00 A"]
    app.number_input[0].set_value(11).run()
    assert _ranked(html_of(app)) == ["88,75 A", "88,75 A"]
    few = left_out_words.WHY[Why.FEW].format(fewest=11)
    assert view.UNRANKED.format(why=few, n=2).id in [e.label for e in app.expander]


def _ranked(shown: str) -> list[str]:
    """IKM and mutu in the order of the league table."""
    return re.findall(r"\d\d,\d\d [ABCD]", shown.partition(view.BELOW.id)[0])


def _choose(app: AppTest, label: str, value: Any) -> None:
    next(s for s in app.selectbox if s.label == label).set_value(value).run()
    assert not app.exception
