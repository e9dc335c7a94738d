"""Ways of answering on the page of a unit and over units: the table, and words that say what it is."""

from __future__ import annotations

import re

import pytest

from analytics import Period
from survey_app import instruments
from survey_app.services.answers.intake import Channel
from survey_app.services.places import users_by_profile
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database
from survey_app.wording import gap_words, way_words
from survey_app.wording.way_words import NAMES
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples

KIOSK, PAPER, WEB = Channel.KIOSK, Channel.PAPER, Channel.WEB
NAMED = {"way": NAMES[WEB].id, "main": NAMES[KIOSK].id.lower()}


def _answer(database: Database, code: str, channel: Channel, n: int, better: int) -> None:
    """`n` sheets, `better` of each ten of which are all 4, the others all 3."""
    rows = [[4] * 9 if i % 10 < better else [3] * 9 for i in range(n)]
    samples.answered(database, code, rows, "2026-11", channel)


def test_a_unit_tells_its_ways_and_what_is_clear(open_page: OpenPage, database: Database) -> None:
    """Of the kiosk eight of ten are content, of the phone four: 95 and 85. Interval by Welch's t in SciPy."""
    samples.create_unit(database, "u", "Unit")
    _answer(database, "u", KIOSK, 100, 8)
    _answer(database, "u", WEB, 60, 4)
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    told = [m.value for m in page.markdown]
    assert way_words.LOWER.format(**NAMED, points="10,0").id in told
    assert way_words.ASSOCIATION.id in [c.value for c in page.caption]
    shown = html_of(page)
    assert "95,00" in shown
    assert "−10,0<small>−13,7 sampai −6,3</small>" in shown


