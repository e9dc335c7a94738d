"""How a period of many units stands: published or not, changed since, and what hinders it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from analytics import Period
from analytics.disclosure import is_few
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.publishing import report_texts
from survey_app.services.publishing.soundness import dated, if_sound
from survey_app.storage import publications
from survey_app.storage.database import Connection, Database
from survey_app.storage.publications import Heading


class Stand(Enum):
    """How a unit's period stands, in the order in which somebody looks at them."""

    #: The unit's own words were written on other data: somebody has to look at them first.
    TEXT_OUTDATED = "text-outdated"
    #: Answers came in, or left, since it was published.
    CHANGED = "changed"
    READY = "ready"
    RUNNING = "running"
    NO_ANSWERS = "no-answers"
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class UnitStanding:
    """A unit's period.

    Attributes:
        result: as it would be published now.
        version: the last that was published; None before any.
        seen: the fingerprint of `result`, without which nothing is published that nobody has seen.
        few: fewer people answered than a value is shown to the public of.
    """

    result: UnitResult
    stand: Stand
    version: int | None
    seen: str
    few: bool

    @property
    def publishable(self) -> bool:
        """Whether publishing it now says something that is not public yet."""
        return self.stand in (Stand.READY, Stand.CHANGED)


@asked(Action.PUBLISH)
def standing(
    database: Database, acting: Acting, scope: Scope, period: Period, now: datetime
) -> tuple[UnitStanding, ...]:
    """How `period` stands in each unit of `scope`, in the order of agency and name.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `unit-unknown`.
    """
    catalogue.require(database, acting, scope, Action.PUBLISH, to_read=True)
    entries = catalogue.list_units(database, scope)
    with database.read() as connection:
        last: dict[str, Heading] = {}
        for heading in dated(publications.headings(connection)):
            if heading.period == str(period):
                last[heading.unit] = heading
        sums = {
            entry.unit.code: _sums(connection, last[entry.unit.code])
            for entry in entries
            if entry.unit.code in last
        }
    found = [results.result_of(database, entry, None, period) for entry in entries]
    return tuple(_standing(database, result, last.get(result.entry.unit.code), sums, now) for result in found)


def _standing(
    database: Database, result: UnitResult, last: Heading | None, sums: dict[str, str], now: datetime
) -> UnitStanding:
    return UnitStanding(
        result=result,
        stand=_stand(database, result, sums.get(result.entry.unit.code), now),
        version=None if last is None else last.version,
        seen=report_texts.fingerprint(result),
        few=is_few(result.score.n),
    )


def _sums(connection: Connection, heading: Heading) -> str:
    """What was published, in digits; nothing that any answers add up to, where it is damaged."""
    return if_sound(heading, lambda: publications.sums(connection, heading)) or ""


def _stand(database: Database, result: UnitResult, published: str | None, now: datetime) -> Stand:
    if not result.score.n:
        return Stand.NO_ANSWERS
    if now.astimezone(ZoneInfo(result.entry.unit.time_zone)).date() < result.period.end_day:
        return Stand.RUNNING
    if published == result.current.moments.to_bytes().hex():
        return Stand.PUBLISHED
    own = report_texts.drafts(database, result)
    if any(not draft.current for passages in own.values() for draft in passages.values()):
        return Stand.TEXT_OUTDATED
    return Stand.READY if published is None else Stand.CHANGED


def unfinished(found: Sequence[UnitStanding]) -> tuple[UnitStanding, ...]:
    """Those that can be published now."""
    return tuple(unit for unit in found if unit.publishable)
