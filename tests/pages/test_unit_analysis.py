"""What the unit page concludes: direction, precision, weights of the services, reliability of the form."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.unit import direction_view as view
from survey_app.pages.unit import sampling_view, weighting_view
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.wording import reliability_words as words
from survey_app.wording import sureness
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW, submission


def told(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def test_months_have_a_direction_and_limits(open_page: OpenPage, database: Database) -> None:
    """Two years, two of twenty sheets better in each month of the second: 2.5 points a year, p = 0.014."""
    samples.create_unit(database, "u", "Unit")
    first = Period.parse("2024-12")
    for i in range(24):
        better = i % 12 % 5 + 4 + 2 * (i // 12)
        rows = [[4] * 9] * better + [[3] * 9] * (20 - better)
        samples.insert(database, "u", rows, str(first.shift(i)))
    page = open_page("unit", unit="u", tab="trend")
    quarters = view.PERIODS.format(
        test=view.METHOD, n=8, certainty="~", range="Triwulan I 2025–Triwulan IV 2026"
    ).id
    assert all(part in told(page) for part in quarters.split("~"))
    page.selectbox(key="period-kind").select("month").run()
    assert not page.exception
    shown = told(page)
    speed = view.SPEED.format(v="+2,50")
    assert view.DIRECTION.format(way=sureness.CLEARLY_UP, speed=speed).id in shown
    assert "; p = 0,014)" in shown  # S = 12 of 12, variance 12: t = 11 / sqrt(12) with 7.5 degrees of freedom
    assert view.NOT_ALIKE.id in shown
    test = view.METHOD.id + view.BY_MONTH.id
    months = view.PERIODS.format(test=test, n=24, certainty="~", range="Desember 2024–November 2026").id
    assert all(part in shown for part in months.split("~"))
    assert view.CONTROL.id.partition("{")[0] in shown


def test_months_that_resemble_their_neighbours_say_so(open_page: OpenPage, database: Database) -> None:
    """Up and down in waves: the correlation beside the trend is 0.83, and S of 42 of 66 is not clear."""
    samples.create_unit(database, "u", "Unit")
    for i, better in enumerate([0, 2, 4, 5, 3, 1, 6, 8, 10, 11, 9, 7]):
        rows = [[4] * 9] * better + [[3] * 9] * (20 - better)
        samples.insert(database, "u", rows, str(Period.parse("2025-12").shift(i)))
    page = open_page("unit", unit="u", tab="trend")
    page.selectbox(key="period-kind").select("month").run()
    assert not page.exception
    assert view.ALIKE.format(r="0,83").id in told(page)
    assert f"**{sureness.NEITHER.id}**" in told(page)


def test_too_few_periods_have_no_direction(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    for month in ("2026-02", "2026-05", "2026-08"):
        samples.insert(database, "u", [[3] * 9, [4] * 9], month)
    assert view.TOO_FEW.format(least=7, n=3).id in told(open_page("unit", unit="u", tab="trend"))


def test_precision_and_the_weights_of_the_services(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """75 from three sheets for 40 users, 100 from one for 60: official 81.25, weighted 90.

    Precision: sqrt(3.841 x 0.25 x 96 / (4 x 99)) = 0.4825. Kish: 4 x (1600 / 3 + 3600) / 10,000 = 1.65.
    """
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    for service, level in (("umum", 3), ("umum", 3), ("umum", 3), ("izin", 4)):
        intake.accept(database, submission((level,) * 9, service=service), NOW)
    for service, users in (("umum", 40), ("izin", 60)):
        catalogue.record_volume(database, ADMIN, "ptsp", service, Period.parse("2026-TW4"), users)
    page = open_page("unit", unit="ptsp", tab="respondents")
    assert not page.exception
    assert sampling_view.PRECISION.format(d="48,2%").id in told(page)
    assert weighting_view.DESIGN_EFFECT.format(deff="1,65", n=4, effective=2).id in told(page)
    shown = html_of(page)
    assert f">{weighting_view.WEIGHTED.id}</td>" in shown
    assert ">81,25</td>" in shown
    assert ">90,00</td>" in shown


def test_the_reliability_of_sekadau_is_that_of_r(open_page: OpenPage, database: Database) -> None:
    """psych::alpha: 0.7403; U1 -0.0720 with the rest, 0.7792 without it; r table 0.28. psych::omega: 0.8506.

    Intervals: reference/omega.json, 0.6063 to 0.8286 and 0.7946 to 0.8914.
    """
    samples.sekadau(database)
    page = open_page("unit", unit="sekadau", tab="quality")
    alpha = words.ALPHA.format(
        alpha="0,740",
        interval=words.INTERVAL.format(interval="0,606–0,829"),
        verdict=words.RELIABLE,
        asked="0,6",
    )
    omega = words.OMEGA.format(
        omega="0,851", interval=words.INTERVAL.format(interval="0,795–0,891"), percent="85%"
    )
    for text in (alpha, omega, words.TOGETHER, words.ALL_ALIKE):
        assert text.id in told(page)
    shown = html_of(page)
    for cell in ("-0,072", "0,282", "0,779"):
        assert f">{cell}</td>" in shown
    assert shown.count(f">{words.NOT_VALID.id}</td>") == 2  # U1 and U2, 0.231, stay below the r table


def test_a_small_unit_is_told_how_many_respondents_it_takes(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "u", "Unit")
    samples.insert(database, "u", [[4] * 8 + [3], [3] * 9, [4] * 9, [3] * 8 + [4]] * 7, "2026-10")
    page = open_page("unit", unit="u", tab="quality")
    assert words.TOO_FEW.format(n="30").id in told(page)
