"""Telling whoever starts the server how the first administrator comes in: on the terminal, and nowhere else.

Not logged: a log is kept, and read by others, and the address is as good as a password until it is used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from survey_app.errors import StorageError
from survey_app.services.accounts import links
from survey_app.services.accounts.links import VALID, Kind
from survey_app.storage.database import Database
from survey_app.text import Text

OPEN = Text(
    "Belum ada akun. Buka tautan sekali pakai ini untuk membuat akun admin pertama (berlaku {hours} jam):",
    "There are no accounts yet. Open this one-time link to make the first administrator (good for {hours} "
    "hours):",
)
WITHOUT_HOST = Text(
    "tambahkan setelah alamat aplikasi ini, misalnya https://survei.contoh.go.id",
    "add it to the address of this application, such as https://survey.example.go.id",
)
AWAY = Text(
    "Belum diketahui apakah sudah ada akun, karena data tidak dapat dibaca. Jika belum ada, jalankan "
    "di folder aplikasi:",
    "It is not known whether there are accounts, as the data cannot be read. If there are none, run "
    "in the folder of the application:",
)
#: By the interpreter of `make run`: Debian has no `python`, and no other one has the libraries.
COMMAND = '.venv/bin/python -m survey_app admin create NAMA_AKUN --name "Nama"'


async def announce(
    database: Callable[[], Database], clock: Callable[[], datetime], address: str | None
) -> None:
    """Print a link for the first administrator where nobody has an account.

    Args:
        address: of the server, as https://survei.contoh.go.id; None where it is not known.
    """
    lines = await asyncio.to_thread(_lines, database, clock, address)
    if lines:
        # Flushed: into a pipe it would be written when much has come together, and nobody waits so long.
        print("", *lines, "", sep="\n", flush=True)


def link_lines(token: str, address: str | None) -> list[str]:
    """A link as it is printed: an address on a line of its own, to be copied."""
    if address is not None:
        return [f"  {address}/tautan/{token}"]
    return [f"  /tautan/{token}", f"  ({WITHOUT_HOST.id})", f"  ({WITHOUT_HOST.en})"]


def _lines(database: Callable[[], Database], clock: Callable[[], datetime], address: str | None) -> list[str]:
    try:
        opened = database()
        token = None if links.somebody_has_an_account(opened) else links.open_first(opened, clock())
    except StorageError:
        return [AWAY.id, AWAY.en, f"  {COMMAND}"]
    if token is None:
        return []
    said = OPEN.format(hours=int(VALID[Kind.FIRST].total_seconds() // 3600))
    return [said.id, said.en, *link_lines(token, address)]
