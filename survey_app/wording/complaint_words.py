"""What a receipt says of what became of a comment: to whoever holds it, and never what the comment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from survey_app.services.complaints.decision import State
from survey_app.services.complaints.told import Told
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice

TITLE = Text("Tindak lanjut masukan Anda", "What became of your comment")
#: Alike for everybody, with a comment or without: before somebody has looked at it, nobody is told of one.
NOT_YET = Text(
    "Jika Anda menulis keluhan, silakan buka lagi halaman ini nanti. Perkembangannya tampil di sini.",
    "If you wrote a complaint, please open this page again later. What becomes of it is shown here.",
)
KEEP = Text(
    "Agar dapat kembali, simpan alamat halaman ini di ponsel Anda, misalnya sebagai bookmark. Siapa pun yang "
    "memiliki alamatnya dapat membaca bagian ini, tetapi tidak dapat melihat jawaban Anda.",
    "To come back, keep the address of this page on your phone, for example as a bookmark. Whoever has the "
    "address can read this part, but cannot see your answers.",
)
#: The way to the receipt's page.
LINK = Text("Tindak lanjut keluhan Anda", "What becomes of your complaint")
REPLY = Text("Jawaban kami", "Our reply")
MENDED = Text("Perbaikan kami", "What we improved")
_STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.LOOKED_AT: Text(
            "Masukan Anda sudah ditinjau pada {day}.", "Your comment was looked at on {day}."
        ),
        State.TAKEN_UP: Text(
            "Masukan Anda sedang ditindaklanjuti. Kabar terakhir: {day}.",
            "Your comment is being followed up. Last news: {day}.",
        ),
        State.DONE: Text(
            "Tindak lanjut masukan Anda selesai pada {day}.",
            "The follow-up of your comment was finished on {day}.",
        ),
        State.NO_COMPLAINT: Text(
            "Masukan Anda sudah dibaca pada {day} dan tidak memerlukan tindak lanjut. Terima kasih.",
            "Your comment was read on {day} and needs no follow-up. Thank you.",
        ),
    }
)


@dataclass(frozen=True)
class Passage:
    """What the office wrote, under its title; `language` is the one that it is written in."""

    title: Text
    text: str
    language: Language


@dataclass(frozen=True)
class Became:
    """A receipt's part about the comment: one sentence, and what the office wrote."""

    sentence: str
    passages: tuple[Passage, ...]


def became(told: Told | None, language: Language) -> Became:
    """`told` in words; what the office wrote in Indonesian alone is shown so."""
    if told is None:
        return Became(NOT_YET.in_language(language), ())
    sentence = _STATES[told.state].in_language(language).format(day=Voice(language).date(told.on))
    written = ((REPLY, told.reply), (MENDED, told.mended))
    return Became(sentence, tuple(_passage(title, text, language) for title, text in written if text))


def _passage(title: Text, text: Text, language: Language) -> Passage:
    own = text.in_language(language)
    return Passage(title, own, language) if own else Passage(title, text.id, "id")
