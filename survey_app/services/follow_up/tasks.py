"""What a position has to do of all follow-up, in the order in which somebody would work."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from analytics import Period
from survey_app.services.follow_up.actions import OPEN, Action, Status
from survey_app.services.follow_up.listing import Listed

#: The key of what nobody has been made responsible for; no position is written so.
NOBODY = "-"


class Turn(Enum):
    """When it is an action's turn, the first first; the value is for styles and addresses."""

    OVERDUE = "lewat"
    DUE = "triwulan-ini"
    RUNNING = "berjalan"
    DRAFT = "konsep"
    LATER = "berikutnya"


@dataclass(frozen=True)
class Position:
    """A position with what it has to do.

    Attributes:
        key: how it is told from others: capitals and blanks do not matter. `NOBODY` where none is named.
        name: as it is written most often; empty for `NOBODY`.
        counts: how many actions there are of each turn that has any.
        also: how many other things it has in hand.
    """

    key: str
    name: str
    counts: Mapping[Turn, int]
    also: int = 0

    @property
    def open(self) -> int:
        return sum(self.counts.values()) + self.also


def position_key(responsible: str) -> str:
    """What two ways of writing a position have in common."""
    return " ".join(responsible.split()).casefold() or NOBODY


def turn_of(action: Action, today: date) -> Turn | None:
    """When it is the action's turn; None for one that is done or given up."""
    if action.status not in OPEN:
        return None
    if action.due is not None and action.due.end_day <= today:
        return Turn.OVERDUE
    if action.due == Period.containing(today, "quarter"):
        return Turn.DUE
    if action.status is Status.RUNNING:
        return Turn.RUNNING
    return Turn.LATER if action.plan and action.due is not None else Turn.DRAFT


def positions(found: Iterable[Listed], today: date, also: Iterable[str] = ()) -> tuple[Position, ...]:
    """Those who have something to do: the most overdue first, then by name; last what is nobody's.

    Args:
        also: who has something else in hand, once for each.
    """
    names: dict[str, Counter[str]] = defaultdict(Counter)
    counts: dict[str, Counter[Turn]] = defaultdict(Counter)
    for one in found:
        if (turn := turn_of(one.action, today)) is not None:
            key = position_key(one.action.responsible)
            names[key][" ".join(one.action.responsible.split())] += 1
            counts[key][turn] += 1
    others: Counter[str] = Counter()
    for responsible in also:
        key = position_key(responsible)
        names[key][" ".join(responsible.split())] += 1
        others[key] += 1
    # Of two that are as frequent the one that was seen first: `most_common` keeps the order.
    all_of = [Position(key, names[key].most_common(1)[0][0], counts[key], others[key]) for key in names]
    order = sorted(all_of, key=lambda p: (p.key == NOBODY, -p.counts.get(Turn.OVERDUE, 0), p.name.casefold()))
    return tuple(order)


def of_position(found: Iterable[Listed], key: str, today: date) -> Mapping[Turn, Sequence[Listed]]:
    """What a position has to do, by turn; of each the latest first, then what is due first, then by unit.

    Every turn is there, with nothing where there is nothing.
    """
    turns: dict[Turn, list[Listed]] = {turn: [] for turn in Turn}
    for one in found:
        turn = turn_of(one.action, today)
        if turn is not None and position_key(one.action.responsible) == key:
            turns[turn].append(one)
    return {turn: sorted(of, key=_order) for turn, of in turns.items()}


def _order(one: Listed) -> tuple[int, int, str]:
    # What has no quarter comes after what has one.
    due = one.action.due
    return -one.late, due.start if due is not None else 1 << 30, one.entry.unit.name.casefold()
