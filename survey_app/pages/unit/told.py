"""What the views of a unit's page share: the result with what stands beside it, each read once for a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import OPEN, Action
from survey_app.services.ikm.hours import Week, week_of
from survey_app.services.ikm.insight import Insight, insight
from survey_app.services.ikm.lead import Lead, Ranked, lead_of, most_often, ranked
from survey_app.services.ikm.places_apart import Family, families_of
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places import permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import Scope
from survey_app.services.voices.reading import Comment, counts, newest, of_enough
from survey_app.storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Told:
    """A unit's result and what its page says of it.

    Attributes:
        inside: whether who reads sees what stays inside; what tells of few people is empty for the others.
        sees_actions, may_act: whether they see what is being done, and whether they may write it down.
        lead: None where there is no value of an unsur, or they are hidden; `unsur` is empty then.
        week, families: of the lowest unsur.
        voices: what people wrote, as who reads may have it, the newest first.
        actions: what is open, by the key of the unsur, the newest last.
    """

    result: UnitResult
    today: date
    inside: bool
    sees_actions: bool
    may_act: bool
    insight: Insight
    lead: Lead | None
    unsur: tuple[Ranked, ...]
    week: Week | None
    families: tuple[Family, ...]
    voices: tuple[Comment, ...]
    actions: Mapping[str, tuple[Action, ...]]

    @property
    def by_kind(self) -> dict[tuple[str | None, str], int]:
        """Comments by (unsur, kind); of those whose kind nothing tells, the empty one."""
        found: Counter[tuple[str | None, str]] = Counter()
        for (key, kind), n in counts(self.voices).items():
            found[key, kind.value if kind else ""] += n
        return dict(found)

    @property
    def most_named(self) -> str | None:
        """The unsur that most comments complain of or ask for."""
        return most_often(self.by_kind)


def of(database: Database, acting: Acting, result: UnitResult, today: date) -> Told:
    """Everything that the page shows above its tabs."""
    inside = acting.may(permissions.Action.SEE_INSIDE)
    lead = lead_of(result)
    place = lead.lowest.place if lead is not None and lead.lowest is not None and inside else None
    return Told(
        result=result,
        today=today,
        inside=inside,
        sees_actions=acting.may(permissions.Action.SEE_FOLLOW_UP),
        may_act=acting.may(permissions.Action.CHANGE_FOLLOW_UP),
        insight=insight(result, today),
        lead=lead,
        unsur=ranked(result),
        week=None if place is None else week_of(database, result, place),
        families=() if place is None else families_of(database, result, place),
        voices=_voices(database, result, inside=inside),
        actions=_actions(database, acting, result),
    )


def _voices(database: Database, result: UnitResult, *, inside: bool) -> tuple[Comment, ...]:
    heard = newest(database, Scope(unit=result.entry.unit.code), result.period)
    if not inside:
        heard = of_enough(heard)
    code = None if result.service is None else result.service.code
    voices = tuple(voice for voice in heard.voices if code in (None, voice.service))
    # Of one service they may be few where those of the unit are enough.
    return voices if inside or code is None else of_enough(replace(heard, voices=voices)).voices


def _actions(database: Database, acting: Acting, result: UnitResult) -> dict[str, tuple[Action, ...]]:
    if not acting.may(permissions.Action.SEE_FOLLOW_UP):
        return {}
    found: dict[str, tuple[Action, ...]] = {}
    for one in plans.register(database, acting, result.entry.unit.code):
        action = one.action
        if action.status in OPEN and action.plan:
            found[action.unsur] = (*found.get(action.unsur, ()), action)
    return found
