"""Complaints of citizens, the same matter together: what is to be done, the most pressing first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics import Period
from analytics.text import Kind, group_alike
from survey_app.services.complaints import decision as decisions
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


@dataclass(frozen=True)
class Waiting:
    """How long a case waits for its next step.

    Attributes:
        since: the day on which the oldest of its complaints arrived, by the unit's clock.
        days: working days since then.
        limit: in how many the next step is due.
    """

    since: date
    days: int
    limit: int

    @property
    def late(self) -> int:
        """Working days over the limit; 0 while there are some left."""
        return max(0, self.days - self.limit)


@dataclass(frozen=True)
class Saying:
    """What is said in about the same words, and by how many; `text` is the newest of them."""

    text: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Case:
    """One matter: complaints of one service about one unsur that stand alike.

    What is urgent is a matter by itself, of each urgency; so is, in a service, what names no unsur and says
    something else.

    Attributes:
        comments: the newest first.
        seen: the same as they stand, for `handling.decide`.
        sayings: the most frequent first.
        unsur: key of the unsur named first; None where none is named.
        urgent: keys of what is urgent about it.
        standing: the decision that all of them have.
        waiting: None where nothing is left to do.
        follow_up: the action that was made of it as it stands; None without one.
        before: what was decided last about the same matter, where this is new; None without any.
    """

    entry: UnitEntry
    service: str
    unsur: str | None
    urgent: tuple[str, ...]
    comments: tuple[Comment, ...]
    seen: tuple[Seen, ...]
    sayings: tuple[Saying, ...]
    standing: Standing
    waiting: Waiting | None
    follow_up: Action | None
    before: Decision | None

    @property
    def state(self) -> State:
        return self.standing.decision.state

    @property
    def seqs(self) -> tuple[int, ...]:
        """The numbers of the responses its complaints stand in."""
        return tuple(comment.seq for comment in self.comments)

    @property
    def key(self) -> str:
        """Which case it is, as an address names it: its unit, and its newest comment."""
        return f"{self.entry.unit.code}-{self.comments[0].seq}"


@dataclass(frozen=True)
class Worklist:
    """What is to be done, and what was.

    Attributes:
        cases: the most pressing first: urgent ones, those over their limit, the longest waiting.
        since: the first of the months that are looked through; complaints of earlier ones that nobody looked
            at are not on the list.
        read: how many comments since then were read, the newest.
        total: how many there are.
    """

    cases: tuple[Case, ...]
    since: Period
    read: int
    total: int

    @property
    def counts(self) -> Counter[State]:
        """Complaints, not cases, by how far they are."""
        counted: Counter[State] = Counter()
        for case in self.cases:
            counted[case.state] += len(case.comments)
        return counted

    def find(self, key: str) -> Case | None:
        """The case that an address names, which may have newer complaints by now; None where it is gone."""
        unit, _, seq = key.rpartition("-")
        return next((c for c in self.cases if c.entry.unit.code == unit and seq in map(str, c.seqs)), None)


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
    since = min(_arrived(comment) for comment in comments)
    today = now.astimezone(ZoneInfo(comments[0].entry.unit.time_zone)).date()
    urgent = _urgent(comments[0])
    limit = within.to_look(urgent) if state is State.NEW else within.to_finish(urgent)
    return Waiting(since, within.working_days(since, today), limit)


def _arrived(comment: Comment) -> date:
    return comment.received_at.astimezone(ZoneInfo(comment.entry.unit.time_zone)).date()


def _pressing(case: Case) -> tuple[object, ...]:
    waiting = case.waiting
    if waiting is None:
        return 1, 0, 0, 0, 0, case.key
    urgent = bool(case.urgent)
    return 0, not urgent, -waiting.late, -waiting.days, -len(case.comments), case.key
