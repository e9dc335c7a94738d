"""Until when something is kept: whole months, so that a month of answers goes at once."""

from __future__ import annotations

from analytics import Period
from survey_app.settings import Retention
from survey_app.storage.emptying import Kind


def months_of(kept: Retention, kind: Kind) -> int:
    """For how many whole months after the month of an answer a kind is kept."""
    match kind:
        case Kind.COMMENTS:
            return kept.comments
        case Kind.PROFILES:
            return kept.profiles
        case Kind.DEVICES:
            return kept.devices


def last_month(month: Period, months: int) -> Period:
    """The month at whose end what is of `month` goes."""
    return month.shift(months)


def newest_over(now: Period, months: int) -> Period:
    """The newest month whose time is over in the month `now`."""
    return now.shift(-months - 1)
