"""Paper forms: gaps are allowed, a numbered sheet counts once, the operator is recorded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from survey_app.services.answers import paper
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt, Rejection
from survey_app.services.answers.paper import PaperForm
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.storage.tables import response
from tests.submissions import KEYS, NOW


def sheet(number: str = "001", digits: str = "334043344", **changes: Any) -> PaperForm:
    answers = {key: int(digit) or None for key, digit in zip(KEYS, digits, strict=True)}
    return replace(
        PaperForm(id=uuid7(NOW), unit="ptsp", number=number, operator="loket-1", answers=answers), **changes
    )


def rows(database: Database) -> list[tuple[Any, ...]]:
    columns = (response.c.scores, response.c.channel, response.c.month, response.c.time_source)
    with database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(response.c.seq))]


def codes(outcome: Receipt | Rejection) -> list[str]:
    assert isinstance(outcome, Rejection)
    return [problem.code for problem in outcome.problems]


def test_a_sheet_with_a_gap_is_stored_with_its_operator(database: Database, unit: UnitEntry) -> None:
    assert isinstance(paper.enter(database, ADMIN, sheet(), NOW), Receipt)
    assert rows(database) == [("334043344", "paper", 202611, "server")]
    entered = paper.recent(database, "ptsp", within=PROVINCE)
    assert [(s.number, s.operator, s.entered_at) for s in entered] == [("001", "loket-1", NOW)]


def test_what_was_written_on_paper_is_stored_without_numbers(database: Database, unit: UnitEntry) -> None:
    assert isinstance(
        paper.enter(database, ADMIN, sheet(comment="Pak Joko ramah, hub. 741234"), NOW), Receipt
    )
    with database.read() as connection:
        assert connection.execute(sa.select(response.c.comment)).scalars().all() == [
            "Pak Joko ramah, hub. [telepon]"
        ]


def test_a_number_entered_twice_is_refused_and_says_by_whom(database: Database, unit: UnitEntry) -> None:
    paper.enter(database, ADMIN, sheet(), NOW)
    again = paper.enter(
        database, ADMIN, sheet(digits="111111111", operator="loket-2"), NOW + timedelta(days=1)
    )
    assert codes(again) == ["paper-number-taken"]
    assert isinstance(again, Rejection)
    # 03.00 UTC is 11.00 in Kaltim (UTC+8).
    assert (
        again.problems[0].text.id
        == "Lembar 001 sudah dimasukkan oleh loket-1 pada 20 November 2026 pukul 11.00 WITA. "
        "Periksa nomor lembar."
    )
    assert len(rows(database)) == 1


def test_the_same_form_sent_again_gives_its_receipt_again(database: Database, unit: UnitEntry) -> None:
    form = sheet()
    first, second = (paper.enter(database, ADMIN, form, NOW) for _ in range(2))
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert (first.code, second.again) == (second.code, True)
    other = paper.enter(database, ADMIN, replace(form, number="002"), NOW)
    assert codes(other) == ["paper-number-taken"]
    assert len(rows(database)) == 1


def test_a_sheet_that_is_stored_has_its_receipt_after_its_unit_closed(
    database: Database, unit: UnitEntry
) -> None:
    form = sheet()
    first = paper.enter(database, ADMIN, form, NOW)
    catalogue.set_unit_active(database, ADMIN, "ptsp", False)
    again = paper.enter(database, ADMIN, form, NOW)
    assert isinstance(first, Receipt)
    assert again == replace(first, again=True)
    # Another number was never entered, whatever the id.
    assert codes(paper.enter(database, ADMIN, replace(form, number="002"), NOW)) == ["unit-inactive"]
    assert len(rows(database)) == 1


def test_of_eight_operators_with_the_same_sheet_one_enters_it(database: Database, unit: UnitEntry) -> None:
    def attempt(i: int) -> bool:
        return isinstance(paper.enter(database, ADMIN, sheet(operator=f"loket-{i}"), NOW), Receipt)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert len(rows(database)) == 1


def test_numbers_begin_again_with_each_half_year(database: Database, unit: UnitEntry) -> None:
    """An office that counts its sheets from 1 in each survey is not held up by those of the last one."""
    filled = (date(2026, 1, 5), date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 20))
    first, same_half, next_half, again = (
        paper.enter(database, ADMIN, sheet(filled_on=day), NOW) for day in filled
    )
    assert isinstance(first, Receipt)
    assert isinstance(next_half, Receipt)
    assert codes(same_half) == codes(again) == ["paper-number-taken"]
    assert [row[2] for row in rows(database)] == [202601, 202607]


def test_another_unit_has_numbers_of_its_own(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat", time_zone="Asia/Makassar")
    for code in ("ptsp", "samsat"):
        assert isinstance(paper.enter(database, ADMIN, sheet(unit=code), NOW), Receipt)
    assert len(paper.recent(database, "samsat", within=PROVINCE)) == 1


def test_the_day_it_was_filled_in_decides_the_month(database: Database, unit: UnitEntry) -> None:
    paper.enter(database, ADMIN, sheet(filled_on=date(2026, 10, 31)), NOW)
    paper.enter(database, ADMIN, sheet("002", filled_on=date(2026, 11, 20)), NOW)
    assert [(row[2], row[3]) for row in rows(database)] == [(202610, "row"), (202611, "server")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"digits": "000000000"}, ["no-answers"]),
        ({"digits": "534443344"}, ["score-range"]),
        ({"number": ""}, ["paper-number"]),
        ({"number": "a b"}, ["paper-number"]),
        ({"number": "x" * 41}, ["paper-number"]),
        ({"operator": "Budi Santoso"}, ["operator"]),
        ({"filled_on": date(2026, 11, 21)}, ["paper-date-future"]),
        ({"unit": "nowhere"}, ["unit-unknown"]),
        ({"number": "", "operator": "", "digits": "000000000"}, ["paper-number", "operator", "no-answers"]),
    ],
)
def test_what_is_wrong_is_listed_and_nothing_is_stored(
    database: Database, unit: UnitEntry, changes: dict[str, Any], expected: list[str]
) -> None:
    assert codes(paper.enter(database, ADMIN, sheet(**changes), NOW)) == expected
    assert rows(database) == []
    assert paper.recent(database, "ptsp", within=PROVINCE) == []


@pytest.mark.parametrize(
    ("number", "following"),
    [("001", "002"), ("099", "100"), ("A/9", "A/10"), ("2026-07", "2026-08"), ("abc", ""), ("", "")],
)
def test_the_next_number_follows(number: str, following: str) -> None:
    assert paper.next_number(number) == following
