"""Kiosks of the demonstration: one that works, one that has lost its network for a while, one long silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Pulse
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database

#: Name, how long ago it was last heard of, answers unsent then, how far its clock is ahead.
_KIOSKS = (
    ("Anjungan loket 1", timedelta(0), 0, timedelta(seconds=1)),
    ("Anjungan ruang tunggu", timedelta(minutes=40), 3, timedelta(seconds=95)),
    ("Anjungan loket 2", timedelta(days=2), 12, timedelta(seconds=-4)),
)


def load(database: Database, acting: Acting, entries: Sequence[UnitEntry], now: datetime) -> None:
    """One kiosk in each of the first units."""
    for entry, (name, ago, unsent, ahead) in zip(entries, _KIOSKS, strict=False):
        seen = now - ago
        pairing = devices.create_pairing(database, acting, entry.unit.code, name, seen)
        device = devices.pair(database, pairing.code, seen).device
        devices.heartbeat(database, device, Pulse(unsent, 0, "contoh", seen + ahead), seen)
