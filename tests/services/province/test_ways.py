"""Ways of answering over units: only units with both count, and questionnaires are not mixed."""

from __future__ import annotations

import pytest

from analytics import Period, Reason
from survey_app.services.answers.intake import Channel
from survey_app.services.places.scope import PROVINCE
from survey_app.services.province.overview import overview
from survey_app.services.province.ways import WaysOfMany, ways_of_many
from survey_app.storage.database import Database
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
KIOSK, WEB = Channel.KIOSK, Channel.WEB
#: 87.5 and 75 by turns, and 12.5 less.
HIGH, LOW = [[4] * 9, [3] * 9] * 10, [[3] * 9, [3] * 9, [4] * 9, [2] * 9] * 5


def _ways(database: Database) -> WaysOfMany:
    return ways_of_many(database, OCTOBER, overview(database, PROVINCE, OCTOBER, back=0).measured)


def test_it_stands_on_the_units_that_have_both_and_is_made_anew_by_an_answer(database: Database) -> None:
    for i in range(5):
        form = "skm-2017-tanpa-biaya@1" if i == 4 else "skm-2017@1"
        samples.create_unit(database, f"u{i}", f"u{i}", instrument=form)
        k = 8 if i == 4 else 9
        samples.answered(database, f"u{i}", [r[:k] for r in HIGH], "2026-10", KIOSK)
        if i < 4:
            samples.answered(database, f"u{i}", LOW, "2026-10", WEB)
    samples.create_unit(database, "kiosk", "kiosk")
    samples.answered(database, "kiosk", LOW, "2026-10", KIOSK)
    found = _ways(database)
    assert (found.main, found.counts, found.units) == (KIOSK, ((KIOSK, 120), (WEB, 80)), 6)
    (four,) = found.differences
    assert (four.units, four.reason, four.difference) == (4, Reason.FEW_UNITS, None)
    samples.answered(database, "u4", [r[:8] for r in LOW], "2026-10", WEB)
    (five,) = _ways(database).differences
    assert (five.units, five.n, five.n_main) == (5, 100, 100)
    # 87.5 against 75 in each: the units agree to the digit, and so there is nothing to tell an error by.
    assert five.reason is Reason.NO_VARIATION
    samples.answered(database, "u0", [[4] * 9] * 10, "2026-10", WEB)
    (differing,) = _ways(database).differences
    assert differing.difference is not None
    assert -12.5 < differing.difference < -5
    assert _ways(database) is _ways(database)


def test_one_unit_is_judged_as_one(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", [*HIGH, *HIGH], "2026-10", KIOSK)
    samples.answered(database, "u", LOW, "2026-10", WEB)
    (found,) = _ways(database).differences
    assert found.difference == pytest.approx(-12.5)
    assert found.beyond_chance


def test_answers_to_another_questionnaire_are_left_out(database: Database) -> None:
    samples.create_unit(database, "u", "u", instrument="skm-2017-tanpa-biaya@1")
    samples.answered(database, "u", [[1] * 8] * 9, "2026-10", WEB)
    samples.change_form(database, "u", "skm-2017@1")
    samples.answered(database, "u", [*HIGH, *HIGH], "2026-10", KIOSK)
    samples.answered(database, "u", LOW, "2026-10", WEB)
    found = _ways(database)
    assert found.counts == ((KIOSK, 40), (WEB, 20))
    assert found.differences[0].difference == pytest.approx(-12.5)


def test_what_is_hidden_of_a_way_is_hidden_with_its_difference(database: Database) -> None:
    """Three on paper, and the phone is hidden with them; with five of paper all is told."""
    samples.create_unit(database, "u", "u")
    samples.answered(database, "u", [*HIGH, *HIGH], "2026-10", KIOSK)
    samples.answered(database, "u", LOW, "2026-10", WEB)
    samples.answered(database, "u", [[3] * 9] * 3, "2026-10", Channel.PAPER)
    found = _ways(database)
    assert dict(found.counts) == {KIOSK: 40, WEB: None, Channel.PAPER: None}
    assert found.differences == ()
    samples.answered(database, "u", [[3] * 9] * 2, "2026-10", Channel.PAPER)
    assert [d.difference is None for d in _ways(database).differences] == [False, True]


def test_nothing_is_held_against_a_way_that_is_hidden(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    for channel, n in ((KIOSK, 12), (WEB, 12), (Channel.PAPER, 3)):
        samples.answered(database, "u", HIGH[:n], "2026-10", channel)
    found = _ways(database)
    assert found.main in {way for way, n in found.counts if n is None}
    assert found.differences == ()


def test_nobody_answered(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    assert _ways(database) == WaysOfMany(main=None, counts=(), differences=(), units=0)
