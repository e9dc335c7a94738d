"""Complaints of citizens, the same matter together: what is to be done, the most pressing first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics.text import Kind, group_alike
from survey_app.services.complaints import decision as decisions
from survey_app.services.complaints.case import Case, Saying, Waiting, Worklist
from survey_app.services.complaints.decision import IN_HAND, OPEN, UNTOUCHED, Decision, Seen, Standing, State
from survey_app.services.complaints.limits import Limits, limits
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action
from survey_app.services.places import catalogue, permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.voices import reading
from survey_app.services.voices.reading import Comment, Heard
from survey_app.storage import complaints as storage
from survey_app.storage.database import Database

#: A range in which there is none.
_NO_MONTHS = (1, 0)


@asked(permissions.Action.SEE_FOLLOW_UP)
def worklist(
    database: Database, acting: Acting, scope: Scope, now: datetime, *, names: bool = False
) -> Worklist:
    """The complaints of a scope: those of the last `window_months`, and all that are in hand.

    Whoever does not see what stays inside is told nothing of units with few comments.

    Args:
        names: show the names in them to whoever may see them; else they are masked.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `unit-unknown`.
    """
    catalogue.require(database, acting, scope, permissions.Action.SEE_FOLLOW_UP, to_read=True)
    since, last = limits().months(now)
    months = since.month_range[0], last.month_range[1]
    reader = acting if names else None
    heard = reading.newest_of_months(database, scope, months, reader=reader)
    if not acting.may(permissions.Action.SEE_INSIDE):
        heard = reading.of_enough(heard)
    entries = catalogue.list_units(database, scope)
    standing = _standing(database, entries, scope, months, heard, acting, reader)
    actions = {r.id: r.action for _, r in plans.registered_of_units(database, entries)}
    return Worklist(grouped(standing, actions, now), since, len(heard.voices), heard.total)


@asked(permissions.Action.SEE_FOLLOW_UP)
def in_hand(database: Database, acting: Acting, scope: Scope, now: datetime) -> tuple[Case, ...]:
    """The cases of a scope that somebody has in hand, however old, as `worklist` orders them.

    Whoever does not see what stays inside is told of none.

    Raises: as `worklist`.
    """
    catalogue.require(database, acting, scope, permissions.Action.SEE_FOLLOW_UP, to_read=True)
    if not acting.may(permissions.Action.SEE_INSIDE):
        return ()
    entries = catalogue.list_units(database, scope)
    standing = _standing(database, entries, scope, _NO_MONTHS, Heard((), {}), acting, None)
    actions = {r.id: r.action for _, r in plans.registered_of_units(database, entries)}
    return grouped(standing, actions, now)


def grouped(
    standing: Iterable[tuple[Comment, Standing]], actions: Mapping[UUID, Action], now: datetime
) -> tuple[Case, ...]:
    """Cases of what is a complaint, or urgent, or was decided about; the most pressing first."""
    matters: dict[tuple[object, ...], list[tuple[Comment, Standing]]] = defaultdict(list)
    for comment, stands in standing:
        if stands is not UNTOUCHED or _complains(comment):
            matters[_matter(comment)].append((comment, stands))
    found: list[Case] = []
    for (*_, unsur), members in ((matter, members) for matter, members in matters.items()):
        for part in _parts(members) if unsur is None else [members]:
            found += _cases(part, actions, now)
    return tuple(sorted(found, key=_pressing))


def _standing(
    database: Database,
    entries: Sequence[UnitEntry],
    scope: Scope,
    months: tuple[int, int],
    heard: Heard,
    acting: Acting,
    reader: Acting | None,
) -> list[tuple[Comment, Standing]]:
    """Every comment that is recent or in hand, with how it stands."""
    by_id = {entry.unit.id: entry for entry in entries}
    with database.read() as connection:
        ids = None if scope == PROVINCE else sorted(by_id)
        stored = storage.standing(connection, ids, months, [state.value for state in IN_HAND])
    steps = {(comment.unit_id, comment.seq): decisions.read(step) for comment, step in stored}
    found = {voice.key: (voice, steps.get(voice.key, UNTOUCHED)) for voice in heard.voices}
    # Of who does not see what stays inside, only units of which enough was heard.
    told = None if acting.may(permissions.Action.SEE_INSIDE) else {v.entry.unit.id for v in heard.voices}
    for comment, step in stored:
        if told is None or comment.unit_id in told:
            voice = reading.read_comment(by_id[comment.unit_id], comment, reader)
            found.setdefault(voice.key, (voice, decisions.read(step)))
    return list(found.values())


def _complains(comment: Comment) -> bool:
    return comment.urgent or comment.kind is Kind.COMPLAINT


def _urgent(comment: Comment) -> tuple[str, ...]:
    return () if comment.grouped is None else comment.grouped.urgent


def _matter(comment: Comment) -> tuple[object, ...]:
    """What makes complaints one matter, the unsur last."""
    unsur = comment.unsur[0] if comment.unsur else None
    return comment.entry.unit.id, comment.service, _urgent(comment), unsur


def _parts(members: Sequence[tuple[Comment, Standing]]) -> Iterable[Sequence[tuple[Comment, Standing]]]:
    """Where no unsur is named, only what says the same is one matter."""
    alike = _alike(tuple(comment.text for comment, _ in members))
    return [[members[place] for place in places] for places in alike]


def _cases(
    members: Sequence[tuple[Comment, Standing]], actions: Mapping[UUID, Action], now: datetime
) -> Iterable[Case]:
    """One matter by how its complaints stand."""
    by: dict[Decision, list[tuple[Comment, Standing]]] = defaultdict(list)
    for comment, stands in members:
        by[stands.decision].append((comment, stands))
    touched = [stands for _, stands in members if stands is not UNTOUCHED]
    last = max(touched, key=lambda s: (s.changed_at, s.turn), default=None)
    for decision, alike in by.items():
        new = decision.state is State.NEW
        yield _case(alike, actions, last.decision if new and last is not None else None, now)


def _case(
    members: Sequence[tuple[Comment, Standing]],
    actions: Mapping[UUID, Action],
    before: Decision | None,
    now: datetime,
) -> Case:
    ordered = sorted(members, key=lambda pair: (pair[0].answered_at, pair[0].seq), reverse=True)
    comments = tuple(comment for comment, _ in ordered)
    first, newest = comments[0], ordered[0][1]
    linked = newest.decision.action
    return Case(
        entry=first.entry,
        service=first.service,
        unsur=first.unsur[0] if first.unsur else None,
        urgent=_urgent(first),
        comments=comments,
        seen=tuple(Seen(comment.seq, stands.turn) for comment, stands in ordered),
        sayings=_sayings(comments),
        standing=newest,
        waiting=_waiting(comments, newest.decision.state, now, limits()),
        follow_up=None if linked is None else actions.get(linked),
        before=before,
    )


def _sayings(comments: Sequence[Comment]) -> tuple[Saying, ...]:
    alike = _alike(tuple(comment.text for comment in comments))
    return tuple(Saying(comments[places[0]].text, len(places)) for places in alike)


# A page is drawn again and again of the same comments.
@lru_cache(maxsize=1024)
def _alike(texts: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    return group_alike(texts, reading.words())


def _waiting(comments: Sequence[Comment], state: State, now: datetime, within: Limits) -> Waiting | None:
    if state not in OPEN:
        return None
    arrived = [_arrived(comment) for comment in comments]
    today = now.astimezone(ZoneInfo(comments[0].entry.unit.time_zone)).date()
    urgent = _urgent(comments[0])
    limit = within.to_look(urgent) if state is State.NEW else within.to_finish(urgent)
    since = min(arrived)
    over = sum(n for day, n in Counter(arrived).items() if within.working_days(day, today) > limit)
    return Waiting(since, within.working_days(since, today), limit, over)


def _arrived(comment: Comment) -> date:
    return comment.received_at.astimezone(ZoneInfo(comment.entry.unit.time_zone)).date()


def _pressing(case: Case) -> tuple[object, ...]:
    waiting = case.waiting
    if waiting is None:
        return 1, 0, 0, 0, 0, case.key
    urgent = bool(case.urgent)
    return 0, not urgent, -waiting.late, -waiting.days, -len(case.comments), case.key
