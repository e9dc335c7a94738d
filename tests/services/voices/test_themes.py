"""What is complained about most: by complaints, in the words most often said, and no few people's words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analytics.period import Period
from analytics.text import Kind
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.voices.themes import of_month
from survey_app.storage.database import Database
from tests.submissions import NOW, submission

NOVEMBER = Period.parse("2026-11")
OCTOBER = datetime(2026, 10, 10, tzinfo=UTC)


def say(database: Database, texts: list[str], when: datetime = NOW, unit: str = "u") -> None:
    for text in texts:
        sent = submission(
            (3,) * 9, unit=unit, comment=text, client_time=when, time_source=intake.TimeSource.ROW
        )
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt), text


@pytest.fixture
def units(database: Database) -> Database:
    catalogue.create_agency(database, ADMIN, "dinas", "Dinas")
    for code in ("u", "v"):
        catalogue.create_unit(database, ADMIN, "dinas", code, code, time_zone="Asia/Makassar")
    return database


def test_themes_are_ordered_by_complaints_and_quoted_by_what_is_said_most(units: Database) -> None:
    say(units, ["Toilet kotor", "Toilet kotor!", "toilet  kotor", "Toilet rusak", "Ruang tunggu panas"])
    say(units, ["Petugas ramah"] * 6)
    say(units, ["Toilet kotor"] * 2, OCTOBER)
    month = of_month(units, PROVINCE, NOVEMBER, inside=True)
    assert (month.total, month.read) == (11, 11)
    first, second = month.themes
    assert (first.unsur, first.kinds, first.earlier) == ("sarpras", ((Kind.COMPLAINT, 5),), 2)
    assert (first.quote, first.times) == ("Toilet kotor", 3)
    # More comments, but praise: what is complained about comes first.
    assert (second.unsur, second.complaints, second.quote, second.times) == (
        "perilaku",
        0,
        "Petugas ramah",
        6,
    )
    assert [theme.unsur for theme in of_month(units, PROVINCE, NOVEMBER, 1, inside=True).themes] == [
        "sarpras"
    ]


def test_outside_no_kind_of_few_is_told_nor_a_unit_of_few(units: Database) -> None:
    say(units, ["Toilet kotor"] * 4 + ["Petugas ramah"] * 5)
    say(units, ["Biaya mahal"] * 4, unit="v")
    inside = of_month(units, PROVINCE, NOVEMBER, inside=True)
    assert {theme.unsur for theme in inside.themes} == {"sarpras", "biaya", "perilaku"}
    outside = of_month(units, PROVINCE, NOVEMBER, inside=False)
    assert [(t.unsur, t.kinds) for t in outside.themes] == [("perilaku", ((Kind.PRAISE, 5),))]
    assert outside.total == 9


def test_outside_it_is_not_told_how_often_few_said_the_same(units: Database) -> None:
    say(units, ["Toilet kotor"] * 4 + ["Toilet rusak"] + ["Petugas ramah"] * 5)
    told = {
        inside: {t.quote: t.times for t in of_month(units, PROVINCE, NOVEMBER, inside=inside).themes}
        for inside in (True, False)
    }
    assert told == {
        True: {"Toilet kotor": 4, "Petugas ramah": 5},
        False: {"Toilet kotor": None, "Petugas ramah": 5},
    }


def test_a_name_is_masked_in_a_quote(units: Database) -> None:
    say(units, ["Toilet kotor kata Bu Sri Wahyuni"] * 2)
    quote = of_month(units, PROVINCE, NOVEMBER, inside=True).themes[0].quote
    assert quote is not None
    assert "Wahyuni" not in quote
