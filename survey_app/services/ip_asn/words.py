"""The words of IP ASN files (data/reference/ipasn-columns.json): names of columns, of totals, of nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from survey_app.instruments import DATA
from survey_app.services.imports.words import plain

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MEAN = re.compile(r"rata[\W_]*rata")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"[(\[]?([0-9]{1,2})[)\].]?")


@dataclass(frozen=True, kw_only=True)
class StaffWords:
    """`columns`: the field of each plain name; the rest as small letters."""

    columns: dict[str, str]
    nothing: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    markers: frozenset[str]
    beside: frozenset[str]

    def names_total(self, cell: str) -> bool:
        """Whether a cell says no more than that its row is a total or a mean: "Rata-rata", "Jumlah PNS"."""
        found = _labels(cell)
        return bool(self.markers & set(found)) and self.markers | self.beside >= set(found)

    def begins_as_total(self, cell: str) -> bool:
        """Whether a cell begins as the label of a total: "Rata-rata Dinas Kesehatan"."""
        found = _labels(cell)
        return bool(found) and found[0] in self.markers

    def says_nothing(self, cell: str) -> bool:
        """A dash, dots, or a word for nothing."""
        return not any(c.isalnum() for c in cell) or " ".join(cell.casefold().split()) in self.nothing


def _labels(cell: str) -> list[str]:
    return _WORD.findall(_MEAN.sub("ratarata", cell.casefold()))


def fields(header: Sequence[str]) -> list[str | None]:
    """What each column of a header is; None for one that nobody reads.

    "Jabatan" is the kind of post, unless a column "Jenis Jabatan" says that: then it is the post's name.
    """
    found = [words().columns.get(plain(_BRACKETS.sub("", name))) for name in header]
    kinds = [at for at, field in enumerate(found) if field == "jabatan"]
    if len(kinds) == 2 and "nama_jabatan" not in found:
        named = [at for at in kinds if plain(header[at]) == "jabatan"]
        found = ["nama_jabatan" if [at] == named else field for at, field in enumerate(found)]
    return found


def counts_columns(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns, as below the header of printed tables: (1) (2) (3)."""
    read = [_NUMBERED.fullmatch(cell) for cell in cells if cell]
    numbers = [int(m[1]) for m in read if m]
    return len(numbers) == len(read) >= 3 and numbers == list(range(1, len(numbers) + 1))


@cache
def words() -> StaffWords:
    path = DATA / "reference/ipasn-columns.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    columns = {plain(name): field for field, names in data["columns"].items() for name in names}
    return StaffWords(
        columns=columns,
        nothing=frozenset(data["nothing"]),
        yes=frozenset(data["yes"]),
        no=frozenset(data["no"]),
        markers=frozenset(data["totals"]["markers"]),
        beside=frozenset(data["totals"]["beside"]),
    )
