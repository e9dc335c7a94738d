"""The fleet of kiosks: which one is silent, what waits on it, and pairing it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import days
from survey_app.reports.prints.qr import qr_svg
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import FleetEntry, PairingCode
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import links, reachable, tables
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

_CODE = "pairing-code"
#: A clock that is off by less does no harm: answers carry their age, not their time.
_CLOCK_FINE = timedelta(seconds=5)
#: Seconds and their names, the largest first.
_SIZES = ((86400, "hari", "day"), (3600, "jam", "hour"), (60, "menit", "minute"), (1, "detik", "second"))
DEVICE_NAME = Text("Nama perangkat", "Device's name")
PAIR = Text("Buat kode penghubung", "Make a pairing code")
YES_REVOKE = Text("Ya, nonaktifkan", "Yes, deactivate it")
PAIR_AGAIN = Text("Hubungkan lagi", "Pair again")
#: What becomes of a device.
CONNECTED = Text("Terhubung", "Connected")
NOT_CONNECTED = Text("Tidak terhubung", "Not connected")
REVOKED = Text("Nonaktif", "Deactivated")
CLOCK_FINE = Text("sesuai", "correct")


def show_fleet(fleet: Sequence[FleetEntry], now: datetime) -> None:
    """One row per device, silent ones first."""
    columns = [
        t("Perangkat", "Device"),
        t("Unit layanan", "Service unit"),
        t("Status", "Status"),
        t("Terakhir terhubung", "Last connected"),
        t("Belum terkirim", "Not sent yet"),
        t("Belum diterima", "Not accepted yet"),
        t("Jam perangkat", "Device clock"),
        t("Versi", "Version"),
    ]
    st.html(tables.table(columns, [_row(f, now) for f in fleet], numeric=4))


def show_pairing(database: Database, entries: Sequence[UnitEntry], now: datetime) -> None:
    """A code for a new device of a unit."""
    reachable.warn()
    with st.form("pair", clear_on_submit=True, border=False):
        unit = _choose(t("Unit layanan", "Service unit"), {e.unit.code: e.unit.name for e in entries})
        name = st.text_input(say(DEVICE_NAME), placeholder="Loket 1")
        if st.form_submit_button(say(PAIR), type="primary"):
            act(
                lambda: _keep(devices.create_pairing(database, who(), unit, name, now)),
                t("Kode dibuat.", "Code made."),
            )


def show_mending(database: Database, fleet: Sequence[FleetEntry], now: datetime) -> None:
    """Revoke a device, or pair it again."""
    names = {f.device.code: f"{f.device.name} · {f.entry.unit.name}" for f in fleet}
    code = _choose(t("Perangkat", "Device"), names)
    revoked = any(f.revoked for f in fleet if f.device.code == code)
    with st.container(horizontal=True):
        if not revoked and asked_first(
            t("Nonaktifkan", "Deactivate"),
            t(
                "{device} tidak dapat mengirim jawaban sampai dihubungkan lagi. Jawaban yang belum terkirim "
                "tetap tersimpan di perangkat.",
                "{device} can send no answers until it is paired again. Answers not sent yet stay on it.",
                device=plain(names[code]),
            ),
            say(YES_REVOKE),
            key=f"revoke-{code}",
        ):
            act(
                lambda: devices.revoke(database, who(), code, now),
                t("Perangkat sudah dinonaktifkan.", "The device has been deactivated."),
            )
        if st.button(say(PAIR_AGAIN)):
            act(
                lambda: _keep(devices.create_repairing(database, who(), code, now)),
                t("Kode dibuat.", "Code made."),
            )


def show_code(now: datetime, zone: ZoneInfo) -> None:
    """The code that was made last, while it works: to type, or to scan with the device."""
    made: PairingCode | None = st.session_state.get(_CODE)
    if made is None or made.expires_at <= now:
        return
    address = links.base_url() + f"/k#{made.code}"
    until = days.time_of_day(made.expires_at.astimezone(zone), language())
    hint = t(
        "Buka {place} di perangkat lalu ketik kode ini, atau pindai kode QR. Kode berlaku satu kali, "
        "sampai pukul {until}.",
        "Open {place} on the device and type this code, or scan the QR code. It can be used once, until "
        "{until}.",
        place=address.partition("#")[0],
        until=until,
    )
    picture = b64encode(qr_svg(address).encode()).decode()
    st.html(
        f'<section class="receipt"><img alt="" width="200" src="data:image/svg+xml;base64,{picture}">'
        f'<p><span class="code">{escape(made.code)}</span></p><p>{escape(hint)}</p></section>'
    )


def ago(past: timedelta) -> str:
    """How long ago, in the largest unit that fits: 12 detik, 3 menit, 5 jam, 2 hari lalu."""
    seconds = max(0, int(past.total_seconds()))
    size, name, english = next((s for s in _SIZES if seconds >= s[0]), _SIZES[-1])
    n = seconds // size
    return t(f"{n} {name} lalu", f"{n} {english}{'' if n == 1 else 's'} ago")


def clock(offset_ms: int | None) -> str:
    """How far the device's clock is off: "sesuai", +2:05 or −3:00:00; a dash before the first heartbeat."""
    if offset_ms is None:
        return numbers.UNDEFINED
    if abs(offset_ms) < _CLOCK_FINE / timedelta(milliseconds=1):
        return say(CLOCK_FINE)
    shown = timedelta(seconds=round(abs(offset_ms) / 1000))
    return f"{'−' if offset_ms < 0 else '+'}{shown}"


def _row(entry: FleetEntry, now: datetime) -> list[tables.Cell]:
    device = entry.device
    return [
        f"{device.name} ({device.code})",
        entry.entry.unit.name,
        _state(entry),
        ago(now - device.last_seen),
        numbers.whole(device.unsent, language()),
        numbers.whole(device.refused, language()),
        clock(device.clock_offset_ms),
        device.version or numbers.UNDEFINED,
    ]


def _state(entry: FleetEntry) -> str:
    if entry.revoked:
        return say(REVOKED)
    return say(NOT_CONNECTED if entry.silent else CONNECTED)


def _choose(label: str, names: Mapping[str, str]) -> str:
    # Codes, not objects: a widget gives back the object it was first shown.
    return st.selectbox(label, list(names), format_func=lambda code: names[code])


def _keep(code: PairingCode) -> None:
    st.session_state[_CODE] = code
