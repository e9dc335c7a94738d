"""Rows of an IP ASN file: BKN's export with given scores, or raw records to be scored.

BKN's export "PIP ASN" has the columns Nama, Nama Jabatan, Satuan Kerja, the four dimensions and Total, its
header on row 7 or wherever it stands. Raw records have the columns nip, unit, status, jabatan, pendidikan,
rating, penyetaraan, diklat and hukdis; diklat lists trainings as kind:jp:last day, hukdis penalties as
level:date, both separated by semicolons. Dates are 2021-12-31 or 31/12/2021. Other names of columns stand in
data/reference/ipasn-columns.json, other spellings of words in data/reference/ipasn-spellings.json.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.ip_asn import RowProblem, decimal_of
from survey_app.errors import Refused
from survey_app.services.files.tabular import Table, names_of, read_table
from survey_app.services.ip_asn.words import counts_columns, fields, words
from survey_app.text import Text

_EXPORT = ("unit", "kualifikasi", "kompetensi", "kinerja", "disiplin")
_RECORDS = ("unit", "nip", "status", "jabatan", "pendidikan", "rating")
#: Who a row is about. Never listed as ignored: they are read, or replaced by what is.
_IDENTITY = ("nip", "nama", "nama_jabatan")
_READ = {
    True: frozenset({*_EXPORT, *_IDENTITY, "total", "status", "jabatan", "penyetaraan"}),
    False: frozenset({*_RECORDS, *_IDENTITY, "penyetaraan", "diklat", "hukdis"}),
}
_NIP = re.compile(r"[0-9]{18}")
NEITHER_KIND = Text(
    "Kolom {name} bukan ekspor PIP ASN (Satuan Kerja, Kualifikasi, Kompetensi, Kinerja, Disiplin, Total) "
    "dan bukan data mentah (nip, unit, status, jabatan, pendidikan, rating). Baris {line} dibaca sebagai "
    "judul kolom: {header}. Yang kurang: {missing}.",
    "The columns of {name} are neither those of the PIP ASN export (Satuan Kerja, Kualifikasi, "
    "Kompetensi, Kinerja, Disiplin, Total) nor raw records (nip, unit, status, jabatan, pendidikan, "
    "rating). Row {line} was read as the header: {header}. Missing are: {missing}.",
)


@dataclass(frozen=True)
class StaffFile:
    """The rows of a file by field name, with their line numbers.

    Attributes:
        given: they bring scores.
        ignored: names of the columns that nobody reads.
        remarks: rows that are nobody (totals, means, parts of the header), and rows nobody sees.
    """

    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    given: bool
    ignored: tuple[str, ...] = ()
    remarks: tuple[RowProblem, ...] = ()


def read_staff(path: Path, sheet: str | None = None) -> StaffFile:
    """Read an export or raw records, CSV or XLSX; of a workbook with several sheets the named one.

    Raises:
        Refused: what `read_table` raises, `ipasn-columns` when it is neither, `columns-repeated` for two
            columns of one meaning that do not say the same.
    """
    table = read_table(path, sheet=sheet, headers=(_is_complete, _is_begun))
    names = fields(table.header)
    if not _complete(names):
        raise _columns_error(path, table, names)
    _refuse_repeated(table, names)
    given = _has(names, _EXPORT)
    rows, remarks = (
        [],
        [
            RowProblem(row=line, code="row-hidden", field="nama", got="", expected="a row people see")
            for line in table.hidden_rows
        ],
    )
    for line, cells in table.rows:
        row = _row(names, cells, given)
        if nobody := _nobody(line, row, cells, line - table.header_line <= 2):
            remarks.append(nobody)
        elif any(row.values()):
            rows.append((line, row))
    unread = [at for at, name in enumerate(names) if name not in _READ[given]]
    return StaffFile(tuple(rows), given, names_of(table, unread), tuple(remarks))


def nip_of(row: Mapping[str, Any]) -> str:
    """The NIP of a row without the marks people group its digits with; empty where there is none."""
    return "".join(c for c in str(row.get("nip") or "") if not c.isspace() and c not in "'’.-–")


def is_nip(nip: str) -> bool:
    """18 digits, whose last three count those appointed together from 001.

    000 is what a spreadsheet makes of them: it keeps 15 digits of a number.
    """
    return bool(_NIP.fullmatch(nip)) and not nip.endswith("000")


def _is_complete(cells: Sequence[str]) -> bool:
    return _complete(fields(cells))


def _is_begun(cells: Sequence[str]) -> bool:
    return len({field for field in fields(cells) if field}) >= 2


def _complete(names: Sequence[str | None]) -> bool:
    return _has(names, _EXPORT) or _has(names, _RECORDS)


def _has(names: Sequence[str | None], needed: Sequence[str]) -> bool:
    return all(name in names for name in needed)


def _row(names: Sequence[str | None], cells: Sequence[str], given: bool) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        if name in _READ[given]:
            row[name] = row.get(name) or _said(name, cell)
    row["penyetaraan"] = _yes_or_no(row.get("penyetaraan", ""))
    if not given:
        row["trainings"] = [_training(part) for part in _parts(row.pop("diklat", ""))]
        row["penalties"] = [_penalty(part) for part in _parts(row.pop("hukdis", ""))]
    return row


def _said(name: str, cell: str) -> str:
    """The cell, empty where it says that there is nothing. A name or a unit may be any word."""
    if name in ("nama", "unit"):
        return cell if any(c.isalnum() for c in cell) else ""
    return "" if words().says_nothing(cell) else cell


def _yes_or_no(cell: str) -> bool | str:
    """What the cell says; any other word stays, to be a finding."""
    word = cell.casefold()
    return word in words().yes if word in words().yes | words().no | {""} else cell


def _nobody(line: int, row: Mapping[str, Any], cells: Sequence[str], below_header: bool) -> RowProblem | None:
    """Why a row is no employee; None for one. Whoever has a NIP is somebody."""
    if is_nip(nip_of(row)):
        return None
    label = _total_label(row, next((cell for cell in cells if cell), ""))
    if label is not None:
        return RowProblem(row=line, code="row-total", field="nama", got=label, expected="an employee")
    if below_header and (counts_columns(cells) or _says_only_words(row, cells)):
        return RowProblem(
            row=line,
            code="row-header",
            field="nama",
            got=" | ".join(c for c in cells if c)[:80],
            expected="an employee",
        )
    return None


def _says_only_words(row: Mapping[str, Any], cells: Sequence[str]) -> bool:
    """A second line of the header such as "(25)": about nobody, and without any number to score."""
    about = any(row.get(field) for field in (*_IDENTITY, "unit"))
    return any(cells) and not about and all(decimal_of(cell) is None for cell in cells)


def _total_label(row: Mapping[str, Any], first: str) -> str | None:
    """The cell that names the row a total: a label alone, or with more words where there is no post."""
    labels = [label for label in (row.get("nama"), first, row.get("unit")) if label]
    for label in labels:
        if words().names_total(label):
            return label
    named = labels[0] if labels else ""
    return named if words().begins_as_total(named) and not row.get("nama_jabatan") else None


def _parts(cell: str) -> list[list[str]]:
    return [[p.strip() for p in part.split(":")] for part in cell.split(";") if part.strip()]


def _training(part: Sequence[str]) -> dict[str, Any]:
    kind, jp, end, *rest = (*part, "", "", "")
    for_post = "bukan jabatan" not in rest
    return {"kind": kind, "jp": jp, "end": end, "for_post": for_post}


def _penalty(part: Sequence[str]) -> dict[str, Any]:
    level, on, *_ = (*part, "")
    return {"level": level, "on": on}


def _refuse_repeated(table: Table, names: Sequence[str | None]) -> None:
    first: dict[str, int] = {}
    for at, name in enumerate(names):
        if name is None:
            continue
        one = first.setdefault(name, at)
        if any(cells[one] != cells[at] for _, cells in table.rows):
            text = Text(
                "Kolom {one} dan {other} berarti sama tetapi isinya berbeda; hapus salah satunya.",
                "The columns {one} and {other} mean the same and differ; remove one of them.",
            )
            raise Refused("columns-repeated", text.format(one=table.header[one], other=table.header[at]))


def _columns_error(path: Path, table: Table, names: Sequence[str | None]) -> Refused:
    missing = min(([n for n in kind if n not in names] for kind in (_EXPORT, _RECORDS)), key=len)
    header = " | ".join(name for name in table.header if name)[:200]
    return Refused(
        "ipasn-columns",
        NEITHER_KIND.format(
            name=path.name, line=table.header_line, header=header, missing=", ".join(missing)
        ),
    )
