"""An answer is its id and its unit, whatever the server derives of it: month, service, moment of arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
import sqlalchemy as sa

from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import bulk, folding, imports, responses, rollup
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.storage.tables import response
from tests.submissions import NOW, stored, submission

#: Makassar is UTC+8: there November ends now.
LAST_SECOND = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def other(database: Database, unit: UnitEntry) -> UnitEntry:
    """Another unit of the agency, with a service of the same name."""
    return catalogue.create_unit(database, ADMIN, "dpmptsp", "other", "Lain", time_zone="Asia/Jayapura")


def counted(database: Database) -> dict[tuple[int, int], int]:
    """Answers that count by unit and month."""
    found: dict[tuple[int, int], int] = {}
    with database.read() as connection:
        for cell in rollup.read(connection):
            place = cell.unit_id, cell.month
            found[place] = found.get(place, 0) + cell.n
    return found


def as_new(entry: UnitEntry, id_: UUID, month: int = 202611, service: int = 0) -> NewResponse:
    return NewResponse(
        id=id_,
        unit_id=entry.unit.id,
        service_id=entry.services[service].id,
        instrument="skm-2017@1",
        scores="343434343",
        channel="web",
        answered_at=NOW,
        received_at=NOW,
        time_source="server",
        month=month,
        duration_ms=None,
        profile={},
        comment=None,
        client_id=None,
    )


def test_the_same_id_at_another_unit_is_another_answer(
    database: Database, unit: UnitEntry, other: UnitEntry
) -> None:
    sent = submission()
    here = intake.accept(database, sent, NOW)
    there = intake.accept(database, replace(sent, unit="other"), NOW + timedelta(minutes=1))
    assert isinstance(here, Receipt)
    assert isinstance(there, Receipt)
    assert (here.again, there.again) == (False, False)
    assert counted(database) == {(unit.unit.id, 202611): 1, (other.unit.id, 202611): 1}
    # Each is known where it was given; by its id alone there is the receipt of the first.
    again = intake.accept(database, replace(sent, unit="other"), NOW + timedelta(days=1))
    assert again == replace(there, again=True)
    assert intake.find_receipt(database, sent.id) == replace(here, again=True)
    with database.read() as connection:
        assert responses.unit_code_of(connection, sent.id) == "ptsp"
    results.refresh(database)
    assert counted(database) == {(unit.unit.id, 202611): 1, (other.unit.id, 202611): 1}
    # Of many at once too: known at one unit, new at the next.
    third = catalogue.create_unit(database, ADMIN, "dpmptsp", "tiga", "Tiga", time_zone="Asia/Makassar")
    both = [as_new(entry, sent.id, 202611, 0) for entry in (unit, third)]
    assert database.write(lambda connection: responses.insert_many(connection, both)) == 1


def test_the_same_id_at_a_unit_is_one_whatever_month_or_service(database: Database, unit: UnitEntry) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin")
    entry = catalogue.list_units(database, PROVINCE)[0]
    one = uuid7(NOW)
    new = [as_new(entry, one, month, service) for month in (202611, 202612) for service in (0, 1)]
    firsts = [database.write(partial(responses.insert, new=one_of)) for one_of in new]
    assert firsts == [None, NOW, NOW, NOW]
    assert database.write(lambda connection: responses.insert_many(connection, new)) == 0
    # Several ways at once, and the first to come decides.
    two = [replace(n, id=uuid7(NOW)) for n in new[:1]] + [replace(n, id=new[0].id) for n in new]
    assert database.write(lambda connection: responses.insert_many(connection, two)) == 1
    assert counted(database) == {(unit.unit.id, 202611): 2}
    assert stored(database) == 2


def test_the_rows_of_a_file_are_no_answers_that_are_known(
    database: Database, unit: UnitEntry, other: UnitEntry
) -> None:
    """A row whose id its unit has is no second answer; one whose id another unit has is one."""
    one = uuid7(NOW)
    database.write(lambda connection: responses.insert(connection, as_new(unit, one)))

    def import_rows(connection: sa.Connection) -> None:
        for entry in (unit, other):
            number = imports.begin(connection, entry.unit.id, "digest", NOW)
            rows = bulk.ready(connection.dialect, [as_new(entry, one, month=202612)])
            bulk.append(connection, rows.placed(import_id=number))
            folding.count_import(connection, number, folding.sums_of_import(connection, number))

    database.write(import_rows)
    assert counted(database) == {(unit.unit.id, 202611): 1, (other.unit.id, 202612): 1}


@pytest.mark.parametrize("refreshed", [False, True])
def test_a_replay_past_the_midnight_that_ends_a_month_counts_once(
    database: Database, unit: UnitEntry, refreshed: bool
) -> None:
    """The form had no clock of its own: each time the server would say another month."""
    sent = submission()
    first = intake.accept(database, sent, LAST_SECOND)
    if refreshed:
        results.refresh(database)
    again = intake.accept(database, sent, LAST_SECOND + timedelta(seconds=2))
    fresh = intake.accept(database, submission(), LAST_SECOND + timedelta(seconds=2))
    assert isinstance(first, Receipt)
    assert isinstance(fresh, Receipt)
    assert again == replace(first, again=True)
    assert not fresh.again
    assert counted(database) == {(unit.unit.id, 202611): 1, (unit.unit.id, 202612): 1}
    with database.read() as connection:
        months = connection.execute(sa.select(response.c.month).order_by(response.c.seq)).scalars().all()
    assert months == [202611, 202612]
