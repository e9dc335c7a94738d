"""Rows of an IP ASN file: BKN's export with given scores, or raw records to be scored.

BKN's export "PIP ASN" has its header on row 7: Nama, Nama Jabatan, Satuan Kerja, the four dimensions, Total.
Raw records have the columns nip, unit, status, jabatan, pendidikan, rating, penyetaraan, diklat and hukdis;
diklat lists trainings as kind:jp:last day, hukdis penalties as level:date, both separated by semicolons.
Dates are 2021-12-31 or 31/12/2021. Other spellings of words stand in data/reference/ipasn-spellings.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey_app.errors import Refused
from survey_app.services.tabular import Table, read_table
from survey_app.text import Text

EXPORT_HEADER_ROW = 7
_NAMES = {
    "satuan_kerja": "unit",
    "unit_kerja": "unit",
    "unit": "unit",
    "nama": "nama",
    "nama_jabatan": "nama_jabatan",
    "nip": "nip",
    "status": "status",
    "jenis_asn": "status",
    "jabatan": "jabatan",
    "pendidikan": "pendidikan",
    "rating": "rating",
    "penyetaraan": "penyetaraan",
    "diklat": "diklat",
    "hukdis": "hukdis",
    "kualifikasi": "kualifikasi",
    "kompetensi": "kompetensi",
    "kinerja": "kinerja",
    "disiplin": "disiplin",
    "total": "total",
    "subtotal": "total",
}
_EXPORT = ("unit", "kualifikasi", "kompetensi", "kinerja", "disiplin")
_RECORDS = ("unit", "nip", "status", "jabatan", "pendidikan", "rating")


@dataclass(frozen=True)
class StaffFile:
    """The rows of a file by field name, with their line numbers. `given`: they bring scores."""

    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    given: bool


def read_staff(path: Path, sheet: str | None = None) -> StaffFile:
    """Read an export or raw records, CSV or XLSX; of a workbook with several sheets the named one.

    Raises:
        Refused: what `read_table` raises, `ipasn-columns` when it is neither.
    """
    table = read_table(path, sheet=sheet)
    names = _names(table.header)
    if not _has(names, _EXPORT) and not _has(names, _RECORDS):
        table = _from_export_header(path, sheet)
        names = _names(table.header)
    given = _has(names, _EXPORT)
    rows = tuple((line, _row(names, cells, given)) for line, cells in table.rows)
    return StaffFile(tuple((line, row) for line, row in rows if any(row.values())), given)


def _from_export_header(path: Path, sheet: str | None) -> Table:
    try:
        table = read_table(path, EXPORT_HEADER_ROW, sheet=sheet)
    except Refused:
        raise _columns_error(path) from None
    if not _has(_names(table.header), _EXPORT):
        raise _columns_error(path)
    return table


def _names(header: Sequence[str]) -> list[str | None]:
    return [_NAMES.get("_".join(name.lower().split())) for name in header]


def _has(names: Sequence[str | None], needed: Sequence[str]) -> bool:
    return all(name in names for name in needed)


def _row(names: Sequence[str | None], cells: Sequence[str], given: bool) -> dict[str, Any]:
    row: dict[str, Any] = {name: cell for name, cell in zip(names, cells, strict=True) if name}
    row["penyetaraan"] = row.get("penyetaraan", "").lower() in ("ya", "1", "true", "y")
    if not given:
        row["trainings"] = [_training(part) for part in _parts(row.pop("diklat", ""))]
        row["penalties"] = [_penalty(part) for part in _parts(row.pop("hukdis", ""))]
    return row


def _parts(cell: str) -> list[list[str]]:
    return [[p.strip() for p in part.split(":")] for part in cell.split(";") if part.strip()]


def _training(part: Sequence[str]) -> dict[str, Any]:
    kind, jp, end, *rest = (*part, "", "", "")
    for_post = "bukan jabatan" not in rest
    return {"kind": kind, "jp": jp, "end": end, "for_post": for_post}


def _penalty(part: Sequence[str]) -> dict[str, Any]:
    level, on, *_ = (*part, "")
    return {"level": level, "on": on}


def _columns_error(path: Path) -> Refused:
    text = Text(
        "Kolom {name} bukan ekspor PIP ASN (judul pada baris 7: Satuan Kerja, Kualifikasi, Kompetensi, "
        "Kinerja, Disiplin, Total) dan bukan data mentah (nip, unit, status, jabatan, pendidikan, rating)",
        "The columns of {name} are neither those of the PIP ASN export (header on row 7: Satuan Kerja, "
        "Kualifikasi, Kompetensi, Kinerja, Disiplin, Total) nor raw records (nip, unit, status, jabatan, "
        "pendidikan, rating)",
    )
    return Refused("ipasn-columns", text.format(name=path.name))
