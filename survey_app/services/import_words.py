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


@dataclass(frozen=True)
class ImportWords:
    """All of it as `plain` text.

    Attributes:
        columns: date, service or comment by the name of a column.
        months: 1 to 12 by name.
        markers, beside: words that make a cell the name of a total, and those that may stand beside them.
        options: by profile field, the key of an option by another spelling of it.
    """

    columns: Mapping[str, str]
    months: Mapping[str, int]
    markers: frozenset[str]
    beside: frozenset[str]
    options: Mapping[str, Mapping[str, str]]

    def names_total(self, cell: str) -> bool:
        """Whether a cell says no more than that its row is a total or a mean."""
        found = set(_WORD.findall(cell.lower()))
        return bool(found & self.markers) and found <= self.markers | self.beside


def plain(text: str) -> str:
    """Lower case, letters and digits only: "U 1", "u.1" and "U1" are one name."""
    return re.sub(r"[\W_]+", "", text.lower())


@cache
def words() -> ImportWords:
    data: dict[str, Any] = json.loads((DATA / "reference/import-words.json").read_text(encoding="utf-8"))
    return ImportWords(
        _by_spelling(data["columns"]),
        {name: int(month) for name, month in _by_spelling(data["months"]).items()},
        frozenset(data["totals"]["markers"]),
        frozenset(data["totals"]["beside"]),
        {field: _by_spelling(spellings) for field, spellings in data["options"].items()},
    )


def _by_spelling(spellings: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(text): key for key, texts in spellings.items() for text in texts}
