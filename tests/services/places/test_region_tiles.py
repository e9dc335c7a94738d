"""The map of a province: every region at one place, Kaltim as it lies, any other one as a grid."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from survey_app.errors import InstrumentError
from survey_app.instruments import DATA
from survey_app.services.places.region_tiles import parse, short_names, tiles
from survey_app.services.places.regions import Province, Region, regions

FILE = json.loads((DATA / "reference/region-tiles.json").read_text(encoding="utf-8"))


def test_the_ten_regions_of_kaltim_lie_as_they_lie() -> None:
    """Berau in the north, Paser in the south, Balikpapan below Samarinda, Kutai Barat west of Kartanegara."""
    at = tiles(regions().province("64"))
    assert len(at) == 10
    assert at["64.03"].row == min(tile.row for tile in at.values())
    assert at["64.01"].row == max(tile.row for tile in at.values())
    assert at["64.71"].row == at["64.72"].row + 1
    assert at["64.07"].column < at["64.02"].column


@pytest.mark.parametrize("province", regions().provinces, ids=lambda province: province.name)
def test_every_region_of_every_province_has_a_place_and_a_name_of_its_own(province: Province) -> None:
    at, names = tiles(province), short_names(province)
    assert set(at) == set(names) == {region.code for region in province.regions}
    assert len(set(at.values())) == len(set(names.values())) == len(province.regions)
    assert all(tile.row >= 1 and 1 <= tile.column <= 7 for tile in at.values())


def test_a_kota_that_has_the_name_of_a_kabupaten_stays_one() -> None:
    province = Province("32", "Jawa", (Region("32.01", "Kabupaten Bogor"), Region("32.71", "Kota Bogor")))
    assert short_names(province) == {"32.01": "Bogor", "32.71": "Kota Bogor"}
    assert short_names(regions().province("64"))["64.72"] == "Samarinda"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda placed: placed.pop("64.71"), "region-tiles-regions"),
        (lambda placed: placed.update({"63.01": [9, 9]}), "region-tiles-regions"),
        (lambda placed: placed.update({"64.71": placed["64.72"]}), "region-tiles-place"),
        (lambda placed: placed.update({"64.71": [0, 3]}), "region-tiles-place"),
    ],
)
def test_a_map_that_is_not_whole_is_refused(spoil: Callable[[dict[str, Any]], object], code: str) -> None:
    data = deepcopy(FILE)
    spoil(data["provinces"]["64"])
    with pytest.raises(InstrumentError) as refused:
        parse(data)
    assert [problem.code for problem in refused.value.problems] == [code]
