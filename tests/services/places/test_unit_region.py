"""The region a unit serves: who says it, what is offered, and which province that makes this one."""

from __future__ import annotations

import pytest

from survey_app.errors import NotFound
from survey_app.services.places import catalogue, setup
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_region import offered, province_of, set_region
from survey_app.storage.database import Database


def _region(database: Database, code: str) -> str | None:
    return catalogue.find_unit(database, code, PROVINCE).unit.region


def test_a_unit_serves_the_province_until_its_region_is_said(database: Database, unit: UnitEntry) -> None:
    code = unit.unit.code
    assert _region(database, code) is None
    set_region(database, ADMIN, code, "64.72")
    assert _region(database, code) == "64.72"
    with pytest.raises(NotFound, match="region-unknown"):
        set_region(database, ADMIN, code, "64.99")
    assert _region(database, code) == "64.72"
    set_region(database, ADMIN, code, None)
    assert _region(database, code) is None


def test_a_unit_can_begin_with_its_region(database: Database, unit: UnitEntry) -> None:
    entry = setup.add_unit(
        database, ADMIN, unit.agency.name, "Samsat Bontang", "Asia/Makassar", region="64.74"
    )
    assert (entry.unit.region, _region(database, entry.unit.code)) == ("64.74", "64.74")
    with pytest.raises(NotFound, match="region-unknown"):
        setup.add_unit(database, ADMIN, unit.agency.name, "Samsat Lain", "Asia/Makassar", region="Bontang")
    assert len(catalogue.list_units(database, PROVINCE)) == 2


def test_the_province_is_that_of_most_units_and_its_regions_are_offered_first(
    database: Database, unit: UnitEntry
) -> None:
    assert province_of([unit]) is None
    assert offered([unit])[0].code == "11.01"
    for name, region in (("Satu", "64.74"), ("Dua", "64.01"), ("Tiga", "63.01")):
        setup.add_unit(database, ADMIN, unit.agency.name, name, "Asia/Makassar", region=region)
    entries = catalogue.list_units(database, PROVINCE)
    found = province_of(entries)
    assert found is not None
    assert found.name == "Kalimantan Timur"
    codes = [r.code for r in offered(entries)]
    assert codes[:2] == ["64.01", "64.02"]
    assert (codes[10], len(codes), len(set(codes))) == ("11.01", 514, 514)
