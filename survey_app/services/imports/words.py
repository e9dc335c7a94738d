"""The words of import files (data/reference/import-words.json): names of columns, months, totals, options."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from survey_app.instruments.files import DATA

_WORD = re.compile(r"[^\W\d_]+")
#: What may stand for the indices of a unit, and is a service too: Industri Kecil dan Menengah.
_AMBIGUOUS = frozenset({"ikm", "skm"})


@dataclass(frozen=True, kw_only=True)
class ImportWords:
    """All of it as `plain` text.

    Attributes:
        columns: date, service or comment by the name of a column; `also` where no other column is that.
        other_unsur: what earlier regulations asked and the present one does not.
        fields: the key of a profile field by another name of its column.
        numbers, people: names of columns that number respondents, or name them.
        services: words in the name of a column that tells what was served.
        blank: what a cell says that says nothing.
        months: 1 to 12 by name.
        markers, beside: words that make a cell the name of a total, and those that may stand beside them.
        options: by profile field, the key of an option by another spelling of it.
    """

    columns: Mapping[str, str]
    also: Mapping[str, str]
    other_unsur: frozenset[str]
    fields: Mapping[str, str]
    numbers: frozenset[str]
    people: frozenset[str]
    services: tuple[str, ...]
    blank: frozenset[str]
    months: Mapping[str, int]
    markers: frozenset[str]
    beside: frozenset[str]
    options: Mapping[str, Mapping[str, str]]

    def names_total(self, cell: str, *, among_services: bool = False) -> bool:
        """Whether a cell says no more than that its row is a total or a mean.

        `among_services`: it stands where a service may, which IKM is too.
        """
        found = set(_WORD.findall(cell.lower()))
        sure = self.markers - _AMBIGUOUS if among_services else self.markers
        return bool(found & sure) and found <= self.markers | self.beside

    def is_blank(self, cell: str) -> bool:
        """Whether a cell says that nothing was filled in."""
        return plain(cell) in self.blank or not re.search(r"\w", cell)


def plain(text: str) -> str:
    """Lower case, letters and digits only: "U 1", "u.1" and "U1" are one name."""
    return re.sub(r"[\W_]+", "", text.lower())


@cache
def words() -> ImportWords:
    data: dict[str, Any] = json.loads((DATA / "reference/import-words.json").read_text(encoding="utf-8"))
    return ImportWords(
        columns=_by_spelling(data["columns"]),
        also=_by_spelling(data["also"]),
        other_unsur=frozenset(_by_spelling(data["other unsur"])),
        fields=_by_spelling(data["fields"]),
        numbers=frozenset(map(plain, data["numbers"])),
        people=frozenset(map(plain, data["people"])),
        services=tuple(map(plain, data["services"])),
        blank=frozenset(map(plain, data["blank"])),
        months={name: int(month) for name, month in _by_spelling(data["months"]).items()},
        markers=frozenset(data["totals"]["markers"]),
        beside=frozenset(data["totals"]["beside"]),
        options={field: _by_spelling(spellings) for field, spellings in data["options"].items()},
    )


def _by_spelling(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(text): key for key, texts in spellings.items() for text in texts}
