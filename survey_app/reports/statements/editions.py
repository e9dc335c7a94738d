"""Which edition a report is, in words: the public one, or the one that stays inside."""

from __future__ import annotations

from survey_app.text import Text
from survey_app.wording.voice import Voice

#: On every page of an internal edition.
MARK = Text("EDISI INTERNAL – tidak untuk disebarkan", "INTERNAL EDITION – not for distribution")


def mark(internal: bool, voice: Voice) -> str:
    """What stands on every page; nothing on those of the public edition."""
    return voice.text(MARK) if internal else ""
