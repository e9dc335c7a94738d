"""Comments stored before they were redacted at intake, or by older rules: redacted where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from analytics.text import Personal, find_personal, redact
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.storage import comments
from survey_app.storage.database import Database

#: Comments read, and at most as many written, at a time: citizens wait for none of it.
_TOGETHER = 1000


@dataclass(frozen=True)
class Redaction:
    """How many comments there are, how many hold what points to a person, and how often each kind of it."""

    read: int
    affected: int
    kinds: Mapping[Personal, int]


@audited(Action.REDACT)
def look_through(database: Database, acting: Acting, *, change: bool) -> Redaction:
    """Look through every stored comment; with `change` take out what points to a person, names excepted.

    Results, publications and everything else of an answer stay as they are. It may be stopped and run again.

    Raises: Refused `role-refused`, `scope-refused`.
    """
    acting.require_whole(None, Action.REDACT)
    read = affected = last = 0
    kinds: Counter[Personal] = Counter()
    while written := _next(database, last):
        last = max(written)
        found = {seq: [span.kind for span in find_personal(text)] for seq, text in written.items()}
        new = {seq: redact(written[seq]) for seq, there in found.items() if there}
        kinds.update(kind for there in found.values() for kind in there)
        read, affected = read + len(written), affected + len(new)
        if change and new:
            database.write(partial(comments.replace, texts=new))
    if change and affected:
        comments.empty_log(database.engine)
    return Redaction(read, affected, dict(kinds))


def _next(database: Database, last: int) -> dict[int, str]:
    with database.read() as connection:
        return comments.written_after(connection, last, _TOGETHER)
