"""Staff for tests: units with invented scores, brought in through the same import as real ones."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Sequence
from pathlib import Path

from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.submissions import NOW

KEY = b"a key for tests"
COLUMNS = (
    "nip",
    "unit",
    "status",
    "kualifikasi",
    "kompetensi",
    "kinerja",
    "disiplin",
    "total",
    "penyetaraan",
)

#: Unit, status, the four dimensions ("" for none), and "ya" if the reform of posts moved the person.
Row = tuple[str, str, str, str, str, str, str]


def add_units(database: Database) -> None:
    """Agency a with units a1 and a2, agency b with unit b1."""
    for agency, units in (("a", ("a1", "a2")), ("b", ("b1",))):
        catalogue.create_agency(database, ADMIN, agency, f"Dinas {agency.upper()}")
        for code in units:
            catalogue.create_unit(
                database, ADMIN, agency, code, f"Unit {code.upper()}", time_zone="Asia/Makassar"
            )


def staff(unit: str, *scores: Sequence[str | int], status: str = "PNS", moved: str = "") -> list[Row]:
    """Rows of one unit from their four dimension scores."""
    return [(unit, status, str(a), str(b), str(c), str(d), moved) for a, b, c, d in scores]


def write_staff(path: Path, rows: Sequence[Row]) -> Path:
    """A CSV file as BKN's export gives it, with NIP and status."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for i, (unit, status, *scores, moved) in enumerate(rows):
            # Nobody works in two units: the NIP ends with the unit's number and the row's, which BKN counts
            # from 001.
            nip = f"19750101{zlib.crc32(unit.encode()) % 10**6:06d}{i // 999}{i % 999 + 1:03d}"
            writer.writerow([nip, unit, status, *scores, "", moved])
    return path


def import_staff(
    database: Database, folder: Path, rows: Sequence[Row], year: int = 2021, ruleset: str = "ip-asn-2019"
) -> None:
    """Import the rows for a year; they may be fewer than those they replace."""
    path = write_staff(folder / f"{year}-{ruleset}-{len(list(folder.iterdir()))}.csv", rows)
    terms = ImportTerms(year=year, ruleset=ruleset, scope=PROVINCE, replace=True)
    staff_import.import_staff(database, ADMIN, path, terms, NOW, KEY)
