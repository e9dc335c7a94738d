"""Publishing a questionnaire in the database, and which one a period was answered on: results of different
ones are never mixed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from survey_app import instruments
from survey_app.errors import Conflict
from survey_app.instruments import Instrument
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.storage import questionnaires
from survey_app.storage.database import Database
from survey_app.storage.questionnaires import StoredQuestionnaire
from survey_app.storage.rollup import Cell
from survey_app.text import Text


@audited(Action.CHANGE_QUESTIONNAIRES)
def publish(database: Database, acting: Acting, text: str, now: datetime) -> Instrument:
    """Publish the questionnaire written in `text` as JSON: units may use it now, and it never changes.

    The same again is no error, and changes nothing.

    Raises:
        Refused: `role-refused`, `scope-refused`.
        InstrumentError: `instrument-invalid`, with every problem; nothing was stored.
        Conflict: `instrument-published` when the same version says something else.
    """
    acting.require_whole(None, Action.CHANGE_QUESTIONNAIRES)
    instrument, content = instruments.read_added(text)
    new = StoredQuestionnaire(
        id=instrument.id,
        version=instrument.version,
        content=content,
        fingerprint=instruments.fingerprint_of(content),
        published_at=now,
        role=acting.role.value,
    )
    if database.write(lambda connection: questionnaires.append(connection, new)) != new.fingerprint:
        words = Text(
            "Kuesioner {ref} sudah dipublikasikan dengan isi lain dan tidak dapat diubah. Naikkan versi "
            "kuesioner itu.",
            "{ref} has already been published with different content and cannot be changed. Raise its "
            "version.",
        )
        raise Conflict("instrument-published", words.format(ref=instrument.ref))
    return instrument


def measured_by(entry: UnitEntry, cells: Iterable[Cell]) -> Instrument:
    """The unit's own questionnaire; in a period answered only on others, the one most answered."""
    answered: dict[str, int] = defaultdict(int)
    for cell in cells:
        answered[cell.instrument] += cell.n
    own = instruments.get(entry.unit.instrument)
    if not answered or any(series(ref) == own.series for ref in answered):
        return own
    return instruments.get(max(sorted(answered), key=lambda ref: answered[ref]))


@lru_cache(maxsize=256)
def series_name(instrument_ref: str) -> str:
    """One name for all questionnaires whose answers are added to those of this one."""
    return sha256(repr(series(instrument_ref)).encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def series(instrument_ref: str) -> tuple[object, ...]:
    """`Instrument.series` of a published version."""
    return instruments.get(instrument_ref).series


def same(cells: Iterable[Cell], instrument: Instrument) -> list[Cell]:
    """The cells whose answers add up with those to `instrument`."""
    return [c for c in cells if series(c.instrument) == instrument.series]


def others(cells: Iterable[Cell], instrument: Instrument) -> tuple[tuple[str, int], ...]:
    """Answers to other questionnaires, by ref: never mixed in."""
    answered: dict[str, int] = defaultdict(int)
    for cell in cells:
        if series(cell.instrument) != instrument.series:
            answered[cell.instrument] += cell.n
    return tuple(sorted(answered.items()))
