"""What units of the same kind do better than one of them, and what they did.

Units of one's own scope are read as they are now, those elsewhere as anyone may read them: the published
version of the same period, and what is published of their follow-up. Behind every value stand MINIMUM people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analytics import Period
from analytics.comparison import ahead
from analytics.ikm import Estimate
from survey_app.instruments import Element, Instrument
from survey_app.services.disclosure import public_results
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places import catalogue, permissions
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.province.heat import unsur_alone
from survey_app.services.province.overview import of_entries
from survey_app.services.publishing import unit_publishing
from survey_app.services.publishing.soundness import if_sound
from survey_app.services.publishing.source import SnapshotKey
from survey_app.storage import publications
from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.text import Text

#: Of so many of the better units it is read what they did, the highest first.
ASKED = 3


@dataclass(frozen=True, kw_only=True)
class Better:
    """A unit that is clearly better in an unsur.

    Attributes:
        estimate: of the unsur alone, on the scale of the index.
        mutu: the letter of its value.
        outside: elsewhere than in the scope of who asks: what is told is public.
        did: what it says it did about this unsur, what was found last first; of the first `ASKED` only.
    """

    entry: UnitEntry
    estimate: Estimate
    mutu: str | None
    outside: bool
    did: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Behind:
    """An unsur in which at least one unit is clearly better: `better` the highest first, of `of` compared."""

    element: Element
    of: int
    better: tuple[Better, ...]


@dataclass(frozen=True)
class SameKind:
    """A unit beside those of its kind.

    Attributes:
        kind: its key; None where nobody said.
        others: how many other units of that kind there are.
        compared: those of them with a value of the period that may be told and compared.
        outside: those of these that are elsewhere than in the scope of who asks.
        behind: the unsur in which one of them is clearly better, the unit's lowest first.
    """

    kind: str | None
    others: int = 0
    compared: int = 0
    outside: int = 0
    behind: tuple[Behind, ...] = ()


#: What is compared of a unit in a period, and the keys of its unsur.
_Part = tuple[PeriodResult, tuple[str, ...]]


@dataclass(frozen=True)
class _Peer:
    entry: UnitEntry
    outside: bool
    part: _Part


@asked(permissions.Action.SEE_RESULTS)
def of_unit(database: Database, acting: Acting, result: UnitResult) -> SameKind | None:
    """What others of the unit's kind do clearly better in the result's period, and what they did for it.

    Compared are questionnaires of an IKM on the same scale, unsur by unsur, all pairs of unit and unsur
    allowed for (`analytics.comparison.ahead`). Missing data: who has no value that may be told is not
    compared. None for the result of a single service, and where the unit has no values per unsur, or they are
    hidden.

    Raises: Refused `role-refused`, `scope-refused`.
    """
    acting.require(result.entry, permissions.Action.SEE_RESULTS)
    if result.service is not None or not _tells(result.current):
        return None
    kind = result.entry.unit.kind
    if kind is None:
        return SameKind(None)
    every = catalogue.list_units(database, PROVINCE)
    others = [e for e in every if e.unit.kind == kind and e.unit.id != result.entry.unit.id]
    peers = list(_peers(database, acting, others, result))
    if not peers:
        return SameKind(kind, len(others))
    judged = _judged((result.current, result.instrument.keys), tuple(peer.part for peer in peers))
    found = [
        Behind(element, of, tuple(_better(peers[i], element.key) for i in above))
        for element, (of, above) in zip(result.instrument.elements, judged, strict=True)
        if above
    ]
    exact = dict(zip(result.instrument.keys, (u.exact for u in result.score.unsur), strict=True))
    behind = sorted(found, key=lambda one: exact[one.element.key] or 0)
    told = tuple(_with_deeds(database, acting, one, result.period) for one in behind)
    outside = sum(peer.outside for peer in peers)
    return SameKind(kind=kind, others=len(others), compared=len(peers), outside=outside, behind=told)


def _peers(
    database: Database, acting: Acting, others: Sequence[UnitEntry], result: UnitResult
) -> Iterator[_Peer]:
    """Those of `others` that can be compared: here as they are now, elsewhere as published."""
    here = [entry for entry in others if acting.scope.covers(entry)]
    measured = {u.entry.unit.id: u for u in of_entries(database, here, result.period).units}
    for entry in others:
        unit = measured.get(entry.unit.id)
        if unit is None:
            found = _published(database, entry.unit.code, result.period)
        else:
            found = narrowed.period(unit.current), unit.instrument
        if found is not None and _comparable(found, result):
            part, instrument = found
            yield _Peer(entry, unit is None, (part, instrument.keys))


def _comparable(found: tuple[PeriodResult, Instrument], result: UnitResult) -> bool:
    part, instrument = found
    same = part.score.levels == result.score.levels and instrument.gives_ikm is result.instrument.gives_ikm
    return same and _tells(part)


def _tells(part: PeriodResult) -> bool:
    """Whether there are values per unsur that may be told, with the sums that tell their error."""
    return part.score.exact is not None and not narrowed.unsur_hidden(part.score) and part.moments.n > 0


def _published(database: Database, code: str, period: Period) -> tuple[PeriodResult, Instrument] | None:
    """The period as anyone may read it; None where it is not published, or its unsur are hidden."""
    shown = next((r for r in public_results.of_unit(database, code) if r.period == period), None)
    if shown is None or shown.unsur is None:
        return None
    with database.read() as connection:
        headings = publications.headings(connection, code)
    heading = next(h for h in headings if (h.period, h.version) == (str(period), shown.version))
    found = if_sound(heading, lambda: _snapshot(SnapshotKey(database, heading)))
    return None if found is None else (narrowed.period(found.current), found.instrument)


# What is published never changes, and its fingerprint is part of the key.
@lru_cache(maxsize=512)
def _snapshot(source: SnapshotKey[Heading]) -> UnitResult:
    return unit_publishing.published_period(source.database, source.heading)


# Remembered by the results, which are equal to themselves alone.
@lru_cache(maxsize=128)
def _judged(own: _Part, others: tuple[_Part, ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """For each unsur of `own` how many of `others` were compared, and the places of those clearly better."""
    columns = []
    for key in own[1]:
        mine = _estimate(own, key)
        theirs = {i: e for i, other in enumerate(others) if (e := _estimate(other, key)) is not None}
        columns.append((mine, theirs if mine is not None else {}))
    pairs = sum(len(theirs) for _, theirs in columns)
    found = []
    for mine, theirs in columns:
        above = () if mine is None else ahead(mine, list(theirs.values()), judged=pairs)
        better = [i for i, clear in zip(theirs, above, strict=True) if clear]
        found.append((len(theirs), tuple(sorted(better, key=lambda i: -(theirs[i].exact or 0)))))
    return tuple(found)


def _estimate(of: _Part, key: str) -> Estimate | None:
    """Of an unsur alone; None where it was not asked, or its sample cannot tell its error."""
    part, keys = of
    if key not in keys:
        return None
    found = Estimate.of(unsur_alone(part, keys.index(key))[1])
    return found if found.interval_at(0.95) is not None else None


def _better(peer: _Peer, key: str) -> Better:
    scored = unsur_alone(peer.part[0], peer.part[1].index(key))[1]
    return Better(entry=peer.entry, estimate=Estimate.of(scored), mutu=scored.mutu, outside=peer.outside)


def _with_deeds(database: Database, acting: Acting, behind: Behind, period: Period) -> Behind:
    first = tuple(
        replace(one, did=_did(database, acting, one, behind.element.key, period))
        for one in behind.better[:ASKED]
    )
    return replace(behind, better=first + behind.better[ASKED:])


def _did(database: Database, acting: Acting, better: Better, key: str, period: Period) -> tuple[Text, ...]:
    """What was finished about the unsur, found in `period` or before: in one's own scope what was done,
    by the register, for who sees that; else what is published."""
    inside = not better.outside and acting.may(permissions.Action.SEE_FOLLOW_UP)
    if inside:
        actions = plans.standing_actions(database, better.entry)
    else:
        actions = plans.published_actions(database, better.entry.unit.code)
    done = [
        a for a in actions if a.unsur == key and a.status is Status.DONE and a.period.start <= period.start
    ]
    newest = sorted(done, key=lambda a: a.period.start, reverse=True)
    return tuple(dict.fromkeys(_told(a, inside=inside) for a in newest))


def _told(action: Action, *, inside: bool) -> Text:
    if inside:
        return Text(action.realisation, action.realisation)
    # Published sentences need no English.
    return Text(action.pair.mended.id, action.pair.mended.en or action.pair.mended.id)
