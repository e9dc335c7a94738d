"""Posters with a QR code: for a unit, one of its services, or every unit of its agency."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from survey_app.reports.prints.invitation import Place, Size, posters
from survey_app.reports.prints.qr import Told
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.services.places.catalogue import UnitEntry
from survey_app.text import Text
from survey_app.ui import downloads, links, making, reachable
from survey_app.ui.words import language, said_anew, say, t

SIZES: dict[Size, Text] = {
    "a4": Text("A4, untuk dinding", "A4, for a wall"),
    "a5": Text("A5, untuk loket", "A5, for a counter"),
    "tent": Text("Kartu meja, untuk dilipat", "Table tent, to be folded"),
}


#: From so many sheets on a bar is shown: a sheet costs 10 to 20 ms.
_MANY = 20
DOWNLOAD = Text("Unduh poster QR (PDF, {n} lembar)", "Download QR posters (PDF, sheets: {n})")
MAKE = Text("Buat poster QR ({n} lembar)", "Make QR posters (sheets: {n})")
EVERY_UNIT = Text("Semua unit {agency}", "All units of {agency}")
POSTER_FOR = Text("Poster untuk", "Poster for")
SIZE = Text("Ukuran", "Size")


def show_posters(entries: Sequence[UnitEntry], entry: UnitEntry, now: datetime) -> None:
    """Choose what the QR code opens and the size of the sheet, and download it."""
    st.markdown(
        t(
            "Kode QR membuka formulir untuk ponsel. Cetak, tempel di tempat warga menunggu, lalu pindai satu "
            "kali untuk memeriksa alamatnya.",
            "The QR code opens the form for phones. Print it, put it up where people wait, then scan it once "
            "to check its address.",
        )
    )
    reachable.warn()
    offered = _offered(entries, entry)
    what, sheet = st.columns(2)
    chosen = what.selectbox(
        say(POSTER_FOR),
        list(offered),
        format_func=lambda k: offered[k][0],
        key=said_anew("poster-of"),
    )
    size = sheet.selectbox(
        say(SIZE), list(SIZES), format_func=lambda k: say(SIZES[k]), key=said_anew("poster-size")
    )
    offer(offered[chosen][1], chosen, size, now)


def offer(places: Sequence[Place], name: str, size: Size, now: datetime) -> None:
    """A button that makes the sheets when it is pressed; of many, with a bar first."""
    base, lang = links.base_url(), language()
    key = f"poster-{name}-{size}"
    if len(places) >= _MANY:
        _offer_many(
            places, key, f"{key}-{lang}.pdf", lambda told: posters(places, base, size, now, lang, told)
        )
        return
    downloads.offer(
        say(DOWNLOAD.format(n=len(places))),
        lambda _: render_pdf(posters(places, base, size, now, lang)),
        f"{key}-{lang}.pdf",
        key,
        kind="primary",
    )


def _offer_many(places: Sequence[Place], key: str, file: str, draw: Callable[[Told], Document]) -> None:
    label = say(MAKE.format(n=len(places)))
    if st.button(label, type="primary", key=f"make-{key}"):
        making.make_pdf(key, file, draw)
    making.offer_made(key, say(DOWNLOAD.format(n=len(places))))


def _offered(entries: Sequence[UnitEntry], entry: UnitEntry) -> dict[str, tuple[str, list[Place]]]:
    """By the file's name: what a person reads, and the places."""
    code, agency = entry.unit.code, entry.agency
    found = {code: (entry.unit.name, [Place(entry)])}
    for service in entry.services:
        if service.active and len(entry.services) > 1:
            found[f"{code}-{service.code}"] = (f"{entry.unit.name}: {service.name}", [Place(entry, service)])
    mine = [Place(e) for e in entries if e.agency.code == agency.code and e.unit.active]
    if len(mine) > 1:
        everyone = say(EVERY_UNIT.format(agency=agency.name))
        found[agency.code] = (everyone, mine)
    return found
