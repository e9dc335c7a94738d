"""Text that a unit wrote itself, as a reader of the PDF gets it."""

from __future__ import annotations

import pytest

from analytics.period import Period
from survey_app.errors import Conflict
from survey_app.reports.statements import editions, passages
from survey_app.reports.unit import chapters, drafting
from survey_app.reports.unit.annexes import EDITED
from survey_app.reports.unit.report import UnitReport
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import report_texts, unit_publishing
from survey_app.services.publishing.report_texts import EDITABLE
from survey_app.storage.database import Database
from survey_app.text import Language
from tests.reports import samples
from tests.reports.unit.test_report import INJECTION, text_of

PERIOD = Period.parse("2019-S1")
#: What every such note begins with.
NOTE = EDITED.id.partition("{names}")[0]


@pytest.fixture(autouse=True)
def sekadau(database: Database) -> None:
    samples.sekadau(database)


def save(database: Database, passage: str, text: str, language: Language = "id") -> None:
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    report_texts.save(database, Acting(Role.ADMIN), result, language, passage, text, samples.NOW)


def draft(database: Database, language: Language = "id") -> str:
    result = results.unit_result(database, "sekadau", PERIOD, within=PROVINCE)
    return text_of(drafting.draft(database, result, samples.MADE_AT, language))


def test_every_passage_takes_the_units_words_and_the_note_names_them(database: Database) -> None:
    for key in EDITABLE:
        save(database, key, f"Kalimat kami tentang {key}: 100% & <b>.\n\nAlinea kedua {key}.")
    told = draft(database)
    for key in EDITABLE:
        assert f"Kalimat kami tentang {key}: 100% & <b>. Alinea kedua {key}." in told
    *names, last = (passages.TITLES[key].id for key in EDITABLE)
    assert len(names) == 7
    assert EDITED.format(names=f"{', '.join(names)}, dan {last}").id in told
    assert "78,74 B (Baik)" in told  # numbers are not text


def test_the_preview_says_what_will_be_published(database: Database) -> None:
    save(database, "kesimpulan", "Kami akan berbenah.")
    made = drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT)
    preview, published = draft(database), text_of(UnitReport.of(database, made))
    edition = editions.VERSION.format(version=1, hash=made.sha256[:16])
    assert published.replace(edition.id, editions.DRAFT.id) == preview
    assert EDITED.format(names=passages.TITLES["kesimpulan"]).id in published


def test_text_from_the_data_has_no_such_note(database: Database) -> None:
    assert NOTE not in draft(database)


def test_english_is_edited_on_its_own(database: Database) -> None:
    save(database, "kesimpulan", "We shall improve.", "en")
    assert "We shall improve." in draft(database, "en")
    assert EDITED.format(names=passages.TITLES["kesimpulan"]).en in draft(database, "en")
    assert "We shall improve." not in draft(database)


def test_markup_in_a_text_is_printed_and_never_run(database: Database) -> None:
    save(database, "kesimpulan", INJECTION)
    assert INJECTION in draft(database)


@pytest.mark.parametrize("text", ["x" * 4000, "\U0001f44d" * 50, "a\n" * 2000])
def test_no_text_stops_a_report(database: Database, text: str) -> None:
    save(database, "saran", text)
    assert chapters.CONCLUSION.id in draft(database)


def test_a_text_on_other_data_gives_way_to_the_data(database: Database) -> None:
    save(database, "kesimpulan", "IKM kami 78,74 selamanya.")
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    told = draft(database)
    assert "selamanya" not in told
    assert NOTE not in told
    with pytest.raises(Conflict, match="text-outdated"):
        drafting.publish(database, ADMIN, "sekadau", PERIOD, samples.MADE_AT)
    assert unit_publishing.publications_of(database, "sekadau") == []
