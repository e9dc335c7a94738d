"""Which edition a report is, in words: the public one, or the one that stays inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from survey_app.services.places.catalogue import UnitEntry
from survey_app.text import Text
from survey_app.wording.voice import Voice

#: On every page of an internal edition.
MARK = Text("EDISI INTERNAL – tidak untuk disebarkan", "INTERNAL EDITION – not for distribution")
#: On what is not held beside what was published, whoever asked for it.
OFFICE = Text("DOKUMEN INTERNAL – tidak untuk disebarkan", "INTERNAL DOCUMENT – not for distribution")
#: Which published version a report is of; a draft is of none.
VERSION = Text("Versi {version}, sidik jari data {hash}", "Version {version}, data fingerprint {hash}")
DRAFT = Text("Konsep, belum dipublikasikan", "Draft, not published")


def made_on(made_at: datetime, units: Iterable[UnitEntry]) -> date:
    """The day on which a report was made: by its first unit's clock, without units by the one it carries."""
    first = next(iter(units), None)
    return (made_at if first is None else made_at.astimezone(ZoneInfo(first.unit.time_zone))).date()


def mark(internal: bool, voice: Voice) -> str:
    """What stands on every page; nothing on those of the public edition."""
    return voice.text(MARK) if internal else ""
