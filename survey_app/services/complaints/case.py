"""One matter that citizens complain of, and all that wait."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from analytics import Period
from survey_app.services.complaints.decision import Decision, Seen, Standing, State
from survey_app.services.follow_up.actions import Action
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.voices.reading import Comment


@dataclass(frozen=True)
class Waiting:
    """How long a case waits for its next step.

    Attributes:
        since: the day on which the oldest of its complaints arrived, by the unit's clock.
        days: working days since then.
        limit: in how many the next step is due.
        over: how many of its complaints have waited longer; a later one of the same matter may be in time.
    """

    since: date
    days: int
    limit: int
    over: int

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
