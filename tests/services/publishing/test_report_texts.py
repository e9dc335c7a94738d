"""Drafts of report texts: kept, confirmed and given up; and never published on data they were not about."""

from __future__ import annotations

import pytest

from analytics.period import Period
from survey_app.errors import Conflict, Refused
from survey_app.reports.statements import passages
from survey_app.reports.unit import drafting
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import report_texts, unit_publishing
from survey_app.services.publishing.report_texts import EDITABLE, TEXT_MAX
from survey_app.storage.database import Database
from survey_app.text import Language
from tests.reports import samples

MANAGER = Acting(Role.MANAGER, Scope(unit="sekadau"))
PERIOD = Period.parse("2019-S1")


@pytest.fixture
def result(database: Database) -> UnitResult:
    samples.sekadau(database)
    return current(database)


def current(database: Database) -> UnitResult:
    return results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)


def save(database: Database, result: UnitResult, text: str, language: Language = "id") -> None:
    report_texts.save(database, MANAGER, result, language, "kesimpulan", text, samples.NOW)


def test_what_can_be_edited_is_what_the_report_writes() -> None:
    assert tuple(passages.TITLES) == EDITABLE


def test_a_draft_survives_and_the_last_wording_stands(database: Database, result: UnitResult) -> None:
    save(database, result, "Pertama")
    save(database, result, "  Kedua\r\n\r\nbaris  ")
    save(database, result, "Third", "en")
    found = report_texts.drafts(database, current(database))
    assert {lang: {k: d.text for k, d in drafts.items()} for lang, drafts in found.items()} == {
        "id": {"kesimpulan": "Kedua\n\nbaris"},
        "en": {"kesimpulan": "Third"},
    }
    assert found["id"]["kesimpulan"].role == "pengelola"
    assert found["id"]["kesimpulan"].changed_at == samples.NOW
    report_texts.discard(database, MANAGER, result, "id", "kesimpulan")
    assert report_texts.usable(report_texts.drafts(database, result)) == {
        "id": {},
        "en": {"kesimpulan": "Third"},
    }


def test_another_period_and_one_service_have_texts_of_their_own(
    database: Database, result: UnitResult
) -> None:
    save(database, result, "Semester pertama")
    year = results.unit_result(database, "sekadau", Period.parse("2019"), within=PROVINCE)
    service = results.unit_result(database, "sekadau", PERIOD, "umum", within=PROVINCE)
    for other in (year, service):
        assert report_texts.usable(report_texts.drafts(database, other)) == {"id": {}, "en": {}}


@pytest.mark.parametrize(("month", "why"), [("2019-05", "the period"), ("2018-05", "the period before")])
def test_new_answers_make_a_draft_wait_until_it_is_checked(
    database: Database, result: UnitResult, month: str, why: str
) -> None:
    save(database, result, "IKM kami 78,74")
    samples.insert(database, "sekadau", [[1] * 9] * 9, month)
    changed = report_texts.drafts(database, current(database))
    assert not changed["id"]["kesimpulan"].current
    assert report_texts.usable(changed)["id"] == {}
    with pytest.raises(Conflict) as caught:
        drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT)
    assert caught.value.code == "text-outdated"
    assert unit_publishing.publications_of(database, "sekadau") == []
    save(database, current(database), "IKM kami turun")
    made = drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT)
    assert made.snapshot.text["id"]["kesimpulan"] == "IKM kami turun"


def test_a_corrected_number_of_users_does_too(database: Database, result: UnitResult) -> None:
    save(database, result, "Dari 49 responden")
    samples.serve(database, "sekadau", "2019-S1", 500)
    assert not report_texts.drafts(database, current(database))["id"]["kesimpulan"].current


def test_a_publication_keeps_the_words_and_says_whose_they_are(
    database: Database, result: UnitResult
) -> None:
    save(database, result, "Kami akan berbenah.")
    made = drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT)
    report_texts.discard(database, MANAGER, result, "id", "kesimpulan")
    read = unit_publishing.published(database, "sekadau", PERIOD, within=PROVINCE).snapshot
    assert read.text["id"]["kesimpulan"] == "Kami akan berbenah."
    assert read.text == made.snapshot.text
    assert {language: list(keys) for language, keys in read.rewritten.items()} == {"id": ["kesimpulan"]}
    assert "78.74" in read.text["en"]["kesimpulan"]  # English is still written from the data


@pytest.mark.parametrize(
    ("passage", "text", "code"),
    [
        ("kesimpulan", "x" * (TEXT_MAX + 1), "text-length"),
        ("kesimpulan", " \n ", "text-length"),
        ("ikm", "100,00", "passage-unknown"),
    ],
)
def test_what_cannot_be_used_is_refused(
    database: Database, result: UnitResult, passage: str, text: str, code: str
) -> None:
    with pytest.raises(Refused) as caught:
        report_texts.save(database, MANAGER, result, "id", passage, text, samples.NOW)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert report_texts.drafts(database, result)["id"] == {}


@pytest.mark.parametrize("acting", [Acting(Role.OPERATOR), Acting(Role.MANAGER, Scope(unit="lain"))])
def test_only_who_looks_after_the_unit_writes(database: Database, result: UnitResult, acting: Acting) -> None:
    save(database, result, "Kami")
    with pytest.raises(Refused):
        report_texts.save(database, acting, result, "id", "kesimpulan", "Mereka", samples.NOW)
    with pytest.raises(Refused):
        report_texts.discard(database, acting, result, "id", "kesimpulan")
    assert report_texts.usable(report_texts.drafts(database, result))["id"] == {"kesimpulan": "Kami"}
