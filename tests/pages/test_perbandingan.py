"""The comparison page: its tables of units and of unsur, the funnel, the map, and what its address holds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.perbandingan import filters, funnel_view, heat_view, method_view, table_view, view
from survey_app.services.answers import intake
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_kind import set_kind
from survey_app.services.places.unit_region import set_region
from survey_app.services.province.left_out import Why
from survey_app.storage.database import Database
from survey_app.ui import choosing
from survey_app.wording import area_words, left_out_words
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
    assert app.title[0].value == view.NOTHING.id
    assert view.TOO_FEW.format(n=30).id in [shown.value for shown in app.markdown]
    app.number_input[0].set_value(10).run()
    # 25 x 3.9 = 97.50 and 25 x 3.2 = 80.00.
    assert _ranked(html_of(app)) == ["97,50 A", "80,00 B"]
    assert not app.exception
    # More digits than Python reads as a number are as if the address said nothing.
    assert not open_page("perbandingan", **{"minimum-n": "9" * 5000}).exception


def _compared(database: Database, fours: dict[str, int], n: int = 40) -> None:
    for code, count in fours.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[4] * 9] * count + [[3] * 9] * (n - count), "2026-11")


def test_ranks_hold_for_all_units_until_those_of_one_are_asked_for(
    open_page: OpenPage, database: Database
) -> None:
    """Alone the first is surely the first; where all are read at once the second may be, and the last not.

    The mean of 96.25, 91.25 and 77.50 is 88.33: the last is clearly below it, the first clearly above.
    """
    _compared(database, {"satu": 34, "dua": 26, "tiga": 4})
    app = open_page("perbandingan")
    assert app.title[0].value == view.ONE_BELOW.format(above=1, scope=view.PROVINCE).id
    shown = html_of(app)
    assert _cells(shown, "r") == ["1–2", "1–2", "3"]
    assert _cells(shown, "q") == ["1 unit", "1 unit", "0 unit"]
    assert table_view.LIKE.format(above=1, below=0).id in shown
    blocks = [shown.index(title.id) for title in table_view.BLOCKS.values()]
    assert blocks == sorted(blocks)
    assert shown.index("Satu") < blocks[1] < shown.index("Dua") < blocks[2] < shown.index("Tiga")
    _choose(app, method_view.RANGE_OF.id, "one-unit-alone")
    assert _cells(html_of(app), "r") == ["1", "2", "3"]
    assert app.query_params["ranks"] == "one-unit-alone"
    _choose(app, filters.ORDER.id, "low")
    assert _ranked(html_of(app)) == ["77,50 B", "91,25 A", "96,25 A"]


def test_what_is_searched_filtered_and_ordered_stands_in_the_address(
    open_page: OpenPage, database: Database
) -> None:
    """A colleague who follows the address sees the same; what nobody matches is said."""
    _compared(database, {"satu": 34, "dua": 26, "tiga": 4})
    samples.create_unit(database, "empat", "<b>Empat")
    samples.insert(database, "empat", [[4] * 9, [3] * 9] * 20, "2026-11")
    set_region(database, ADMIN, "tiga", "64.74")
    for code, target in {"satu": 96, "dua": 92}.items():
        of = Scope(unit=code)
        targets.set_target(database, ADMIN, of, Index.IKM, Period.parse("2026"), Decimal(target), NOW)
    app = open_page("perbandingan", filter="target")
    assert _ranked(html_of(app)) == ["91,25 A"]
    app = open_page("perbandingan")
    assert html_of(app).count("<tr><th") == 4 + 1  # and the head
    assert "&lt;b&gt;Empat" in html_of(app)
    app.pills[0].set_value("B").run()
    assert _ranked(html_of(app)) == ["87,50 B", "77,50 B"]
    _choose(app, filters.REGION.id, "64.74")
    assert _ranked(html_of(app)) == ["77,50 B"]
    app.text_input[0].set_value("satu").run()
    assert filters.nothing() in [shown.value for shown in app.markdown]
    asked = {name: app.query_params[name] for name in ("filter", "region", "q")}
    assert asked == {"filter": "B", "region": "64.74", "q": "satu"}
    other = open_page("perbandingan", filter="A", sort="name", region="none", q="")
    assert _ranked(html_of(other)) == ["91,25 A", "96,25 A"]
    assert not other.exception


def test_units_of_a_kind_are_shown_alone_and_judged_among_all(
    open_page: OpenPage, database: Database
) -> None:
    """Ranks and sides stay those of all units that are compared, as with every filter."""
    _compared(database, {"satu": 34, "dua": 26, "tiga": 4})
    assert filters.KIND.id not in [s.label for s in open_page("perbandingan").selectbox]
    set_kind(database, ADMIN, "satu", "samsat")
    set_kind(database, ADMIN, "tiga", "samsat")
    app = open_page("perbandingan")
    _choose(app, filters.KIND.id, "samsat")
    assert app.query_params["kind"] == "samsat"
    assert _ranked(html_of(app)) == ["96,25 A", "77,50 B"]
    assert _cells(html_of(app), "r") == ["1–2", "3"]
    assert _ranked(html_of(open_page("perbandingan", kind="none"))) == ["91,25 A"]
    assert _ranked(html_of(open_page("perbandingan", kind="samsat", filter="B", tab="dots"))) == ["77,50 B"]


def test_a_clear_fall_since_last_year_is_marked_and_can_be_asked_for(
    open_page: OpenPage, database: Database
) -> None:
    """Turun: 97.50 a year ago, 77.50 now; Naik the other way; Kurang by chance."""
    for code, (before, now) in {"turun": (36, 4), "naik": (4, 36), "kurang": (20, 18)}.items():
        samples.create_unit(database, code, code.title())
        for month, fours in (("2025-11", before), ("2026-11", now)):
            samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (40 - fours), month)
    app = open_page("perbandingan", sort="year")
    assert _cells(html_of(app), "d") == [
        '<b class="fell">▼ −20,00</b>', "−1,25", '<b class="rose">▲ +20,00</b>',
    ]  # fmt: skip
    app.pills[0].set_value("fell").run()
    assert _ranked(html_of(app)) == ["77,50 B"]


def test_estimates_stand_one_click_away_and_beside_units_that_are_too_small_for_a_rank(
    open_page: OpenPage, database: Database
) -> None:
    """No estimate with fewer than ten units; of four people never one."""
    _compared(database, {f"u{i}": 4 + 3 * i for i in range(8)})
    assert area_words.ESTIMATE.id not in [e.label for e in open_page("perbandingan").expander]
    _compared(database, {"sembilan": 30})
    for code, n in {"delapan": 8, "empat": 4}.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[3] * 9] * n, "2026-11")
    app = open_page("perbandingan")
    shown = html_of(app)
    estimate = r'<td class="number">\d\d,\d<small>\d\d,\d–\d\d,\d</small></td></tr>'
    assert len(re.findall(rf'<td class="number">40</td>{estimate}', shown)) == 9
    assert len(re.findall(rf'<td class="number">8</td>{estimate}', shown)) == 1
    assert re.search(r'<td class="number">4</td><td class="number">–</td></tr>', shown)
    assert area_words.MEANING.id in [text.value for text in app.markdown]


def test_where_no_unit_is_clearly_above_another_that_is_said(open_page: OpenPage, database: Database) -> None:
    _compared(database, {"satu": 26, "dua": 25})
    app = open_page("perbandingan")
    assert _cells(html_of(app), "r") == ["1–2", "1–2"]
    assert method_view.NONE_CLEAR.id in [text.value for text in app.markdown]
    assert app.title[0].value == view.ALIKE.format(scope=view.PROVINCE).id


def test_the_table_of_units_and_unsur_holds_every_unit(open_page: OpenPage, database: Database) -> None:
    """Lima gives unsur 3 only twos where others give threes and fours; four people are nobody's table."""
    _compared(database, {"satu": 36, "dua": 30, "tiga": 24})
    samples.create_unit(database, "lima", "Lima")
    low = [[4, 4, 2, 4, 4, 4, 4, 4, 4]] * 30 + [[3, 3, 2, 3, 3, 3, 3, 3, 3]] * 10
    samples.insert(database, "lima", low, "2026-11")
    samples.create_unit(database, "empat", "Empat")
    samples.insert(database, "empat", [[4] * 9] * 4, "2026-11")
    app = open_page("perbandingan", tab="unsur")
    shown = html_of(app)
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr><th.*?</tr>", shown)[1:]]
    assert len(rows) == 5
    assert '<td class="fD">▼ 50,0<sub>D</sub></td>' in shown
    assert [row[:9] for row in rows if row[0] == "–"] == [["–"] * 9]  # those of four people
    assert heat_view.LOWEST.format(unsur="Waktu Penyelesaian", n=4, of=5).id in shown
    _choose(app, filters.ORDER.id, "waktu")
    assert re.findall(r'_self">(\w+)</a></th>', html_of(app))[0] == "Lima"
    assert not app.exception


