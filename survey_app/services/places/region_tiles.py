"""Where the regions of a province stand in a map of equal tiles (data/reference/region-tiles.json)."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from survey_app.errors import InstrumentError, Problem
from survey_app.instruments import DATA
from survey_app.services.places.regions import Province, regions
from survey_app.text import Text


class Tile(NamedTuple):
    """A place in the grid, both from 1: rows from the north, columns from the west."""

    row: int
    column: int


def tiles(province: Province) -> Mapping[str, Tile]:
    """The tile of every region of the province, by its code.

    A province that the data do not draw is a grid as wide as it is high, in the order of the codes: nothing
    of where its regions lie is said by it, and every region is there all the same.
    """
    return drawn().get(province.code) or _grid(province)


def short_names(province: Province) -> Mapping[str, str]:
    """Names without what the whole list repeats; a kota that has the name of a kabupaten stays one."""
    bare = {r.code: r.name.removeprefix("Kabupaten ").removeprefix("Kota ") for r in province.regions}
    names = list(bare.values())
    return {
        r.code: r.name if r.is_city and names.count(bare[r.code]) > 1 else bare[r.code]
        for r in province.regions
    }


@cache
def drawn() -> Mapping[str, Mapping[str, Tile]]:
    """The tiles of every province in the data, by its code. Raises: as `parse`."""
    return parse(json.loads((DATA / "reference/region-tiles.json").read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Tile]]:
    """The tiles in `data`.

    Raises:
        InstrumentError: `region-tiles-invalid`, with every problem: `region-tiles-regions` for a province of
            which a region is missing or not its own, `region-tiles-place` for two at one place, or one
            outside the grid.
        NotFound: `region-unknown` for a province.
    """
    found = {
        code: {region: Tile(*place) for region, place in placed.items()}
        for code, placed in data["provinces"].items()
    }
    if problems := [problem for code, placed in found.items() for problem in _problems(code, placed)]:
        text = Text("Peta daerah tidak sah.", "The map of regions is not valid.")
        raise InstrumentError("region-tiles-invalid", text, problems)
    return found


def _problems(code: str, placed: Mapping[str, Tile]) -> Iterator[Problem]:
    if set(placed) != {region.code for region in regions().province(code).regions}:
        yield Problem.of(
            "region-tiles-regions",
            code,
            "Provinsi {code}: setiap kabupaten dan kota harus ada tepat sekali.",
            "Province {code}: every kabupaten and kota must be there exactly once.",
            code=code,
        )
    if len(set(placed.values())) < len(placed) or any(min(tile) < 1 for tile in placed.values()):
        yield Problem.of(
            "region-tiles-place",
            code,
            "Provinsi {code}: setiap daerah memerlukan baris dan kolom sendiri, mulai dari 1.",
            "Province {code}: every region needs a row and a column of its own, from 1.",
            code=code,
        )


def _grid(province: Province) -> Mapping[str, Tile]:
    wide = math.ceil(math.sqrt(len(province.regions)))
    return {r.code: Tile(i // wide + 1, i % wide + 1) for i, r in enumerate(province.regions)}
