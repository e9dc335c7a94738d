"""One-time codes: good for one answer to their service, whoever asks at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from survey_app.services.answers import intake, queue_codes
from survey_app.services.answers.intake import Channel, Receipt, Rejection, Submission
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import queue_codes as stored_codes
from survey_app.storage.database import Database
from tests.submissions import NOW, stored, submission

DAY = timedelta(days=1)


@pytest.fixture
def code(database: Database, unit: UnitEntry) -> str:
    """The one open code of the unit's only service, which takes answers with a code only."""
    queue_codes.require(database, ADMIN, "ptsp", "umum", required=True)
    return issue(database)[0]


def issue(database: Database, service: str = "umum", count: int = 1, days: int | None = 7) -> tuple[str, ...]:
    return queue_codes.issue(database, ADMIN, "ptsp", service, count, NOW, valid_days=days).codes


def used(database: Database) -> int:
    return sum(state.batch.used for state in queue_codes.states(database, ADMIN, NOW))


def refusals(outcome: Receipt | Rejection) -> list[tuple[str, str]]:
    assert isinstance(outcome, Rejection)
    return [(problem.code, problem.path) for problem in outcome.problems]


def test_eight_people_with_one_code_are_one_response(database: Database, code: str) -> None:
    together = threading.Barrier(8)

    def send(_: int) -> Receipt | Rejection:
        mine = submission(code=code)
        together.wait(10)
        return intake.accept(database, mine, NOW)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, range(8)))
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert len(receipts) == 1
    assert [refusals(o) for o in outcomes if isinstance(o, Rejection)] == [[("code-used", "code")]] * 7
    assert (stored(database), used(database)) == (1, 1)
    assert intake.find_receipt(database, receipts[0].id) is not None


def test_one_answer_from_eight_connections_uses_one_code_up(database: Database, code: str) -> None:
    """Replay, and two tabs with a slip each: the id is the answer, and it takes one code."""
    codes = [code, *issue(database, count=7)]
    same = submission()
    together = threading.Barrier(8)

    def send(mine: str) -> Receipt | Rejection:
        together.wait(10)
        return intake.accept(database, Submission(**{**vars(same), "code": mine}), NOW)

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, codes))
    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    assert len({outcome.code for outcome in outcomes if isinstance(outcome, Receipt)}) == 1
    assert (stored(database), used(database)) == (1, 1)


def test_sent_again_with_its_own_used_code_an_answer_keeps_its_receipt(database: Database, code: str) -> None:
    same = submission(code=code)
    first, again = (intake.accept(database, same, NOW) for _ in range(2))
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert (first.code, again.again) == (again.code, True)


def test_what_is_wrong_with_a_code_is_said_and_nothing_is_stored(database: Database, code: str) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    other_service, late = issue(database, "izin")[0], issue(database, days=0)[0]
    expected = {
        None: "code-missing",
        "  ": "code-missing",
        code[:-1]: "code-mistyped",
        "00000-00000": "code-unknown",
        other_service: "code-service",
    }
    found = {typed: refusals(intake.accept(database, submission(code=typed), NOW)) for typed in expected}
    assert found == {typed: [(problem, "code")] for typed, problem in expected.items()}
    expired = intake.accept(database, submission(code=late), NOW + DAY)
    assert refusals(expired) == [("code-expired", "code")]
    assert (stored(database), used(database)) == (0, 0)


def test_a_code_of_another_unit_is_for_another_service_there(database: Database, code: str) -> None:
    """Codes stand with their unit; a slip taken to the wrong office is still told what it is."""
    catalogue.create_unit(database, ADMIN, "dpmptsp", "other", "Lain", time_zone="Asia/Makassar")
    queue_codes.require(database, ADMIN, "other", "umum", required=True)
    elsewhere = queue_codes.issue(database, ADMIN, "other", "umum", 1, NOW).codes[0]
    for unit_code, mine, theirs in (("ptsp", code, elsewhere), ("other", elsewhere, code)):
        wrong = intake.accept(database, submission(unit=unit_code, code=theirs), NOW)
        assert refusals(wrong) == [("code-service", "code")]
        assert isinstance(intake.accept(database, submission(unit=unit_code, code=mine), NOW), Receipt)
    assert (stored(database), used(database)) == (2, 2)
    # Used up at its own unit, at the other one it is still that of another service.
    again = intake.accept(database, submission(unit="other", code=code), NOW)
    assert refusals(again) == [("code-service", "code")]


