"""Provinces, kabupaten and kota: all there are, under the codes that are in force."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import DATA
from survey_app.services.places.regions import parse, regions

FILE = json.loads((DATA / "reference/regions.json").read_text(encoding="utf-8"))
#: Of Permendagri 72/2019, whose table of Kalimantan Timur is the last one before the provinces of Papua were
#: divided; written "KAB. PASER" there.
KALTIM = {
    "64.01": "Kabupaten Paser",
    "64.02": "Kabupaten Kutai Kartanegara",
    "64.03": "Kabupaten Berau",
    "64.07": "Kabupaten Kutai Barat",
    "64.08": "Kabupaten Kutai Timur",
    "64.09": "Kabupaten Penajam Paser Utara",
    "64.11": "Kabupaten Mahakam Ulu",
    "64.71": "Kota Balikpapan",
    "64.72": "Kota Samarinda",
    "64.74": "Kota Bontang",
}
#: Province, kabupaten, kota: the totals of Kepmendagri 300.2.2-2430/2025, which amends the list.
COUNTS = """
11 18 5, 12 25 8, 13 12 7, 14 10 2, 15 9 2, 16 13 4, 17 9 1, 18 13 2, 19 6 1, 21 5 2, 31 1 5, 32 18 9,
33 29 6, 34 4 1, 35 29 9, 36 4 4, 51 8 1, 52 8 2, 53 21 1, 61 12 2, 62 13 1, 63 11 2, 64 7 3, 65 4 1, 71 11 4,
72 12 1, 73 21 3, 74 15 2, 75 5 1, 76 6 0, 81 9 2, 82 8 2, 91 8 1, 92 7 0, 93 4 0, 94 8 0, 95 8 0, 96 5 1
"""


def test_kalimantan_timur_has_its_ten() -> None:
    province = regions().province("64")
    assert province.name == "Kalimantan Timur"
    assert {r.code: r.name for r in province.regions} == KALTIM
    assert [r.name for r in province.regions if r.is_city] == [
        "Kota Balikpapan",
        "Kota Samarinda",
        "Kota Bontang",
    ]


def test_all_of_the_country_are_there() -> None:
    """38 provinces, 416 kabupaten and 98 kota, as the decree counts them."""
    kinds = Counter(r.is_city for p in regions().provinces for r in p.regions)
    assert (len(regions().provinces), kinds[False], kinds[True]) == (38, 416, 98)
    found = [
        f"{p.code} {sum(not r.is_city for r in p.regions)} {sum(r.is_city for r in p.regions)}"
        for p in regions().provinces
    ]
    assert found == [counted.strip() for counted in COUNTS.split(",")]


def test_codes_and_names_are_written_once_and_in_order() -> None:
    codes = [r.code for p in regions().provinces for r in p.regions]
    assert codes == sorted(set(codes))
    names = [r.name for p in regions().provinces for r in p.regions]
    assert len(set(names)) == len(names)
    assert [name for name in names if name != " ".join(name.split())] == []
    assert regions().decree == "Keputusan Menteri Dalam Negeri Nomor 300.2.2-2138 Tahun 2025"


def test_a_region_is_found_by_its_code() -> None:
    assert regions().region("64.72").name == "Kota Samarinda"
    for code in ("64.73", "64", "99.01", "", "64.7", "64.72.01"):
        with pytest.raises(NotFound, match="region-unknown"):
            regions().region(code)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda d: d["provinces"][0].update(code="1"), "regions-code", "1"),
        (lambda d: d["provinces"][0]["regions"].update({"12.01": "Kabupaten X"}), "regions-code", "12.01"),
        (lambda d: d["provinces"][0]["regions"].update({"11.7": "Kota X"}), "regions-name", "11.7"),
        (lambda d: d["provinces"][0]["regions"].update({"11.79": "Kabupaten X"}), "regions-name", "11.79"),
        (lambda d: d["provinces"][0]["regions"].update({"11.29": "Kota X"}), "regions-name", "11.29"),
        (
            lambda d: d["provinces"][0]["regions"].update({"11.79": "Kota Sabang"}),
            "regions-repeated",
            "Kota Sabang",
        ),
        (lambda d: d["provinces"].append(d["provinces"][0]), "regions-repeated", "11"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(
    change: Callable[[dict[str, Any]], None], code: str, path: str
) -> None:
    data = copy.deepcopy(FILE)
    change(data)
    with pytest.raises(InstrumentError, match="regions-invalid") as refused:
        parse(data)
    assert (code, path) in {(p.code, p.path) for p in refused.value.problems}
