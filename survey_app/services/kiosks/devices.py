"""Kiosks: paired by an operator with a one-time code, known by a token, watched by their heartbeat.

A token is 256 random bits, shown to the device once and kept here as its SHA-256: nothing in the database
lets anyone speak for a device. A pairing code is 40 bits, good once and for a quarter of an hour.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey_app.errors import NotFound, Refused
from survey_app.services.answers.ids import CROCKFORD, as_made
from survey_app.services.places import catalogue, clock, entered
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, asked, audited, place_of
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import kiosks
from survey_app.storage.database import Database
from survey_app.storage.kiosks import Device, Pairing
from survey_app.text import Text

PAIRING_TIME = timedelta(minutes=15)
#: Heartbeats come once a minute; a device that missed fifteen is silent.
SILENT_AFTER = timedelta(minutes=15)
NAME_MAX = 80
NAME_LENGTH = Text(
    "Nama perangkat harus 1 sampai {limit} karakter.", "A device name must have 1 to {limit} characters."
)


@dataclass(frozen=True)
class PairingCode:
    """Shown to the operator once: two groups of four, and until when it works."""

    code: str
    expires_at: datetime


@dataclass(frozen=True)
class Paired:
    """A device and its token, which nobody sees again."""

    device: Device
    token: str


@dataclass(frozen=True)
class Pulse:
    """What a heartbeat says: answers unsent and kept aside, the page's version, the device's clock."""

    unsent: int
    refused: int
    version: str
    clock: datetime


@dataclass(frozen=True)
class FleetEntry:
    """A device with its unit; `silent` when it has not been heard of for SILENT_AFTER."""

    entry: UnitEntry
    device: Device
    silent: bool

    @property
    def revoked(self) -> bool:
        return self.device.revoked_at is not None


@audited(Action.PAIR_KIOSKS, "name")
def create_pairing(
    database: Database, acting: Acting, unit_code: str, name: str, now: datetime
) -> PairingCode:
    """A code that pairs one new device of the unit, called `name`.

    Raises:
        NotFound: `unit-unknown`.
        Refused: `role-refused`, `scope-refused`; `input-refused` for a name that cannot be used.
    """
    entry = catalogue.required(database, acting, unit_code, Action.PAIR_KIOSKS)
    shown = name.strip()
    if problems := entered.shown_name_problems(shown, NAME_MAX, NAME_LENGTH):
        raise Refused.entries(problems)
    return _new_code(database, Pairing(entry.unit.id, shown, None), now)


def _place(database: Database, given: Given) -> Scope:
    return place_of(unit_of(database, find(database, given["device_code"])))


@audited(Action.PAIR_KIOSKS, "device_code", place=_place)
def create_repairing(database: Database, acting: Acting, device_code: str, now: datetime) -> PairingCode:
    """A code that pairs a known device again; its old token works until then. Raises: as `revoke`."""
    device = _required(database, acting, device_code)
    return _new_code(database, Pairing(device.unit_id, device.name, device.id), now)


def pair(database: Database, code: str, now: datetime) -> Paired:
    """Use a pairing code up.

    Raises: Refused `pairing-code`, the same words whether it is unknown, used or expired.
    """
    clock.check(database, now)
    token, new_code = secrets.token_urlsafe(32), secrets.token_hex(5)
    hashes = _hash(as_made(code)), _hash(token)
    device = database.write(lambda connection: kiosks.pair(connection, hashes[0], new_code, hashes[1], now))
    if device is None:
        text = Text(
            "Kode tidak berlaku: salah ketik, sudah dipakai, atau kedaluwarsa. Minta kode baru.",
            "The code does not work: mistyped, used or expired. Ask for a new one.",
        )
        raise Refused("pairing-code", text)
    return Paired(device, token)


def find(database: Database, device_code: str) -> Device:
    """Raises: NotFound `device-unknown`."""
    with database.read() as connection:
        device = kiosks.find(connection, device_code)
    if device is None:
        raise NotFound("device-unknown", Text("Perangkat tidak dikenal.", "There is no such device."))
    return device


def authenticate(database: Database, device_code: str, token: str) -> Device | None:
    """The device of that code if the token is its own and not revoked, else None; never why."""
    with database.read() as connection:
        device = kiosks.find(connection, device_code)
    # An unknown device is compared too, so that the time taken tells nothing.
    same = hmac.compare_digest(_hash(token), device.token_hash if device else "0" * 64)
    return device if device and same and device.revoked_at is None else None


def unit_of(database: Database, device: Device) -> UnitEntry:
    """The unit a device stands in."""
    return next(e for e in catalogue.list_units(database, PROVINCE) if e.unit.id == device.unit_id)


def heartbeat(database: Database, device: Device, pulse: Pulse, now: datetime) -> None:
    """Record what a device, already authenticated, says about itself."""
    clock.check(database, now)
    offset = (pulse.clock - now) // timedelta(milliseconds=1)
    database.write(
        lambda connection: kiosks.seen(
            connection,
            device.id,
            now,
            version=pulse.version[:40],
            unsent=pulse.unsent,
            refused=pulse.refused,
            clock_offset_ms=offset,
        )
    )


@audited(Action.PAIR_KIOSKS, "device_code", place=_place)
def revoke(database: Database, acting: Acting, device_code: str, now: datetime) -> None:
    """End a device's token at once; what waits on it stays there.

    Raises: NotFound `device-unknown`, Refused `role-refused`, `scope-refused`.
    """
    device = _required(database, acting, device_code)
    database.write(lambda connection: kiosks.revoke(connection, device.id, now))


@asked(Action.PAIR_KIOSKS)
def fleet(database: Database, acting: Acting, now: datetime) -> list[FleetEntry]:
    """Every device within the scope, the one not heard of for longest first, revoked ones last.

    Raises: Refused `role-refused`.
    """
    acting.require_action(Action.PAIR_KIOSKS, to_read=True)
    entries = {e.unit.id: e for e in catalogue.list_units(database, acting.scope)}
    with database.read() as connection:
        known = kiosks.listed(connection)
    return _silent_first(
        FleetEntry(entries[d.unit_id], d, d.revoked_at is None and now - d.last_seen > SILENT_AFTER)
        for d in known
        if d.unit_id in entries
    )


def silent_ones(
    database: Database, entries: Mapping[int, UnitEntry], now: datetime, after: timedelta
) -> list[FleetEntry]:
    """Devices in use of these units (by id), not heard of for longer than `after`, the longest first."""
    with database.read() as connection:
        known = kiosks.listed(connection)
    return _silent_first(
        FleetEntry(entries[d.unit_id], d, silent=True)
        for d in known
        if d.unit_id in entries and d.revoked_at is None and now - d.last_seen > after
    )


def _required(database: Database, acting: Acting, device_code: str) -> Device:
    device = find(database, device_code)
    acting.require(unit_of(database, device), Action.PAIR_KIOSKS)
    return device


def _silent_first(fleet: Iterable[FleetEntry]) -> list[FleetEntry]:
    return sorted(fleet, key=lambda f: (f.revoked, f.device.last_seen, f.device.code))


def _new_code(database: Database, what: Pairing, now: datetime) -> PairingCode:
    code, expires = "".join(secrets.choice(CROCKFORD) for _ in range(8)), now + PAIRING_TIME
    database.write(lambda connection: kiosks.add_pairing(connection, _hash(code), what, expires))
    return PairingCode(f"{code[:4]}-{code[4:]}", expires)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