def test_the_units_outside_the_funnel_are_all_named(open_page: OpenPage, database: Database) -> None:
    """Of 40 sheets 4, 20 and 36 are all fours: 77.50, 87.50 and 97.50 with se of about 1.6.

    The outer two lie six of these from the mean, far beyond 99.8%; the middle one lies on it.
    """
    _compared(database, {"ptsp": 4, "gerai": 20, "loket": 36})
    app = open_page("perbandingan", tab="spread")
    (funnel,) = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert sorted(funnel["data"][-1]["text"]) == ["Gerai", "Loket", "Ptsp"]
    shown = html_of(app).partition(funnel_view.OUTSIDE.format(title=funnel_view.BELOW, n=1).id)[2]
    below, _, above = shown.partition(funnel_view.OUTSIDE.format(title=funnel_view.ABOVE, n=1).id)
    assert "Ptsp" in below
    assert "77,50 B" in below
    assert "Loket" in above
    assert "Gerai" not in below + above


def test_a_tile_of_the_map_leads_to_the_units_of_the_region(open_page: OpenPage, database: Database) -> None:
    _compared(database, {"satu": 36, "dua": 30})
    assert view.NO_REGION.id in [s.value for s in open_page("perbandingan", tab="regions").markdown]
    set_region(database, ADMIN, "satu", "64.74")
    shown = html_of(open_page("perbandingan", tab="regions"))
    assert 'href="/perbandingan?region=64.74"' in shown
    assert "<b>97,50</b>" in shown
    assert _ranked(html_of(open_page("perbandingan", region="64.74"))) == ["97,50 A"]


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
    assert method_view.UNRANKED.format(why=few, n=2).id in [e.label for e in app.expander]


def _ranked(shown: str) -> list[str]:
    """IKM and mutu in the order of the table."""
    found = re.findall(r'<td class="v"><b>(.*?)</b> <b class="m\w">(\w)</b>', shown)
    return [f"{value} {letter}" for value, letter in found]


def _cells(shown: str, column: str) -> list[str]:
    """The cells of a column of the table, without what only a pointer shows; not those of the blocks."""
    found = re.findall(rf'<td class="{column}">(.*?)</td>', shown)
    return [re.sub(r'<span title="[^"]*">(.*?)</span>', r"\1", cell) for cell in found if cell]


def _choose(app: AppTest, label: str, value: Any) -> None:
    next(s for s in app.selectbox if s.label == label).set_value(str(value)).run()
    assert not app.exception
