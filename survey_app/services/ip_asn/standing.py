"""What a file of IP ASN would change in a year: whom it replaces, and whether what it brings counts already.

For each unit and status the latest import counts, so a file with a few late staff replaces all the others. A
file replaced by another may count again: imports are only ever added, so it is stored once more.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey_app.errors import Problem, Refused
from survey_app.services.ip_asn import staff_sums
from survey_app.services.ip_asn.staff_sums import Sums
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage import ip_asn
from survey_app.storage.database import Database
from survey_app.text import Text

Rows = Sequence[Mapping[str, Any]]
REPLACES = Text("menggantikan {now} pegawai dengan {then}.", "replaces {now} staff by {then}.")


@dataclass(frozen=True)
class Replaced:
    """Staff of a unit and status: how many count now, and how many the file brings in their place."""

    entry: UnitEntry
    status: str
    now: int
    then: int

    @property
    def falls(self) -> bool:
        return self.then < self.now

    @property
    def text(self) -> Text:
        return REPLACES.format(now=self.now, then=self.then)


@dataclass(frozen=True)
class Standing:
    """A file beside what counts now.

    Attributes:
        digest: of these rows as the import that would be stored; the same for every retry of it.
        known: these rows were imported for this year and rule set, and all of them still count.
        replaced: by unit and status; nobody if it is known.
    """

    digest: str
    known: bool
    replaced: tuple[Replaced, ...]

    @property
    def falls(self) -> tuple[Replaced, ...]:
        """Units and statuses that would have fewer staff than now."""
        return tuple(r for r in self.replaced if r.falls)


def standing(
    database: Database,
    year: int,
    ruleset_id: str,
    measured_on: date,
    rows: Rows,
    units: Mapping[str, UnitEntry],
) -> Standing:
    """How rows that can be stored, of `units` by code, stand to what counts in `year`."""
    with database.read() as connection:
        digest = _digest(repr((measured_on.isoformat(), rows)))
        while (stored := ip_asn.find_import(connection, year, ruleset_id, digest)) is not None:
            if ip_asn.counts(connection, stored):
                return Standing(digest, True, ())
            digest = _digest(digest)
    return Standing(digest, False, _replaced(staff_sums.read(database, year), rows, units))


def refuse_falls(falls: Sequence[Replaced]) -> Refused:
    """What to say when staff would be lost that nobody agreed to lose."""
    text = Text(
        "Jumlah pegawai akan berkurang. Tidak ada yang disimpan. Impor terakhir menggantikan semua pegawai "
        "dengan unit dan status yang sama. Impor satu berkas yang memuat semuanya, atau setujui "
        "penggantiannya.",
        "There would be fewer staff. Nothing was stored. The latest import replaces all staff of the same "
        "unit and status. Import one file that has them all, or agree to the replacement.",
    )
    listed = [Problem("staff-fewer", f"{r.entry.unit.code}, {r.status}", r.text) for r in falls]
    return Refused("staff-fewer", text, listed)


def _replaced(sums: Sums, rows: Rows, units: Mapping[str, UnitEntry]) -> tuple[Replaced, ...]:
    then = Counter((row["unit"], row["status"]) for row in rows)
    found = [
        Replaced(units[code], status, _headcount(sums, units[code].unit.id, status), staff)
        for (code, status), staff in sorted(then.items())
    ]
    return tuple(r for r in found if r.now)


def _headcount(sums: Sums, unit_id: int, status: str) -> int:
    parts = (part for by_rules in sums.get(unit_id, {}).values() for part in by_rules.items())
    return sum(staff.headcount for (of_status, _), staff in parts if of_status == status)


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
