"""Kabupaten and kota by the codes of the Ministry of Home Affairs (data/reference/regions.json)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from survey_app.errors import InstrumentError, NotFound, Problem
from survey_app.instruments import DATA
from survey_app.text import Text

_PROVINCE = re.compile(r"[1-9][0-9]")
#: Kabupaten are counted from 01, kota from 71.
_REGENCY, _CITY = re.compile(r"[1-9][0-9]\.[0-6][0-9]"), re.compile(r"[1-9][0-9]\.[7-9][0-9]")


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota: `code` such as 64.72, `name` as the ministry writes it, such as Kota Samarinda."""

    code: str
    name: str

    @property
    def is_city(self) -> bool:
        """A kota, of which some are administrative ones."""
        return _CITY.fullmatch(self.code) is not None


@dataclass(frozen=True)
class Province:
    """A province by its code, such as 64, with its regions in the order of their codes."""

    code: str
    name: str
    regions: tuple[Region, ...]


@dataclass(frozen=True)
class Regions:
    """All provinces in the order of their codes; `decree` is where codes and names are from."""

    decree: str
    provinces: tuple[Province, ...]

    def region(self, code: str) -> Region:
        """Raises: NotFound `region-unknown`."""
        for region in self.province(code.partition(".")[0]).regions:
            if region.code == code:
                return region
        raise _unknown(code)

    def province(self, code: str) -> Province:
        """Raises: NotFound `region-unknown`."""
        for province in self.provinces:
            if province.code == code:
                return province
        raise _unknown(code)


def known_region(code: str | None) -> str | None:
    """The code, where it is one of a kabupaten or kota; None for none. Raises: NotFound `region-unknown`."""
    return regions().region(code).code if code else None


@cache
def regions() -> Regions:
    """Those of the reference list.

    Raises:
        InstrumentError: as `parse`.
    """
    return parse(json.loads((DATA / "reference/regions.json").read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Regions:
    """The regions in `data`.

    Raises:
        InstrumentError: `regions-invalid`, with every problem: `regions-code` for a form no code has or a
            region under another province, `regions-name` for a kabupaten under the code of a kota or the
            other way round, `regions-repeated`.
    """
    found = Regions(
        data["source"]["decree"],
        tuple(
            Province(p["code"], p["name"], tuple(Region(*region) for region in p["regions"].items()))
            for p in data["provinces"]
        ),
    )
    if problems := list(_problems(found)):
        text = Text("Daftar wilayah tidak sah.", "The list of regions is not valid.")
        raise InstrumentError("regions-invalid", text, problems)
    return found


def _problems(found: Regions) -> Iterator[Problem]:
    for province in found.provinces:
        if not _PROVINCE.fullmatch(province.code):
            yield _problem("code", province.code)
        for region in province.regions:
            if not region.code.startswith(f"{province.code}."):
                yield _problem("code", region.code)
            elif not _kind(region).fullmatch(region.code):
                yield _problem("name", region.code)
        yield from _repeated(r.name for r in province.regions)
    yield from _repeated(p.name for p in found.provinces)
    yield from _repeated(p.code for p in found.provinces)


def _kind(region: Region) -> re.Pattern[str]:
    return _CITY if region.name.startswith("Kota ") else _REGENCY


def _repeated(values: Iterable[str]) -> Iterator[Problem]:
    for value, times in Counter(values).items():
        if times > 1:
            yield _problem("repeated", value)


def _problem(code: str, at: str) -> Problem:
    return Problem.of(f"regions-{code}", at, "{wrong}: {at}.", "{wrong}: {at}.", wrong=_WRONG[code], at=at)


def _unknown(code: str) -> NotFound:
    text = Text("Wilayah {code} tidak dikenal.", "There is no region {code}.")
    return NotFound("region-unknown", text.format(code=code))


_WRONG = {
    "code": Text(
        "kode wilayah harus dua angka, atau kode provinsinya, titik, dan dua angka",
        "a code has two digits, or that of its province, a point and two digits",
    ),
    "name": Text(
        "kabupaten bernomor 01 sampai 69 dan kota 71 sampai 99",
        "a kabupaten has a number from 01 to 69, a kota one from 71 to 99",
    ),
    "repeated": Text("disebut lebih dari sekali", "named more than once"),
}
