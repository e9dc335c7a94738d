"""Kinds of units (jenis layanan), so that like can stand beside like (data/reference/unit-kinds.json)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from survey_app.errors import InstrumentError, NotFound, Problem
from survey_app.instruments import DATA
from survey_app.text import Text

#: As long as the column that holds it.
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")
#: A key that the list has no more: the unit has it all the same until somebody says another.
UNLISTED = Text("{key} (tidak ada di daftar)", "{key} (not in the list)")


@cache
def kinds() -> Mapping[str, Text]:
    """Names by keys, in the order of the reference list.

    Raises:
        InstrumentError: as `parse`.
    """
    return parse(json.loads((DATA / "reference/unit-kinds.json").read_text(encoding="utf-8")))


def kind_name(key: str) -> Text:
    """What a kind is called. A province may take one from the list: of such a key the key itself."""
    return kinds().get(key) or UNLISTED.format(key=key)


def known_kind(key: str | None) -> str | None:
    """The key, where the list has it; None for none. Raises: NotFound `kind-unknown`."""
    if not key:
        return None
    if key not in kinds():
        text = Text("Jenis layanan {key} tidak dikenal.", "There is no kind of unit {key}.")
        raise NotFound("kind-unknown", text.format(key=key))
    return key


def parse(data: Mapping[str, Any]) -> Mapping[str, Text]:
    """The kinds in `data`, which any province may change.

    Raises:
        InstrumentError: `kinds-invalid`, with every problem: `kinds-key` for a key of other signs than lower
            case letters, digits and hyphens or of more than 40, `kinds-name` for one without a name in both
            languages, `kinds-repeated` for a name that two have, `kinds-none` for an empty list.
    """
    found = {
        key: Text(*(" ".join(str(names.get(language) or "").split()) for language in ("id", "en")))
        for key, names in data["kinds"].items()
    }
    if problems := list(_problems(found)):
        text = Text("Daftar jenis layanan tidak sah.", "The list of kinds of units is not valid.")
        raise InstrumentError("kinds-invalid", text, problems)
    return found


def _problems(found: Mapping[str, Text]) -> Iterator[Problem]:
    if not found:
        yield _problem("none", "kinds")
    for key, name in found.items():
        if not _KEY.fullmatch(key):
            yield _problem("key", key)
        if not (name.id and name.en):
            yield _problem("name", key)
    for language in ("id", "en"):
        for name_, times in Counter(name.in_language(language) for name in found.values()).items():
            if name_ and times > 1:
                yield _problem("repeated", name_)


def _problem(code: str, at: str) -> Problem:
    return Problem.of(f"kinds-{code}", at, "{wrong}: {at}.", "{wrong}: {at}.", wrong=_WRONG[code], at=at)


_WRONG = {
    "none": Text("daftar tidak boleh kosong", "the list must not be empty"),
    "key": Text(
        "kunci terdiri atas huruf kecil, angka, dan tanda hubung, paling panjang 40",
        "a key has lower case letters, digits and hyphens, 40 at most",
    ),
    "name": Text("belum bernama dalam kedua bahasa", "has no name in both languages"),
    "repeated": Text("disebut lebih dari sekali", "named more than once"),
}
