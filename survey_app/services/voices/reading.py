"""What citizens wrote, as `shown` lets it be read, grouped by unsur and kind by a list of words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from analytics import Period
from analytics.disclosure import is_few
from analytics.text import (
    CommentWords,
    Grouped,
    Kind,
    Weights,
    compile_comment_words,
    compile_weights,
    group_comment,
)
from survey_app.instruments import DATA
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.voices import shown
from survey_app.storage import responses
from survey_app.storage.database import Database

#: Comments read at a time: more than anybody reads, and grouped in a third of a second.
LIMIT = 2000


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One comment. `text` is as the reader may have it: numbers and addresses are gone, names masked.

    `unsur` are keys, several or none; `kind` None when nothing tells; `urgent` is what somebody should look
    at today (a bribe, a danger). All are alike for every reader. `seq` is the number of its response, and
    `grouped` says by which words it stands where it does.
    """

    entry: UnitEntry
    service: str
    answered_at: datetime
    received_at: datetime
    text: str
    unsur: tuple[str, ...]
    kind: Kind | None
    urgent: bool = False
    # Sent again in a file that was withdrawn, the same words have another number and look no different.
    seq: int = field(default=0, repr=False)
    grouped: Grouped | None = None

    @property
    def key(self) -> tuple[int, int]:
        """Which comment it is: the number of its unit, and of its response."""
        return self.entry.unit.id, self.seq

    @property
    def local(self) -> datetime:
        """When it was said, by the unit's clock."""
        return self.answered_at.astimezone(ZoneInfo(self.entry.unit.time_zone))


@cache
def words() -> CommentWords:
    """The lists of data/reference by which comments are read."""
    data = json.loads((DATA / "reference/comments-words.json").read_text(encoding="utf-8"))
    return compile_comment_words(data, shown.stemmer())


@cache
def weights() -> Weights:
    """The weights of data/reference by which what the lists find is weighed."""
    data = json.loads((DATA / "reference/comments-model.json").read_text(encoding="utf-8"))
    return compile_weights(data)


@dataclass(frozen=True)
class Heard:
    """What is read of a scope's period: the newest voices, and how many there are in all.

    Attributes:
        voices: the newest first, `LIMIT` at most.
        by_month: comments by month (yyyymm in the unit's own time zone), all of them.
    """

    voices: tuple[Comment, ...]
    by_month: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_month.values())

    @property
    def complete(self) -> bool:
        """Whether every comment is among `voices`."""
        return self.total == len(self.voices)


def newest(
    database: Database,
    scope: Scope,
    period: Period,
    limit: int | None = None,
    *,
    reader: Acting | None = None,
) -> Heard:
    """The newest comments of a scope in a period, and how many there are in all, of one moment.

    Args:
        limit: how many to read; `LIMIT` by default.
        reader: who reads them and wants names, where they may; None masks all names.
    """
    return newest_of_months(database, scope, period.month_range, limit, reader=reader)


def newest_of_months(
    database: Database,
    scope: Scope,
    months: tuple[int, int],
    limit: int | None = None,
    *,
    reader: Acting | None = None,
) -> Heard:
    """As `newest`, of an inclusive range of months (yyyymm)."""
    entries = _entries(database, scope)
    ids = _ids(entries, scope)
    with database.read() as connection:
        comments = responses.comments(connection, ids, months, limit or LIMIT)
        by_month = responses.comment_counts(connection, ids, months)
    heard = tuple(read_comment(entries[comment.unit_id], comment, reader) for comment in comments)
    return Heard(heard, by_month)


def of_enough(heard: Heard) -> Heard:
    """`heard` for who does not see what stays inside: without the comments of units that have only few.

    A comment among fewer than `disclosure.MINIMUM` is known to whoever sat beside them.
    """
    often = Counter(voice.entry.unit.id for voice in heard.voices)
    kept = tuple(voice for voice in heard.voices if not is_few(often[voice.entry.unit.id]))
    gone = Counter(_local_month(voice) for voice in heard.voices if is_few(often[voice.entry.unit.id]))
    return Heard(kept, {month: n - gone[month] for month, n in heard.by_month.items() if n > gone[month]})


def voices(
    database: Database, scope: Scope, period: Period, service_code: str | None = None
) -> tuple[Comment, ...]:
    """All comments of a scope in a period, newest first, as they may leave the office."""
    entries = _entries(database, scope)
    with database.read() as connection:
        comments = responses.comments(connection, _ids(entries, scope), period.month_range)
    heard = [read_comment(entries[comment.unit_id], comment) for comment in comments]
    return tuple(v for v in heard if service_code in (None, v.service))


def counts(heard: Sequence[Comment]) -> dict[tuple[str | None, Kind | None], int]:
    """Comments by (unsur, kind). One that speaks of two unsur counts under both, of none under None."""
    return dict(Counter((unsur, voice.kind) for voice in heard for unsur in (voice.unsur or (None,))))


def by_month(heard: Sequence[Comment]) -> dict[tuple[int, Kind | None], int]:
    """Comments by (month as yyyymm in the unit's own time zone, kind)."""
    return dict(Counter((_local_month(voice), voice.kind) for voice in heard))


def _local_month(voice: Comment) -> int:
    return voice.local.year * 100 + voice.local.month


def _entries(database: Database, scope: Scope) -> dict[int, UnitEntry]:
    return {e.unit.id: e for e in catalogue.list_units(database, scope)}


def _ids(entries: Mapping[int, UnitEntry], scope: Scope) -> list[int] | None:
    """None for everything: the index over months then answers alone."""
    return None if scope == PROVINCE else sorted(entries)


def grouped(text: str) -> Grouped:
    """How a stored comment is grouped today."""
    return _masked(text)[1]


# A text is masked and grouped alike whoever wrote it and whenever. A name is no word of the list: "Bu Murah".
@lru_cache(maxsize=4 * LIMIT)
def _masked(text: str) -> tuple[str, Grouped]:
    masked = shown.words(text)
    return masked, group_comment(masked, words(), weights())


def read_comment(entry: UnitEntry, comment: responses.Comment, reader: Acting | None = None) -> Comment:
    """A stored comment of a unit as `reader` may have it; None masks all names."""
    text, grouped = _masked(comment.text)
    if reader is not None and shown.may_see_names(reader, entry):
        text = shown.with_names(comment.text)
    service = next(s.code for s in entry.services if s.id == comment.service_id)
    return Comment(
        entry=entry,
        service=service,
        answered_at=comment.answered_at,
        received_at=comment.received_at,
        text=text,
        unsur=grouped.unsur,
        kind=grouped.kind,
        urgent=bool(grouped.urgent),
        seq=comment.seq,
        grouped=grouped,
    )
