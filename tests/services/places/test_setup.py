"""Agencies and units made from names alone: one name is one of them, two names are two."""

from __future__ import annotations

import pytest

from survey_app.errors import Conflict, Refused
from survey_app.services.places import catalogue, setup
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import Database

ZONE = "Asia/Makassar"
#: Its first 40 letters and hyphens are dinas-kesehatan-pengendalian-penduduk-da.
LONG = "Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana Kabupaten"


def test_two_agencies_whose_names_begin_alike_are_two(database: Database) -> None:
    first = setup.add_unit(database, ADMIN, f"{LONG} Paser", "Loket 1", ZONE)
    second = setup.add_unit(database, ADMIN, f"{LONG} Berau", "Loket 2", ZONE)
    third = setup.add_unit(database, ADMIN, f"{LONG} Kutai", "Loket 3", ZONE)
    assert first.agency.code == "dinas-kesehatan-pengendalian-penduduk-da"
    assert second.agency.code == "dinas-kesehatan-pengendalian-penduduk-2"
    assert third.agency.code == "dinas-kesehatan-pengendalian-penduduk-3"
    assert [a.name[-5:] for a in catalogue.list_agencies(database)] == ["Berau", "Kutai", "Paser"]


def test_the_same_name_is_the_same_agency_however_it_is_written(database: Database) -> None:
    first = setup.add_unit(database, ADMIN, f"{LONG} Paser", "Loket 1", ZONE)
    second = setup.add_unit(database, ADMIN, f"  {LONG.upper()} - PASER ", "Loket 2", ZONE)
    assert second.agency == first.agency


def test_a_name_as_long_as_a_code_is_not_the_longer_one(database: Database) -> None:
    setup.add_unit(database, ADMIN, f"{LONG} Paser", "Loket 1", ZONE)
    short = setup.add_unit(database, ADMIN, LONG[:41], "Loket 2", ZONE)
    assert short.agency.code == "dinas-kesehatan-pengendalian-penduduk-2"


def test_an_agency_is_found_by_the_code_that_was_chosen_for_it(database: Database) -> None:
    catalogue.create_agency(database, ADMIN, "dpmptsp", "DPMPTSP Provinsi Kalimantan Timur")
    assert setup.add_unit(database, ADMIN, "dpmptsp", "Loket 1", ZONE).agency.code == "dpmptsp"


def test_two_units_whose_names_begin_alike_are_two_and_one_name_is_one(database: Database) -> None:
    name = "Pelayanan Administrasi Kependudukan dan Pencatatan Sipil Kecamatan"
    codes = [setup.add_unit(database, ADMIN, "Dinas", f"{name} {n}", ZONE).unit.code for n in ("A", "B")]
    assert codes == ["pelayanan-administrasi-kependudukan-dan", "pelayanan-administrasi-kependudukan-da-2"]
    with pytest.raises(Conflict):
        setup.add_unit(database, ADMIN, "Dinas", f"{name} A", ZONE)


def test_a_name_without_letters_is_refused(database: Database) -> None:
    with pytest.raises(Refused) as caught:
        setup.add_unit(database, ADMIN, "?!", "…", ZONE)
    assert [p.path for p in caught.value.problems] == ["agency", "unit"]
