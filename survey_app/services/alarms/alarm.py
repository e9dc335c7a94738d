"""An alarm, as a page shows it on a card and a message will tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from analytics import Period
from survey_app.text import Text


class Kind(StrEnum):
    """By which rule it was found; the order is that of the cards, before how sure it is."""

    GRADE = "grade"
    FELL = "fell"
    FLAGGED = "flagged"
    BELOW_TARGET = "below-target"
    OVERDUE = "overdue"
    COMPLAINT_WAITING = "complaint-waiting"
    KIOSK_SILENT = "kiosk-silent"
    THEME_GROWING = "theme-growing"
    NOT_MEASURED = "not-measured"
    REPORT_DUE = "report-due"
    STAFF_MISSING = "staff-missing"


class Sure(StrEnum):
    """How sure it is, in three steps; `RECORDED` is a fact of a register and no estimate."""

    RECORDED = "recorded"
    ALMOST_CERTAIN = "almost-certain"
    FAIRLY = "fairly"
    NOT_YET = "not-yet"


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """One thing to decide.

    Attributes:
        subject: the unit, the agency or how many of them; a name, never Markdown.
        unit: code of the unit it is about; None where it is about several.
        value: the index that is shown beside it, and its letter; None where it is about no index.
        what: one or two sentences.
        since: the period since which it holds; None where a rule has no such thing.
        since_text: instead of `since`, as a day.
        chance: the probability behind `sure`, between 0 and 1; None of a fact.
        responsible: the position that is to act, never a person.
        action: what to do, as a verb.
        page: path of the page where that is done, without the slash.
        query: what its address names.
    """

    kind: Kind
    subject: Text
    what: Text
    sure: Sure
    responsible: Text
    action: Text
    page: str
    query: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    value: float | None = None
    mutu: str | None = None
    since: Period | None = None
    since_text: Text | None = None
    chance: float | None = None
