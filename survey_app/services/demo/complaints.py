"""Invented decisions about complaints for the demonstration: most units answer in time, some do not."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from survey_app.instruments import DATA
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.case import Case
from survey_app.services.complaints.decision import Decision, Seen, State
from survey_app.services.complaints.limits import limits
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import OPEN
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.voices.reading import Comment
from survey_app.storage.database import Database
from survey_app.storage.responses import NewResponse
from survey_app.text import Text

_OWNER = "Kepala Seksi Pelayanan"
_REPLY = Text("Terima kasih atas masukan Anda. {mended}.", "Thank you for telling us. {mended}.")
#: One unit in so many is slow, and one old comment in so many was no complaint.
_SLOW, _NONE = 8, 23
#: Of the comments of the last days, one in so many says something urgent, until each was said once.
_URGENT, _LATELY = 9, timedelta(days=2)


def with_urgent(found: Iterable[NewResponse], texts: Sequence[str], now: datetime) -> Iterator[NewResponse]:
    """The answers, a few of the newest comments replaced by `texts`."""
    waiting, commented = list(texts), 0
    for new in found:
        if new.comment is not None and new.answered_at > now - _LATELY:
            commented += 1
            if waiting and commented % _URGENT == 0:
                new = replace(new, comment=waiting.pop(0))
        yield new


def load(database: Database, acting: Acting, entries: Sequence[UnitEntry], now: datetime) -> None:
    """Decide about what was complained of in the last months, unit by unit; what is newest stays new."""
    words = json.loads((DATA / "demo/follow_up.json").read_text(encoding="utf-8"))
    mended = {key: Text(**told["mended"]) for key, told in words.items() if key != "note"}
    for place, entry in enumerate(entries):
        planned = {
            r.action.unsur: r.id
            for _, r in plans.registered_of_units(database, [entry])
            if r.action.status in OPEN and r.action.plan
        }
        found = cases.worklist(database, acting, Scope(unit=entry.unit.code), now)
        decided: dict[Decision, list[Comment]] = defaultdict(list)
        for case in found.cases:
            for comment in case.comments:
                decision = _decision(comment, case, mended, planned, now, slow=place % _SLOW == _SLOW - 3)
                if decision is not None:
                    decided[decision].append(comment)
        for decision, comments in decided.items():
            seen = [Seen(comment.seq, 0) for comment in comments]
            moment = min(now, max(comment.received_at for comment in comments) + timedelta(days=2))
            handling.decide(database, acting, entry.unit.code, seen, decision, moment)


def _decision(
    comment: Comment,
    case: Case,
    mended: Mapping[str, Text],
    planned: Mapping[str, UUID],
    now: datetime,
    *,
    slow: bool,
) -> Decision | None:
    """What was decided by now, by how many working days a complaint is old; None while it is new."""
    zone, within = ZoneInfo(comment.entry.unit.time_zone), limits()
    waited = within.working_days(comment.received_at.astimezone(zone).date(), now.astimezone(zone).date())
    if case.urgent or waited < within.look_within or (slow and waited < within.finish_within):
        return None
    if slow:
        return Decision(state=State.LOOKED_AT, owner=_OWNER)
    if waited < within.finish_within:
        action = planned.get(case.unsur or "")
        return Decision(state=State.TAKEN_UP if action else State.LOOKED_AT, owner=_OWNER, action=action)
    told = mended.get(case.unsur or "")
    if comment.seq % _NONE == 0 or told is None:
        return Decision(state=State.NO_COMPLAINT, owner=_OWNER)
    reply = Text(_REPLY.id.format(mended=told.id), _REPLY.en.format(mended=told.en))
    return Decision(state=State.DONE, owner=_OWNER, reply=reply)
