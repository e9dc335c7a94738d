"""Regions: the index of the units that serve each, against values worked by hand; and the maps of it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from analytics.period import Period
from survey_app.reports.typesetting.figures import region_tiles
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_region import set_region
from survey_app.services.province.by_region import ByRegion, by_region
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database
from survey_app.ui import region_map
from survey_app.wording import region_words
from survey_app.wording.voice import Voice
from tests.reports import samples

TW4 = Period.parse("2026-TW4")
#: Sheets of all fours among twenty, and the region: NRR 3 + f/20, so that the IKM is 75 + 1.25 f.
UNITS = {"satu": (20, "64.74"), "dua": (12, "64.74"), "tiga": (4, "64.71"), "semua": (8, None)}


def _found(database: Database) -> ByRegion:
    found = by_region(overview(database, PROVINCE, TW4).units)
    assert found is not None
    return found


@pytest.fixture
def province(database: Database) -> Database:
    for code, (fours, region) in UNITS.items():
        samples.create_unit(database, code, f"<b>{code.title()}")
        samples.insert(database, code, [[4] * 9] * fours + [[3] * 9] * (20 - fours), "2026-11")
        set_region(database, ADMIN, code, region)
    samples.create_unit(database, "baru", "Baru")
    set_region(database, ADMIN, "baru", "64.72")
    return database


def test_a_region_is_the_mean_of_the_units_that_serve_it(province: Database) -> None:
    """Bontang: 100 and 90; Balikpapan 80; Samarinda has a unit that has not measured; one is for all."""
    found = _found(province)
    by_code = {r.region.code: r for r in found.regions}
    assert (found.province.code, len(found.regions), found.others) == ("64", 10, 1)
    bontang, balikpapan, samarinda = (by_code[code] for code in ("64.74", "64.71", "64.72"))
    assert bontang.index is not None
    assert balikpapan.index is not None
    assert (bontang.units, bontang.index.estimate.value, bontang.index.n) == (2, 95, 40)
    assert balikpapan.index.estimate.value == 80
    assert balikpapan.index.estimate.interval is not None
    assert [r.region.code for r in found.measured] == ["64.71", "64.74"]
    assert region_words.missing(samarinda) == region_words.NO_VALUE
    assert region_words.missing(by_code["64.11"]) == region_words.NO_UNIT


def test_without_any_region_there_is_no_map(database: Database) -> None:
    samples.create_unit(database, "satu", "Satu")
    assert by_region(overview(database, PROVINCE, TW4).units) is None


def test_behind_a_value_stand_enough_people(database: Database) -> None:
    """Two and two are four; one more is five."""
    for code in ("satu", "dua"):
        samples.create_unit(database, code, code)
        samples.insert(database, code, [[4] * 9, [3] * 9], "2026-11")
        set_region(database, ADMIN, code, "64.74")
    assert not _found(database).measured
    (bontang,) = (r for r in _found(database).regions if r.units)
    assert bontang.index is not None
    assert (bontang.index.n, bontang.index.estimate.interval) == (0, None)
    samples.insert(database, "satu", [[3] * 9], "2026-10")
    assert [r.region.code for r in _found(database).measured] == ["64.74"]


def test_the_maps_say_the_same_on_the_page_and_on_paper(province: Database) -> None:
    found = _found(province)
    page = region_map.html(found)
    figure = region_tiles(found, Voice("id"))
    drawn = " ".join(ElementTree.fromstring(figure.svg).itertext())
    assert "95,00 A" in drawn
    assert re.search(r'<b class="num">95,00</b>.*?A</span><span class="of"> · 2 unit</span>', page)
    assert page.count("<a ") == 3  # where there is a unit, there is somewhere to go
    assert 'href="/perbandingan?region=64.74"' in page
    for region in found.regions:
        told = region_words.told(region, Voice("id"))
        assert f'title="{told}"' in page
        assert told in figure.alt
    assert region_words.OTHERS.format(n=1).id in page
