"""The page on how sure a result is: the unit's own numbers, and a reason wherever there is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.comparison import change
from analytics.ikm import Estimate, IkmResult, Moments, Odds, Past, Peers, Told, odds, score
from analytics.period import Period
from analytics.reason import Reason
from survey_app.pages import doors
from survey_app.pages.seberapa_yakin import (
    change_view,
    figures,
    grade_view,
    interval_view,
    limits_view,
    page,
    rank_view,
)
from survey_app.pages.specs import PAGES
from survey_app.services.ikm import narrowed, results
from survey_app.services.ikm.halving import answers_to_halve
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.province.left_out import Why
from survey_app.storage.database import Database
from survey_app.ui import choosing, links, one_unit
from survey_app.wording import left_out_words, odds_words, spread_words, sureness, terms
from survey_app.wording.odds_words import Sureness
from survey_app.wording.reasons import SAME_ANSWERS, reason_clause, reason_text
from survey_app.wording.voice import Voice
from tests.pages.conftest import OpenPage, words_of
from tests.reports import samples

ID = Voice("id")
QUARTER = Period.parse("2026-TW4")
#: Forty sheets, IKM 25 x 3.3 = 82.50.
ROWS = [[4] * 9] * 12 + [[3] * 9] * 28
#: Units of the province in the year before, most of them around 80.
PEERS = Peers(shares=(0,) * 20 + (10, 30, 30, 20, 10) + (0,) * 5, dispersion=0.3, units=40)


def _filled(database: Database, rows: Sequence[Sequence[int]] = ROWS, month: str = "2026-11") -> None:
    samples.create_unit(database, "satu", "Unit Satu")
    samples.insert(database, "satu", [list(row) for row in rows], month)


def _shown(app: AppTest) -> str:
    assert not app.exception
    told = [*app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(element.value for element in told)


def _figure(app: AppTest, key: str) -> dict[str, Any] | None:
    """The figure of that key; None where the page has none."""
    for chart in app.get("plotly_chart"):
        if chart.proto.id.endswith(f"-{key}"):
            found: dict[str, Any] = json.loads(chart.proto.spec)
            return found
    return None


def _with_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a night in a province of forty units."""
    found = results.result_of
    monkeypatch.setattr(results, "result_of", lambda *a, **k: replace(found(*a, **k), peers=PEERS))


def _ends(result: IkmResult) -> tuple[str, str]:
    assert result.interval is not None
    return ID.decimal(result.interval[0]), ID.decimal(result.interval[1])


