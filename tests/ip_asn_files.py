"""Files of IP ASN for tests: BKN's export and raw records, loaded for 2020."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.submissions import NOW

KEY = b"a key for tests"
HEADER = ["Nama", "Nama Jabatan", "Satuan Kerja", "Kualifikasi", "Kompetensi", "Kinerja", "Disiplin", "Total"]
UNIT = "Pelayanan Terpadu Satu Pintu"
RECORDS = "nip,unit,status,jabatan,pendidikan,rating,penyetaraan,diklat,hukdis\n"


def export(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """BKN's export: six lines of title, the header on row 7."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in ("BADAN KEPEGAWAIAN NEGARA", "PIP ASN", "Tahun 2024", "", "", ""):
        sheet.append([line])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def load(
    database: Database, path: Path, ruleset: str = "ip-asn-2019", **options: Any
) -> staff_import.ImportedStaff:
    return staff_import.import_staff(database, ADMIN, path, terms(ruleset=ruleset, **options), NOW, KEY)


def terms(**options: Any) -> ImportTerms:
    """Those of a file of 2020 by the rules of 2019, about any unit."""
    return ImportTerms(**{"year": 2020, "ruleset": "ip-asn-2019", "scope": PROVINCE, **options})


def record(nip: str, unit: str, education: str = "S1") -> str:
    return f"{nip},{unit},PNS,pelaksana,{education},85,,,\n"
