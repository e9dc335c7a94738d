"""The weighted index on the page of a unit, and the form that its sizes come from."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from analytics import Period
from survey_app import instruments
from survey_app.pages.pengaturan import profile_users_view
from survey_app.pages.unit import raked_view
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm.raked import Unused
from survey_app.services.places import catalogue, users_by_profile
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples

YEAR, QUARTER = Period.parse("2026"), Period.parse("2026-TW4")


def _captions(page: AppTest) -> list[str]:
    return [c.value for c in page.caption]


def _answered(database: Database, n_open: int) -> None:
    """Ten men at 62.5, thirty women at 87.5, and some who do not say."""
    samples.create_unit(database, "u", "Unit")
    for n, level, profile in (
        (10, 3, {"jenis_kelamin": "L"}),
        (30, 4, {"jenis_kelamin": "P"}),
        (n_open, 4, {}),
    ):
        rows = [[level] * 9, [level - 1] * 9] * (n // 2)
        samples.answered(database, "u", rows, "2026-11", Channel.KIOSK, profiles=[profile])


def test_it_stands_beside_the_official_one(open_page: OpenPage, database: Database) -> None:
    _answered(database, 6)
    users_by_profile.record(database, ADMIN, "u", YEAR, "jenis_kelamin", {"L": 500, "P": 500})
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    shown = html_of(page)
    assert "Ditimbang menurut jenis kelamin" in shown
    assert "75,00" in shown
    said = _captions(page)
    assert raked_view.DESIGN_EFFECT.format(deff="1,33", n="40", effective="30").id in said
    assert raked_view.LEFT_OPEN.format(n="6").id in said
    assert raked_view.WHY.id in said


def test_who_answered_but_left_another_field_open_is_not_called_without_answers(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "u", "Unit")
    usia = next(f for f in instruments.get("skm-2017@1").profile if f.key == "usia")
    ages = {option.key: 0 for option in usia.options} | {(age := usia.options[1].key): 1_000}
    rows = [[4] * 9, [3] * 9] * 3
    for n, profile in ((5, {"jenis_kelamin": "L", "usia": age}), (1, {"jenis_kelamin": "P"})):
        samples.answered(database, "u", rows * n, "2026-11", Channel.KIOSK, profiles=[profile])
    users_by_profile.record(database, ADMIN, "u", YEAR, "jenis_kelamin", {"L": 500, "P": 500})
    users_by_profile.record(database, ADMIN, "u", YEAR, "usia", ages)
    said = _captions(open_page("unit", unit="u", tab="respondents"))
    (empty,) = [s for s in said if s.endswith("tidak terwakili: Perempuan.")]
    assert empty.startswith("Tanpa jawaban yang mengisi profil yang dipakai")


def test_a_few_who_left_it_open_are_not_counted_out(open_page: OpenPage, database: Database) -> None:
    """Nor by the design effect, which would tell how many of the others are men."""
    _answered(database, 2)
    users_by_profile.record(database, ADMIN, "u", YEAR, "jenis_kelamin", {"L": 500, "P": 500})
    page = open_page("unit", unit="u", tab="respondents")
    said = _captions(page)
    assert raked_view.SOME_LEFT_OPEN.id in said
    assert not any("Efek desain" in words for words in said)
    row = html_of(page).partition("Ditimbang menurut jenis kelamin")[2].partition("</tr>")[0]
    assert "*" in row
    assert ">40<" not in row
    assert not page.exception


def test_groups_of_a_few_are_named_and_not_counted_out(open_page: OpenPage, database: Database) -> None:
    """Three under twenty: with the six who say nothing they are hidden, and the six would give them away."""
    samples.create_unit(database, "u", "Unit")
    for n, usia in ((3, "17-"), (20, "18-25"), (30, "36-45")):
        samples.answered(database, "u", [[4] * 9] * n, "2026-11", Channel.KIOSK, profiles=[{"usia": usia}])
    samples.answered(database, "u", [[3] * 9] * 6, "2026-11", Channel.KIOSK)
    ages = {o.key: 10 for o in instruments.get("skm-2017@1").profile[1].options}
    users_by_profile.record(database, ADMIN, "u", YEAR, "usia", ages)
    page = open_page("unit", unit="u", tab="respondents")
    assert not page.exception
    said = _captions(page)
    assert raked_view.SOME_LEFT_OPEN.id in said
    assert any("dihitung sebagai satu golongan" in words for words in said)


def test_a_field_that_cannot_be_used_says_why(open_page: OpenPage, database: Database) -> None:
    _answered(database, 6)
    users_by_profile.record(database, ADMIN, "u", YEAR, "jenis_kelamin", {"L": 0, "P": 500})
    page = open_page("unit", unit="u", tab="respondents")
    why = raked_view.UNUSED[Unused.NOBODY_SERVED].format(name="Jenis kelamin")
    assert why.id in _captions(page)
    assert "Ditimbang menurut" not in html_of(page)


def test_the_form_records_every_option_or_says_what_is_missing(
    open_page: OpenPage, database: Database
) -> None:
    samples.create_unit(database, "u", "Unit")
    page = open_page("pengaturan", unit="u")
    key = f"p-u-{QUARTER}-jenis_kelamin-"
    page.number_input(key=f"{key}L").set_value(300)
    _save(page)
    assert any("isi jumlah untuk setiap pilihan" in e.value for e in page.error)
    page.number_input(key=f"{key}P").set_value(500)
    _save(page)
    assert not page.exception
    recorded = users_by_profile.recorded(database, "u", QUARTER, within=PROVINCE)
    assert recorded == {"jenis_kelamin": {"L": 300, "P": 500}}
    catalogue.record_volume(database, ADMIN, "u", "umum", QUARTER, 900)
    again = open_page("pengaturan", unit="u")
    assert profile_users_view.SCALED.format(sum="800", users="900").id in _captions(again)


def _save(page: AppTest) -> None:
    (button,) = (b for b in page.button if b.label == profile_users_view.SAVE.id)
    button.click().run()