def test_the_interval_is_told_and_drawn_on_the_scale(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    app, expected = open_page("seberapa-yakin", unit="satu"), score(Moments.from_answers(ROWS))
    low, high = _ends(expected)
    shown = _shown(app)
    assert interval_view.INTERVAL.format(name=terms.IKM, ikm="82,50", low=low, high=high).id in shown
    figure = _figure(app, "interval")
    assert figure is not None
    assert figure["data"][0]["x"] == list(expected.interval or ())
    assert (figure["data"][1]["x"], figure["layout"]["xaxis"]["range"]) == ([82.5], [25, 100])
    assert [note["text"] for note in figure["layout"]["annotations"]] == [f"<b>{m}</b>" for m in "DCBA"]
    assert expected.sample is not None
    assert spread_words.of_sample(expected.sample, ID) in shown
    assert interval_view.SAY_BOTH.format(index=terms.IKM, low=low, high=high).id in shown


def test_what_makes_the_interval_wide_is_told_with_numbers(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    sample = score(Moments.from_answers(ROWS)).sample
    assert sample is not None
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert interval_view.ANSWERED.format(n=40).id in shown
    assert interval_view.NO_USERS.id in shown
    assert spread_words.of_past(sample, ID) in shown
    assert interval_view.HALF.format(more=answers_to_halve(sample, 40)).id in shown


def test_users_that_are_known_are_told_as_a_share(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    samples.serve(database, "satu", "2026-TW4", 160)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert interval_view.USERS.format(n=40, users=160, share="25%").id in shown
    assert interval_view.NO_USERS.id not in shown
    sample = score(Moments.from_answers(ROWS), population=160).sample
    assert sample is not None
    assert interval_view.HALF.format(more=answers_to_halve(sample, 40)).id in shown


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[2] * 9, [3] * 9, [4] * 9] * 13 + [[3] * 9], interval_view.USUAL),
        ([[1] * 9, [4] * 9] * 20, interval_view.MORE),
        ([[3] * 8 + [4], [4] + [3] * 8] * 19 + [[3] * 9, [4, 4] + [3] * 7], interval_view.LESS),
        ([[3] * 9] * 40, SAME_ANSWERS),
    ],
)
def test_how_alike_the_answers_are_is_told(
    rows: list[list[int]],
    said: Any,
    open_page: OpenPage,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Beside the units of the province; without these nothing is called usual."""
    _filled(database, rows)
    alone = _shown(open_page("seberapa-yakin", unit="satu"))
    assert not any(t.id in alone for t in (interval_view.USUAL, interval_view.MORE, interval_view.LESS))
    _with_peers(monkeypatch)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    every = (interval_view.USUAL, interval_view.MORE, interval_view.LESS, SAME_ANSWERS)
    assert [text for text in every if text.id in shown] == [said]


def test_whether_the_interval_crosses_grades_is_told(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    low, high = score(Moments.from_answers(ROWS)).interval or (0.0, 0.0)
    # 82.50 lies 5.89 above the beginning of B and 5.81 below that of A.
    assert (low > 76.61, high < 88.31) == (True, True)
    assert interval_view.ONE_GRADE.format(mutu="B").id in shown
    samples.create_unit(database, "dua", "Unit Dua")
    samples.insert(database, "dua", ROWS[10:22], "2026-11")
    shown = _shown(open_page("seberapa-yakin", unit="dua"))
    # Two of twelve gave 4: 79.17, from below 76.61 to below 88.31.
    low, high = score(Moments.from_answers(ROWS[10:22])).interval or (0.0, 0.0)
    assert (low < 76.61, 76.61 < high < 88.31) == (True, True)
    assert interval_view.SEVERAL_GRADES.format(low="C", high="B").id in shown


def test_one_answer_has_a_reason_instead_of_everything(open_page: OpenPage, database: Database) -> None:
    _filled(database, ROWS[:1])
    app = open_page("seberapa-yakin", unit="satu")
    shown, why = _shown(app), reason_text(Reason.ONE_RESPONDENT)
    assert interval_view.NO_INTERVAL.format(name=terms.IKM, ikm="100,00", why=why).id in shown
    assert interval_view.ONE_PERSON.id in shown
    figure = _figure(app, "interval")
    assert figure is not None
    assert [trace["x"] for trace in figure["data"]] == [[100.0]]
    assert [_figure(app, key) for key in ("grade", "change", "rank")] == [None] * 3
    few = left_out_words.WHY[Why.FEW].format(fewest=30).id
    assert rank_view.NOT_RANKED.format(why=few).id in shown


def test_where_all_have_answered_nothing_is_uncertain(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    samples.serve(database, "satu", "2026-TW4", 40)
    app = open_page("seberapa-yakin", unit="satu")
    shown = _shown(app)
    assert page.ALL_ANSWERED.format(period=QUARTER).id in shown
    assert (
        interval_view.NO_INTERVAL.format(name=terms.IKM, ikm="82,50", why=reason_text(Reason.CENSUS)).id
        in shown
    )
    assert interval_view.EXACT.id in shown
    assert interval_view.CAPTION.format(index=terms.IKM).id not in shown
    assert "Peluang bermutu **B**: 100%." in shown
    assert _figure(app, "grade") is None
    assert spread_words.LIMITS.id not in shown
    assert limits_view.CHOSEN.id not in shown


def test_two_equal_values_of_all_users_may_be_told_as_the_same(
    open_page: OpenPage, database: Database
) -> None:
    _filled(database)
    samples.insert(database, "satu", ROWS, "2026-08")
    for period in ("2026-TW3", "2026-TW4"):
        samples.serve(database, "satu", period, 40)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert change_view.SAME.id in shown
    assert "Jangan melaporkan kenaikan" not in shown


def test_fewer_recorded_users_than_respondents_are_not_called_unrecorded(
    open_page: OpenPage, database: Database
) -> None:
    _filled(database)
    samples.serve(database, "satu", "2026-TW4", 30)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert interval_view.USERS_IGNORED.id in shown
    assert interval_view.NO_USERS.id not in shown


def test_a_period_of_another_questionnaire_is_not_said_to_be_empty(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "satu", "Unit Satu")
    samples.insert(database, "satu", ROWS, "2026-08")
    samples.change_form(database, "satu", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "satu", [row[:8] for row in ROWS], "2026-11")
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert reason_text(Reason.QUESTIONNAIRE_CHANGED).id in shown
    assert reason_clause(Reason.NO_ANSWERS).id not in shown


def test_an_address_says_nothing_of_another_unit(open_page: OpenPage, database: Database) -> None:
    """Chosen since: it begins with all its services, and nothing is said to be missing."""
    _filled(database)
    samples.create_unit(database, "dua", "Unit Dua")
    samples.insert(database, "dua", ROWS, "2026-11")
    app = open_page("seberapa-yakin", unit="satu", service="umum", period="2026-TW4")
    next(box for box in app.selectbox if box.label == choosing.UNIT.id).select("dua").run()
    shown = _shown(app)
    assert "Unit Dua · Kabupaten Sekadau" in shown
    assert one_unit.NOT_FOUND.id not in shown


def test_without_any_answer_there_is_a_reason_alone(open_page: OpenPage, database: Database) -> None:
    _filled(database, month="2026-01")
    samples.insert(database, "satu", ROWS, "2026-11")
    app = open_page("seberapa-yakin", unit="satu", period="2026-TW3")
    assert _shown(app).splitlines()[-1] == reason_text(Reason.NO_ANSWERS).id
    assert not app.header
    assert not app.get("plotly_chart")


def test_of_a_hidden_result_only_the_reason_is_shown(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(database, ROWS[8:14])
    found = results.result_of

    def hidden(*args: Any, **kwargs: Any) -> UnitResult:
        result = found(*args, **kwargs)
        trend = tuple(narrowed.period(period, Reason.SINGLED_OUT) for period in result.trend)
        return replace(result, trend=trend)

    monkeypatch.setattr(results, "result_of", hidden)
    app = open_page("seberapa-yakin", unit="satu")
    assert _shown(app).splitlines()[-1] == reason_text(Reason.SINGLED_OUT).id
    assert not app.get("plotly_chart")
    # 25 x (4 x 4 + 2 x 3)/6.
    assert "91,67" not in words_of(app)
    assert not app.header


def test_a_grade_in_percent_has_a_hundred_squares(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(database)
    _with_peers(monkeypatch)
    app = open_page("seberapa-yakin", unit="satu")
    expected = odds(Estimate.of(score(Moments.from_answers(ROWS))), peers=PEERS)
    assert expected.told is Told.IN_PERCENT
    assert f"{odds_words.of_letters(expected, ID)}." in _shown(app)
    figure = _figure(app, "grade")
    assert figure is not None
    letters = figure["data"][0]["text"]
    assert len(letters) == 100
    for mutu, chance in expected.probabilities or ():
        assert abs(letters.count(mutu) - 100 * chance) < 1
    assert odds_words.of_peers(PEERS, ID) in _shown(app)
    assert grade_view.HUNDRED.id in _shown(app)


@pytest.mark.parametrize(
    ("n", "peers", "why"),
    [
        (40, False, [odds_words.NO_PEERS]),
        (9, True, [odds_words.FEW_SHEETS]),
        (9, False, [odds_words.FEW_SHEETS, odds_words.NO_PEERS]),
    ],
)
def test_a_grade_in_words_says_why_and_draws_no_percentage(
    n: int,
    peers: bool,
    why: list[Any],
    open_page: OpenPage,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = ROWS[40 - n :]
    _filled(database, rows)
    if peers:
        _with_peers(monkeypatch)
    app = open_page("seberapa-yakin", unit="satu")
    shown = _shown(app)
    expected = odds(Estimate.of(score(Moments.from_answers(rows))), peers=PEERS if peers else None)
    assert f"{odds_words.of_letters(expected, ID)}." in shown
    both = (odds_words.FEW_SHEETS, odds_words.NO_PEERS)
    assert [text for text in both if text.id in shown] == why
    figure = _figure(app, "grade")
    assert figure is not None
    (trace,) = figure["data"]
    assert trace["text"] == [f"<b>{m}</b>" for m in "DCBA"]
    named = [m for m, s in zip("DCBA", trace["marker"]["symbol"], strict=True) if s == "square"]
    assert sorted(named) == sorted(odds_words.possible_letters(expected))
    assert grade_view.HUNDRED.id not in shown


@pytest.mark.parametrize(
    ("chances", "told", "sure"),
    [
        ((0.02, 0.98), Told.IN_PERCENT, Sureness.ALMOST_CERTAIN),
        ((0.2, 0.8), Told.IN_WORDS, Sureness.PROBABLE),
        ((0.4, 0.6), Told.IN_WORDS, Sureness.OPEN),
        ((0.02, 0.98), Told.AS_OPEN, Sureness.OPEN),
    ],
)
def test_what_may_be_done_with_a_letter_follows_the_words(
    chances: tuple[float, float], told: Told, sure: Sureness
) -> None:
    assert odds_words.sureness(Odds(tuple(zip("BA", chances, strict=True)), told=told)) is sure


@pytest.mark.parametrize(
    ("chances", "squares"),
    [
        ((0.333, 0.333, 0.334), [34, 33, 33]),
        ((0.0, 0.004, 0.996), [100, 0, 0]),
        ((0.0, 0.006, 0.994), [99, 1, 0]),
        ((0.125, 0.25, 0.625), [63, 25, 12]),
    ],
)
def test_squares_are_a_hundred_whatever_is_rounded(chances: tuple[float, ...], squares: list[int]) -> None:
    found = figures.squares(Odds(tuple(zip("CBA", chances, strict=True))))
    assert [n for _, n in found] == squares


def test_a_change_is_drawn_round_zero_and_judged(open_page: OpenPage, database: Database) -> None:
    before = [[3] * 9] * 40
    _filled(database, before, "2026-08")
    samples.insert(database, "satu", [[4] * 9] * 36 + [[3] * 9] * 4, "2026-11")
    app = open_page("seberapa-yakin", unit="satu")
    after = score(Moments.from_answers([[4] * 9] * 36 + [[3] * 9] * 4))
    expected = change(Estimate.of(score(Moments.from_answers(before))), Estimate.of(after))
    shown = _shown(app)
    # 25 x 3.9 - 75.
    assert f"**+22,50** (95%: {ID.limit((expected.interval or (0, 0))[0])}" in shown
    assert f", {sureness.CLEARLY_UP.id}." in shown
    assert change_view.UP.id in shown
    figure = _figure(app, "change")
    assert figure is not None
    assert figure["data"][0]["x"] == list(expected.interval or ())
    low, high = figure["layout"]["xaxis"]["range"]
    assert low == -high
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [0]


def test_a_change_that_is_not_clear_is_not_called_none(open_page: OpenPage, database: Database) -> None:
    _filled(database, ROWS, "2026-08")
    samples.insert(database, "satu", ROWS[1:], "2026-11")
    estimates = [Estimate.of(score(Moments.from_answers(rows))) for rows in (ROWS, ROWS[1:])]
    low, high = (ID.limit(end) for end in change(*estimates).interval or (0, 0))
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert change_view.NEITHER.format(low=low, high=high).id in shown
    assert (low[0], high[0]) == ("−", "+")


@pytest.mark.parametrize(("n", "why"), [(0, Reason.NO_ANSWERS), (1, Reason.ONE_RESPONDENT)])
def test_a_period_before_that_cannot_be_compared_says_why(
    n: int, why: Reason, open_page: OpenPage, database: Database
) -> None:
    _filled(database)
    if n:
        samples.insert(database, "satu", ROWS[:n], "2026-08")
    app = open_page("seberapa-yakin", unit="satu")
    shown = _shown(app)
    assert sureness.NO_COMPARISON_YET.format(before=QUARTER.shift(-1)).id in shown
    lacking = change_view.PERIOD_LACKS.format(period=QUARTER.shift(-1), why=reason_clause(why)).id
    assert lacking in shown
    assert change_view.NO_CLAIM.id in shown
    assert _figure(app, "change") is None


def test_both_ranges_of_ranks_are_told_and_drawn(open_page: OpenPage, database: Database) -> None:
    """As on Perbandingan: alone the first is surely the first; together it may be the second."""
    for code, fours in {"satu": 34, "dua": 26, "tiga": 4}.items():
        samples.create_unit(database, code, code.title())
        samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (40 - fours), "2026-11")
    app = open_page("seberapa-yakin", unit="satu")
    shown = _shown(app)
    assert rank_view.RANK.format(n=3, together="1–2", alone="1").id in shown
    assert rank_view.SOME_CLEAR.format(above=0, below=1, others=1).id in shown
    figure = _figure(app, "rank")
    assert figure is not None
    assert [trace["x"] for trace in figure["data"]] == [[0.6, 1.4], [0.6, 2.4]]
    assert rank_view.ALL_CLEAR.id in _shown(open_page("seberapa-yakin", unit="tiga"))


def test_a_rank_that_is_no_order_is_said_to_be_none(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    samples.create_unit(database, "dua", "Unit Dua")
    samples.insert(database, "dua", ROWS[1:], "2026-11")
    assert rank_view.NONE_CLEAR.id in _shown(open_page("seberapa-yakin", unit="satu"))


def test_who_has_no_rank_reads_why(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    assert rank_view.NOT_RANKED.format(why=left_out_words.WHY[Why.ALONE].id).id in shown
    shown = _shown(open_page("seberapa-yakin", unit="satu", service="umum"))
    assert rank_view.SERVICE.id in shown
    samples.create_unit(database, "spak", "Unit SPAK", instrument="spak@1")
    samples.insert(database, "spak", [[3] * 5, [4] * 5] * 20, "2026-11")
    shown = _shown(open_page("seberapa-yakin", unit="spak"))
    assert rank_view.NOT_RANKED.format(why=rank_view.OTHER_INDEX.id).id in shown


def test_earlier_months_are_told_where_they_count(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(database)
    past = Past(weight=30, dispersion=0.25, calibration=7)
    found = results.result_of

    def with_past(*args: Any, **kwargs: Any) -> UnitResult:
        result = found(*args, **kwargs)
        again = replace(result.current, score=score(result.current.moments, past=past))
        return replace(result, trend=(*result.trend[:-1], again))

    monkeypatch.setattr(results, "result_of", with_past)
    sample = score(Moments.from_answers(ROWS), past=past).sample
    assert sample is not None
    told = spread_words.of_past(sample, ID)
    assert "kalibrasi nomor 7" in told
    assert told in _shown(open_page("seberapa-yakin", unit="satu"))


def test_what_is_not_covered_stands_on_the_page(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    shown = _shown(open_page("seberapa-yakin", unit="satu"))
    for text in (spread_words.LIMITS, limits_view.CHOSEN, limits_view.DOUBTFUL, limits_view.METHOD):
        assert text.id in shown
    assert "Survei Kepuasan Masyarakat" in shown


def test_the_unit_page_leads_here_and_back_with_period_and_service(
    open_page: OpenPage, database: Database
) -> None:
    _filled(database)
    there = links.sureness("satu", QUARTER, "umum")
    assert there == "/seberapa-yakin?unit=satu&period=2026-TW4&service=umum"
    asked = {"unit": "satu", "period": "2026-TW4", "service": "umum"}
    assert there in [link.proto.url for link in open_page("unit", **asked).get("link_button")]
    back = [link.proto.url for link in open_page("seberapa-yakin", **asked).get("link_button")]
    assert back == ["/unit?unit=satu&period=2026-TW4&service=umum"]


def test_the_navigation_has_no_room_for_it() -> None:
    hidden = [spec.path for spec in PAGES if spec.path not in doors.listed_for(ADMIN)]
    # The first page leads on, and the survey is for citizens.
    assert hidden == ["beranda", "seberapa-yakin", "survei"]


def test_it_speaks_english_too(open_page: OpenPage, database: Database) -> None:
    _filled(database)
    expected = score(Moments.from_answers(ROWS))
    low, high = (Voice("en").decimal(end) for end in expected.interval or (0, 0))
    assert expected.ikm == Decimal("82.50")
    shown = _shown(open_page("seberapa-yakin", unit="satu", lang="en"))
    assert interval_view.INTERVAL.format(name=terms.IKM, ikm="82.50", low=low, high=high).en in shown
    assert catalogue.find_unit(database, "satu", ADMIN.scope).unit.name in shown


@pytest.mark.parametrize("page", ["unit", "seberapa-yakin"])
def test_what_another_questionnaire_gives_is_not_called_ikm(
    open_page: OpenPage, database: Database, page: str
) -> None:
    samples.create_unit(database, "spak", "Unit SPAK", instrument="spak@1")
    samples.insert(database, "spak", [[3] * 5, [4] * 5, [2, 3, 4, 3, 4]] * 12, "2026-11")
    app = open_page(page, unit="spak")
    told = [*app.markdown, *app.caption, *app.info, *app.warning, *app.header]
    # That it is none is said where ranks are.
    said = [element.value.replace(rank_view.OTHER_INDEX.id, "") for element in told]
    assert [text for text in said if "IKM" in text] == []
    assert '"IKM' not in json.dumps([chart.proto.spec for chart in app.get("plotly_chart")])
