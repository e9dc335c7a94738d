"""Which edition a report is, in words: the public one, or the one that stays inside."""

from __future__ import annotations

from survey_app.text import Text
from survey_app.wording.voice import Voice

#: On every page of an internal edition.
MARK = Text("EDISI INTERNAL – tidak untuk disebarkan", "INTERNAL EDITION – not for distribution")
#: Which published version a report is of; a draft is of none.
VERSION = Text("Versi {version}, sidik jari {hash}", "Version {version}, fingerprint {hash}")
DRAFT = Text("Konsep, belum diterbitkan", "Draft, not published")


def mark(internal: bool, voice: Voice) -> str:
    """What stands on every page; nothing on those of the public edition."""
    return voice.text(MARK) if internal else ""
