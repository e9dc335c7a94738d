"""Actions that are not done though the quarter they were to be done in is over: a fact of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.places import permissions
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text

Due = tuple[UnitEntry, Action]

_OF_ONE = Text("{n} tindakan di {unit}", "{n} actions of {unit}")
_OF_MANY = Text("{n} tindakan di {units} unit", "{n} actions of {units} units")
_OF_AGENCIES = Text("{n} tindakan di {agencies} instansi", "{n} actions in {agencies} agencies")
_ALL_POSTPONED = Text("Semua ditunda tanpa tenggat baru.", "All were postponed without a new due date.")
_SOME = Text("Belum selesai: {open}; ditunda: {postponed}.", "Not done yet: {open}; postponed: {postponed}.")
_MOST = Text(" Terbanyak: {unsur} ({n}).", " Most often: {unsur} ({n}).")
_SINCE = Text("{day}, lewat {days} hari", "{day}, {days} days ago")
_AT_EACH = Text("{post} tiap unit", "{post} of each unit")
_OWNERS = Text("Penanggung jawab masing-masing", "Those responsible for each")
_ASK = Text("Minta tenggat baru", "Ask for a new due date")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """All of them on one card; none to who may not see the register."""
    if not seen.acting.may(permissions.Action.SEE_FOLLOW_UP):
        return
    if due := plans.overdue(seen.database, list(seen.entries.values()), seen.today):
        yield _alarm(seen, due, seen.today)


def _alarm(seen: Seen, due: Sequence[Due], today: date) -> Alarm:
    units = {entry.unit.code: entry for entry, _ in due}
    first = min(action.due.last_day for _, action in due if action.due is not None)
    (only,) = units.values() if len(units) == 1 else (None,)
    return Alarm(
        kind=Kind.OVERDUE,
        subject=_subject(due, only),
        what=_what(seen, [action for _, action in due]),
        sure=Sure.RECORDED,
        responsible=_responsible([action for _, action in due], one=only is not None),
        action=_ASK,
        page="tindak-lanjut",
        query=seen.place if only is None else {"unit": only.unit.code},
        unit=None if only is None else only.unit.code,
        since_text=_SINCE.format(day=first, days=(today - first).days),
    )


def _subject(due: Sequence[Due], only: UnitEntry | None) -> Text:
    if only is not None:
        return _OF_ONE.format(n=len(due), unit=only.unit.name)
    agencies = {entry.agency.code for entry, _ in due}
    if len(agencies) > 1:
        return _OF_AGENCIES.format(n=words.whole(len(due)), agencies=len(agencies))
    return _OF_MANY.format(n=words.whole(len(due)), units=len({entry.unit.code for entry, _ in due}))


def _what(seen: Seen, actions: Sequence[Action]) -> Text:
    postponed = sum(action.status is Status.POSTPONED for action in actions)
    said = _ALL_POSTPONED
    if postponed < len(actions):
        said = _SOME.format(open=len(actions) - postponed, postponed=postponed)
    names = {e.key: e.name for unit in seen.units.units for e in unit.instrument.elements}
    ((unsur, often), *others) = Counter(action.unsur for action in actions).most_common()
    if unsur not in names or not others:
        return said
    return words.joined(said, _MOST.format(unsur=names[unsur], n=often))


def _responsible(actions: Sequence[Action], *, one: bool) -> Text:
    posts = {action.responsible for action in actions if action.responsible}
    if len(posts) != 1:
        return _OWNERS
    post = words.name(posts.pop())
    return post if one else _AT_EACH.format(post=post)
