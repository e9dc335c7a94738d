"""What speaks for an unsur and for a kind in what the lists found, as cues that a linear model weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from analytics.text.comments.lists import Request, Tone
from analytics.text.comments.rules import Hit, Reading

#: Words that join two things said: what stands on either side competes less.
_JOINTS = frozenset(("dan", "serta", "juga", "sama", "plus", "lalu", "terus"))
_MANY = 3
#: What is weighed for a kind: cues, stems, the first word of a clause, phrases and requests.
KIND_MARKS = ("cues", "stems", "first", "phrases", "requests")
#: What is weighed for urgent: stems, two that follow each other in a clause, phrases and requests; kinds of
#: words that may be urgent together, and two of them.
URGENT_MARKS = ("stems", "pairs", "phrases", "requests", "harms", "two harms")
_ASKS = {request: f"asks {request.value}" for request in Request}
_TURNED = {tone: f"{tone.value} turned" for tone in Tone}


@dataclass(slots=True)
class Pointed:
    """What points to one unsur: its hits by strength, and how it stands in its part of a clause."""

    strong: list[Hit] = field(default_factory=list)
    weak: list[Hit] = field(default_factory=list)
    stands: set[str] = field(default_factory=set)

    @property
    def toned(self) -> bool:
        """Whether something good or bad is said of it."""
        return any(hit.tone is Tone.GOOD or hit.tone is Tone.BAD for hit in self.strong)


def pointed(readings: Sequence[Reading]) -> dict[str, Pointed]:
    """The unsur that any phrase points to, with these phrases."""
    found: defaultdict[str, Pointed] = defaultdict(Pointed)
    for hits in _parts(readings):
        strong: set[str] = set()
        weak: set[str] = set()
        for hit in hits:
            if hit.unsur:
                target, is_weak = found[hit.unsur], hit.tone is Tone.WEAK
                (target.weak if is_weak else target.strong).append(hit)
                (weak if is_weak else strong).add(hit.unsur)
        for unsur in strong:
            found[unsur].stands.add("alone" if len(strong) == 1 else "shared")
        for unsur in weak - strong:
            found[unsur].stands.add("under" if strong else "weak alone" if len(weak) == 1 else "weak shared")
    return found


def _parts(readings: Sequence[Reading]) -> Iterator[list[Hit]]:
    """Hits by clause, and within it by what "dan" and the like part."""
    for reading in readings:
        joints = [at for at, word in enumerate(reading.clause.words) if word.written in _JOINTS]
        if not joints:
            yield reading.hits
            continue
        parts: dict[int, list[Hit]] = {}
        for hit in reading.hits:
            parts.setdefault(sum(at < hit.place for at in joints), []).append(hit)
        yield from parts.values()


def unsur_cues(unsur: str, found: Mapping[str, Pointed]) -> set[str]:
    """What speaks for or against an unsur that something points to."""
    mine = found[unsur]
    hits, grade = (mine.strong, "strong") if mine.strong else (mine.weak, "weak")
    cues = {grade, *mine.stands}
    longest = 0
    for hit in hits:
        longest = max(longest, hit.phrase.count(" "))
        if hit.phrase != hits[0].phrase:
            cues.add(f"{grade} twice")
    for hit in (*mine.strong, *mine.weak):
        cues.add(_TURNED[hit.tone] if hit.negated else hit.tone.value)
    cues.add(f"{grade} of {min(longest + 1, _MANY)} words")
    if next(iter(found)) == unsur:
        cues.add(f"{grade} first")
    beside = 0
    for key, other in found.items():
        if key != unsur:
            beside += bool(other.strong)
            cues.add(f"{grade} beside strong {key}" if other.strong else f"{grade} beside weak {key}")
    cues.add(f"{grade}, {min(beside, 2)} strong")
    cues.add(f"{grade}, {min(len(found) - 1 - beside, 2)} weak")
    if mine.strong and beside and not mine.toned and any(other.toned for other in found.values()):
        cues.add("untoned beside toned")
    return cues


def kind_cues(readings: Sequence[Reading]) -> dict[str, int]:
    """What speaks for a kind, and how much of it."""
    cues: dict[str, int] = {}
    toned: list[Tone] = []
    words = bare = 0
    for reading in readings:
        words, bare = words + len(reading.clause.words), bare + reading.bare
        toned += [hit.tone for hit in reading.hits if hit.tone is Tone.GOOD or hit.tone is Tone.BAD]
        if reading.clause.asked:
            cues["asked"] = 1
        if reading.clause.contrasted:
            cues["contrast"] = 1
        if reading.urgent:
            cues["urgent"] = 1
        if reading.averted:
            cues["averted"] = 1
        for _, request in reading.requests:
            cues["asks"] = cues[_ASKS[request]] = 1
    good = toned.count(Tone.GOOD)
    bad = len(toned) - good + bare
    cues["length"] = min(words // 5, 5)
    cues["good"], cues["bad"], cues["bare"] = min(good, _MANY), min(bad, _MANY), min(bare, 2)
    cues["more good" if good > bad else "more bad" if bad > good else "even"] = 1
    if not good or not bad:
        cues["neither" if not good and not bad else "no bad" if good else "no good"] = 1
    if words <= _MANY:
        cues["short"] = 1
    if toned:
        cues["begins good" if toned[0] is Tone.GOOD else "begins bad"] = 1
        cues["ends good" if toned[-1] is Tone.GOOD else "ends bad"] = 1
    return cues


def kind_marks(readings: Sequence[Reading], stems: set[str]) -> dict[str, set[str]]:
    """What may speak for a kind itself, by `KIND_MARKS` without the cues."""
    first = {reading.clause.words[0].written for reading in readings}
    return {"stems": stems, "first": first, "phrases": _phrases(readings), "requests": _requests(readings)}


def urgent_marks(readings: Sequence[Reading], stems: set[str]) -> dict[str, set[str]]:
    """What may speak for urgent, by `URGENT_MARKS`."""
    pairs = {f"{one.stem} {two.stem}" for reading in readings for one, two in pairwise(reading.clause.words)}
    harms = {harm for reading in readings for harm in reading.harms}
    return {
        "stems": stems,
        "pairs": pairs,
        "phrases": _phrases(readings),
        "requests": _requests(readings),
        "harms": harms,
        "two harms": {f"{one} + {two}" for one, two in combinations(sorted(harms), 2)},
    }


def _phrases(readings: Sequence[Reading]) -> set[str]:
    return {hit.weighed for reading in readings for hit in reading.hits}


def _requests(readings: Sequence[Reading]) -> set[str]:
    return {text for reading in readings for text, _ in reading.requests}


def asks(readings: Sequence[Reading]) -> bool:
    """Whether something is clearly asked for."""
    return any(sure is Request.CLEAR for reading in readings for _, sure in reading.requests)
