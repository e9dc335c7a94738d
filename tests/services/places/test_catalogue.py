"""Agencies, units and services: created once, with codes that fit into an address."""

from __future__ import annotations

import pytest

from analytics.period import Period
from survey_app.errors import Conflict, NotFound, Refused
from survey_app.services.places import catalogue, unit_entry
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import places
from survey_app.storage.database import Database


def test_a_new_unit_has_a_service_to_answer_for(database: Database, unit: UnitEntry) -> None:
    entry = catalogue.find_unit(database, "ptsp", PROVINCE)
    assert entry == unit
    assert [(s.code, s.name, s.active) for s in entry.services] == [("umum", "Layanan umum", True)]
    assert (entry.unit.instrument, entry.unit.time_zone) == ("skm-2017@1", "Asia/Makassar")


def test_a_code_is_taken_once(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(Conflict, match="agency-exists"):
        catalogue.create_agency(database, ADMIN, "dpmptsp", "Lain")
    with pytest.raises(Conflict, match="unit-exists"):
        catalogue.create_unit(database, ADMIN, "dpmptsp", "ptsp", "Lain", time_zone="Asia/Jakarta")
    with pytest.raises(Conflict, match="service-exists"):
        catalogue.create_service(database, ADMIN, "ptsp", "umum", "Lain")


@pytest.mark.parametrize("code", ["", "a b", "../etc", "-a", "a" * 41, "é"])
def test_a_code_must_fit_into_an_address(database: Database, code: str) -> None:
    with pytest.raises(Refused, match="code-format"):
        catalogue.create_agency(database, ADMIN, code, "Nama")


def test_a_code_written_in_capitals_is_the_same_code(database: Database, unit: UnitEntry) -> None:
    """As on a sign or in a letter: it finds what is there, and is no second one."""
    assert catalogue.find_unit(database, " PTSP", PROVINCE) == unit
    assert catalogue.find_service(unit, "Umum") == unit.services[0]
    assert catalogue.find_agency(database, "DPMPTSP") == unit.agency
    assert unit_entry.find(database, "PTSP") == unit_entry.find(database, "ptsp") is not None
    with pytest.raises(Conflict, match="unit-exists"):
        catalogue.create_unit(database, ADMIN, "dpmptsp", "PTSP", "Lain", time_zone="Asia/Jakarta")
    new = catalogue.create_unit(database, ADMIN, "dpmptsp", "MPP", "Mal", time_zone="Asia/Jakarta")
    assert new.unit.code == "mpp"


def test_the_default_service_comes_first_and_only_no_code_at_all_means_it(
    database: Database, unit: UnitEntry
) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin usaha")
    catalogue.set_service_active(database, ADMIN, "ptsp", "izin", active=False)
    entry = catalogue.find_unit(database, "ptsp", PROVINCE)
    assert [service.code for service in entry.services] == ["umum", "izin"]
    assert entry.service(None) == entry.services[0]
    # A code is that of a service in use or not, and the empty one is nobody's.
    assert (entry.service("izin"), entry.service("")) == (entry.services[1], None)


def test_an_agency_whose_code_came_in_capitals_stays_itself(database: Database) -> None:
    """Files could bring such a code once, and one in lower case could come after it."""
    database.write(lambda connection: places.add_agency(connection, "DINAS", "Dari berkas lama"))
    database.write(lambda connection: places.add_agency(connection, "dinas", "Dari halaman"))
    assert catalogue.find_agency(database, "DINAS").name == "Dari berkas lama"
    assert catalogue.find_agency(database, "Dinas").name == "Dari halaman"


def test_every_problem_of_a_unit_is_listed(database: Database) -> None:
    catalogue.create_agency(database, ADMIN, "a", "OPD")
    with pytest.raises(Refused) as refused:
        catalogue.create_unit(database, ADMIN, "a", "U 1", "  ", time_zone="Asia/Kutai")
    assert [p.code for p in refused.value.problems] == ["code-format", "name-length", "time-zone-unknown"]
    assert catalogue.list_units(database, PROVINCE) == []


def test_unknown_things_are_said_to_be_unknown(database: Database, unit: UnitEntry) -> None:
    with pytest.raises(NotFound, match="agency-unknown"):
        catalogue.create_unit(database, ADMIN, "tiada", "u", "Unit", time_zone="Asia/Makassar")
    with pytest.raises(NotFound, match="instrument-unknown"):
        catalogue.create_unit(
            database, ADMIN, "dpmptsp", "u", "Unit", time_zone="Asia/Makassar", instrument="tiada@1"
        )
    with pytest.raises(NotFound, match="unit-unknown"):
        catalogue.find_unit(database, "tiada", PROVINCE)


@pytest.mark.parametrize(("users", "code"), [(-1, "volume-negative"), (2**31, "volume-high")])
def test_users_served_are_a_number_of_people(
    database: Database, unit: UnitEntry, users: int, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        catalogue.record_volume(database, ADMIN, "ptsp", "umum", Period.parse("2026"), users)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Izin Usaha (Baru)", "izin-usaha-baru"), ("  RSUD A.W. Sjahranie ", "rsud-a-w-sjahranie")],
)
def test_a_code_is_made_from_a_name(name: str, code: str) -> None:
    assert catalogue.slug(name) == code


def test_the_list_is_kept_while_nothing_changes_and_never_older_than_what_is_stored(
    database: Database, unit: UnitEntry
) -> None:
    code = unit.unit.code
    first = catalogue.list_units(database, PROVINCE)
    assert [a is b for a, b in zip(first, catalogue.list_units(database, PROVINCE), strict=True)] == [True]
    database.write(lambda connection: places.set_unit(connection, unit.unit.id, name="Nama Baru"))
    assert [e.unit.name for e in catalogue.list_units(database, PROVINCE)] == ["Nama Baru"]
    catalogue.create_service(database, ADMIN, code, "kk", "Kartu keluarga")
    assert [s.code for s in catalogue.list_units(database, PROVINCE)[0].services][1:] == ["kk"]
    catalogue.create_agency(database, ADMIN, "aaa", "Aaa")
    catalogue.create_unit(database, ADMIN, "aaa", "lain", "Unit lain", time_zone="Asia/Jakarta")
    assert [e.unit.code for e in catalogue.list_units(database, PROVINCE)] == ["lain", code]
    first.clear()
    assert len(catalogue.list_units(database, PROVINCE)) == 2, "a caller's list is its own"
