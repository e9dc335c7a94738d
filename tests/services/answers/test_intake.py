"""Intake: a receipt for what is right, every problem for what is not, and nothing stored then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from survey_app import instruments
from survey_app.services.answers import intake, queue_codes
from survey_app.services.answers.ids import receipt_code, uuid7
from survey_app.services.answers.intake import Channel, Receipt, Rejection, TimeSource
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import responses
from survey_app.storage.database import Database
from tests.submissions import KEYS, NOW, submission


def stored(database: Database) -> list[Any]:
    with database.read() as connection:
        return list(connection.execute(sa.text("SELECT * FROM response ORDER BY seq")))


def codes(outcome: Receipt | Rejection) -> list[str]:
    assert isinstance(outcome, Rejection)
    return [problem.code for problem in outcome.problems]


def test_a_valid_answer_is_stored_as_one_digit_per_unsur(database: Database, unit: UnitEntry) -> None:
    sent = submission(
        (3, 3, 4, 4, 3, 2, 3, 1, 4), profile={"jenis_kelamin": "P", "usia": ""}, comment="  Cepat "
    )
    receipt = intake.accept(database, sent, NOW)
    assert isinstance(receipt, Receipt)
    (row,) = stored(database)
    assert (row.scores, row.profile, row.comment) == ("334432314", '{"jenis_kelamin":"P"}', "Cepat")
    assert (row.instrument, row.channel, row.month) == ("skm-2017@1", "web", 202611)
    assert (receipt.received_at, receipt.again) == (NOW, False)


def test_sending_again_returns_the_first_receipt(database: Database, unit: UnitEntry) -> None:
    sent = submission()
    first = intake.accept(database, sent, NOW)
    again = intake.accept(database, sent, NOW + timedelta(days=3))
    assert isinstance(first, Receipt)
    assert again == Receipt(first.id, first.code, NOW, again=True)
    assert len(stored(database)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "tiada"}, "unit-unknown"),
        ({"service": "tiada"}, "service-unknown"),
        ({"instrument": "tiada@1"}, "instrument-unknown"),
        ({"answers": dict.fromkeys(KEYS, 5)}, "score-range"),
        ({"answers": dict.fromkeys(KEYS, 0)}, "score-range"),
        ({"answers": dict.fromkeys(KEYS, True)}, "score-range"),
        ({"answers": dict.fromkeys(KEYS, 2.5)}, "score-range"),
        ({"answers": {**dict.fromkeys(KEYS, 3), "waktu": None}}, "unsur-missing"),
        ({"answers": {**dict.fromkeys(KEYS, 3), "cuaca": 3}}, "unsur-unknown"),
        ({"answers": {}}, "no-answers"),
        ({"comment": "x" * 2001}, "comment-too-long"),
        ({"profile": {"jenis_kelamin": "X"}}, "profile-option"),
        ({"profile": {"nik": "6472"}}, "profile-option"),
        ({"client_time": NOW + timedelta(minutes=6)}, "client-clock-future"),
        ({"client_time": datetime(2026, 11, 20)}, "client-time-zone"),  # noqa: DTZ001  # naive on purpose
        ({"id": uuid4()}, "id-not-uuid7"),
        ({"client_id": "x" * 65}, "client-id"),
        ({"duration_ms": -1}, "duration-range"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages_and_nothing_is_stored(
    database: Database, unit: UnitEntry, changes: dict[str, Any], code: str
) -> None:
    outcome = intake.accept(database, submission(**changes), NOW)
    assert code in codes(outcome)
    assert isinstance(outcome, Rejection)
    assert all(p.text.id and p.text.en and p.text.id != p.text.en for p in outcome.problems)
    assert stored(database) == []


def test_every_problem_is_listed_at_once(database: Database, unit: UnitEntry) -> None:
    outcome = intake.accept(
        database, submission((5, 3, 3, 3, 3, 3, 3, 3, 0), comment="x" * 3000, service="tiada"), NOW
    )
    assert sorted(codes(outcome)) == ["comment-too-long", "score-range", "service-unknown", "unsur-missing"]


def test_a_problem_names_its_unsur_in_the_readers_language(database: Database, unit: UnitEntry) -> None:
    outcome = intake.accept(database, submission((3, 3, 0, 3, 3, 5, 3, 3, 3)), NOW)
    assert isinstance(outcome, Rejection)
    # The names of the instrument file data/instruments/skm-2017.json.
    assert {p.code: (p.text.id, p.text.en) for p in outcome.problems} == {
        "unsur-missing": (
            "U3 Waktu Penyelesaian belum dijawab.",
            "U3 Completion time is not answered yet.",
        ),
        "score-range": (
            "U6 Kompetensi Pelaksana: nilai harus 1 sampai 4, bukan 5.",
            "U6 Competence of the staff: the score must be 1 to 4, not 5.",
        ),
    }


def test_an_inactive_service_takes_no_answers(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    catalogue.set_service_active(database, ADMIN, "ptsp", "izin", active=False)
    assert codes(intake.accept(database, submission(service="izin"), NOW)) == ["service-inactive"]


def test_without_a_service_the_first_active_one_is_meant(database: Database, unit: UnitEntry) -> None:
    second = catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", active=False)
    intake.accept(database, submission(), NOW)
    assert [row.service_id for row in stored(database)] == [second.id]


@pytest.mark.parametrize("channel", list(Channel))
def test_unanswered_is_allowed_on_paper_and_import_only(
    database: Database, unit: UnitEntry, channel: Channel
) -> None:
    outcome = intake.accept(database, submission((3, 0, 3, 3, 3, 3, 3, 3, 3), channel=channel), NOW)
    if channel in (Channel.PAPER, Channel.IMPORT):
        assert [row.scores for row in stored(database)] == ["303333333"]
    else:
        assert codes(outcome) == ["unsur-missing"]


@pytest.mark.parametrize(
    ("client_time", "month"),
    [
        # 31 October 16:30 UTC is 1 November 00:30 in Samarinda.
        (datetime(2026, 10, 31, 16, 30, tzinfo=UTC), 202611),
        (datetime(2026, 10, 31, 15, 59, tzinfo=UTC), 202610),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), 202610),
    ],
)
def test_an_answer_belongs_to_the_month_of_its_units_time_zone(
    database: Database, unit: UnitEntry, client_time: datetime, month: int
) -> None:
    intake.accept(database, submission(client_time=client_time), NOW)
    (row,) = stored(database)
    assert row.month == month


def test_a_clock_that_is_years_behind_does_not_lose_the_answer(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission(client_time=datetime(1970, 1, 1, tzinfo=UTC)), NOW)
    (row,) = stored(database)
    assert (row.month, row.time_source) == (202611, TimeSource.SERVER)


def test_control_characters_do_not_reach_the_database(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission(comment="baik\x00 \x1b[31mmerah\nbaris dua"), NOW)
    (row,) = stored(database)
    assert row.comment == "baik [31mmerah\nbaris dua"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("loket 1\tramah", "loket 1\tramah"),
        ("antrean\u00a0lama\u2003sekali", "antrean lama sekali"),
        ("baris satu\r\nbaris dua\rbaris tiga", "baris satu\nbaris dua\nbaris tiga"),
        ("satu\u2028dua\x85tiga\vempat\flima", "satu\ndua\ntiga\nempat\nlima"),
        ("kolom\x1fberikut", "kolom berikut"),
        ("\t cepat \u00a0\n", "cepat"),
        ("\x00\u200b \n", None),
    ],
)
def test_what_parts_words_in_a_comment_goes_on_parting_them(
    database: Database, unit: UnitEntry, written: str, kept: str | None
) -> None:
    """A tab stays, ends of lines become one kind, spaces of every width one space: nothing glues words."""
    intake.accept(database, submission(comment=written), NOW)
    (row,) = stored(database)
    assert row.comment == kept


@pytest.mark.parametrize("channel", list(Channel))
def test_numbers_and_addresses_reach_no_row_and_names_do(
    database: Database, unit: UnitEntry, channel: Channel
) -> None:
    said = "Bu Rina minta uang, WA 0812\u200b-3456-7890 atau budi(at)gmail.com, Jl. Pahlawan No. 12"
    intake.accept(database, submission(comment=said, channel=channel), NOW)
    (row,) = stored(database)
    assert row.comment == "Bu Rina minta uang, WA [telepon] atau [surel], [alamat]"


def test_sent_again_with_a_number_it_is_the_same_answer(database: Database, unit: UnitEntry) -> None:
    sent = submission(comment="hubungi 081234567890")
    first, again = (intake.accept(database, sent, NOW) for _ in range(2))
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert (first.code, again.again) == (again.code, True)
    assert [row.comment for row in stored(database)] == ["hubungi [telepon]"]


def test_the_limit_is_of_what_was_written_not_of_what_is_kept(database: Database, unit: UnitEntry) -> None:
    """A mark is longer than "KT 12 AB", and a citizen cannot shorten what is put in its place."""
    limit = instruments.get("skm-2017@1").comment_max
    plates = "KT 123 A; " * (limit // 10)
    assert isinstance(intake.accept(database, submission(comment=plates), NOW), Receipt)
    assert isinstance(
        intake.accept(database, submission(comment="kt 1234 ab\u00a0" + plates), NOW), Rejection
    )


def test_ids_made_here_are_version_7_in_the_order_of_time() -> None:
    made = [uuid7(NOW + timedelta(milliseconds=i)) for i in range(50)]
    assert {i.version for i in made} == {7}
    assert {i.variant for i in made} == {UUID(int=0x80 << 56).variant}
    assert made == sorted(made)


def test_a_receipt_code_can_be_read_out_and_is_that_of_the_id() -> None:
    one = UUID("01932c07-6c00-7000-8000-000000000001")
    assert receipt_code(one) == receipt_code(one)
    assert len({receipt_code(uuid7(NOW)) for _ in range(200)}) == 200
    assert all(len(part) == 4 and not set(part) & set("ILOU") for part in receipt_code(one).split("-"))


def test_a_comment_is_found_again_by_its_unit_and_month(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission(comment="Antrean lama"), NOW)
    intake.accept(database, submission(), NOW)
    with database.read() as connection:
        comments = responses.comments(connection, [unit.unit.id], (202611, 202611))
        assert [c.text for c in comments] == ["Antrean lama"]
        assert responses.comments(connection, [unit.unit.id], (202610, 202610)) == []


@pytest.mark.parametrize(("days", "source"), [(89, TimeSource.CLIENT), (91, TimeSource.SERVER)])
def test_an_outbox_may_wait_ninety_days_and_a_clock_behind_that_is_wrong(
    database: Database, unit: UnitEntry, days: int, source: TimeSource
) -> None:
    """Ninety days are what the intake promises an outbox: one day less counts, one day more does not."""
    then = NOW - timedelta(days=days)
    prepared = intake.prepare(unit_entry.find(database, "ptsp"), submission(client_time=then), NOW)
    assert not isinstance(prepared, Rejection)
    assert (prepared.time_source, prepared.answered_at) == (source, then if days < 90 else NOW)


def test_a_clock_may_be_five_minutes_ahead_and_no_second_more(database: Database, unit: UnitEntry) -> None:
    """Phones are a few minutes off; what they then answered is kept. Five minutes are the promise."""
    ahead = timedelta(minutes=5)
    just = intake.accept(database, submission(client_time=NOW + ahead), NOW)
    beyond = intake.accept(database, submission(client_time=NOW + ahead + timedelta(seconds=1)), NOW)
    assert isinstance(just, Receipt)
    assert codes(beyond) == ["client-clock-future"]
    (row,) = stored(database)
    assert (UUID(str(row.id)), row.time_source) == (just.id, TimeSource.CLIENT)


def _close_unit(database: Database) -> None:
    catalogue.set_unit_active(database, ADMIN, "ptsp", False)


def _close_service(database: Database) -> None:
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)


def _change_questionnaire(database: Database) -> None:
    catalogue.choose_instrument(database, ADMIN, "ptsp", "spak@1")


def _ask_for_codes(database: Database) -> None:
    queue_codes.require(database, ADMIN, "ptsp", "umum", required=True)


def _nothing(database: Database) -> None:
    """Only what the client sends has changed."""


@pytest.mark.parametrize(
    ("between", "changes"),
    [
        (_close_unit, {}),
        (_close_service, {}),
        (_change_questionnaire, {}),
        (_ask_for_codes, {}),
        (_nothing, {"client_time": NOW + timedelta(days=400)}),
        (_nothing, {"client_time": NOW.replace(tzinfo=None)}),
        (_nothing, {"unit": "tiada"}),
        (_nothing, {"service": "tiada"}),
        (_nothing, {"instrument": "tiada@9"}),
        (_nothing, {"answers": {}}),
        (_nothing, {"comment": "x" * 10_000}),
    ],
)
def test_a_stored_answer_has_its_receipt_whatever_changed_since(
    database: Database, unit: UnitEntry, between: Callable[[Database], None], changes: dict[str, Any]
) -> None:
    """The receipt may have been lost on the way: who sends again is told what is true, that it is stored."""
    sent = submission()
    first = intake.accept(database, sent, NOW)
    assert isinstance(first, Receipt)
    between(database)
    again = intake.accept(database, replace(sent, **changes), NOW + timedelta(days=1))
    assert again == Receipt(first.id, first.code, NOW, again=True)
    assert len(stored(database)) == 1


def test_what_was_never_stored_is_refused_as_before(database: Database, unit: UnitEntry) -> None:
    _close_unit(database)
    assert codes(intake.accept(database, submission(), NOW)) == ["unit-inactive"]
    assert stored(database) == []
