"""A unit's index by the users of its services, beside the official one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from analytics.period import Period
from analytics.reason import Reason
from survey_app.services.answers import intake
from survey_app.services.ikm import results
from survey_app.services.ikm.weighted import by_service
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.wording import borrowed_words
from survey_app.wording.voice import Voice
from tests.submissions import NOW, submission

NOVEMBER = Period.parse("2026-11")


def test_each_service_counts_by_its_users(database: Database, unit: UnitEntry) -> None:
    """75 from three sheets for 40 users, 100 from one for 60: raw 81.25, weighted 90, effect by Kish."""
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    for service, level in (("umum", 3), ("umum", 3), ("umum", 3), ("izin", 4)):
        sent = submission((level,) * 9, service=service)
        assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
    assert (
        by_service(results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE)) is None
    )  # users are not known
    for service, users in (("umum", 40), ("izin", 60)):
        catalogue.record_volume(database, ADMIN, "ptsp", service, NOVEMBER, users)
    result = results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE)
    weighted = by_service(result)
    assert weighted is not None
    assert (result.score.exact, weighted.weighted.exact) == (Fraction(325, 4), Fraction(90))
    assert weighted.borrowed == ()  # three equal sheets and one: nobody can lend
    assert weighted.weighted.reason is Reason.NOBODY_TO_BORROW_FROM
    assert weighted.design_effect == pytest.approx(4 * (40**2 / 3 + 60**2 / 1) / 100**2)


def test_a_service_of_one_answer_is_named_in_both_languages(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin [Usaha](x)")
    for service, level in (("umum", 3), ("umum", 2), ("umum", 4), ("izin", 4)):
        assert isinstance(
            intake.accept(database, submission((level,) * 9, service=service), NOW), intake.Receipt
        )
    for service, users in (("umum", 40), ("izin", 60)):
        catalogue.record_volume(database, ADMIN, "ptsp", service, NOVEMBER, users)
    weighted = by_service(results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE))
    assert weighted is not None
    assert weighted.borrowed == ("Izin [Usaha](x)",)
    # 50, 75, 100: variance 625 per sheet, 37 of 40 and 59 of 60 unasked.
    expected = 0.16 * 625 / 3 * 37 / 40 + 0.36 * 625 * 59 / 60
    assert (weighted.weighted.se or 0) ** 2 == pytest.approx(expected)
    assert "sedikit atau seragam: Izin [Usaha](x)." in borrowed_words.of_services(weighted, Voice("id"))
    assert "too few or all alike: Izin [Usaha](x)." in borrowed_words.of_services(weighted, Voice("en"))


def test_one_service_or_fewer_users_than_answers_give_no_weights(database: Database, unit: UnitEntry) -> None:
    for _ in range(3):
        intake.accept(database, submission(), NOW)
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", NOVEMBER, 40)
    assert by_service(results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE)) is None
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    catalogue.record_volume(database, ADMIN, "ptsp", "izin", NOVEMBER, 10)
    silent = by_service(results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE))
    assert silent is not None
    assert (silent.empty, silent.covered) == (("Izin Usaha",), 40 / 50)
    catalogue.record_volume(database, ADMIN, "ptsp", "umum", NOVEMBER, 2)
    assert by_service(results.unit_result(database, "ptsp", NOVEMBER, within=PROVINCE)) is None
