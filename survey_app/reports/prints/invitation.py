"""Invitations: posters with a QR code that opens a form: A4, A5, and a table tent to fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlsplit

from survey_app.errors import Refused
from survey_app.reports.prints.qr import Told, qr_files, untold
from survey_app.reports.typesetting.document import Document, document
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.places import Service
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice

Size = Literal["a4", "a5", "tent"]
BASE_URL = Text(
    "Alamat dasar “{url}” harus seperti https://survei.contoh.go.id.",
    "The base address “{url}” must look like https://survey.example.go.id.",
)
INVITE = Text("Bagaimana pelayanan kami?", "How was our service?")


@dataclass(frozen=True)
class Place:
    """What a poster is for: a unit, or one service of it."""

    entry: UnitEntry
    service: Service | None = None

    def address(self, base_url: str) -> str:
        """The form's address below `base_url`."""
        path = f"/s/{quote(self.entry.unit.code)}"
        return base_url.rstrip("/") + path + (f"/{quote(self.service.code)}" if self.service else "")


def posters(
    places: Iterable[Place],
    base_url: str,
    size: Size,
    made_at: datetime,
    language: Language = "id",
    told: Told = untold,
) -> Document:
    """One page per place, in their order; `told` hears how far it is.

    Raises: Refused `base-url` when it is no web address, `no-places` when there is nothing to print.
    """
    shown, voice = list(places), Voice(language)
    check_base_url(base_url)
    if not shown:
        raise Refused("no-places", Text("Tidak ada unit untuk dicetak.", "There is no unit to print."))
    files = qr_files([place.address(base_url) for place in shown], told)
    data = {
        "lang": language,
        "size": size,
        "title": voice.say("Poster survei kepuasan masyarakat", "Poster: community satisfaction survey"),
        "author": shown[0].entry.agency.name,
        "words": _words(voice),
        "posters": [_poster(p, base_url, file, voice) for p, file in zip(shown, files, strict=True)],
    }
    return document("invitation.typ", data, files, made_at)


def _words(voice: Voice) -> dict[str, str]:
    return {
        "invite": voice.text(INVITE),
        "how": voice.say(
            "Silakan pindai dengan kamera ponsel Anda. Hanya sekitar 2 menit. Nama Anda tidak ditanyakan.",
            "Please scan with your phone's camera. It takes about 2 minutes. We do not ask your name.",
        ),
        "foot": voice.say(
            "Survei Kepuasan Masyarakat · PermenPANRB 14/2017",
            "Community satisfaction survey · PermenPANRB 14/2017",
        ),
    }


def _poster(place: Place, base_url: str, file: str, voice: Voice) -> dict[str, str]:
    address = place.address(base_url)
    return {
        "agency": place.entry.agency.name,
        "unit": place.entry.unit.name,
        "service": place.service.name if place.service else "",
        "address": address.partition("://")[2],
        "file": file,
        "alt": voice.say("Kode QR menuju {address}", "QR code to {address}", address=address),
    }


def check_base_url(base_url: str) -> None:
    """Raises: Refused `base-url` when it is no web address, or more than one."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise Refused("base-url", BASE_URL.format(url=base_url))
