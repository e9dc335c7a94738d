"""What a result means for the next step: values worked by hand, and `analytics` on the same result."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.ikm.insight import insight, lift
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.submissions import NOW, submission

TW4 = Period.parse("2026-TW4")
SHEETS = [(3,) * 9, (4,) * 9, (2, 3, 3, 4, 3, 3, 3, 2, 3)]


@pytest.fixture
def result(database: Database, unit: UnitEntry) -> UnitResult:
    for scores in SHEETS:
        intake.accept(database, submission(scores), NOW)
    return results.unit_result(database, "ptsp", TW4, within=PROVINCE)


def test_a_better_unsur_lifts_the_index_by_25_times_its_weight(result: UnitResult) -> None:
    # U1 has NRR 3; one more at weight 1/9 is 25/9 points: 82.4074 + 2.7778 = 85.1852.
    lifted = lift(result, 0, Fraction(4))
    assert lifted.outcome.ikm == Decimal("85.19")
    assert lifted.outcome.band.mutu == "B"
    chances = dict(lifted.odds.probabilities or ())
    assert sum(chances.values()) == pytest.approx(1)
    assert chances["A"] > dict(insight(result, date(2026, 11, 20)).odds.probabilities or ())["A"]


def test_the_next_letter_needs_an_exact_rise(result: UnitResult) -> None:
    # A begins at 88.305 before rounding: (88.305 - 82.4074...) x 9 / 25 = 2.12 more NRR; U1 has 1 left.
    needed = insight(result, date(2026, 11, 20)).next_mutu[0]
    assert needed is not None
    assert needed.delta == (Fraction("88.305") - Fraction(2225, 27)) * Fraction(9, 25)
    assert not needed.reachable


def test_the_sample_is_measured_against_the_users_served(database: Database, result: UnitResult) -> None:
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", TW4, 100)
    known = results.unit_result(database, "ptsp", TW4, within=PROVINCE)
    sampling = insight(known, date(2026, 12, 22)).sampling
    assert sampling is not None
    # Krejcie-Morgan's printed table: N = 100 needs 80; 77 short over the ten days from 22 to 31 December.
    assert (sampling.required, sampling.achieved, sampling.per_day) == (80, 3, 8)
    over = insight(known, date(2027, 1, 1)).sampling
    assert over is not None
    assert dict(over.reasons)["per_day"] is Reason.PERIOD_OVER
    assert insight(result, date(2026, 12, 22)).sampling is None


def test_the_change_is_against_the_period_before(database: Database, result: UnitResult) -> None:
    assert insight(result, date(2026, 11, 20)).change.value is None
    august = datetime(2026, 8, 10, tzinfo=UTC)
    for scores in ((3,) * 9, (2,) * 9):
        sent = submission(scores, client_time=august, time_source=intake.TimeSource.ROW)
        intake.accept(database, sent, NOW)
    change = insight(results.unit_result(database, "ptsp", TW4, within=PROVINCE), date(2026, 11, 20)).change
    # 62.5 then, 82.4074 now.
    assert change.value == pytest.approx(2225 / 27 - 62.5)


def test_an_unsur_can_be_lifted_to_the_top_of_the_scale(database: Database, unit: UnitEntry) -> None:
    """Nineteen sheets of fours and one with a single 3, which lifted gives an IKM of 100, almost surely A."""
    for scores in [(4,) * 9] * 19 + [(4,) * 8 + (3,)]:
        intake.accept(database, submission(scores), NOW)
    lifted = lift(results.unit_result(database, "ptsp", TW4, within=PROVINCE), 8, Fraction(4))
    assert lifted.outcome.ikm == Decimal("100.00")
    assert 0.99 < (lifted.odds.of("A") or 0) < 1


def test_before_a_period_begins_all_of_its_days_are_left(database: Database, unit: UnitEntry) -> None:
    """N = 1000 needs 278 (Krejcie-Morgan's table): over the 90 days of January to March 2027 four a day."""
    coming = Period.parse("2027-TW1")
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", coming, 1000)
    sampling = insight(
        results.unit_result(database, "ptsp", coming, within=PROVINCE), date(2026, 12, 22)
    ).sampling
    assert sampling is not None
    assert (sampling.required, sampling.per_day) == (278, 4)


def test_services_all_of_whose_users_answered_are_still_told_apart(
    database: Database, unit: UnitEntry
) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    for service in ("umum", "izin"):
        intake.accept(database, submission(service=service), NOW)
        catalogue.record_volume(database, ADMIN, "ptsp", service, TW4, 1)
    sampling = insight(
        results.unit_result(database, "ptsp", TW4, within=PROVINCE), date(2026, 12, 22)
    ).sampling
    assert sampling is not None
    assert [(part.key, part.missing) for part in sampling.services] == [("umum", 0), ("izin", 0)]