def test_another_index_has_its_own_name(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit", instrument="spak@1")
    k = len(instruments.get("spak@1").elements)
    for channel in (KIOSK, WEB):
        rows = [[4] * k, [3] * k] * 10
        samples.answered(database, "u", rows, "2026-11", channel, profiles=[{"jenis_kelamin": "P"}])
    users_by_profile.record(database, ADMIN, "u", Period.parse("2026"), "jenis_kelamin", {"L": 1, "P": 2})
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    shown = html_of(page)
    assert "Nilai (selang 95%)" in shown
    weighted = shown.partition("Ditimbang menurut jenis kelamin")[0].rpartition("<table")[2]
    assert "Anti Korupsi" in weighted
    assert "IKM" not in weighted


def test_a_way_of_a_few_is_hidden_with_its_difference(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    _answer(database, "u", KIOSK, 100, 8)
    _answer(database, "u", WEB, 60, 4)
    _answer(database, "u", PAPER, 3, 0)
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    shown = html_of(page)
    assert NAMES[PAPER].id in shown
    # With the three one more has to be hidden, and so nothing is said of the phone either.
    assert "−10,0" not in shown
    assert not any(NAMES[WEB].id in m.value for m in page.markdown)


def test_units_are_told_together(open_page: OpenPage, database: Database) -> None:
    for i in range(6):
        samples.create_unit(database, f"u{i}", f"Unit {i}")
        _answer(database, f"u{i}", KIOSK, 60, 8)
        _answer(database, f"u{i}", WEB, 40, 3 + i % 2)
    page = open_page("perbandingan", tab="ways")
    assert not page.exception
    tab = page.tabs[4]
    assert tab.label == "Cara menjawab"
    # 95 against 82.5 and 85 by turns; all cells are of equal size.
    assert tab.markdown[-1].value == way_words.LOWER.format(**NAMED, points="11,3").id
    assert ">6<" in html_of(page)


def test_too_few_say_what_is_missing(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    _answer(database, "u", KIOSK, 100, 8)
    _answer(database, "u", WEB, 9, 4)
    page = open_page("unit", unit="u", tab="respondents")
    assert way_words.TOO_FEW.format(**NAMED, least=10).id in [m.value for m in page.markdown]
    assert not page.exception


def test_enough_that_rest_on_two_people_are_not_called_too_few(
    open_page: OpenPage, database: Database
) -> None:
    """Ten of either way where both were used: nine against one each month."""
    samples.create_unit(database, "u", "Unit")
    for month, one, nine in (("2026-10", KIOSK, WEB), ("2026-11", WEB, KIOSK)):
        samples.answered(database, "u", [[3] * 9], month, one)
        samples.answered(database, "u", [[4] * 9, [3] * 9, [2] * 9] * 3, month, nine)
    samples.answered(database, "u", [[4] * 9] * 9, "2026-09", KIOSK)
    page = open_page("unit", unit="u", tab="respondents", period="2026")
    assert not page.exception
    told = [m.value for m in page.markdown]
    assert way_words.UNEVEN.format(**NAMED).id in told


def test_ways_that_differ_in_every_answer_are_not_called_alike(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "u", "Unit")
    _answer(database, "u", KIOSK, 40, 10)
    _answer(database, "u", WEB, 20, 0)
    told = [
        m.value
        for m in open_page("unit", unit="u", tab="respondents").markdown
        if m.value.startswith(NAMES[WEB].id)
    ]
    why = "karena nilai responden dari tiap cara sama untuk layanan dan bulan yang sama."
    assert [said.endswith(why) for said in told] == [True]


def test_another_questionnaire_keeps_its_name(open_page: OpenPage, database: Database) -> None:
    """Its result is no IKM, by way of answering and weighted as little as at the top of the page."""
    samples.create_unit(database, "s", "Unit", instrument="spak@1")
    for channel, level, sex in ((KIOSK, 4, "L"), (WEB, 3, "P")):
        rows = [[level] * 5, [level - 1] * 5] * 15
        samples.answered(database, "s", rows, "2026-11", channel, profiles=[{"jenis_kelamin": sex}])
    year = Period.parse("2026")
    users_by_profile.record(database, ADMIN, "s", year, "jenis_kelamin", {"L": 50, "P": 50})
    page = open_page("unit", unit="s", tab="respondents")
    assert not page.exception
    heads = re.findall(r"<th[^>]*>(.*?)</th>", html_of(page))
    assert "Nilai (selang 95%)" in heads
    assert heads.count("Indeks Survei Persepsi Anti Korupsi") == 1
    assert not [head for head in heads if head.startswith("IKM")]


@pytest.mark.parametrize(("men", "told"), [(1, ("*", "*")), (0, ("38%", "0%")), (5, ("38%", "13%"))])
def test_what_is_left_open_is_told_where_it_is_clear(
    open_page: OpenPage, database: Database, men: int, told: tuple[str, str]
) -> None:
    """Women leave U9 open on paper in 15 of 40. That one man does stays hidden: of the 16 that
    the page tells elsewhere, 38 % of 40 women are 15."""
    samples.create_unit(database, "u", "Unit")
    for gender, left in (("P", 15), ("L", men)):
        rows = [[4] * 9] * (40 - left) + [[4] * 8 + [0]] * left
        profile = {"jenis_kelamin": gender}
        samples.answered(database, "u", rows, "2026-11", PAPER, profiles=[profile])
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    names = {"group": "Jenis kelamin: Perempuan", "what": "U9 Penanganan Pengaduan, Saran dan Masukan"}
    shown = html_of(page)
    assert gap_words.MORE.format(**names).id in [m.value.replace("\\", "") for m in page.markdown]
    row = shown[shown.index(names["group"]) :]
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", row[: row.index("</tr>")])
    assert tuple(cells[-2:]) == told


def test_that_nothing_stands_out_is_one_sentence(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    rows = [[4] * 9] * 30 + [[4] * 8 + [0]] * 6
    samples.answered(database, "u", rows, "2026-11", PAPER, profiles=[{"jenis_kelamin": "L"}])
    page = open_page("unit", unit="u", tab="respondents")
    told = [m.value for m in page.markdown]
    assert gap_words.NOTHING.id in told
    assert gap_words.NO_WAY.id not in told  # all answered in one way
    assert not page.exception
