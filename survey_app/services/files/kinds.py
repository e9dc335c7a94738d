"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path

from survey_app.errors import Refused
from survey_app.services.files.errors import damaged, file_refused
from survey_app.text import Text

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PDF = b"%PDF"
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|html|head|meta|style|table)\b", re.IGNORECASE)
#: What Excel calls the part of a workbook that a password protects.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(path: Path) -> bool:
    """Whether it is a packed workbook; False for text.

    Raises:
        Refused: `file-encrypted` for one with a password, `file-kind` for an old workbook, a web page or a
            PDF, `file-damaged` for what is named a workbook and is none.
    """
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(_ZIP):
        return True
    if head.startswith(_OLE):
        raise _encrypted(path) if _ENCRYPTED in path.read_bytes() else other_kind(path, _OLD)
    if head.startswith(_PDF):
        raise other_kind(path, Text("PDF", "a PDF"))
    if _HTML.match(head):
        raise other_kind(path, Text("halaman web", "a web page"))
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise damaged(path, Text("isinya bukan buku kerja Excel", "it is not an Excel workbook"))
    return False


_OLD = Text("buku kerja Excel lama (.xls)", "an old Excel workbook (.xls)")
OPEN_DOCUMENT = Text("lembar kerja OpenDocument (.ods)", "an OpenDocument sheet (.ods)")
BINARY = Text("buku kerja Excel biner (.xlsb)", "a binary Excel workbook (.xlsb)")


def other_kind(path: Path, kind: Text) -> Refused:
    return file_refused(
        "file-kind",
        "Berkas {name} adalah {kind}; buka dengan Excel, lalu simpan sebagai Buku Kerja Excel (.xlsx).",
        "The file {name} is {kind}; open it with Excel and save it as an Excel workbook (.xlsx).",
        path,
        kind=kind,
    )


def _encrypted(path: Path) -> Refused:
    return file_refused(
        "file-encrypted",
        "Berkas {name} dilindungi kata sandi; simpan salinannya tanpa kata sandi.",
        "The file {name} is protected by a password; save a copy without one.",
        path,
    )
