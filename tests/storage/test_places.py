"""What is read in one statement is what two statements read."""

from __future__ import annotations

from survey_app.services.answers import intake, queue_codes
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import places
from survey_app.storage.database import Database


def test_a_unit_with_its_services_in_one_statement(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat", time_zone="Asia/Jakarta")
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)
    queue_codes.require(database, ADMIN, "ptsp", "izin", required=True)
    with database.read() as connection:
        expected = places.find_unit(connection, "ptsp"), places.services(connection, unit.unit.id)
    with database.look() as connection:
        assert places.find_unit_with_services(connection, "ptsp") == expected
        assert places.find_unit_with_services(connection, "nowhere") is None
    assert [(s.code, s.active, s.codes_required) for s in expected[1]] == [
        ("umum", False, False),
        ("izin", True, True),
    ]


def test_after_a_look_a_read_is_a_snapshot_again(database: Database, unit: UnitEntry) -> None:
    """The connection goes back to the pool: what it was set to must not stay."""
    assert intake.load_context(database, "ptsp") is not None
    with database.read() as connection:
        before = places.services(connection, unit.unit.id)
        catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
        assert places.services(connection, unit.unit.id) == before
