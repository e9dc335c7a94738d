"""What is read in one statement is what three statements read."""

from __future__ import annotations

from survey_app.services.answers import queue_codes
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import places
from survey_app.storage.database import Database


def test_a_unit_with_its_agency_and_services_in_one_statement(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "samsat", "Samsat", time_zone="Asia/Jakarta")
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    catalogue.set_service_active(database, ADMIN, "ptsp", "umum", False)
    queue_codes.require(database, ADMIN, "ptsp", "izin", required=True)
    with database.read() as connection:
        agency, found = places.find_agency(connection, "dpmptsp"), places.find_unit(connection, "ptsp")
        services = places.services(connection, unit.unit.id)
    assert agency is not None
    assert found is not None
    with database.look() as connection:
        assert places.find_entry(connection, "ptsp") == (agency, found, services)
        assert places.find_entry(connection, "nowhere") is None
    assert [(s.code, s.active, s.codes_required) for s in services] == [
        ("umum", False, False),
        ("izin", True, True),
    ]


def test_after_a_look_a_read_is_a_snapshot_again(database: Database, unit: UnitEntry) -> None:
    """The connection goes back to the pool: what it was set to must not stay."""
    assert unit_entry.find(database, "ptsp") is not None
    with database.read() as connection:
        before = places.services(connection, unit.unit.id)
        catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
        assert places.services(connection, unit.unit.id) == before