def test_one_code_at_two_units_is_good_for_an_answer_at_each(database: Database, code: str) -> None:
    """Chance may print one twice: no machine asks another, and at each unit it is the unit's own."""
    other = catalogue.create_unit(database, ADMIN, "dpmptsp", "other", "Lain", time_zone="Asia/Makassar")
    queue_codes.require(database, ADMIN, "other", "umum", required=True)
    same = [queue_codes.hash_of(code)]
    place = other.unit.id, other.services[0].id
    database.write(lambda connection: stored_codes.add_batch(connection, *place, NOW, None, same))
    outcomes = [
        intake.accept(database, submission(unit=unit_code, code=code), NOW)
        for unit_code in ("ptsp", "other", "other")
    ]
    assert [isinstance(outcome, Receipt) for outcome in outcomes] == [True, True, False]
    assert refusals(outcomes[-1]) == [("code-used", "code")]


def test_the_midnight_that_ends_a_code_is_no_longer_its_day(database: Database, code: str) -> None:
    """20 November 2026 in Makassar (UTC+8) ends at 16:00 UTC."""
    midnight = datetime(2026, 11, 20, 16, tzinfo=UTC)
    in_time, late = issue(database, count=2, days=0)
    before = midnight - timedelta(microseconds=1)
    assert refusals(intake.accept(database, submission(code=late), midnight)) == [("code-expired", "code")]
    assert isinstance(intake.accept(database, submission(code=in_time), before), Receipt)
    # The page counts as the counter does.
    assert queue_codes.states(database, ADMIN, before)[0].expired == 0
    assert queue_codes.states(database, ADMIN, midnight)[0].expired == 1


def test_an_answer_that_waited_for_the_network_counts_when_it_was_given(
    database: Database, code: str
) -> None:
    late = issue(database, days=0)[0]
    waited = submission(code=late, client_time=NOW)
    assert isinstance(intake.accept(database, waited, NOW + 3 * DAY), Receipt)


def test_a_code_however_it_was_typed_is_the_same_code(database: Database, code: str) -> None:
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert isinstance(intake.accept(database, submission(code=f" {typed} "), NOW), Receipt)
    assert refusals(intake.accept(database, submission(code=code), NOW)) == [("code-used", "code")]


def test_a_refused_answer_is_taken_with_another_code_under_the_same_id(database: Database, code: str) -> None:
    intake.accept(database, submission(code=code), NOW)
    mine = submission(code=code)
    assert refusals(intake.accept(database, mine, NOW)) == [("code-used", "code")]
    again = Submission(**{**vars(mine), "code": issue(database)[0]})
    assert isinstance(intake.accept(database, again, NOW), Receipt)
    assert stored(database) == 2


@pytest.mark.parametrize("channel", list(Channel))
def test_paper_and_imports_need_no_code_and_everything_live_does(
    database: Database, code: str, channel: Channel
) -> None:
    outcome = intake.accept(database, submission(channel=channel), NOW)
    assert isinstance(outcome, Receipt) == (channel in (Channel.PAPER, Channel.IMPORT))


def test_an_open_service_takes_every_answer_and_uses_no_code_up(database: Database, unit: UnitEntry) -> None:
    for typed in (None, "nonsense", issue(database)[0]):
        assert isinstance(intake.accept(database, submission(code=typed), NOW), Receipt)
    assert (stored(database), used(database)) == (3, 0)


def test_neither_the_code_nor_who_used_it_is_in_the_database(database: Database, code: str) -> None:
    """Someone who hands out slips and reads the tables must not find their holders' answers."""
    receipt = intake.accept(database, submission(code=code), NOW)
    assert isinstance(receipt, Receipt)
    with database.read() as connection:
        rows = [dict(row) for row in connection.execute(sa.text("SELECT * FROM queue_code")).mappings()]
    assert [sorted(row) for row in rows] == [["batch_id", "hash", "unit_id", "used"]]
    plain = code.replace("-", "")
    assert not any(plain in str(value) for row in rows for value in row.values())
    assert str(UUID(str(receipt.id))) not in str(rows)


def test_a_batch_says_how_many_are_used_expired_and_open(database: Database, code: str) -> None:
    codes = issue(database, count=5, days=0)
    for typed in codes[:2]:
        intake.accept(database, submission(code=typed), NOW)
    newest, first = queue_codes.states(database, ADMIN, NOW)
    assert (newest.batch.issued, newest.batch.used, newest.expired, newest.open) == (5, 2, 0, 3)
    assert (first.batch.issued, first.batch.used, first.open) == (1, 0, 1)
    newest, _ = queue_codes.states(database, ADMIN, NOW + DAY)
    assert (newest.batch.used, newest.expired, newest.open) == (2, 3, 0)
