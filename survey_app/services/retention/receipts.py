"""What the holder of a receipt may know: which kinds of data are kept of the own answer, and until when.

Never what they say, nor whether there are any while their time lasts: a receipt shows nobody an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from analytics import Period
from survey_app.services.places import clock
from survey_app.services.retention.terms import last_month, months_of
from survey_app.settings import Retention
from survey_app.storage import emptying
from survey_app.storage.database import Database
from survey_app.storage.emptying import Kind


@dataclass(frozen=True, kw_only=True)
class KeptKind:
    """One kind: it is kept to the end of the month `until`.

    Attributes:
        over: that month is over.
        gone: it is over and nothing stands there any more; what is over and not gone waits for a night.
    """

    kind: Kind
    until: Period
    over: bool
    gone: bool


def kept_of(
    database: Database, response_id: UUID, kept: Retention, now: datetime
) -> tuple[KeptKind, ...] | None:
    """Every kind of a stored answer; None where there is no such answer."""
    with database.look() as connection:
        found = emptying.standing(connection, response_id)
    if found is None:
        return None
    month, standing = found
    current = Period.containing(clock.told_by(now).date(), "month")
    return tuple(_kept(kind, Period.of_month(month), kept, current, kind in standing) for kind in Kind)


def _kept(kind: Kind, month: Period, kept: Retention, current: Period, stands: bool) -> KeptKind:
    until = last_month(month, months_of(kept, kind))
    over = until < current
    return KeptKind(kind=kind, until=until, over=over, gone=over and not stands)
