"""Queue slips: many one-time codes on a sheet to cut up, each with a QR code that opens the form with it."""

from __future__ import annotations

import textwrap
from datetime import datetime

from survey_app.reports.prints.invitation import Place, check_base_url
from survey_app.reports.prints.qr import Told, qr_files, untold
from survey_app.reports.typesetting.document import Document, document
from survey_app.services.answers.queue_codes import IssuedBatch
from survey_app.text import Language
from survey_app.wording.voice import Voice

#: What fits into three lines beside the QR code.
_NAME = 70


def address_of(batch: IssuedBatch, code: str, base_url: str) -> str:
    """Where the QR code of a slip leads."""
    return f"{Place(batch.entry, batch.service).address(base_url)}?kode={code}"


def slips(
    batch: IssuedBatch, base_url: str, made_at: datetime, language: Language = "id", told: Told = untold
) -> Document:
    """The batch's slips, twenty-one on a sheet of A4, in the order of its codes; `told` hears how far it is.

    Raises: Refused `base-url` when it is no web address.
    """
    check_base_url(base_url)
    voice = Voice(language)
    files = qr_files([address_of(batch, code, base_url) for code in batch.codes], told)
    data = {
        "lang": language,
        "title": voice.say("Slip antrean", "Queue slips"),
        "author": batch.entry.agency.name,
        "unit": textwrap.shorten(batch.entry.unit.name, _NAME, placeholder="…"),
        "service": textwrap.shorten(batch.service.name, _NAME, placeholder="…"),
        "invite": voice.say("Bagaimana pelayanan kami?", "How was our service?"),
        "once": _once(batch, voice),
        "batch": voice.say("Kelompok {number}", "Batch {number}", number=batch.number),
        "slips": [
            {
                "code": code,
                "file": file,
                "alt": voice.say("Kode QR slip {code}", "QR code of slip {code}", code=code),
            }
            for code, file in zip(batch.codes, files, strict=True)
        ],
    }
    return document("slips.typ", data, files, made_at)


def _once(batch: IssuedBatch, voice: Voice) -> str:
    once = voice.say(
        "Silakan pindai atau ketik kode ini. Kode hanya dapat dipakai satu kali.",
        "Please scan or type this code. It works only once.",
    )
    if batch.last_day is None:
        return once
    return (
        f"{once} {voice.say('Berlaku sampai {day}.', 'Valid until {day}.', day=voice.date(batch.last_day))}"
    )
