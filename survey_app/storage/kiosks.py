"""Kiosks and the one-time codes that pair them. Secrets reach this table only as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import device, pairing


@dataclass(frozen=True)
class Device:
    """A kiosk. `code` is public; `clock_offset_ms` is its clock minus ours, None before the first heartbeat.

    `unsent` waits for the network, `refused` waits for the operator.
    """

    id: int
    code: str
    unit_id: int
    name: str
    token_hash: str
    paired_at: datetime
    last_seen: datetime
    version: str | None
    unsent: int
    refused: int
    clock_offset_ms: int | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Pairing:
    """What a code, now used up, is good for: a new device of the unit, or `device_id` again."""

    unit_id: int
    name: str
    device_id: int | None


def add_pairing(connection: Connection, code_hash: str, what: Pairing, expires_at: datetime) -> None:
    values = {**vars(what), "code_hash": code_hash, "expires_at": expires_at}
    connection.execute(sa.insert(pairing).values(values))


def pair(
    connection: Connection, code_hash: str, new_code: str, token_hash: str, now: datetime
) -> Device | None:
    """Use a pairing code up for a new device, or for a known one, whose old token ends with it.

    None when the code is unknown, used or expired.
    """
    what = _use(connection, code_hash, now)
    if what is None:
        return None
    times = {"token_hash": token_hash, "paired_at": now, "last_seen": now, "revoked_at": None}
    if what.device_id is None:
        new = {"code": new_code, "unit_id": what.unit_id, "name": what.name, "unsent": 0, "refused": 0}
        made = connection.execute(sa.insert(device).values({**new, **times}).returning(device))
        return Device(*made.one())
    again = sa.update(device).where(device.c.id == what.device_id).values(times)
    return Device(*connection.execute(again.returning(device)).one())


def find(connection: Connection, code: str) -> Device | None:
    row = connection.execute(sa.select(device).where(device.c.code == code)).first()
    return None if row is None else Device(*row)


def listed(connection: Connection) -> list[Device]:
    return [Device(*row) for row in connection.execute(sa.select(device).order_by(device.c.id))]


def seen(connection: Connection, device_id: int, now: datetime, **state: str | int) -> None:
    """Record a heartbeat: version, unsent, refused, clock_offset_ms."""
    connection.execute(sa.update(device).where(device.c.id == device_id).values(last_seen=now, **state))


def revoke(connection: Connection, device_id: int, now: datetime) -> None:
    """End the device's token; the first moment stays when it was revoked before."""
    own = (device.c.id == device_id, device.c.revoked_at.is_(None))
    connection.execute(sa.update(device).where(*own).values(revoked_at=now))


def _use(connection: Connection, code_hash: str, now: datetime) -> Pairing | None:
    # One statement, so that of two devices with the same code one is paired.
    usable = (pairing.c.code_hash == code_hash, pairing.c.used_at.is_(None), pairing.c.expires_at > now)
    statement = sa.update(pairing).where(*usable).values(used_at=now)
    what = (pairing.c.unit_id, pairing.c.name, pairing.c.device_id)
    row = connection.execute(statement.returning(*what)).first()
    return None if row is None else Pairing(*row)
