"""Drawing the kiosk: one page with everything in both languages, so that it needs no network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from survey_app import instruments
from survey_app.instruments import Instrument
from survey_app.reports.prints.qr import qr_svg
from survey_app.services.answers import consent
from survey_app.services.follow_up.actions import Pair
from survey_app.services.places.catalogue import UnitEntry
from survey_app.settings import Contact
from survey_app.text import LANGUAGES, Text
from survey_app.web import assets, form_page
from survey_app.web.words import Words
from survey_app.wording import personal_data


def pairing_html() -> str:
    """The page on which an operator pairs a device; the same script, without a unit."""
    return _html(_data({"improved": []}), "Anjungan survei", faces=Markup(""), qr=Markup(""))


def kiosk_html(
    entry: UnitEntry, pairs: Sequence[Pair], device: str, form_url: str, contact: Contact | None
) -> str:
    """The kiosk of a device in a unit.

    Args:
        entry: the unit.
        pairs: "Masukan Anda, perbaikan kami" for the idle screen.
        device: its code.
        form_url: where the QR code sends one's own phone.
        contact: whom to ask about the data.
    """
    instrument = instruments.get(entry.unit.instrument)
    unit = _unit_data(entry, pairs, contact)
    data = _data(unit) | {"device": device, "version": version(entry, pairs, contact)}
    faces = Markup("").join(form_page.symbols(instrument.levels))
    # Drawn from modules, black and white: nothing of the address is in it as text.
    return _html(data, entry.unit.name, faces, Markup(qr_svg(form_url)))  # noqa: S704


def version(entry: UnitEntry, pairs: Sequence[Pair], contact: Contact | None) -> str:
    """Changes with the script, the style, the words, and with everything the unit asks and tells."""
    data = json.dumps(_data(_unit_data(entry, pairs, contact)))
    parts = (assets.kiosk_script().text, assets.kiosk_style().text, data)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _html(data: Mapping[str, Any], title: str, faces: Markup, qr: Markup) -> str:
    return form_page.render(
        "kiosk.html",
        "id",
        title=title,
        data=data,
        faces=faces,
        qr=qr,
        kiosk_style=Markup(assets.kiosk_style().text),  # noqa: S704  # our own file, never input
        script=Markup(assets.kiosk_script().text),  # noqa: S704  # our own file, never input
    )


def _data(unit: Mapping[str, Any]) -> dict[str, Any]:
    return {"words": _words(), **unit}


def _unit_data(entry: UnitEntry, pairs: Sequence[Pair], contact: Contact | None) -> dict[str, Any]:
    text = {lang: Words(lang).fill("consent", unit=entry.unit.name) for lang in LANGUAGES}
    return {
        "unit": entry.unit.code,
        "name": entry.unit.name,
        "agency": entry.agency.name,
        "services": [
            {"code": s.code, "name": s.name, "coded": s.codes_required} for s in entry.services if s.active
        ],
        "consent": text,
        "consent_version": consent.VERSION,
        "ask": asdict(personal_data.ask(contact)),
        "improved": [asdict(pair) for pair in pairs],
        **_instrument_data(instruments.get(entry.unit.instrument)),
    }


def _instrument_data(instrument: Instrument) -> dict[str, Any]:
    return {
        "instrument": instrument.ref,
        "title": asdict(instrument.title),
        "unsur": [
            {
                "key": e.key,
                "name": asdict(e.name),
                "question": asdict(e.question),
                "labels": [asdict(label) for label in e.labels],
            }
            for e in instrument.elements
        ],
        "profile": [
            {
                "key": f.key,
                "name": asdict(f.name),
                "options": [{"key": o.key, "label": asdict(o.label)} for o in f.options],
            }
            for f in instrument.profile
        ],
        "comment": {"prompt": asdict(instrument.comment_prompt), "max": instrument.comment_max},
    }


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    data = json.loads(Path(__file__).with_name("kiosk_words.json").read_text(encoding="utf-8"))
    return {key: asdict(Text(**text)) for key, text in data.items()}
