"""A kiosk that has not been heard of and has answers that nobody has: a fact of its last heartbeat.

Limits: `hours` since it was heard of, with answers waiting on it; `days` where none waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from analytics.disclosure import is_few
from survey_app.services.alarms import words
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.services.alarms.limits import Rule
from survey_app.services.alarms.seen import Seen
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import FleetEntry
from survey_app.services.places import clock
from survey_app.services.places.permissions import Action
from survey_app.text import Text

_WAITING = Text(
    "{device} tidak terhubung dan masih menyimpan {n} jawaban yang belum terkirim.",
    "{device} is offline and holds {n} answers that were not sent.",
)
_FEW_WAITING = Text(
    "{device} tidak terhubung dan masih menyimpan jawaban yang belum terkirim.",
    "{device} is offline and holds answers that were not sent.",
)
_SILENT = Text("{device} tidak terhubung.", "{device} is offline.")
_SEVERAL = Text(
    "Anjungan lain yang tidak terhubung: {n}, dengan {unsent} jawaban yang belum terkirim.",
    "Other kiosks that are offline: {n}, with {unsent} answers that were not sent.",
)
_SEVERAL_FEW_WAITING = Text(
    "Anjungan lain yang tidak terhubung: {n}.",
    "Other kiosks that are offline: {n}.",
)
_KIOSKS = Text("{n} anjungan survei", "{n} kiosks")
_CHECK = Text("Periksa anjungan", "Check the kiosk")


def find(seen: Seen, rule: Rule) -> Iterator[Alarm]:
    """An alarm for each with most answers waiting, one for all others together."""
    hours, days = timedelta(hours=rule.limits["hours"]), timedelta(days=rule.limits["days"])
    silent = [
        one
        for one in devices.silent_ones(seen.database, seen.entries, seen.now, hours)
        if _waiting(one) or seen.now - one.device.last_seen > days
    ]
    told = sorted(silent, key=lambda one: (-_waiting(one), one.device.last_seen))
    single = told if len(told) == rule.cards + 1 else told[: rule.cards]
    yield from (_alarm(seen, one) for one in single)
    if others := told[len(single) :]:
        unsent = sum(map(_waiting, others))
        several = _SEVERAL_FEW_WAITING if is_few(unsent) and not seen.inside else _SEVERAL
        yield Alarm(
            kind=Kind.KIOSK_SILENT,
            subject=_KIOSKS.format(n=len(others)),
            what=several.format(n=len(others), unsent=words.whole(unsent)),
            sure=Sure.RECORDED,
            responsible=words.EACH_HEAD,
            action=_CHECK,
            page=_page(seen),
            since_text=_last_seen(others),
        )


def _alarm(seen: Seen, one: FleetEntry) -> Alarm:
    code = one.entry.unit.code
    said = _WAITING if _waiting(one) else _SILENT
    if is_few(_waiting(one)) and not seen.inside:
        said = _FEW_WAITING
    return Alarm(
        kind=Kind.KIOSK_SILENT,
        subject=words.name(one.entry.unit.name),
        what=said.format(device=one.device.name, n=words.whole(_waiting(one))),
        sure=Sure.RECORDED,
        responsible=words.head_of(one.entry.unit.name),
        action=_CHECK,
        page=_page(seen),
        query={"unit": code} if _page(seen) == "unit" else {},
        unit=code,
        since_text=_last_seen([one]),
    )


def _page(seen: Seen) -> str:
    """The list of kiosks for who may manage them; for others the result that lacks the answers."""
    return "armada" if seen.acting.may(Action.PAIR_KIOSKS) else "unit"


def _waiting(one: FleetEntry) -> int:
    return one.device.unsent + one.device.refused


def _last_seen(silent: Sequence[FleetEntry]) -> Text:
    """By the clock of the unit of the one that was heard of first."""
    first = min(silent, key=lambda one: one.device.last_seen)
    local = clock.told_by(first.device.last_seen, first.entry.unit.time_zone)
    return Text("{at}", "{at}").format(at=local)
