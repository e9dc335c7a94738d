"""What counts of comments are worth, by those that people judged: of the unit itself if there are enough."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analytics.text import ENOUGH, Grouped, Judged, Kind, Worth, worth_of_count
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.voices import reading
from survey_app.services.voices.auditing import Labels, frame_of
from survey_app.services.voices.reading import Comment
from survey_app.storage import judgements
from survey_app.storage.database import Database
from survey_app.storage.judgements import StoredJudgement

#: Judged comments that are looked at, the newest ones: a page must not wait for more.
_MOST = 2000


class Whose(StrEnum):
    """Whose comments were judged."""

    #: Drawn out of the scope itself, or of a wider one.
    OWN = "own"
    #: Of some of its units, each drawn by itself.
    PARTS = "parts"
    #: Of other units too: of the agency, of the province.
    AGENCY = "agency"
    PROVINCE = "province"


@dataclass(frozen=True, kw_only=True)
class CountsWorth:
    """What the counts of some comments are worth.

    `judged` is how many judged comments say so, `whose` whose they are; `own` how many judged ones the scope
    itself has. The figures are empty where there are not enough anywhere. Only by its OWN is told how many
    comments there likely are: how the grouping does elsewhere is a hint, and not what people here wrote.
    """

    judged: int
    own: int
    whose: Whose | None
    unsur: Mapping[str, Worth]
    kinds: Mapping[Kind, Worth]
    urgent: Worth | None


@dataclass(frozen=True)
class _Read:
    """A judged comment: what a person says of it, how it is grouped today, and how it was drawn."""

    entry: UnitEntry
    stored: StoredJudgement
    said: Labels
    grouped: Grouped
    weight: float

    @property
    def key(self) -> tuple[int, int]:
        return self.stored.unit_id, self.stored.seq


def counts_worth(database: Database, scope: Scope, heard: Sequence[Comment]) -> CountsWorth:
    """What the counts of `heard`, comments of a scope, are worth. They are grouped as of today throughout."""
    entries = {e.unit.id: e for e in catalogue.list_units(database, PROVINCE)}
    inside = [e for e in entries.values() if scope.covers(e)]
    ours = _read(database, inside, entries)
    own = [r for r in ours if r.stored.frame in _frames(scope, r.entry)]
    if len(own) >= ENOUGH:
        return _counts(_with_known(own, ours, heard), len(ours), Whose.OWN, heard)
    if len(ours) >= ENOUGH and scope.unit is None:
        return _counts(ours, len(ours), Whose.PARTS, heard)
    for whose, wider in _wider(scope, inside):
        theirs = _read(database, [e for e in entries.values() if wider.covers(e)], entries)
        if len(theirs) >= ENOUGH:
            return _counts(theirs, len(ours), whose, heard)
    return CountsWorth(judged=len(ours), own=len(ours), whose=None, unsur={}, kinds={}, urgent=None)


def _with_known(own: Sequence[_Read], ours: Sequence[_Read], heard: Sequence[Comment]) -> list[_Read]:
    """A sample of the scope, and what was judged of `heard` in checks of single parts: known, and weight 0.

    What is known needs no estimate, and the sample stands for the others alone. So its comments of a unit
    weigh less by the share that was judged there since: what had been judged before was not drawn out of.
    """
    counted, sizes = {voice.key for voice in heard}, Counter(voice.entry.unit.id for voice in heard)
    sampled = {r.key for r in own}
    known = [r for r in ours if r.key in counted and r.key not in sampled]
    times = defaultdict(list)
    for r in known:
        times[r.stored.unit_id].append(r.stored.judged_at)

    def left(r: _Read) -> float:
        when = times[r.stored.unit_id]
        size = sizes[r.stored.unit_id]
        drawn_from = size - sum(t <= r.stored.judged_at for t in when)
        return (size - len(when)) / drawn_from if drawn_from else float(not when)

    return [*(replace(r, weight=r.weight * left(r)) for r in own), *(replace(r, weight=0.0) for r in known)]


def _frames(scope: Scope, entry: UnitEntry) -> set[str]:
    """What a comment of a unit can have been drawn out of to be one of a sample of the whole scope."""
    frames = {frame_of(PROVINCE)}
    if scope != PROVINCE:
        frames.add(frame_of(Scope(agency=entry.agency.code)))
    if scope.unit is not None:
        frames.add(frame_of(scope))
    return frames


def _wider(scope: Scope, inside: Sequence[UnitEntry]) -> Iterable[tuple[Whose, Scope]]:
    if scope.unit is not None and inside:
        yield Whose.AGENCY, Scope(agency=inside[0].agency.code)
    if scope != PROVINCE:
        yield Whose.PROVINCE, PROVINCE


def _read(database: Database, units: Sequence[UnitEntry], entries: Mapping[int, UnitEntry]) -> list[_Read]:
    ids = None if len(units) == len(entries) else [e.unit.id for e in units]
    with database.read() as connection:
        found = judgements.standing(connection, ids, _MOST)
    return [
        _Read(
            entries[stored.unit_id],
            stored,
            _labels(stored),
            reading.grouped(text),
            weight=stored.rate / stored.probability,
        )
        for stored, text in found
    ]


def _labels(stored: StoredJudgement) -> Labels:
    kind = Kind(stored.kind) if stored.kind else None
    return Labels(frozenset(stored.unsur.split()), kind, stored.urgent)


def _counts(read: Sequence[_Read], own: int, whose: Whose, heard: Sequence[Comment]) -> CountsWorth:
    counted = {voice.key for voice in heard}

    def of(
        given: Callable[[Comment], bool], found: Callable[[Grouped], bool], meant: Callable[[Labels], bool]
    ) -> Worth:
        judged = [Judged(found(r.grouped), meant(r.said), r.weight, r.key in counted) for r in read]
        n = sum(map(given, heard))
        value = worth_of_count(judged, n, len(heard) - n)
        return value if whose is Whose.OWN else replace(value, likely=None)

    return CountsWorth(
        judged=len(read),
        own=own,
        whose=whose,
        unsur={key: of(_names(key), _names(key), _names(key)) for key in reading.words().order},
        kinds={kind: of(_is(kind), _is(kind), _is(kind)) for kind in Kind},
        urgent=of(lambda c: c.urgent, lambda g: bool(g.urgent), lambda s: s.urgent),
    )


def _names(key: str) -> Callable[[Comment | Grouped | Labels], bool]:
    return lambda of: key in of.unsur


def _is(kind: Kind) -> Callable[[Comment | Grouped | Labels], bool]:
    return lambda of: of.kind is kind
