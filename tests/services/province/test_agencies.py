"""Agencies side by side: their values are those of a summary of each, and what is low among their units."""

from __future__ import annotations

import pytest

from analytics.comparison import Method
from analytics.period import Period
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.agencies import by_agency, low_letters
from survey_app.services.province.grading import Grading
from survey_app.services.province.summary import summary
from survey_app.storage.database import Database
from tests.reports import samples

NOVEMBER = Period.parse("2026-11")


@pytest.mark.parametrize("method", list(Method))
def test_each_is_what_its_own_summary_says_the_highest_first(database: Database, method: Method) -> None:
    for code, agency, low in (("a", "Satu", 12), ("b", "Satu", 2), ("c", "Dua", 0), ("d", "Tiga", -1)):
        samples.create_unit(database, code, code, agency=agency)
        if low >= 0:
            samples.insert(database, code, [[2] * 9] * low + [[3] * 9] * 20 + [[4] * 9] * 8, "2026-11")
    rows = by_agency(summary(database, PROVINCE, NOVEMBER, method), method)
    assert [row.agency.name for row in rows] == ["Dua", "Satu", "Tiga"]
    for row in rows:
        alone = summary(database, Scope(agency=row.agency.code), NOVEMBER, method).index
        assert (row.index.estimate, row.index.band) == (alone.estimate, alone.band)
    # a: 25 x (24 + 60 + 32) / 40 = 72.50, C; b: 25 x (4 + 60 + 32) / 30 = 80.00, B.
    assert [(row.low, len(row.units)) for row in rows] == [(0, 1), (1, 2), (0, 0)]


@pytest.mark.parametrize(("letters", "low"), [("ABCD", "CD"), ("PQRST", "ST"), ("", ""), ("YN", "N")])
def test_the_lower_half_of_the_letters_is_low(letters: str, low: str) -> None:
    assert "".join(low_letters(Grading(None, tuple(letters), {}))) == low
