"""Complaints that wait longer than they may: urgent ones that nobody looked at, others that are not finished.

That they wait is a fact of the register. That they are complaints is what the lists of words say, as on the
page where they are dealt with; the limits are those of data/reference/complaints.json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.disclosure import is_few
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.complaints import late as complaints
from survey_app.services.complaints.late import Late
from survey_app.services.places import permissions
from survey_app.text import Text

_URGENT = Text(
    "Keluhan mendesak yang belum ditinjau: {n}.", "Urgent complaints that nobody has looked at: {n}."
)
_URGENT_FEW = Text(
    "Ada keluhan mendesak yang belum ditinjau.", "There are urgent complaints that nobody has looked at."
)
_UNFINISHED = Text("Keluhan yang lewat tenggat: {n}.", "Complaints past their time limit: {n}.")
_UNFINISHED_FEW = Text("Ada keluhan yang lewat tenggat.", "There are complaints past their time limit.")
_OR_MORE = Text("{n} atau lebih", "{n} or more")
_SINCE = Text("{day}, {days} hari kerja lalu", "{day}, {days} working days ago")
_HANDLE = Text("Tangani keluhan", "Handle the complaints")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each of the most pressing units, one for all others together; none to who may not see
    the register."""
    if not seen.acting.may(permissions.Action.SEE_FOLLOW_UP):
        return
    late = complaints.of_units(seen.database, seen.scope, seen.entries, seen.now, inside=seen.inside)
    single = late if len(late) == rule.cards + 1 else late[: rule.cards]
    yield from (_alarm(seen, one) for one in single)
    if others := late[len(single) :]:
        yield Alarm(
            kind=Kind.COMPLAINT_WAITING,
            subject=words.several(len(others)),
            what=_what(seen, others),
            sure=Sure.RECORDED,
            responsible=words.EACH_HEAD,
            action=_HANDLE,
            page="suara",
            query={name: code for name, code in seen.place.items() if name != "period"},
            since_text=_since(others),
        )


def _alarm(seen: Seen, one: Late) -> Alarm:
    unit = one.entry.unit
    owner = words.name(*one.owners) if len(one.owners) == 1 and "" not in one.owners else None
    return Alarm(
        kind=Kind.COMPLAINT_WAITING,
        subject=words.name(unit.name),
        what=_what(seen, [one]),
        sure=Sure.RECORDED,
        responsible=owner or words.head_of(unit.name),
        action=_HANDLE,
        page="suara",
        query={"unit": unit.code},
        unit=unit.code,
        since_text=_since([one]),
    )


def _what(seen: Seen, late: Sequence[Late]) -> Text:
    all_read = all(one.all_read for one in late)
    parts = [
        _counted(seen, sum(counts), all_read, said, few)
        for counts, said, few in (
            ([one.urgent for one in late], _URGENT, _URGENT_FEW),
            ([one.unfinished for one in late], _UNFINISHED, _UNFINISHED_FEW),
        )
        if sum(counts)
    ]
    return Text(" ".join(part.id for part in parts), " ".join(part.en for part in parts))


def _counted(seen: Seen, n: int, all_read: bool, said: Text, few: Text) -> Text:
    """How many; to who sees nothing inside, of a few only that there are some."""
    if is_few(n) and not seen.inside:
        return few
    return said.format(n=words.whole(n) if all_read else _OR_MORE.format(n=words.whole(n)))


def _since(late: Sequence[Late]) -> Text:
    first = min(late, key=lambda one: one.since)
    return _SINCE.format(day=first.since, days=first.days)
