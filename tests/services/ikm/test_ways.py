"""Ways of answering of a unit: who counts, what is hidden, and that an answer makes it anew."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from analytics import Period, Reason
from analytics.ikm import Moments, score
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import narrowed, results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.ways import WaysOfUnit, told_counts, ways_of_unit
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import folding
from survey_app.storage.database import Database
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
PAPER, KIOSK, WEB, IMPORT = Channel.PAPER, Channel.KIOSK, Channel.WEB, Channel.IMPORT


def _rows(n: int, levels: tuple[int, ...]) -> list[list[int]]:
    return [[levels[i % len(levels)]] * 9 for i in range(n)]


def _result(database: Database, service: str | None = None) -> UnitResult:
    return results.unit_result(database, "u", OCTOBER, service, within=PROVINCE)


def _ways(database: Database, service: str | None = None) -> WaysOfUnit:
    found = ways_of_unit(database, _result(database, service))
    assert found is not None
    return found


def test_phones_are_held_against_the_kiosk_for_the_same_service(database: Database) -> None:
    """The hard service is answered by phone more often: 87.5 against 71.88 as they came, no difference in
    either service."""
    samples.create_unit(database, "u", "u")
    catalogue.create_service(database, ADMIN, "u", "izin", "Izin")
    for channel, service, n, levels in (
        (KIOSK, "umum", 40, (4, 3)),
        (KIOSK, "izin", 20, (4, 3, 2, 3)),
        (WEB, "umum", 12, (4, 3)),
        (WEB, "izin", 40, (4, 3, 2, 3)),
    ):
        samples.answered(database, "u", _rows(n, levels), "2026-10", channel, service=service)
    samples.answered(database, "u", _rows(30, (1, 2)), "2026-09", WEB)
    found = _ways(database)
    kiosk, phone = found.ways
    assert (found.main, kiosk.way, phone.way, kiosk.n, phone.n) == (KIOSK, KIOSK, WEB, 60, 52)
    assert kiosk.index is not None
    assert kiosk.index.exact == Fraction(40 * 7 + 20 * 6, 60) * Fraction(25, 2)
    assert kiosk.difference is None
    assert phone.difference is not None
    assert phone.difference.difference == pytest.approx(0, abs=1e-9)
    assert (phone.difference.strata, phone.difference.beyond_chance) == (2, False)
    one = _ways(database, "izin")
    assert [(w.way, w.n) for w in one.ways] == [(WEB, 40), (KIOSK, 20)]


def test_another_answer_counts_at_once_and_in_its_own_way(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", _rows(20, (4, 3)), "2026-10", KIOSK)
    assert ways_of_unit(database, _result(database)) is None  # all in one way
    samples.answered(database, "u", _rows(20, (3, 2)), "2026-10", WEB)
    assert [w.n for w in _ways(database).ways] == [20, 20]
    samples.answered(database, "u", [[1] * 9], "2026-10", WEB)
    phone, kiosk = _ways(database).ways
    assert (phone.way, phone.n, kiosk.n) == (WEB, 21, 20)
    expected = score(Moments.from_answers(np.array([*_rows(20, (3, 2)), [1] * 9]))).exact
    assert phone.index is not None
    assert phone.index.exact == expected


def test_a_file_withdrawn_and_the_same_answers_by_phone_are_not_taken_for_each_other(
    database: Database,
) -> None:
    """Equal sums, other people: what is remembered of the first must not be told of the second."""
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", _rows(20, (4, 3)), "2026-10", KIOSK)
    rows = _rows(20, (4, 2))
    imported = samples.file(database, "u", rows, "2026-10", "a")
    assert {w.way for w in _ways(database).ways} == {KIOSK, IMPORT}
    database.write(lambda connection: folding.withdraw_import(connection, *imported))
    samples.answered(database, "u", rows, "2026-10", WEB)
    assert {w.way for w in _ways(database).ways} == {KIOSK, WEB}


def test_files_do_not_say_how_people_answered(database: Database) -> None:
    """Most sheets came with a file: it is listed, and neither the main way nor held against one."""
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", _rows(50, (4, 3)), "2026-10", IMPORT)
    samples.answered(database, "u", _rows(20, (4, 3)), "2026-10", PAPER)
    found = _ways(database)
    assert found.main is PAPER
    assert [(w.way, w.n, w.difference) for w in found.ways] == [(PAPER, 20, None), (IMPORT, 50, None)]


def test_a_few_are_hidden_with_all_that_would_tell_of_them(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", _rows(40, (4, 3)), "2026-10", KIOSK)
    samples.answered(database, "u", _rows(30, (4, 3)), "2026-10", WEB)
    samples.answered(database, "u", _rows(3, (1,)), "2026-10", PAPER)
    hidden = {w.way: (w.n, w.index) for w in _ways(database).ways if w.n is None}
    assert hidden == {PAPER: (None, None), WEB: (None, None)}
    samples.answered(database, "u", _rows(2, (2,)), "2026-10", PAPER)
    assert [w.n for w in _ways(database).ways] == [40, 30, 5]


def test_nothing_is_held_against_a_way_that_is_hidden(database: Database) -> None:
    """Of two ways of twelve the main one is hidden with the three; the difference would tell its mean."""
    samples.create_unit(database, "u", "u")
    for channel, n in ((KIOSK, 12), (WEB, 12), (PAPER, 3)):
        samples.answered(database, "u", _rows(n, (4, 3)), "2026-10", channel)
    found = _ways(database).ways
    assert sorted(w.n or 0 for w in found) == [0, 0, 12]
    assert all(w.difference is None for w in found)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((200, 40, 30), (200, 40, 30)),
        ((200, 40, 3), (200, None, None)),
        ((200, 3), (None, None)),
        # Both are hidden as they are few; together they are four, whose index the others' would tell.
        ((200, 90, 3, 1), (None, None, None, None)),
        ((200, 90, 4, 2), (200, 90, None, None)),
    ],
)
def test_what_stands_beside_the_total_tells_nothing_of_a_few(
    counts: tuple[int, ...], told: tuple[int | None, ...]
) -> None:
    assert told_counts(np.array(counts, dtype=np.int64)) == told


def test_a_hidden_result_tells_nothing_of_its_ways(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", _rows(40, (4, 3)), "2026-10", KIOSK)
    samples.answered(database, "u", _rows(30, (4, 3)), "2026-10", WEB)
    result = _result(database)
    shown = narrowed.period(result.current, Reason.SINGLED_OUT)
    hidden = UnitResult(**{**vars(result), "trend": (*result.trend[:-1], shown)})
    assert ways_of_unit(database, result) is not None
    assert ways_of_unit(database, hidden) is None
