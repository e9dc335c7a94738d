"""The text of a unit's report before it is published: what the unit wrote in place of what the data say.

A draft remembers the data it was written on. When they change it no longer counts, until somebody has looked
at it again: a sentence must not outlive its number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey_app.errors import Conflict, Problem, Refused
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.storage import report_texts as storage
from survey_app.storage.database import Database
from survey_app.storage.report_texts import StoredText
from survey_app.text import LANGUAGES, Language, Text

#: The passages a unit may rewrite. Numbers, tables and figures are not among them.
EDITABLE = (
    "latar_belakang",
    "maksud_tujuan",
    "pelaksana",
    "metode",
    "analisis",
    "perubahan",
    "kesimpulan",
    "saran",
)
TEXT_MAX = 4000
EDITED_BEFORE = Text(
    "Data berubah sejak naskah disunting. Periksa naskahnya di halaman Laporan sebelum memublikasikan hasil.",
    "The data have changed since the text was edited. Check it on the page Reports before publishing.",
)


@dataclass(frozen=True)
class Draft:
    """A passage in the unit's own words; not `current` when the data have changed since."""

    text: str
    current: bool
    role: str
    changed_at: datetime


Drafts = Mapping[Language, Mapping[str, Draft]]


def drafts(database: Database, result: UnitResult) -> Drafts:
    """What the unit has written for the report of `result`; nothing for the report of one service."""
    if result.service is not None:
        return {language: {} for language in LANGUAGES}
    with database.read() as connection:
        stored = storage.of_period(connection, result.entry.unit.id, str(result.period))
    now = fingerprint(result)
    return {
        language: {
            s.passage: Draft(s.text, s.data == now, s.role, s.changed_at)
            for s in stored
            if s.language == language
        }
        for language in LANGUAGES
    }


def usable(found: Drafts) -> dict[Language, dict[str, str]]:
    """The drafts that are about the data as they are."""
    return {
        language: {key: draft.text for key, draft in passages.items() if draft.current}
        for language, passages in found.items()
    }


def check_current(found: Drafts) -> None:
    """Raises: Conflict `text-outdated` when the data have changed since a draft was written."""
    if any(not draft.current for passages in found.values() for draft in passages.values()):
        raise Conflict("text-outdated", EDITED_BEFORE)


@audited(Action.WRITE_REPORT, "result.period", "language", "passage")
def save(
    database: Database,
    acting: Acting,
    result: UnitResult,
    language: Language,
    passage: str,
    text: str,
    now: datetime,
) -> None:
    """Keep `text` for a passage, as written on the data of `result`; also to confirm an older draft.

    Raises: Refused `role-refused`, `scope-refused`, or `input-refused` for a text that cannot be used.
    """
    acting.require(result.entry, Action.WRITE_REPORT)
    written = text.replace("\r\n", "\n").strip()
    _check(passage, written)
    new = StoredText(
        language=language,
        passage=passage,
        text=written,
        data=fingerprint(result),
        role=acting.role.value,
        changed_at=now,
    )
    unit_id, period = result.entry.unit.id, str(result.period)
    database.write(lambda connection: storage.put(connection, unit_id, period, new))


@audited(Action.WRITE_REPORT, "result.period", "language", "passage")
def discard(database: Database, acting: Acting, result: UnitResult, language: Language, passage: str) -> None:
    """Go back to what the data say. Raises: Refused `role-refused`, `scope-refused`."""
    acting.require(result.entry, Action.WRITE_REPORT)
    unit_id, period = result.entry.unit.id, str(result.period)
    database.write(lambda connection: storage.remove(connection, unit_id, period, language, passage))


def fingerprint(result: UnitResult) -> str:
    """Of what a report's sentences are about: the sums of every period of the trend, and the users."""
    periods = [
        (str(p.period), p.moments.to_bytes().hex(), p.score.population, p.population_ignored)
        for p in result.trend
    ]
    content = json.dumps([result.instrument.ref, periods])
    return hashlib.sha256(content.encode()).hexdigest()


def _check(passage: str, text: str) -> None:
    problems = []
    if passage not in EDITABLE:
        problems.append(
            Problem.of("passage-unknown", "passage", "Bagian ini tidak ada.", "There is no such passage.")
        )
    if not 0 < len(text) <= TEXT_MAX:
        problems.append(
            Problem.of(
                "text-length",
                passage,
                "Naskah harus berisi 1 sampai {limit} huruf. Untuk membuang suntingan, tekan Kembalikan "
                "ke naskah otomatis.",
                "A text must have 1 to {limit} characters. To discard your edits, press Restore the "
                "automatic text.",
                limit=TEXT_MAX,
            )
        )
    if problems:
        raise Refused.entries(problems)
