"""What citizens wrote: redacted, grouped by unsur and kind by a word list anyone can read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from analytics.comments import Kind, Words, compile_words, group
from analytics.period import Period
from analytics.redaction import redact
from survey_app.instruments import DATA
from survey_app.services import catalogue
from survey_app.services.catalogue import UnitEntry
from survey_app.services.scope import Scope
from survey_app.storage import responses
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Voice:
    """One comment. `text` is redacted; `unsur` are keys, several or none; `kind` None when nothing tells."""

    entry: UnitEntry
    service: str
    answered_at: datetime
    text: str
    unsur: tuple[str, ...]
    kind: Kind | None


@cache
def words() -> Words:
    """The word list of data/reference, stemmed by Sastrawi (Nazief-Adriani)."""
    data = json.loads((DATA / "reference/comments-words.json").read_text(encoding="utf-8"))
    return compile_words(data, _stem)


def voices(
    database: Database, scope: Scope, period: Period, service_code: str | None = None
) -> tuple[Voice, ...]:
    """The comments of a scope in a period, newest first.

    Identity numbers, telephone numbers and e-mail addresses are taken out before anything is returned.
    """
    entries = {e.unit.id: e for e in catalogue.list_units(database) if scope.covers(e)}
    with database.read() as connection:
        found = responses.comments(connection, sorted(entries), period.month_range)
    heard = [_voice(entries[comment.unit_id], comment) for comment in found]
    return tuple(v for v in heard if service_code in (None, v.service))


def counts(heard: Sequence[Voice]) -> dict[tuple[str | None, Kind | None], int]:
    """Comments by (unsur, kind). One that speaks of two unsur counts under both, of none under None."""
    return dict(Counter((unsur, voice.kind) for voice in heard for unsur in (voice.unsur or (None,))))


def by_month(heard: Sequence[Voice]) -> dict[tuple[int, Kind | None], int]:
    """Comments by (month as yyyymm in the unit's own time zone, kind)."""
    return dict(Counter((_local_month(voice), voice.kind) for voice in heard))


def _local_month(voice: Voice) -> int:
    local = voice.answered_at.astimezone(ZoneInfo(voice.entry.unit.time_zone))
    return local.year * 100 + local.month


def _voice(entry: UnitEntry, comment: responses.Comment) -> Voice:
    text = redact(comment.text)
    grouped = group(text, words())
    service = next(s.code for s in entry.services if s.id == comment.service_id)
    return Voice(entry, service, comment.answered_at, text, grouped.unsur, grouped.kind)


@cache
def _stemmer() -> StemmerFactory:
    return StemmerFactory().create_stemmer()


def _stem(word: str) -> str:
    return str(_stemmer().stem(word))
