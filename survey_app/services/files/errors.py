"""Why a file cannot be read, named by the file."""

from __future__ import annotations

from pathlib import Path

from survey_app.errors import Refused
from survey_app.text import Text


def file_refused(code: str, id_text: str, en_text: str, path: Path, /, **values: object) -> Refused:
    """The error; `{name}` in its wordings is the file's."""
    return Refused(code, Text(id_text, en_text).format(name=path.name, **values))


def damaged(path: Path, detail: Text | str) -> Refused:
    return file_refused(
        "file-damaged",
        "Berkas {name} tidak dapat dibaca: {detail}.",
        "The file {name} cannot be read: {detail}.",
        path,
        detail=detail.removesuffix(".") if isinstance(detail, str) else detail,
    )


def too_heavy(path: Path) -> Refused:
    return file_refused(
        "file-too-heavy",
        "Berkas {name} memerlukan terlalu banyak memori untuk dibaca; salin tabelnya ke berkas baru.",
        "The file {name} takes too much memory to read; copy the table to a new file.",
        path,
    )
