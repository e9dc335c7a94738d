"""The survey page: where a citizen is asked, and what happens between two taps. Faces: see tests/browser."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.errors import Unavailable
from survey_app.pages.survei import attempts, form, page, thanks
from survey_app.pages.survei.form import Sitting
from survey_app.services.answers import consent, intake, queue_codes
from survey_app.services.answers.ids import uuid7
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import rollup
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language, Text
from survey_app.ui import choosing
from survey_app.web.words import Words
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import KEYS, NOW, submission


def test_a_deep_link_opens_the_form_of_its_unit(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("survei", unit="ptsp")
    assert app.title[0].value == "Pelayanan Terpadu Satu Pintu"
    assert [b.label for b in app.button] == [form.SEND.id]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_sending_agrees_to_is_said_in_the_words_of_the_other_forms(
    open_page: OpenPage, unit: UnitEntry, lang: Language
) -> None:
    said = Words(lang).fill("consent", unit="Pelayanan Terpadu Satu Pintu")
    assert f"<p>{said}</p>" in html_of(open_page("survei", unit="ptsp", lang=lang))


def test_an_answer_is_sent_with_the_version_of_the_consent_that_the_page_shows(unit: UnitEntry) -> None:
    filled = form.Filled(dict.fromkeys(KEYS, 3), {}, "", None)
    sent = form.submission(Sitting(uuid7(NOW), NOW), unit, unit.services[0], filled, NOW)
    assert sent.consent_version == consent.VERSION


def test_an_unknown_unit_is_explained(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("survei", unit="tidak-ada")
    assert app.error[0].value == catalogue.UNIT_UNKNOWN.format(code="tidak-ada").id


def test_a_closed_unit_asks_for_nothing(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    catalogue.set_unit_active(database, ADMIN, "ptsp", active=False)
    app = open_page("survei", unit="ptsp")
    assert [info.value for info in app.info] == [choosing.ENDED.id]
    assert not app.button


def test_agency_and_unit_are_chosen_step_by_step(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    catalogue.create_agency(database, ADMIN, "dishub", "Dinas Perhubungan")
    catalogue.create_unit(database, ADMIN, "dishub", "terminal", "Terminal", time_zone="Asia/Makassar")
    app = open_page("survei")
    app.selectbox[0].select("Dinas Perhubungan").run()
    assert app.selectbox[1].options == ["Terminal"]
    app.button[0].click().run()
    assert app.title[0].value == "Terminal"


def test_the_service_is_asked_when_there_are_several(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    app = open_page("survei", unit="ptsp")
    assert not app.button
    assert open_page("survei", unit="ptsp", service="izin").button


def test_a_unit_without_an_active_service_takes_no_answers(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", active=False)
    app = open_page("survei", unit="ptsp")
    assert app.info[0].value == choosing.CLOSED.id


def test_sending_without_answers_stores_nothing_and_keeps_the_id(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("survei", unit="ptsp")
    before = _sitting(app).id
    app.button[0].click().run()
    assert [p.code for p in _sitting(app).problems] == ["no-answers"]
    assert _sitting(app).id == before
    assert _nothing_stored(database)


def test_the_receipt_stays_until_the_next_person_begins_with_a_new_id(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("survei", unit="ptsp")
    turn = _sitting(app)
    accepted = intake.accept(database, submission(id=turn.id), NOW)
    turn.record(accepted)
    assert isinstance(accepted, intake.Receipt)
    assert accepted.code in html_of(app.run())
    assert accepted.code in html_of(app.run())
    app.button[0].click().run()
    assert isinstance(_sitting(app).id, UUID)
    assert _sitting(app).id != turn.id
    assert app.button[0].label == form.SEND.id


def test_a_trial_is_checked_says_what_it_is_and_leaves_nothing_behind(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("survei", unit="ptsp", coba="1")
    assert app.warning[0].value == page.TRIAL.id
    app.button[0].click().run()
    # As from a citizen: a form without a single answer is refused.
    assert [p.code for p in _sitting(app).problems] == ["no-answers"]
    turn = _sitting(app)
    turn.record(intake.try_out(database, submission(id=turn.id), NOW))
    assert thanks.PASSED.id in html_of(app.run())
    assert intake.find_receipt(database, turn.id) is None
    assert _nothing_stored(database)


def _nothing_stored(database: Database) -> bool:
    with database.read() as connection:
        return rollup.span(connection) is None


def _sitting(app: AppTest) -> Sitting:
    turn: Sitting = app.session_state["sitting"]
    return turn


def test_a_service_with_codes_asks_for_one_and_fills_in_that_of_the_address(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    assert [field.label for field in open_page("survei", unit="ptsp").text_input] == []
    queue_codes.require(database, ADMIN, "ptsp", "umum", required=True)
    [code] = open_page("survei", unit="ptsp", kode="ABCDE-FGHJK").text_input
    assert (code.label, code.value) == (form.CODE.id, "ABCDE-FGHJK")


def test_a_device_that_sends_too_fast_is_asked_to_wait(
    open_page: OpenPage, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """300 at once times 1/300 is one; of an address, 2,000 times that are six."""
    monkeypatch.setattr(attempts, "device", lambda: "a tablet")
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", str(1 / 300))
    attempts.limiters.cache_clear()
    app = open_page("survei", unit="ptsp")
    app.button[0].click().run()
    assert [p.code for p in _sitting(app).problems] == ["no-answers"]
    app.button[0].click().run()
    assert [p.code for p in _sitting(app).problems] == ["too-many"]
    assert app.error[0].value == attempts.TOO_FAST.id
    attempts.limiters.cache_clear()


def test_an_answer_that_arrived_unseen_shows_its_receipt_though_the_unit_has_closed(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    """The database went away after it had stored: the page could not know, and then the unit closed."""

    def lost() -> intake.Receipt | intake.Rejection | intake.Trial:
        intake.accept(database, submission(id=turn.id), NOW)
        raise Unavailable("database-away", Text("Tidak menjawab", "No answer"), "a test")

    app = open_page("survei", unit="ptsp")
    turn = _sitting(app)
    turn.record(form.sent(lost))
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)
    receipt = intake.find_receipt(database, turn.id)
    assert receipt is not None
    assert receipt.code in html_of(app.run())


def test_sending_too_fast_is_no_refusal_of_what_is_stored(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = submission()
    first = intake.accept(database, sent, NOW)
    monkeypatch.setattr(attempts, "refused", lambda _: intake.Rejection(()))
    again = attempts.send(database, sent, NOW, trial=False)
    assert isinstance(first, intake.Receipt)
    assert again == replace(first, again=True)
    assert attempts.send(database, submission(), NOW, trial=False) == intake.Rejection(())
