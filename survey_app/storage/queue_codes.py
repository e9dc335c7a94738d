"""One-time codes on queue slips, as hashes. Which response used which code is not recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.errors import Problem, Refused
from survey_app.storage.tables import queue_batch, queue_code
from survey_app.text import Text


@dataclass(frozen=True)
class Batch:
    """Codes printed together for one service, and how many were used; `expires_at` None is never."""

    id: int
    service_id: int
    issued_at: datetime
    expires_at: datetime | None
    issued: int
    used: int


def add_batch(
    connection: Connection,
    unit_id: int,
    service_id: int,
    issued_at: datetime,
    expires_at: datetime | None,
    hashes: Sequence[str],
) -> int:
    """Store a batch of unused codes for a service of a unit; its number."""
    values = {"service_id": service_id, "issued_at": issued_at, "expires_at": expires_at}
    made = connection.execute(sa.insert(queue_batch).values(values).returning(queue_batch.c.id))
    number = int(made.scalar_one())
    rows = [{"hash": hash_, "unit_id": unit_id, "batch_id": number, "used": False} for hash_ in hashes]
    connection.execute(sa.insert(queue_code), rows)
    return number


def redeem(
    connection: Connection, code_hash: str, unit_id: int, service_id: int, answered_at: datetime
) -> None:
    """Use a code of a unit's service up. It must have been valid when the answer was given, not when it came.

    Raises: Refused `code-unknown`, `code-service`, `code-expired` or `code-used`.
    """
    b, c = queue_batch.c, queue_code.c
    usable = sa.select(b.id).where(
        b.service_id == service_id, b.expires_at.is_(None) | (b.expires_at > answered_at)
    )
    # One statement, so that of two people with the same code one is served.
    use = sa.update(queue_code).where(
        c.hash == code_hash, c.unit_id == unit_id, c.used.is_(False), c.batch_id.in_(usable)
    )
    if connection.execute(use.values(used=True).returning(c.batch_id)).first() is None:
        raise _refusal(connection, code_hash, unit_id, service_id)


def batches(connection: Connection) -> list[Batch]:
    """Every batch, the newest first."""
    b, c = queue_batch.c, queue_code.c
    counts = sa.func.count(), sa.func.count().filter(c.used)
    query = sa.select(b.id, b.service_id, b.issued_at, b.expires_at, *counts).join(queue_code)
    return [Batch(*row) for row in connection.execute(query.group_by(b.id).order_by(b.id.desc()))]


def _refusal(connection: Connection, code_hash: str, unit_id: int, service_id: int) -> Refused:
    # Of whichever unit it is; the unit's own first.
    c = queue_code.c
    query = sa.select(c.used, queue_batch.c.service_id).join(queue_batch).where(c.hash == code_hash)
    found = connection.execute(query.order_by((c.unit_id == unit_id).desc())).first()
    if found is None:
        return _refused(
            "code-unknown",
            "Kode ini tidak dikenal. Mohon periksa lagi kode pada slip antrean Anda.",
            "This code is not known. Please check the code on your queue slip again.",
        )
    if found.service_id != service_id:
        return _refused(
            "code-service",
            "Kode ini untuk layanan lain. Silakan pilih layanan yang tertulis pada slip antrean Anda.",
            "This code is for another service. Please choose the service shown on your queue slip.",
        )
    if found.used:
        return _refused(
            "code-used",
            "Maaf, kode ini sudah dipakai. Satu slip hanya dapat dipakai satu kali. Silakan minta slip "
            "lain kepada petugas.",
            "Sorry, this code has been used. Each slip can be used only once. Please ask the staff for "
            "another slip.",
        )
    return _refused(
        "code-expired",
        "Maaf, masa berlaku kode ini sudah lewat. Silakan minta slip antrean baru kepada petugas.",
        "Sorry, this code has expired. Please ask the staff for a new queue slip.",
    )


def _refused(code: str, id_text: str, en_text: str) -> Refused:
    text = Text(id_text, en_text)
    return Refused(code, text, [Problem(code, "code", text)])
