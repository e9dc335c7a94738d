"""Words of an IP ASN file as a rule set spells them: S-1 for S1, pns for PNS, Workshop for seminar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.ip_asn.employee import STATUSES
from analytics.ip_asn.ruleset import Ruleset

#: By field, what each folded spelling means.
Spellings = Mapping[str, Mapping[str, str]]


def spellings_of(ruleset: Ruleset, others: Mapping[str, Mapping[str, Sequence[str]]]) -> Spellings:
    """Every spelling of the words of `ruleset`.

    Args:
        others: by field and word its other spellings, as in data/reference/ipasn-spellings.json. Words the
            rule set does not have are left out.
    """
    own: dict[str, Sequence[str]] = {
        "status": STATUSES,
        "jabatan": [jabatan for group in ruleset.kompetensi for jabatan in group.jabatan],
        "pendidikan": [level.name for level in ruleset.kualifikasi],
        "rating": [level.name for level in ruleset.kinerja],
        "kind": [part.kind for group in ruleset.kompetensi for part in group.parts],
        "level": [level.name for level in ruleset.disiplin],
    }
    return {
        field: {_fold(s): word for word in known for s in (*others.get(field, {}).get(word, ()), word)}
        for field, known in own.items()
    }


def respelled(row: Mapping[str, Any], known: Spellings) -> dict[str, Any]:
    """A row, with its trainings and penalties, in known words; any other word stays as it is."""
    fields = _fields(row, known)
    for parts in ("trainings", "penalties"):
        if parts in row:
            fields[parts] = [_fields(part, known) for part in row[parts]]
    return fields


def _fields(row: Mapping[str, Any], known: Spellings) -> dict[str, Any]:
    written = {field: row[field] for field in known if isinstance(row.get(field), str)}
    return {**row, **{field: known[field].get(_fold(word), word) for field, word in written.items()}}


def _fold(word: str) -> str:
    """Small letters without blanks, dots and hyphens. Other marks stay: < SLTA is not SLTA."""
    return "".join(c for c in word.casefold() if not c.isspace() and c not in ".-–")
