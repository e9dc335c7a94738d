"""How long findings wait for follow-up: months until an action runs, and until it is done (PEKPPP).

What still waits is not left out. Of those that are done alone the median would fall as more are left
waiting; the median here is that of Kaplan and Meier, in which an action that waits counts for as long as it
has waited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from survey_app.services.follow_up.actions import Status
from survey_app.services.follow_up.listing import Listed
from survey_app.services.places import permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.storage import follow_up as storage
from survey_app.storage.database import Database


@dataclass(frozen=True)
class Waiting:
    """Months from the last month of a finding's period to an event: 0 in that month or before, 1 in the next.

    Attributes:
        happened: of how many actions it has happened.
        open: of how many it has not.
        median: the first month in which it has happened to half of them, by Kaplan and Meier; None where
            there are no actions, or it has not happened to half of them.
        longest: for how many months those it has not happened to have waited at most; None without any.
    """

    happened: int
    open: int
    median: int | None
    longest: int | None


@dataclass(frozen=True)
class Pace:
    """How long it took until actions ran, and until they were done; what was given up is in neither."""

    started: Waiting
    done: Waiting


def waiting(months: Sequence[int], still: Sequence[int]) -> Waiting:
    """What is known of waits that ended after `months`, and of those that have lasted for `still`.

    S(t) = product over the months up to t of 1 - ended/at risk; the median is the first t with S(t) of at
    most 1/2. What still waits after as many months as another ended is at risk in that month.

    Source: Kaplan and Meier 1958, JASA 53.
    """
    survived, median = Fraction(1), None
    for month in sorted(set(months)):
        at_risk = sum(m >= month for m in months) + sum(s >= month for s in still)
        survived *= 1 - Fraction(months.count(month), at_risk)
        if survived <= Fraction(1, 2):
            median = month
            break
    return Waiting(len(months), len(still), median, max(still, default=None))


@asked(permissions.Action.SEE_FOLLOW_UP)
def pace(database: Database, acting: Acting, found: Iterable[Listed], today: date) -> Pace:
    """How long the actions of one's scope among `found` took.

    An action that was set to done at once has run since then; one that was opened again is not done.

    Raises: Refused `role-refused`.
    """
    acting.require_action(permissions.Action.SEE_FOLLOW_UP)
    mine = [
        one for one in found if acting.scope.covers(one.entry) and one.action.status is not Status.CANCELLED
    ]
    units = {one.entry.unit.id for one in mine}
    with database.read() as connection:
        ran = storage.first_running(connection, units, (Status.RUNNING.value, Status.DONE.value))
        done = storage.done_since(connection, units, Status.DONE.value)
    return Pace(
        waiting(*_months(mine, [ran.get(one.registered.id) for one in mine], today)),
        waiting(*_months(mine, [done.get(one.registered.id) for one in mine], today)),
    )


def _months(
    found: Sequence[Listed], moments: Sequence[datetime | None], today: date
) -> tuple[list[int], list[int]]:
    """After how many months it happened, and for how many months it has not."""
    ended, still = [], []
    for one, moment in zip(found, moments, strict=True):
        if moment is None:
            still.append(_since(one, today))
        else:
            ended.append(_since(one, moment.astimezone(ZoneInfo(one.entry.unit.time_zone)).date()))
    return ended, still


def _since(one: Listed, day: date) -> int:
    last = one.action.period.start + one.action.period.months - 1
    return max(day.year * 12 + day.month - 1 - last, 0)
