"""Reading who did what: page by page, the newest first, for who may see it all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.storage import audit
from survey_app.storage.audit import Entry, Wanted
from survey_app.storage.database import Database

#: Entries on one page of the log, and as many at a time as a file is written from.
PAGE, _CHUNK = 50, 1_000


@dataclass(frozen=True, kw_only=True)
class Done:
    """One entry. `who` is None where it is not kept any more, and where nobody had signed in."""

    id: int
    at: datetime
    who: str | None
    role: str
    action: str
    refused: bool
    agency: str
    unit: str
    what: dict[str, Any]
    before: Any
    network: str | None


@dataclass(frozen=True)
class LogPage:
    """Entries, the newest first; `older` is what to ask with for the next page, None at the end."""

    entries: Sequence[Done]
    older: int | None


@asked(Action.SEE_AUDIT)
def page(database: Database, acting: Acting, wanted: Wanted) -> LogPage:
    """One page of what was done. Raises: Refused `role-refused`, `scope-refused`."""
    acting.require_whole(None, Action.SEE_AUDIT)
    with database.read() as connection:
        found = audit.read(connection, wanted, PAGE + 1)
    shown = found[:PAGE]
    return LogPage([_done(entry) for entry in shown], shown[-1].id if len(found) > PAGE else None)


@asked(Action.SEE_AUDIT)
def everything(database: Database, acting: Acting, wanted: Wanted) -> Iterator[Done]:
    """All that is wanted, for a file. Raises: as `page`, before the first."""
    acting.require_whole(None, Action.SEE_AUDIT)
    return _chunks(database, wanted)


def _chunks(database: Database, wanted: Wanted) -> Iterator[Done]:
    below = wanted.below
    while True:
        with database.read() as connection:
            found = audit.read(connection, wanted.older_than(below), _CHUNK)
        yield from map(_done, found)
        if len(found) < _CHUNK:
            return
        below = found[-1].id


def _done(entry: Entry) -> Done:
    values = vars(entry) | {"what": json.loads(entry.what)}
    return Done(**values | {"before": None if entry.before is None else json.loads(entry.before)})
